import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { containerFolder, type Ended, type Fakes, World } from './world.ts'

const installerName = 'IntegrationRuntime_5.70.9748.2.msi'
const defaultUrl = 'https://go.microsoft.com/fwlink/?linkid=839822&clcid=0x409'
const microsoft = 'CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US'

describeWith('pwsh', 'build.ps1', () => {
  let world: World

  beforeEach(() => {
    world = new World()
  })

  afterEach(() => world.remove())

  const put = (name = installerName, content = 'an installer') => writeFileSync(join(world.scripts, name), content)
  const build = (environment = {}, fakes: Fakes = {}) =>
    world.run(
      'build.ps1',
      { INSTALLER_URL: defaultUrl, ...environment },
      { installs: world.shared, version: '5.70.9748.2', msiexec: 0, ...fakes },
    )
  const named = (ended: Ended, command: string) => ended.calls.filter(call => call.command === command).map(call => call.args)
  const wasInstalled = (ended: Ended) => named(ended, 'Start-Process').length > 0

  test('installs the supplied installer silently and leaves nothing of it behind', async () => {
    put()
    const ended = await build({}, { msiLog: 'fine' })
    expect(ended.exitCode).toBe(0)
    const [msiexec] = named(ended, 'Start-Process')
    const path = (name: string) => `"${join(world.scripts, name)}"`
    expect(msiexec).toEqual({
      FilePath: 'msiexec.exe',
      ArgumentList: ['/i', path(installerName), '/qn', '/norestart', '/l*v', path('install.log')],
      PassThru: true,
      Wait: true,
    })
    expect(named(ended, 'Invoke-WebRequest')).toEqual([])
    expect(readdirSync(world.scripts).sort()).toEqual(readdirSync(join(containerFolder, 'SHIR')).sort())
  })

  describe('the installer', () => {
    test('must be one: several are named and none is taken', async () => {
      put('IntegrationRuntime_5.9.1.1.msi')
      put('integrationruntime_5.70.9748.2.MSI')
      const ended = await build()
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('IntegrationRuntime_5.9.1.1.msi')
      expect(ended.output).toContain('integrationruntime_5.70.9748.2.MSI')
      expect(wasInstalled(ended)).toBe(false)
    })

    test('is downloaded when there is none, and must be signed by Microsoft', async () => {
      put('IntegrationRuntime.msix')
      const ended = await build({}, { signature: { status: 'Valid', subject: microsoft } })
      expect(ended.exitCode).toBe(0)
      expect(named(ended, 'Invoke-WebRequest')).toEqual([{ Uri: defaultUrl }])
      expect(existsSync(join(world.scripts, 'IntegrationRuntime.download.msi'))).toBe(false)
    })

    test.each([
      ['without a signature', { status: 'NotSigned' }],
      ['whose signature is broken', { status: 'HashMismatch', subject: microsoft }],
      ['signed by another', { status: 'Valid', subject: 'CN=Microsoft Corporation, O=Contoso, C=US' }],
      ['whose signer’s name only contains it', { status: 'Valid', subject: 'CN="A, O=Microsoft Corporation, B", O=Contoso' }],
      ['whose signer’s name only begins like it', { status: 'Valid', subject: 'O=Microsoft Corporation Fans' }],
    ])('a download %s is refused', async (_, signature) => {
      const ended = await build({}, { signature })
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toMatch(/signature|signed by/)
      expect(wasInstalled(ended)).toBe(false)
    })

    test('a download that breaks ends the build', async () => {
      const ended = await build({}, { downloadError: 'The connection was closed.' })
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('ERROR: The connection was closed.')
    })

    test('without a file and without an address the build ends', async () => {
      const ended = await build({ INSTALLER_URL: '' })
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('INSTALLER_URL names none')
    })
  })

  describe('MSI_SHA256', () => {
    const hash = createHash('sha256').update('an installer').digest('hex')

    test.each([hash, hash.toUpperCase()])('is accepted when it is the installer’s: %s', async given => {
      put()
      expect((await build({ MSI_SHA256: given })).exitCode).toBe(0)
    })

    test.each(['0'.repeat(64), hash.slice(1), 'none'])('ends the build otherwise: %s', async given => {
      put()
      const ended = await build({ MSI_SHA256: given })
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('MSI_SHA256')
      expect(wasInstalled(ended)).toBe(false)
    })

    test('does not stand in for the signature of a download', async () => {
      const given = createHash('sha256').update('downloaded').digest('hex')
      const signed = { status: 'Valid', subject: microsoft }
      expect((await build({ MSI_SHA256: given }, { signature: { status: 'NotSigned' } })).exitCode).toBe(1)
      expect((await build({ MSI_SHA256: given }, { signature: signed })).exitCode).toBe(0)
      expect((await build({ MSI_SHA256: hash }, { signature: signed })).exitCode).toBe(1)
    })
  })

  describe('the installation', () => {
    test('may ask for a restart', async () => {
      put()
      expect((await build({}, { msiexec: 3010 })).exitCode).toBe(0)
    })

    test.each([1603, 1618, 1641])('that ends with %i ends the build with that code', async code => {
      put()
      const ended = await build({}, { msiexec: code, installs: '' })
      expect(ended.output).toContain(`msiexec ended with exit code ${code}.`)
      expect(ended.output).toContain('msiexec wrote no log.')
      // Linux keeps the low eight bits of an exit code, Windows all of it.
      expect(ended.exitCode).toBe(code % 256)
    })

    test('whose exit code is not known ends the build', async () => {
      put()
      const ended = await build({}, { msiexec: null })
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('ERROR: The installation of SHIR failed')
    })

    test('that fails shows why, out of its long log', async () => {
      put()
      const msiLog = [
        'MSI (s) (0C:58): Machine policy value',
        'Action start 10:00:00: StartServices.',
        "Error 1920. Service 'DIAHostService' failed to start.",
        'CustomAction returned actual error code 1603',
        'Action ended 10:00:01: InstallFinalize. Return value 3.',
        'Property(S): ProductCode = {1}',
        'Product: Microsoft Integration Runtime -- Installation failed.',
      ].join('\r\n')
      const ended = await build({}, { msiexec: 1603, msiLog, installs: '' })
      expect(ended.output).toContain("msiexec: Error 1920. Service 'DIAHostService' failed to start.")
      expect(ended.output).toContain('msiexec: CustomAction returned actual error code 1603')
      expect(ended.output).toContain('msiexec: Product: Microsoft Integration Runtime -- Installation failed.')
      expect(ended.output).not.toContain('Machine policy value')
      expect(ended.output).not.toContain('ProductCode')
    })

    test('that leaves no dmgcmd.exe ends the build', async () => {
      put()
      const ended = await build({}, { installs: '' })
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('dmgcmd.exe was not found')
    })

    test('must be of the version that SHIR_VERSION names', async () => {
      put()
      expect((await build({ SHIR_VERSION: '5.70.9748.2' })).exitCode).toBe(0)
      put()
      const ended = await build({ SHIR_VERSION: '5.69.9720.1' })
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('SHIR 5.70.9748.2 was installed, but SHIR_VERSION is 5.69.9720.1.')
    })
  })

  describe('Windows', () => {
    test('both users join both performance groups', async () => {
      put()
      const ended = await build()
      expect(named(ended, 'Add-LocalGroupMember')).toEqual(
        ['User Manager\\ContainerAdministrator', 'NT SERVICE\\DIAHostService'].flatMap(Member =>
          ['Performance Monitor Users', 'Performance Log Users'].map(Group => expect.objectContaining({ Group, Member })),
        ),
      )
      expect(ended.output).not.toContain('WARNING')
    })

    test('who is a member already is not a failure, and any other failure is told as what it is', async () => {
      put()
      const already = await build({}, { groups: 'already' })
      expect(already.exitCode).toBe(0)
      expect(already.output.match(/was in the group .* already/g)).toHaveLength(4)
      expect(already.output).not.toContain('WARNING')
      put()
      const refused = await build({}, { groups: 'refused' })
      expect(refused.exitCode).toBe(0)
      expect(refused.output.match(/WARNING: .* could not be added .* was not found\./g)).toHaveLength(4)
    })

    test('gives processes and services a minute to end', async () => {
      put()
      const ended = await build()
      const agent = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\cexecsvc'
      expect(named(ended, 'New-Item')).toEqual([{ Path: agent }])
      expect(named(ended, 'New-ItemProperty')).toEqual([
        { Path: agent, Name: 'ProcessShutdownTimeoutSeconds', PropertyType: 'DWord', Value: 60, Force: true },
        {
          Path: 'HKLM:\\SYSTEM\\CurrentControlSet\\Control',
          Name: 'WaitToKillServiceTimeout',
          PropertyType: 'String',
          Value: '60000',
          Force: true,
        },
      ])
    })
  })
})

describe('Dockerfile', () => {
  const text = readFileSync(join(containerFolder, 'Dockerfile'), 'utf8')
  const instructions = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const script = (name: string) =>
    JSON.stringify([
      'powershell',
      '-NoProfile',
      '-NonInteractive',
      '-ExecutionPolicy',
      'Bypass',
      '-File',
      `C:/SHIR/${name}`,
    ]).replaceAll(',', ', ')

  test('is what every classic builder understands', () => {
    expect(text).not.toMatch(/<<|--mount|^#\s*(syntax|escape)\s*=|--start-interval/im)
    expect(instructions).toEqual([
      'ARG BASE_IMAGE=mcr.microsoft.com/windows/servercore:ltsc2022',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the Dockerfile's own syntax
      'FROM ${BASE_IMAGE}',
      `ARG INSTALLER_URL=${defaultUrl}`,
      'ARG MSI_SHA256=',
      'ARG SHIR_VERSION=',
      'COPY SHIR C:/SHIR/',
      `RUN ${script('build.ps1')}`,
      'ENV SHIR_WINDOWS_CONTAINER_ENV=True',
      `HEALTHCHECK --start-period=120s --interval=30s --timeout=30s --retries=3 CMD ${script('health-check.ps1')}`,
      `ENTRYPOINT ${script('setup.ps1')}`,
    ])
  })
})
