import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MemoryHost } from '../../src/host/memory.ts'
import { identifyInstaller, planIdentity } from '../../src/installer/identify.ts'
import type { KnownVersion } from '../../src/installer/known.ts'
import type { Wanted } from '../../src/installer/wanted.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { addressOf, type Bench, makeBench, wanted } from './bench.ts'

const folder = 'https://download.microsoft.com/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10'
const [hash, given] = ['a'.repeat(64), 'b'.repeat(64)]
const known: readonly KnownVersion[] = [
  { version: '5.69.9720.1', sha256: { value: hash, source: 'https://manifests.example' } },
  { version: '5.70.9748.2' },
]
const first = expect.stringContaining('so the installer is obtained first; msiSha256 would tell')

let bench: Bench
let host: MemoryHost
beforeEach(async () => {
  bench = await makeBench()
  host = bench.host({ environment: { HTTPS_PROXY: 'http://127.0.0.1:1' } }) // whoever asks the network fails
})
afterEach(() => bench.remove())

const identify = (parts: Partial<Wanted>) => identifyInstaller(host, known)(wanted(parts))
const plan = (parts: Partial<Wanted>) => planIdentity(host, known)(wanted(parts))

describe.each([
  ['live', identify],
  ['planned', plan],
])('%s', (_, identified) => {
  test.each<[string, Partial<Wanted>, string | undefined, object | undefined, readonly unknown[]]>([
    [
      'an exact version of a known hash',
      { shirVersion: '5.69.9720.1' },
      '5.69.9720.1',
      { value: hash, by: 'known' },
      ['Version 5.69.9720.1', `Its SHA-256 is known: ${hash}`],
    ],
    ['an exact version without one', { shirVersion: '5.70.9748.2' }, '5.70.9748.2', undefined, ['Version 5.70.9748.2', first]],
    ['an exact version that nobody knows', { shirVersion: '5.99.1.1' }, '5.99.1.1', undefined, ['Version 5.99.1.1', first]],
    [
      'a hash of one’s own',
      { shirVersion: '5.70.9748.2', msiSha256: given.toUpperCase() },
      '5.70.9748.2',
      { value: given, by: 'input' },
      ['Version 5.70.9748.2', `Its SHA-256 was given: ${given}`],
    ],
    [
      'a hash of one’s own that is not the known one',
      { shirVersion: '5.69.9720.1', msiSha256: given },
      '5.69.9720.1',
      { value: given, by: 'input' },
      ['Version 5.69.9720.1', `Its SHA-256 was given: ${given} (the one that is known of this version is ${hash})`],
    ],
    [
      'an address that names its version',
      { msiUrl: addressOf('https://mirror.example/IntegrationRuntime_5.69.9720.1.msi?sig=c2lnbmF0dXJl') },
      '5.69.9720.1',
      { value: hash, by: 'known' },
      ['Version 5.69.9720.1 (https://mirror.example/IntegrationRuntime_5.69.9720.1.msi)', `Its SHA-256 is known: ${hash}`],
    ],
    [
      'an address and the version that is there',
      { msiUrl: addressOf('https://mirror.example/setup.msi'), shirVersion: '5.69.9720.1' },
      '5.69.9720.1',
      { value: hash, by: 'known' },
      ['Version 5.69.9720.1 (https://mirror.example/setup.msi)', `Its SHA-256 is known: ${hash}`],
    ],
  ])('%s is known without a look at the network', async (_name, parts, version, sha256, lines) => {
    expect(await identified(parts)).toMatchObject({ version, sha256, wanted: wanted(parts) })
    expect(host.lines).toEqual(lines)
  })

  test('an exact version lies in Microsoft’s own folder', async () => {
    const url = `${folder}/IntegrationRuntime_5.70.9748.2.msi`
    expect((await identified({ shirVersion: '5.70.9748.2' })).source).toEqual({ version: '5.70.9748.2', url, shown: url })
  })

  test('an address’s secrets are told nowhere', async () => {
    await identified({ msiUrl: addressOf('https://reader:pass-word@mirror.example/setup.msi?sig=c2lnbmF0dXJl') })
    expect(host.lines.join()).not.toMatch(/c2lnbmF0dXJl|pass-word|reader/)
  })

  test('a file is known by its properties, however large the rest of it is', async () => {
    const { bytes, version } = sampleInstaller('5.69.9720.1')
    const file = join(bench.workspace, 'setup.msi')
    await writeFile(file, bytes)
    await truncate(file, 40_000_000_000) // a hole, which would take minutes to read
    expect(await identified({ msiPath: 'setup.msi' })).toMatchObject({
      version,
      sha256: { value: hash, by: 'known' },
      source: { path: file, shown: 'the file setup.msi' },
    })
    expect(host.lines[0]).toBe('Version 5.69.9720.1 (the file setup.msi)')
  })

  test.each([
    ['that is not there', 'none.msi', {}, 'installer-missing'],
    ['that is a folder', '.', {}, 'installer-missing'],
    ['that is no installer', 'page.msi', {}, 'installer-not-msi'],
    ['of another version than the asked one', 'setup.msi', { shirVersion: '5.69.9720.1' }, 'installer-version-mismatch'],
    ['of three fields and no telling name', 'three.msi', {}, 'installer-version-unknown'],
  ])('a file %s is refused', async (_name, msiPath, parts, code) => {
    await writeFile(join(bench.workspace, 'setup.msi'), sampleInstaller('5.70.9748.2').bytes)
    await writeFile(join(bench.workspace, 'page.msi'), '<!DOCTYPE html><html>Sign in</html>')
    await writeFile(join(bench.workspace, 'three.msi'), sampleInstaller('5.70.9748.2', { productVersion: '5.70.9748' }).bytes)
    expect((await stepErrorOf(identified({ msiPath, ...parts }))).code).toBe(code)
  })
})

test('an address whose name tells no version: only its bytes will, and that is said', async () => {
  const msiUrl = addressOf('https://mirror.example/setup.msi')
  expect(await identify({ msiUrl })).toMatchObject({ version: undefined, sha256: undefined })
  expect(await identify({ msiUrl, msiSha256: given })).toMatchObject({
    version: undefined,
    sha256: { value: given, by: 'input' },
  })
  expect(host.lines[0]).toBe(
    'Which version https://mirror.example/setup.msi is, only its bytes tell: the installer is obtained first.',
  )
})

test.each(['stable', 'latest'])('a dry run does not ask which version %s is', async shirVersion => {
  const { version, sha256, source } = await plan({ shirVersion })
  expect([version, sha256, source.shown]).toEqual([undefined, undefined, `the address of "${shirVersion}"`])
  expect(host.lines).toEqual([expect.stringMatching(new RegExp(`^Would ask https://.* which version "${shirVersion}" is\\.$`))])
})
