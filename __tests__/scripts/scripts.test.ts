import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { pwsh } from './powershell.ts'
import { linesOf } from './snippets.ts'
import { containerFolder, type Ended, makeKey, makeWorld, type World } from './world.ts'

const folder = join(containerFolder, 'SHIR')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
const scripts = files.filter(name => !name.includes('/') && name !== 'parts')
const parts = files.filter(name => name.startsWith('parts/'))

test('the image’s folder holds scripts alone', () => {
  expect(scripts).toEqual(['build.ps1', 'health-check.ps1', 'prepare.ps1', 'setup.ps1', 'stop.ps1'])
  expect(files).toEqual([...scripts, 'parts', ...parts].sort())
  for (const name of parts) expect(name).toMatch(/^parts\/[a-z-]+\.ps1$/)
})

test.each([...scripts, ...parts])('%s is plain ASCII and strict', name => {
  const text = readFileSync(join(folder, name), 'latin1')
  expect(text).toMatch(/^[\n\x20-\x7e]*\n$/)
  expect(text).toMatch(/^Set-StrictMode -Version Latest$/m)
  expect(text).toMatch(/^\$ErrorActionPreference = 'Stop'$/m)
})

test('every part is used', () => {
  const used = [...scripts, ...parts].flatMap(name => {
    const text = readFileSync(join(folder, name), 'latin1')
    const list = /^foreach \(\$part in (.*?)\) \{/ms.exec(text)?.[1] ?? ''
    const alone = [...text.matchAll(/^\. \(Join-Path \$PSScriptRoot '([a-z-]+)\.ps1'\)$/gm)].map(([, part]) => part)
    return [...[...list.matchAll(/'([a-z-]+)'/g)].map(([, part]) => part), ...alone]
  })
  expect([...new Set(used)].map(part => `parts/${part}.ps1`).sort()).toEqual(parts)
})

describeWith('pwsh', 'every script', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  // -Check is the stand-in's own; a real pwsh runs the script named "-Check", and fails.
  test('is Windows PowerShell 5.1', () => {
    const paths = [...scripts, ...parts].map(name => join(folder, name))
    expect(execFileSync(pwsh, ['-Check', ...paths], { encoding: 'utf8' })).toBe('')
  })

  test.each(['$a ? 1 : 2', 'a && b', '$a ?? 1', 'if ($IsWindows) { 1 }', "'größer'", 'if (1) {'])(
    'would be found out if it were not: %s',
    code => {
      const path = join(world.scripts, 'new.ps1')
      writeFileSync(path, code)
      const { status, stdout } = spawnSync(pwsh, ['-Check', path], { encoding: 'utf8' })
      expect([status, stdout]).toEqual([1, expect.stringContaining('new.ps1:1:')])
    },
  )

  /** Dot-sources a script where nothing else is, and does something there. */
  const within = (name: string, code: string) => `& { . '${join(world.scripts, name)}'; ${code} }`

  test('only defines its functions when it is dot-sourced', async () => {
    const own = "@(Get-ChildItem -Path function: | Where-Object { $_.ScriptBlock.File -like '*/SHIR/*' }).Count -gt 0"
    const code = [...scripts, ...parts].map(name => within(name, `"${name} $(${own})"`)).join('\n')
    const ended = await world.command(code, { AUTH_KEY: world.key })
    expect(ended).toMatchObject({ exitCode: 0, calls: [] })
    expect(ended.lines).toEqual([...scripts, ...parts].map(name => `${name} True`))
  })

  test.each(scripts)('%s has all that it calls, on every branch', async name => {
    const code = `
      $own = @(Get-ChildItem -Path function: | Where-Object { $_.ScriptBlock.File -like '*/SHIR/*' })
      $isCall = { param($ast) $ast -is [System.Management.Automation.Language.CommandAst] }
      $called = @($own | ForEach-Object { $_.ScriptBlock.Ast.FindAll($isCall, $true) } | ForEach-Object { $_.GetCommandName() })
      $names = @($called | Where-Object { $_ } | Sort-Object -Unique)
      "$($own.Count -gt 5) $($names.Count -gt 10)"
      $names | Where-Object { -not (Get-Command -Name $_ -ErrorAction SilentlyContinue) }`
    expect(await linesOf(world, within(name, code))).toEqual(['True True'])
  })

  const said = (ended: Ended) => ended.output.replace(/^\[.*?\] /gm, '')

  // Off Windows the first command that only Windows has ends each: proof enough that its main part was entered.
  test.each([
    ['build.ps1', 1, 'ERROR: There is no installer in SHIR, and INSTALLER_URL names none.\n'],
    ['prepare.ps1', 1, /^ERROR: .*\n$/],
    ['setup.ps1', 1, /^ERROR: .*\nSHIR-EVENT \{"code":"internal"\}\n$/],
    ['health-check.ps1', 1, /^The health check failed: [^[]*$/],
    ['stop.ps1', 1, /^ERROR: .*\n$/],
  ])('%s runs where it is started with -File, and its exit code is the process’s', async (name, exitCode, output) => {
    const ended = await world.start(['-File', join(world.scripts, name)], { AUTH_KEY: makeKey() })
    expect(ended.exitCode).toBe(exitCode)
    expect(said(ended)).toEqual(typeof output === 'string' ? output : expect.stringMatching(output))
  })

  test('ends with the very code that it means', async () => {
    expect((await world.start(['-File', join(world.scripts, 'setup.ps1')], { ENABLE_HA: 'yes' })).exitCode).toBe(17)
  })

  test('arguments reach a program as they were', async () => {
    const given = [
      '-x',
      '',
      ' ',
      'two words',
      'say "hi"',
      '"',
      'back\\slash',
      'ends in one\\',
      'ends in two\\\\',
      'blank and ends in one\\',
      '\\"',
      'a\\\\"b c',
      '$HOME',
      '&|<>^%PATH%',
      'tab\there',
      'line\nbreak',
    ]
    const load = ['log', 'dmgcmd'].map(part => `. '${join(world.scripts, `parts/${part}.ps1`)}'`)
    const code = [...load, `$null = Invoke-Dmgcmd '${world.dmgcmd}' @($Env:GIVEN | ConvertFrom-Json)`].join('\n')
    const ended = await world.command(code, { GIVEN: JSON.stringify(given) })
    expect(ended.dmgcmd).toEqual([given])
  })
})
