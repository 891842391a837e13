import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { environmentKey, servicesKey, uninstallKey } from './registry.ts'
import { attempt, linesOf } from './snippets.ts'
import { makeWorld, type World } from './world.ts'

describeWith('pwsh', 'the faked registry', () => {
  let world: World
  const lines = (...code: readonly string[]) => linesOf(world, ...code)

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const key = 'HKLM:\\SOFTWARE\\Example'

  test('gives back what was written, with its type', async () => {
    const seen = await lines(
      `New-Item -Path '${key}' | Out-Null`,
      `function Put($Name, $Type, $Value) { $null = New-ItemProperty -Path '${key}' -Name $Name -PropertyType $Type -Value $Value -Force }`,
      "Put Text String 'a b'; Put Number DWord '60'; Put One MultiString @('a=1'); Put Two MultiString @('a=1', 'b=2'); Put None MultiString @()",
      "Put Folder ExpandString '%SystemRoot%\\x'",
      "foreach ($name in 'Text', 'Number', 'One', 'Two', 'None', 'Folder') {",
      `  $value = (Get-ItemProperty -Path '${key}' -Name $name).$name; "$($value.GetType().Name) $(@($value).Count) $value" }`,
    )
    expect(seen).toEqual([
      'String 1 a b',
      'Int32 1 60',
      'String[] 1 a=1',
      'String[] 2 a=1 b=2',
      'String[] 0 ',
      'String 1 C:\\Windows\\x',
    ])
    expect(world.windows.registry.values(key).map(({ name, type, data }) => [name, type, data])).toEqual([
      ['Text', 'String', 'a b'],
      ['Number', 'DWord', 60],
      ['One', 'MultiString', ['a=1']],
      ['Two', 'MultiString', ['a=1', 'b=2']],
      ['None', 'MultiString', []],
      ['Folder', 'ExpandString', '%SystemRoot%\\x'],
    ])
  })

  test('fails as the real one does', async () => {
    const noProperty = 'System.Management.Automation.PSArgumentException'
    expect(
      await lines(
        attempt(`Get-ItemProperty -Path '${key}'`),
        attempt(`Get-ItemProperty -Path '${environmentKey}' -Name JAVA_HOME`),
        `$null -eq (Get-ItemProperty -Path '${key}' -Name X -ErrorAction SilentlyContinue)`,
        attempt(`Remove-ItemProperty -Path '${environmentKey}' -Name JAVA_HOME`),
        attempt(`New-ItemProperty -Path '${environmentKey}' -Name OS -PropertyType String -Value x`),
        attempt(`New-ItemProperty -Path '${environmentKey}' -Name N -PropertyType DWord -Value many`),
        attempt(`New-Item -Path '${environmentKey}'`),
        attempt("New-Item -Path 'HKLM:\\Nowhere\\Below'"),
        `Test-Path -Path '${key}'; Test-Path -Path '${environmentKey}'; Test-Path -LiteralPath 'HKLM:\\SYSTEM'`,
      ),
    ).toEqual([
      `PathNotFound: Cannot find path '${key}' because it does not exist.`,
      `${noProperty}: Property JAVA_HOME does not exist at path ${environmentKey.replace('HKLM:', 'HKEY_LOCAL_MACHINE')}.`,
      'True',
      `${noProperty}: Property JAVA_HOME does not exist at path ${environmentKey.replace('HKLM:', 'HKEY_LOCAL_MACHINE')}.`,
      'System.IO.IOException: The property already exists.',
      'System.ArgumentException: Cannot convert the value to the type DWord.',
      'System.IO.IOException: A key in this path already exists.',
      'System.ArgumentException: The registry key at the specified path does not exist.',
      'False',
      'True',
      'True',
    ])
  })

  test('lists a key with the provider’s own properties, and empties one that is made anew by force', async () => {
    world.windows.registry.set(key, 'A', 'x')
    expect(
      await lines(
        `(Get-ItemProperty -Path '${key}').PSObject.Properties.Name -join ' '`,
        `$null = New-Item -Path '${key}' -Force; @((Get-ItemProperty -Path '${key}').PSObject.Properties.Name) -contains 'A'`,
        `@(Get-ItemProperty -Path '${uninstallKey}\\*').Count; @(Get-ItemProperty -Path '${servicesKey}\\*').DisplayName`,
      ),
    ).toEqual([
      'A PSPath PSParentPath PSChildName PSDrive PSProvider',
      'False',
      '0',
      'Integration Runtime Service',
      'Integration Runtime Upgrade Service',
    ])
  })

  test('has what SHIR keeps there, and SHIR has what is written there', async () => {
    const shirKey = 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\ConfigurationManager'
    world.shir.dmgcmd(['-rn', world.key])
    expect(
      await lines(
        `(Get-ItemProperty -Path '${shirKey}' -Name HaveRun).HaveRun; (Get-ItemProperty -Path '${shirKey}').DiacmdPath`,
        `Remove-ItemProperty -Path '${shirKey}' -Name HaveRun`,
      ),
    ).toEqual(['Mdw', join(world.dmgcmd, '../diacmd.exe')])
    expect(world.shir.registry()).not.toHaveProperty('HaveRun')
  })
})
