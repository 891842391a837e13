import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { makeWorld, type World } from './world.ts'

describeWith('pwsh', 'extras', () => {
  let world: World
  let folder: string

  beforeEach(async () => {
    world = await makeWorld({ isInstalled: false })
    folder = join(world.scripts, 'extras')
  })

  afterEach(() => world.close())

  const build = (extra?: string) => {
    writeFileSync(join(world.scripts, 'IntegrationRuntime.msi'), 'an installer')
    if (extra !== undefined) {
      mkdirSync(folder)
      writeFileSync(join(folder, 'extra.ps1'), extra)
    }
    return world.run('build.ps1')
  }

  test('are not needed', async () => {
    const ended = await build()
    expect(ended.exitCode).toBe(0)
    expect(ended.output).not.toContain('extra')
  })

  test('run last, in their folder, and are gone then', async () => {
    const ended = await build(
      '"here: $((Get-Location).Path) $PSScriptRoot"; "there: $((Get-ChildItem -LiteralPath .. -File).Name -join " ")"',
    )
    expect(ended.exitCode).toBe(0)
    expect(ended.lines.slice(-4).map(line => line.replace(/^\[.*?\] /, ''))).toEqual([
      'Running extras/extra.ps1.',
      `here: ${folder} ${folder}`,
      'there: build.ps1 health-check.ps1 installed.json prepare.ps1 setup.ps1 stop.ps1',
      'The image is ready.',
    ])
    expect(existsSync(folder)).toBe(false)
  })

  test('have a PowerShell of their own, with none of the build’s settings or functions', async () => {
    const ended = await build(
      `"own: $ErrorActionPreference $ProgressPreference $($nothing.Here) $($null -eq (Get-Command Write-Log -ErrorAction Ignore))"
      Get-Item -LiteralPath /no/such/file
      'went on'
      exit 0`,
    )
    expect(ended.exitCode).toBe(0)
    expect(ended.lines).toEqual(expect.arrayContaining(['own: Continue Continue  True', 'went on']))
  })

  test.each([
    ['exit 5', 5],
    ['exit 3010', 3010],
    ["throw 'Boom.'", 1],
    ["$ErrorActionPreference = 'Stop'; Get-Item -LiteralPath /no/such/file", 1],
    ['this is (no PowerShell', 1],
  ])('that fail end the build with their exit code: %s', async (extra, exitCode) => {
    const ended = await build(extra)
    // Linux keeps the low eight bits of an exit code, Windows all of it.
    expect(ended.exitCode).toBe(exitCode % 256)
    expect(ended.output).toContain(`ERROR: extras/extra.ps1 ended with exit code ${exitCode % 256}.`)
    expect(ended.output).not.toContain('The image is ready.')
  })

  test('are shown with all they print', async () => {
    const ended = await build(`
      Write-Host 'to the host'; 'to the output'; [Console]::Error.WriteLine('to the error stream'); Write-Warning 'beware'
      throw 'Boom.'`)
    expect(ended.exitCode).toBe(1)
    for (const text of ['to the host', 'to the output', 'to the error stream', 'beware', 'Boom.'])
      expect(ended.output).toContain(text)
  })
})
