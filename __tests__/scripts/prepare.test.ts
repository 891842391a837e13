import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import type { InstallerSettings } from './installers.ts'
import { environmentKey } from './registry.ts'
import { type Ended, makeWorld, type World } from './world.ts'

const url = 'https://example.com/jdk.msi'
const content = 'a JDK'
const hash = createHash('sha256').update(content).digest('hex')

const control = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control'
const agent = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\cexecsvc'

describeWith('pwsh', 'prepare.ps1', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld({ isInstalled: false })
    mkdirSync(temporary())
  })

  afterEach(() => world.close())

  const temporary = () => join(world.scripts, '../temporary')
  const prepare = (environment: Readonly<Record<string, string>> = {}) =>
    world.run('prepare.ps1', { TMPDIR: temporary(), JDK_URL: url, JDK_SHA256: hash, ...environment })
  const commands = (ended: Ended) => ended.calls.map(call => call.command)
  const messages = (ended: Ended) => ended.lines.map(line => line.slice(23))

  test('gives processes and services a minute to end, and does nothing else unless it is asked', async () => {
    const ended = await prepare()
    expect(ended.exitCode).toBe(0)
    expect(messages(ended)).toEqual(['Windows is prepared.'])
    expect(world.windows.registry.values(agent)).toEqual([{ name: 'ProcessShutdownTimeoutSeconds', type: 'DWord', data: 60 }])
    expect(world.windows.registry.values(control)).toEqual([{ name: 'WaitToKillServiceTimeout', type: 'String', data: '60000' }])
    expect(new Set(commands(ended))).toEqual(new Set(['Test-Path', 'New-Item', 'New-ItemProperty', 'Get-Date']))
  })

  test('keeps what the container agent’s key holds already', async () => {
    world.windows.registry.set(agent, 'Start', 2)
    expect((await prepare()).exitCode).toBe(0)
    expect(world.windows.registry.get(agent, 'Start')).toBe(2)
    expect(world.windows.registry.get(agent, 'ProcessShutdownTimeoutSeconds')).toBe(60)
  })

  describe('INSTALL_CERT and INSTALL_JDK', () => {
    test.each(['true', 'TRUE', ' True '])('are taken for yes: %j', async flag => {
      const [certificates, jdk] = [await prepare({ INSTALL_CERT: flag }), await prepare({ INSTALL_JDK: flag })]
      expect(certificates.exitCode).toBe(1)
      expect(messages(certificates)).toEqual(['ERROR: INSTALL_CERT is true, but no *.cer lies in SHIR.'])
      expect(messages(jdk)[0]).toBe('Downloading the JDK from JDK_URL.')
    })

    test.each(['false', 'FALSE', 'False ', ''])('are taken for no: %j', async flag => {
      const ended = await prepare({ INSTALL_CERT: flag, INSTALL_JDK: flag })
      expect(messages(ended)).toEqual(['Windows is prepared.'])
    })

    test.each([
      ['INSTALL_CERT', 'yes'],
      ['INSTALL_CERT', '1'],
      ['INSTALL_JDK', '$true'],
      ['INSTALL_JDK', 'true false'],
    ])('are nothing else, before anything is touched: %s=%s', async (name, value) => {
      const ended = await prepare({ [name]: value })
      expect(ended.exitCode).toBe(1)
      expect(messages(ended)).toEqual([`ERROR: ${name}: "${value}" is not allowed; allowed is true or false.`])
      expect(commands(ended).filter(command => command !== 'Get-Date')).toEqual([])
    })
  })

  describe('the JDK', () => {
    const install = (environment: Readonly<Record<string, string>> = {}, settings: Partial<InstallerSettings> = {}) => {
      world.windows.setDownload(url, { bytes: content })
      world.windows.setInstaller('jdk', settings)
      return prepare({ INSTALL_JDK: 'true', ...environment })
    }
    const javaHome = () => world.windows.registry.values(environmentKey).find(({ name }) => name === 'JAVA_HOME')
    const home = () => join(world.programFiles, 'OpenJDK')

    test('is downloaded, proven and installed, and SHIR’s service will find it', async () => {
      const ended = await install()
      expect(ended.exitCode).toBe(0)
      expect(messages(ended)).toEqual([
        'Downloading the JDK from JDK_URL.',
        `The SHA-256 of jdk.msi is ${hash.toUpperCase()}, as asked.`,
        'Installing jdk.msi.',
        'msiexec ended with exit code 0.',
        `JAVA_HOME is ${home()}.`,
        'Windows is prepared.',
      ])
      expect(javaHome()).toEqual({ name: 'JAVA_HOME', type: 'String', data: home() })
      expect(existsSync(join(home(), 'bin/server/jvm.dll'))).toBe(true)
    })

    test('is told where to go, and leaves nothing behind', async () => {
      const ended = await install()
      const { ArgumentList } = ended.calls.find(call => call.command === 'Start-Process')?.args ?? {}
      const msi = join(temporary(), 'jdk.msi')
      expect(ArgumentList).toEqual(['/i', `"${msi}"`, `INSTALLDIR="${home()}"`, '/qn', '/norestart', '/l*v', `"${msi}.log"`])
      expect(readdirSync(temporary())).toEqual([])
      expect(readdirSync(join(world.scripts, '../Windows/Installer'))).toEqual([])
    })

    test.each([
      ['the hash of another', '0'.repeat(64), /^ERROR: The SHA-256 of jdk\.msi is [0-9A-F]{64}, but JDK_SHA256 is 0{64}\.$/],
      ['no hash', '', /^ERROR: JDK_SHA256: "" is not allowed; allowed is 64 hexadecimal digits\.$/],
      ['no hash that could be one', 'x'.repeat(64), /^ERROR: JDK_SHA256: "x{64}" is not allowed/],
    ])('is not installed with %s', async (_, JDK_SHA256, why) => {
      const ended = await install({ JDK_SHA256 })
      expect(ended.exitCode).toBe(1)
      expect(messages(ended).at(-1)).toMatch(why)
      expect(commands(ended)).not.toContain('Start-Process')
      expect(javaHome()).toBeUndefined()
    })

    test('may be signed by anyone: its hash decides', async () => {
      world.windows.sign(content, { status: 'HashMismatch' })
      expect((await install()).exitCode).toBe(0)
    })

    test('may want a restart', async () => {
      expect((await install({}, { exitCode: 3010 })).exitCode).toBe(0)
      expect(javaHome()?.data).toBe(home())
    })

    test('that fails to install ends the build with msiexec’s exit code and its reason', async () => {
      const ended = await install({}, { exitCode: 1603, log: 'Error 1304. Error writing to file: jvm.dll.\r\n' })
      expect(ended.exitCode).toBe(1603 % 256)
      expect(messages(ended).slice(-2)).toEqual([
        'msiexec: Error 1304. Error writing to file: jvm.dll.',
        'ERROR: The installation of jdk.msi failed: msiexec ended with exit code 1603.',
      ])
      expect(javaHome()).toBeUndefined()
    })

    test('without its library ends the build', async () => {
      const ended = await install({}, { isComplete: false })
      expect(ended.exitCode).toBe(1)
      expect(messages(ended).at(-1)).toBe(`ERROR: The JDK was installed, but there is no ${join(home(), 'bin/server/jvm.dll')}.`)
      expect(javaHome()).toBeUndefined()
    })

    test('that cannot be downloaded ends the build, after four attempts', async () => {
      world.windows.setDownload(url, { error: 'The connection was closed.' })
      const ended = await prepare({ INSTALL_JDK: 'true' })
      expect(ended.exitCode).toBe(1)
      expect(ended.calls.filter(call => call.command === 'Invoke-WebRequest').map(call => call.at)).toEqual([0, 5, 20, 65])
      expect(messages(ended).at(-1)).toBe('ERROR: The download from JDK_URL failed: The connection was closed.')
    })
  })
})
