import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { answerOf } from '../../../src/engine/inside.ts'
import { stopScript } from '../../../src/target/docker/farewell.ts'
import { describeWith } from '../../support/program.ts'

test('the script needs no quoting on its way through docker and Windows', () => {
  expect(stopScript).not.toMatch(/["\r\n]/)
  expect(stopScript.length).toBeLessThan(2_000)
})

describeWith('pwsh', 'in PowerShell, with a drive C:', () => {
  let drive: string
  beforeEach(async () => {
    drive = await mkdtemp(path.join(tmpdir(), 'shir-drive-'))
  })
  afterEach(() => rm(drive, { recursive: true, force: true }))

  const put = async (name: string, text: string) => {
    const file = path.join(drive, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
    await chmod(file, 0o755)
  }
  /** The registry, which is Windows’ own, names a diacmd.exe or nothing. */
  const run = (diacmd = '') =>
    new Promise<{ readonly by: unknown; readonly exitCode: number | null; readonly text: string }>(resolve => {
      const registry = `function Get-ItemProperty { [pscustomobject] @{ DiacmdPath = '${diacmd}' } }`
      const script = `${registry}; $null = New-PSDrive -Name C -PSProvider FileSystem -Root ${drive}; ${stopScript}`
      const child = execFile(
        process.env.PWSH ?? 'pwsh',
        ['-NoProfile', '-NonInteractive', '-Command', script],
        (_, stdout, stderr) => resolve({ by: answerOf(stdout)?.by, exitCode: child.exitCode, text: stdout + stderr }),
      )
    })

  test('stop.ps1 goes first, and its exit code counts', async () => {
    await put('Program Files/Microsoft Integration Runtime/5.0/Shared/dmgcmd.exe', '#!/bin/sh\nexit 9\n')
    await put('SHIR/stop.ps1', "'SHIR has stopped.'; exit 0\n")
    expect(await run()).toMatchObject({
      by: 'SHIR/stop.ps1',
      exitCode: 0,
      text: expect.stringMatching(/^\{.*\}\nSHIR has stopped\.\n$/),
    })
    await put('SHIR/stop.ps1', 'exit 3\n')
    expect(await run()).toMatchObject({ by: 'SHIR/stop.ps1', exitCode: 3 })
  })

  test('dmgcmd.exe where there is none, wherever it lies', async () => {
    await put('Program Files/Microsoft Integration Runtime/5.0/Shared/dmgcmd.exe', '#!/bin/sh\necho "told $1"; exit 4\n')
    expect(await run()).toMatchObject({ by: 'dmgcmd -Stop', exitCode: 4, text: expect.stringContaining('told -Stop') })
  })

  test('or beside the diacmd.exe that the registry names', async () => {
    await put('elsewhere/Shared/dmgcmd.exe', '#!/bin/sh\nexit 5\n')
    expect(await run('C:/elsewhere/Shared/diacmd.exe')).toMatchObject({ by: 'dmgcmd -Stop', exitCode: 5 })
  })

  test('neither is said', async () => {
    expect(await run()).toMatchObject({ by: 'nothing', exitCode: 1, text: '{"by":"nothing"}\n' })
  })
})
