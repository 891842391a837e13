import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { containerFolder, makeKey, pwsh, World } from './world.ts'

const folder = join(containerFolder, 'SHIR')
const names = readdirSync(folder)

test('the image’s folder holds scripts alone', () => {
  expect(names.sort()).toEqual(['build.ps1', 'dmgcmd.ps1', 'health-check.ps1', 'log.ps1', 'setup.ps1'])
})

describeWith('pwsh', 'every script', () => {
  let world: World

  beforeEach(() => {
    world = new World()
  })

  afterEach(() => world.remove())

  // -Check is the stand-in's own; a real pwsh runs the script named "-Check", and fails.
  test.each(names)('%s is Windows PowerShell 5.1', name => {
    expect(execFileSync(pwsh, ['-Check', join(folder, name)], { encoding: 'utf8' })).toBe('')
  })

  test.each(names)('%s is plain ASCII and strict', name => {
    const text = readFileSync(join(folder, name), 'latin1')
    expect(text).toMatch(/^[\n\x20-\x7e]*$/)
    expect(text).toContain('Set-StrictMode -Version Latest')
    expect(text).toContain("$ErrorActionPreference = 'Stop'")
  })

  test.each(['build.ps1', 'health-check.ps1', 'setup.ps1'])(
    '%s only defines its functions when it is dot-sourced',
    async name => {
      const ended = await world.command(`. '${join(world.scripts, name)}'; (Get-Command Invoke-Main).Name`, {}, {})
      expect(ended).toMatchObject({ exitCode: 0, output: 'Invoke-Main\n', calls: [] })
    },
  )

  // Off Windows the first command that only Windows has ends the script: proof enough that its main part was entered.
  test('a script that is started with -File runs', async () => {
    const ended = await world.start(['-File', join(world.scripts, 'setup.ps1')], { AUTH_KEY: makeKey() }, {})
    expect(ended).toMatchObject({ exitCode: 1, events: ['internal'] })
  })

  test('arguments reach a program as they were', async () => {
    world.installDmgcmd()
    const given = [
      '-x',
      '',
      'two words',
      'say "hi"',
      'back\\slash',
      'ends in one\\',
      'ends in two\\\\',
      '\\"',
      'a\\\\"b c',
      '$HOME',
      '&|<>^%PATH%',
      'tab\there',
    ]
    const code = `. '${join(world.scripts, 'dmgcmd.ps1')}'; $null = Invoke-Dmgcmd '${world.dmgcmd}' @($Env:GIVEN | ConvertFrom-Json)`
    const ended = await world.command(code, { GIVEN: JSON.stringify(given) }, {})
    expect(ended.dmgcmd).toEqual([given])
  })
})
