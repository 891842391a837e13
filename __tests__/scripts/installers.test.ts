import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { environmentKey, uninstallKey } from './registry.ts'
import { linesOf } from './snippets.ts'
import { makeWorld, type World } from './world.ts'

describeWith('pwsh', 'the faked Windows Installer', () => {
  let world: World
  const lines = (...code: readonly string[]) => linesOf(world, ...code)

  beforeEach(async () => {
    world = await makeWorld({ isInstalled: false })
  })

  afterEach(() => world.close())

  const install = (...args: readonly string[]) =>
    `"code: $((Start-Process -FilePath msiexec.exe -ArgumentList @(${args.map(arg => `'${arg}'`).join(', ')}) -PassThru -Wait).ExitCode)"`
  const shir = '"C:/some where/IntegrationRuntime_5.70.9748.2.msi"'

  test('installs SHIR: files, registry, services, and SHIR runs', async () => {
    const library = join(world.dmgcmd, '../Microsoft.DataTransfer.GatewayManagement.dll')
    expect(
      await lines("@(Get-Process -Name diahost -ErrorAction SilentlyContinue).Count; Test-Path -Path 'HKLM:\\SOFTWARE'"),
    ).toEqual(['0', 'False'])
    const seen = await lines(
      install('/i', shir, '/qn', '/norestart', '/l*v', `"${world.scripts}/i.log"`),
      `(Get-Process -Name diahost).ProcessName; & '${world.dmgcmd}' -cgc; (Get-Item -LiteralPath '${library}').VersionInfo.FileBuildPart`,
      `@(Get-ItemProperty -Path '${uninstallKey}\\*').DisplayVersion; Test-Path -LiteralPath (Join-Path $Env:SystemRoot 'Installer/shir.msi')`,
      `(Get-Content -LiteralPath '${world.scripts}/i.log')[0]`,
    )
    expect(seen).toEqual([
      'code: 0',
      'diahost',
      'Disconnected',
      '9748',
      '5.70.9748.2',
      'True',
      'MSI (s) (0C:58): Machine policy value',
    ])
    expect(readFileSync(join(world.scripts, 'i.log')).subarray(0, 4)).toEqual(Buffer.from([0xff, 0xfe, 0x4d, 0]))
  })

  test.each([
    [{ exitCode: 1603, log: null }, 'code: 1603', false],
    [{ exitCode: 3010 }, 'code: 3010', true],
    [{ exitCode: null }, 'code: ', true],
    [{ isComplete: false }, 'code: 0', false],
  ])('with %j ends with %j', async (settings, line, isThere) => {
    world.windows.setInstaller('shir', settings)
    expect(await lines(install('/i', shir, '/qn', '/l*v', `"${world.scripts}/i.log"`))).toEqual([line])
    expect([existsSync(world.dmgcmd), world.windows.isShirInstalled()]).toEqual([isThere, isThere])
    expect(existsSync(join(world.scripts, 'i.log'))).toBe(!('log' in settings))
  })

  test.each([
    ['/i', shir.replaceAll('"', ''), '/qn'],
    ['/i', '/qn'],
    ['/x', shir],
  ])('%s %s is no command line for it', async (...args) => {
    expect(await lines(install(...args))).toEqual(['code: 1639'])
  })

  test('installs a JDK where it is told, and into Path by itself', async () => {
    const home = `${world.programFiles}/OpenJDK`
    expect(await lines(install('/i', '/tmp/jdk.msi', `INSTALLDIR="${home}"`, '/qn'))).toEqual(['code: 0'])
    expect(existsSync(join(home, 'bin/server/jvm.dll'))).toBe(true)
    expect(world.windows.registry.get(environmentKey, 'Path')).toMatch(new RegExp(`^${home}/bin;%SystemRoot%`))
    expect(world.windows.registry.get(environmentKey, 'JAVA_HOME')).toBeUndefined()
    await lines(install('/i', '/tmp/jdk.msi', 'ADDLOCAL=FeatureMain,FeatureJavaHome', '/qn'))
    expect(world.windows.registry.get(environmentKey, 'JAVA_HOME')).toBe(`${world.programFiles}/Microsoft/jdk-21.0.12.1-hotspot/`)
  })
})
