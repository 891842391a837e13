import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { servicesKey } from './registry.ts'
import type { ServiceName } from './services.ts'
import { containerFolder, type Ended, makeWorld, type World } from './world.ts'

const version = '5.70.9748.2'
const installerName = `IntegrationRuntime_${version}.msi`
const hash = createHash('sha256').update('an installer').digest('hex')
const users = ['User Manager\\ContainerAdministrator', 'NT SERVICE\\DIAHostService']
const groups = ['Performance Monitor Users', 'Performance Log Users']

describeWith('pwsh', 'build.ps1', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld({ isInstalled: false })
  })

  afterEach(() => world.close())

  const put = (name: string) => writeFileSync(join(world.scripts, name), 'an installer')
  const run = (environment: Readonly<Record<string, string>> = {}) => world.run('build.ps1', environment)
  const build = (environment?: Readonly<Record<string, string>>) => {
    put(installerName)
    return run(environment)
  }
  const args = (ended: Ended, command: string) => ended.calls.filter(call => call.command === command).map(call => call.args)
  const messages = (ended: Ended) => ended.lines.map(line => line.slice(23))
  const record = () => {
    const path = join(world.scripts, 'installed.json')
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }

  test('installs the supplied installer silently, step by step', async () => {
    const ended = await build()
    expect(ended.exitCode).toBe(0)
    expect(messages(ended)).toEqual([
      `Using the installer ${installerName}.`,
      `Installing ${installerName}.`,
      'msiexec ended with exit code 0.',
      `SHIR's command line is ${world.dmgcmd}.`,
      `SHIR ${version} is installed.`,
      ...users.flatMap(user => groups.map(group => `${user} is now in the group ${group}.`)),
      'The service DIAUpgradeService is disabled: an image is updated by building it anew.',
      'The image is ready.',
    ])
    const path = join(world.scripts, installerName)
    expect(args(ended, 'Start-Process')).toEqual([
      {
        FilePath: 'msiexec.exe',
        ArgumentList: ['/i', `"${path}"`, '/qn', '/norestart', '/l*v', `"${path}.log"`],
        PassThru: true,
        Wait: true,
      },
    ])
    expect(args(ended, 'Invoke-WebRequest')).toEqual([])
  })

  test('leaves a record, and nothing of what it installed from', async () => {
    const cache = join(world.scripts, '../Windows/Installer')
    mkdirSync(cache, { recursive: true })
    // What the base image brought stays: without it, what it belongs to can be neither repaired nor removed.
    writeFileSync(join(cache, 'of-the-base.msi'), '')
    for (const name of ['proxy.cer', 'ROOT.CER', 'cer.txt']) put(name)
    expect((await build()).exitCode).toBe(0)
    const scripts = readdirSync(join(containerFolder, 'SHIR'))
    expect(readdirSync(world.scripts).sort()).toEqual([...scripts, 'cer.txt', 'installed.json'].sort())
    expect(readdirSync(cache)).toEqual(['of-the-base.msi'])
    expect(record()).toBe(`{"shirVersion":"${version}","msiSha256":"${hash}"}\n`)
  })

  describe('the installer', () => {
    test('must be one: several are named and none is taken', async () => {
      put('IntegrationRuntime_5.9.1.1.msi')
      put('integrationruntime_5.70.9748.2.MSI')
      const ended = await run()
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('ERROR: Exactly one installer may lie in SHIR, but there are 2: ')
      expect(ended.output).toContain(': integrationruntime_5.70.9748.2.MSI, IntegrationRuntime_5.9.1.1.msi.')
      expect(args(ended, 'Start-Process')).toEqual([])
    })

    test('must be there, or at an address', async () => {
      put('IntegrationRuntime.msix')
      put('other.msi')
      const ended = await run({ INSTALLER_URL: '' })
      expect(ended).toMatchObject({ exitCode: 1 })
      expect(messages(ended)).toEqual(['ERROR: There is no installer in SHIR, and INSTALLER_URL names none.'])
    })

    test('that installs nothing, and says that it did, ends the build', async () => {
      world.windows.setInstaller('shir', { isComplete: false })
      const ended = await build()
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('ERROR: dmgcmd.exe was not found')
      expect(record()).toBeUndefined()
    })
  })

  describe('the version', () => {
    test.each([
      ['everybody says the same', { SHIR_VERSION: version }, installerName, version],
      ['nobody says anything', {}, 'IntegrationRuntime.msi', null],
      ['Windows’ record has three parts', { SHIR_VERSION: version }, installerName, '5.70.9748'],
      ['the installer’s name has none', {}, 'IntegrationRuntime_latest.msi', version],
    ])('is taken where %s', async (_, environment, name, recordedVersion) => {
      world.windows.setInstaller('shir', { recordedVersion })
      put(name)
      const ended = await run(environment)
      expect(ended.exitCode).toBe(0)
      expect(messages(ended)).toContain(`SHIR ${version} is installed.`)
    })

    test.each([
      ['SHIR_VERSION', { SHIR_VERSION: '5.69.9720.1' }, installerName, version, '5.69.9720.1'],
      ["the installer's name", { SHIR_VERSION: version }, 'IntegrationRuntime_5.70.9748.1.msi', version, '5.70.9748.1'],
      ['the installer', { SHIR_VERSION: version }, installerName, '5.70.9748.3', '5.70.9748.3'],
      ['the installer', {}, installerName, '5.70.974', '5.70.974'],
      ['the installer', {}, installerName, '5.70', '5.70'],
    ])('that is not what %s says ends the build', async (sayer, environment, name, recordedVersion, said) => {
      world.windows.setInstaller('shir', { recordedVersion })
      put(name)
      const ended = await run(environment)
      expect(ended.exitCode).toBe(1)
      expect(messages(ended).at(-1)).toBe(`ERROR: SHIR ${version} was installed, but ${sayer} says ${said}.`)
      expect(record()).toBeUndefined()
    })

    test('is what SHIR’s own library says', async () => {
      world.windows.setInstaller('shir', { version: '5.71.1.22', recordedVersion: '5.71.1' })
      put('IntegrationRuntime.msi')
      expect((await run()).exitCode).toBe(0)
      expect(record()).toContain('{"shirVersion":"5.71.1.22"')
    })
  })

  describe('the performance groups', () => {
    test('get both users', async () => {
      const ended = await build()
      expect(groups.map(group => world.windows.groups.get(group))).toEqual([users, users])
      expect(ended.output).not.toContain('WARNING')
    })

    test('may have them already', async () => {
      for (const group of groups) world.windows.groups.get(group)?.push(...users)
      const ended = await build()
      expect(ended.exitCode).toBe(0)
      expect(messages(ended).slice(5, 9)).toEqual(
        users.flatMap(user => groups.map(group => `${user} was in the group ${group} already.`)),
      )
    })

    test('that refuse one are told of, and the build goes on', async () => {
      world.windows.principals.delete(users[0] as string)
      world.windows.groups.delete(groups[1] as string)
      const ended = await build()
      expect(ended.exitCode).toBe(0)
      expect(messages(ended).slice(5, 9)).toEqual([
        `WARNING: ${users[0]} could not be added to the group ${groups[0]}: Principal ${users[0]} was not found.`,
        `WARNING: ${users[0]} could not be added to the group ${groups[1]}: Group ${groups[1]} was not found.`,
        `${users[1]} is now in the group ${groups[0]}.`,
        `WARNING: ${users[1]} could not be added to the group ${groups[1]}: Group ${groups[1]} was not found.`,
      ])
    })
  })

  describe('the upgrade service', () => {
    const startOf = (service: string) => world.windows.registry.get(`${servicesKey}\\${service}`, 'Start')

    test.each<[ServiceName]>([
      [{ name: 'DIAUpgradeService', displayName: 'Integration Runtime Upgrade Service' }],
      [{ name: 'DIAUpdater', displayName: 'Integration Runtime' }],
      [{ name: 'DIASvc2', displayName: 'Integration Runtime automatic updates' }],
    ])('is stopped, and starts no more, whatever it is called: %j', async service => {
      world.windows.setUpgradeService(service)
      const ended = await build()
      expect(ended.exitCode).toBe(0)
      expect(ended.dmgcmd).toEqual([['-StopUpgradeService']])
      expect(world.shir.state().upgradeServiceRuns).toBe(false)
      expect([startOf(service.name), startOf('DIAHostService')]).toEqual([4, 2])
      world.restart()
      expect(world.shir.state()).toMatchObject({ upgradeServiceRuns: false, host: {} })
    })

    test('is the only one that is: SHIR’s other services and Windows’ own updates stay', async () => {
      const shir = '"C:\\Program Files\\Microsoft Integration Runtime\\5.0\\Shared\\diaother.exe"'
      const others = [
        { name: 'wuauserv', DisplayName: 'Windows Update', ImagePath: 'C:\\Windows\\system32\\svchost.exe -k netsvcs' },
        { name: 'DIAOther', DisplayName: 'Integration Runtime Monitor', ImagePath: shir },
      ]
      for (const { name, ...values } of others)
        for (const [value, data] of Object.entries({ ...values, Start: 3 }))
          world.windows.registry.set(`${servicesKey}\\${name}`, value, data)
      expect((await build()).exitCode).toBe(0)
      expect(others.map(({ name }) => startOf(name))).toEqual([3, 3])
    })

    test('that a SHIR does not have is told of', async () => {
      world.windows.setUpgradeService(undefined)
      const ended = await build()
      expect(ended.exitCode).toBe(0)
      expect(messages(ended)).toContain('WARNING: SHIR has no upgrade service that could be disabled.')
    })

    test('that cannot be stopped is told of, and disabled all the same', async () => {
      world.shir.set({ answers: { '-StopUpgradeService': { exitCode: 5, stderr: 'Access is denied.\n' } } })
      const ended = await build()
      expect(ended.exitCode).toBe(0)
      expect(messages(ended)).toContain('dmgcmd -StopUpgradeService ended with exit code 5: Access is denied.')
      expect(startOf('DIAUpgradeService')).toBe(4)
    })
  })
})
