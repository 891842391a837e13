import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { StepError } from '../../src/contract/reasons.ts'
import { answerOf } from '../../src/engine/inside.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { assertInstalled, versionScript } from '../../src/image/installed.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { describeWith } from '../support/program.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const sha256 = 'a'.repeat(64)
const installer = { version: '5.70.9748.2', sha256 }

/** The lines that are logged, or the failure. */
function comparing(version: string, msiSha256: string | undefined): readonly string[] | StepError {
  const host = memoryHost({ machine, clock: fakeClock() })
  try {
    assertInstalled({ version, msiSha256 }, installer, host)
    return host.lines
  } catch (error) {
    return error as StepError
  }
}

test.each<[string, string | undefined]>([
  ['5.70.9748.2', sha256],
  ['5.70.9748.2', undefined],
  ['5.70.9748', undefined],
  ['5.070.9748.2', undefined],
])('SHIR %s is that of the installer', (version, hash) => {
  expect(comparing(version, hash)).toEqual([`SHIR ${version} is installed in the image.`])
})

test('the same version from another file is said', () => {
  expect(comparing('5.70.9748.2', 'b'.repeat(64))).toEqual([expect.any(String), expect.stringContaining('b'.repeat(64))])
})

test.each(['5.70.9748.1', '5.69.9748.2', '5.70.9747', '6.70.9748.2', '5.7.9748.2'])('SHIR %s is another', version => {
  const failure = comparing(version, sha256)
  expect(failure).toBeInstanceOf(StepError)
  expect(failure).toMatchObject({ code: 'image-version-mismatch', hint: expect.stringContaining('IntegrationRuntime') })
  expect((failure as StepError).message).toBe(`The image has SHIR ${version}, but was built with the installer of 5.70.9748.2.`)
})

describe('the script', () => {
  test('needs no quoting on its way through docker and Windows', () => {
    expect(versionScript).not.toMatch(/["\r\n]/)
    expect(versionScript.length).toBeLessThan(2_000)
  })

  describeWith('pwsh', 'in PowerShell, with a drive C:', () => {
    let drive: string
    beforeEach(async () => {
      drive = await mkdtemp(path.join(tmpdir(), 'shir-drive-'))
    })
    afterEach(() => rm(drive, { recursive: true, force: true }))

    /** Where it lies tells its version here, since only Windows reads one out of a file. */
    const put = async (folder: string) => {
      await mkdir(path.join(drive, folder), { recursive: true })
      await writeFile(path.join(drive, folder, 'Microsoft.DataTransfer.GatewayManagement.dll'), '')
    }
    /** The registry, which is Windows’ own, names a diacmd.exe under the key that fits, or nothing. */
    const run = (key = '', diacmd = '') =>
      new Promise<{ readonly version: unknown; readonly exitCode: number | null }>(resolve => {
        const registry = `function Get-ItemProperty { param($Path) if ($Path -like '*\\${key}') { [pscustomobject] @{ DiacmdPath = '${diacmd}' } } }`
        const info = '@{ FileMajorPart = 5; FileMinorPart = 70; FileBuildPart = 9748; FilePrivatePart = $_.FullName.Length }'
        const look = `Microsoft.PowerShell.Management\\Get-ChildItem -Path $Path -ErrorAction SilentlyContinue`
        const files = `function Get-ChildItem { param($Path, $ErrorAction) ${look} | ForEach-Object { [pscustomobject] @{ VersionInfo = [pscustomobject] ${info} } } }`
        const script = `${registry}; ${files}; $null = New-PSDrive -Name C -PSProvider FileSystem -Root ${drive}; ${versionScript}`
        const args = ['-NoProfile', '-NonInteractive', '-Command', script]
        const child = execFile(process.env.PWSH ?? 'pwsh', args, (_, stdout) => {
          resolve({ version: answerOf(stdout)?.version, exitCode: child.exitCode })
        })
      })
    /** What `put` made there, by its path’s length. */
    const versionIn = (folder: string) =>
      `5.70.9748.${path.join(drive, folder, 'Microsoft.DataTransfer.GatewayManagement.dll').length}`
    const standard = 'Program Files/Microsoft Integration Runtime/5.0/Shared'

    test('reads the library where SHIR is installed', async () => {
      await put(standard)
      expect(await run()).toEqual({ version: versionIn(standard), exitCode: 0 })
    })

    test.each(['ConfigurationManager', 'HostService'])('or beside what %s names, which goes first', async key => {
      await put(standard)
      await put('elsewhere/Shared')
      expect(await run(key, 'C:/elsewhere/Shared/diacmd.exe')).toEqual({ version: versionIn('elsewhere/Shared'), exitCode: 0 })
    })

    test('and says where there is none', async () => {
      expect(await run()).toEqual({ version: '', exitCode: 1 })
    })
  })
})
