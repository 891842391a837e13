import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { deeds, startContainer } from './secrecy.ts'
import { type Ended, makeKey, makeWorld, type World } from './world.ts'

describeWith('pwsh', 'setup.ps1', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const start = (environment: Readonly<Record<string, string>> = {}, until?: number) => startContainer(world, environment, until)
  const names = () => world.service.nodes().map(node => node.name)

  test('a new node is started, registered under the computer’s name, and watched', async () => {
    const ended = await start({}, 120)
    expect(ended).toMatchObject({ stillRunning: true, events: [] })
    expect(deeds(ended)).toEqual(['-Start', '-RegisterNewNode'])
    expect(ended.dmgcmd[1]).toEqual(['-RegisterNewNode', world.key, 'MACHINE'])
    expect(world.service.nodes()).toMatchObject([{ name: 'MACHINE', status: 'Online', remoteAccess: false }])
  })

  test('an hour of a good node is told in a few lines: state changes alone', async () => {
    const ended = await start({}, 3600)
    expect(ended.lines.map(line => line.slice(23))).toEqual([
      'dmgcmd -Start ended with exit code 0.',
      'Registering the node MACHINE.',
      'dmgcmd: The node is registered successfully.',
      'dmgcmd -RegisterNewNode ended with exit code 0.',
      'The node MACHINE is registered.',
      'Connection: Connecting',
      'Connection: Connected',
    ])
    for (const line of ended.lines) expect(line).toMatch(/^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] \S/)
  })

  describe('what the user wrote', () => {
    test('every fault is told at once, before anything is touched', async () => {
      const ended = await start({ ENABLE_HA: 'yes', HA_PORT: '0', NODE_NAME: '-k', FOO: 'bar' })
      expect(ended).toMatchObject({ exitCode: 17, events: ['invalid-input'], dmgcmd: [] })
      expect(ended.lines[0]).toMatch(/ERROR: 3 variables are wrong: NODE_NAME: .* ENABLE_HA: .* HA_PORT: .*/)
      expect(ended.calls.filter(call => !/^Get-/.test(call.command))).toEqual([])
      expect(world.clock.seconds()).toBe(0)
    })

    test('a value cannot start a line of its own, and a key in the wrong variable is not shown', async () => {
      const ended = await start({ NODE_NAME: `a\nSHIR-EVENT {"code":"healthy"}`, TZ: world.key })
      expect(ended.events).toEqual(['invalid-input'])
      expect(ended.output).toContain('TZ holds an authentication key, which belongs to AUTH_KEY alone.')
    })

    test('a variable that is empty counts as absent', async () => {
      const ended = await start({ NODE_NAME: '', ENABLE_HA: '', HA_PORT: '', ENABLE_AE: '', AE_TIME: '', TZ: '' }, 120)
      expect(ended.dmgcmd[1]).toEqual(['-RegisterNewNode', world.key, 'MACHINE'])
    })

    test('without a key nothing is started, and nothing waits', async () => {
      const ended = await start({ AUTH_KEY: '' })
      expect(ended).toMatchObject({ exitCode: 10, events: ['missing-key'], dmgcmd: [], stillRunning: false })
      expect(world.clock.seconds()).toBe(0)
    })
  })

  describe('the key', () => {
    const fileWith = (text: string) => {
      const file = join(world.scripts, '..', 'key')
      writeFileSync(file, text)
      return file
    }

    test.each(['', '\n', '\r\n'])('comes from a file that ends with %j as well', async end => {
      const ended = await start({ AUTH_KEY: '', AUTH_KEY_FILE: fileWith(`${world.key}${end}`) }, 300)
      expect(ended.dmgcmd[1]?.[1]).toBe(world.key)
      expect(names()).toEqual(['MACHINE'])
    })

    test('is not taken from two places', async () => {
      const ended = await start({ AUTH_KEY_FILE: fileWith(world.key) })
      expect(ended).toMatchObject({ exitCode: 17, events: ['invalid-input'], dmgcmd: [] })
      expect(ended.output).toContain('AUTH_KEY and AUTH_KEY_FILE exclude each other; give one.')
    })

    test('that stands where its file should is not shown', async () => {
      const ended = await start({ AUTH_KEY: '', AUTH_KEY_FILE: world.key })
      expect(ended).toMatchObject({ exitCode: 17, events: ['invalid-input'], dmgcmd: [] })
      expect(ended.output).toContain('AUTH_KEY_FILE holds an authentication key; it takes the path of a file.')
    })

    test.each([
      ['that is not there', () => '/no/such/file', 'could not be read'],
      ['that is empty', () => fileWith('\n'), 'is empty'],
    ])('in a file %s is missing', async (_, file, why) => {
      const ended = await start({ AUTH_KEY: '', AUTH_KEY_FILE: file() })
      expect(ended).toMatchObject({ exitCode: 10, events: ['missing-key'], dmgcmd: [] })
      expect(ended.output).toContain(why)
    })

    test('of an unusual form is tried, with a warning', async () => {
      const ended = await start({ AUTH_KEY: 'IR@here@there@somewhere@AAAABBBBCCCCDDDD' })
      expect(ended.output).toContain('WARNING: AUTH_KEY does not look like the usual key')
      expect(ended).toMatchObject({ exitCode: 11, events: ['invalid-key'] })
    })

    test('is hidden in whatever dmgcmd says, and nothing said can start a line', async () => {
      const secret = world.key.split('@').at(-1)
      const forms = [encodeURIComponent(world.key), world.key.replaceAll('+', '\\u002b'), world.key.replaceAll('/', '\\/')]
      const stdout = `Key ${world.key}!\r\nSecret ${secret}.\r\n\r\nSHIR-EVENT {"code":"healthy"}\r\n${forms.join('\r\n')}\r\n`
      world.shir.set({ answers: { '-RegisterNewNode': { stdout, stderr: `Cut: ${secret?.replace(/=+$/, '')}` } } })
      const ended = await start({}, 120)
      expect(ended.output).toContain('dmgcmd: Key ***!\n')
      expect(ended.output).toContain('dmgcmd: Secret ***.\n')
      expect(ended.output).toContain('dmgcmd: Cut: ***')
      expect(ended.lines.filter(line => line.endsWith('dmgcmd: ***'))).toHaveLength(3)
      expect(ended.events).toEqual([])
    })
  })

  describe('high availability', () => {
    const order = (ended: Ended) => ended.calls.filter(call => call.command === 'dmgcmd' && call.args[0] !== '-cgc')

    test.each(['true', 'True', 'TRUE'])('with ENABLE_HA=%s remote access comes first, and works by then', async flag => {
      const ended = await start({ ENABLE_HA: flag, NODE_NAME: 'eu-1' }, 120)
      expect(deeds(ended)).toEqual(['-Start', '-EnableRemoteAccessInContainer', '-RegisterNewNode'])
      expect(ended.dmgcmd[1]).toEqual(['-EnableRemoteAccessInContainer', '8060'])
      const [, access, registration] = order(ended)
      expect((registration?.at ?? 0) - (access?.at ?? 0)).toBeGreaterThanOrEqual(15)
      expect(world.service.nodes()).toMatchObject([{ name: 'eu-1', remoteAccess: true }])
    })

    test('port and offline expiry are passed on', async () => {
      const ended = await start({ ENABLE_HA: 'true', HA_PORT: '9000', ENABLE_AE: 'TRUE', AE_TIME: '601' }, 120)
      expect(ended.dmgcmd.slice(1, 3)).toEqual([
        ['-EnableRemoteAccessInContainer', '9000'],
        ['-RegisterNewNode', world.key, 'MACHINE', '601'],
      ])
      expect(ended.output).not.toContain('WARNING')
    })

    test('switched off in any letter case, port and expiry are left out', async () => {
      const ended = await start({ ENABLE_HA: 'False', HA_PORT: '9000', ENABLE_AE: 'FALSE', AE_TIME: '601' }, 120)
      expect(ended.dmgcmd[1]).toEqual(['-RegisterNewNode', world.key, 'MACHINE'])
    })

    test('without remote access nothing is registered', async () => {
      world.shir.set({ answers: { '-EnableRemoteAccessInContainer': { exitCode: 2, stderr: 'In use' } } })
      const ended = await start({ ENABLE_HA: 'true' })
      expect(ended).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
      expect(names()).toEqual([])
    })
  })

  describe('local folders', () => {
    test.each(['true', 'True'])('LOCAL_FOLDERS=%s allows them before the registration, over SHIR’s restart', async flag => {
      const ended = await start({ LOCAL_FOLDERS: flag }, 300)
      expect(deeds(ended)).toEqual(['-Start', '-DisableLocalFolderPathValidation', '-RegisterNewNode'])
      expect(world.shir.state()).toMatchObject({ validatesLocalFolders: false, connection: 'Connected' })
    })

    test('are left alone otherwise', async () => {
      await start({ LOCAL_FOLDERS: 'false' }, 300)
      expect(world.shir.state().validatesLocalFolders).toBe(true)
    })

    test('that cannot be allowed end the container: no node may be green without them', async () => {
      world.shir.set({ answers: { '-DisableLocalFolderPathValidation': { exitCode: 1 } } })
      const ended = await start({ LOCAL_FOLDERS: 'true' })
      expect(ended).toMatchObject({ exitCode: 1, events: ['internal'] })
      expect(names()).toEqual([])
    })
  })

  describe('starting SHIR', () => {
    test('that runs already is no failure', async () => {
      world.shir.set({ answers: { '-Start': { exitCode: 1, stderr: 'It runs already.' } } })
      await start({}, 300)
      expect(names()).toEqual(['MACHINE'])
    })

    test('in vain ends the container', async () => {
      world.shir.kill()
      world.shir.set({ answers: { '-Start': { exitCode: 1, stderr: 'Cannot start.' } } })
      const ended = await start()
      expect(ended).toMatchObject({ exitCode: 20, events: ['exited'] })
      expect(ended.output).toContain('SHIR could not be started.')
      expect(names()).toEqual([])
    })
  })

  describe('finding dmgcmd.exe', () => {
    test('under Program Files, when the registry says what is not true', async () => {
      world.shir.writeRegistry('DiacmdPath', '/gone/diacmd.exe')
      await start({}, 120)
      expect(names()).toEqual(['MACHINE'])
    })

    test('under Program Files, when the registry says nothing', async () => {
      world.shir.writeRegistry('DiacmdPath', undefined)
      await start({}, 120)
      expect(names()).toEqual(['MACHINE'])
    })

    test('in vain ends the container', async () => {
      world.shir.writeRegistry('DiacmdPath', undefined)
      const ended = await start({ ProgramFiles: world.scripts })
      expect(ended).toMatchObject({ exitCode: 1, events: ['internal'] })
      expect(ended.output).toContain('dmgcmd.exe was not found')
    })
  })

  test('a refused key that was regenerated is accepted after a restart of the container', async () => {
    const old = makeKey()
    const refused = await startContainer(world, { AUTH_KEY: old })
    expect(refused).toMatchObject({ exitCode: 11, events: ['invalid-key'] })
    world.restart()
    await start({}, 300)
    expect(names()).toEqual(['MACHINE'])
  })
})
