import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Expected, proveInstaller } from '../../src/installer/proof.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { sampleInstaller, shirUpgradeCode } from '../support/sample-installer.ts'
import { type Bench, makeBench } from './bench.ts'

const sample = sampleInstaller('5.70.9748.2')
/** The signature has tests of its own. */
const nothingAsked: Expected = { version: undefined, sha256: undefined, verifySignature: false }
const hash = (value: string, by: 'input' | 'known' = 'input') => ({ value, by })

let bench: Bench
beforeEach(async () => {
  bench = await makeBench()
})
afterEach(() => bench.remove())

async function prove(content: Buffer | string, expected = nothingAsked, fileName = sample.fileName) {
  const file = join(bench.folder, fileName)
  await writeFile(file, content)
  return proveInstaller(file, expected, bench.host())
}

test('a good installer, of which nothing was known', async () => {
  expect(await prove(sample.bytes)).toEqual({
    version: '5.70.9748.2',
    sha256: sample.sha256,
    size: sample.bytes.length,
    productVersion: '5.70.9748.2',
    signer: undefined,
    proofs: [
      'Product Microsoft Integration Runtime, which is SHIR by its UpgradeCode',
      'ProductVersion 5.70.9748.2',
      `SHA-256 ${sample.sha256} (computed; none was given to compare it with)`,
      'SIGNATURE NOT CHECKED (the file carries none): verifySignature is false',
    ],
  })
})

test('a good installer with the asked version and hash', async () => {
  const asked = { ...nothingAsked, version: sample.version, sha256: hash(sample.sha256) }
  expect(await prove(sample.bytes, asked)).toMatchObject({ version: sample.version, sha256: sample.sha256 })
})

test('a package of three fields takes the fourth from its file’s name', async () => {
  const { bytes } = sampleInstaller('5.70.9748.2', { productVersion: '5.70.9748' })
  expect(await prove(bytes)).toMatchObject({ version: '5.70.9748.2', productVersion: '5.70.9748' })
})

test('a package of three fields is proven by its hash where its name says nothing, and by nothing but that', async () => {
  const three = sampleInstaller('5.70.9748.2', { productVersion: '5.70.9748' })
  const asked = { ...nothingAsked, version: '5.70.9748.2' }
  const proven = await prove(three.bytes, { ...asked, sha256: hash(three.sha256) }, 'setup.msi')
  expect(proven).toMatchObject({ version: '5.70.9748.2', productVersion: '5.70.9748' })
  expect(proven.proofs[1]).toBe('ProductVersion 5.70.9748, and all of 5.70.9748.2 by its SHA-256')
  expect((await stepErrorOf(prove(three.bytes, asked, 'setup.msi'))).code).toBe('installer-version-unknown')
})

describe('a package of another product', () => {
  const code = '{12345678-1234-1234-1234-111111111111}'
  const foreign = sampleInstaller('5.70.9748.2', { upgradeCode: code })

  test.each([
    ['another UpgradeCode', code, /UpgradeCode is \{12345678-/],
    ['none', '', /it has no UpgradeCode/],
  ])('is refused where nothing but its looks says that it is SHIR: %s', async (_, upgradeCode, why) => {
    const error = await stepErrorOf(prove(sampleInstaller('5.70.9748.2', { upgradeCode }).bytes))
    expect(error).toMatchObject({ code: 'installer-not-shir', hint: expect.stringContaining('msiSha256') })
    expect(error.message).toContain('Microsoft Integration Runtime')
    expect(error.message).toMatch(why)
  })

  test('is refused as such before its version is asked', async () => {
    const { bytes } = sampleInstaller('1.2.3.4', { upgradeCode: code })
    expect((await stepErrorOf(prove(bytes, { ...nothingAsked, version: '5.70.9748.2' }))).code).toBe('installer-not-shir')
  })

  test.each(['input', 'known'] as const)('is taken by a hash that was expected (by %s), and told', async by => {
    const { proofs } = await prove(foreign.bytes, { ...nothingAsked, sha256: hash(foreign.sha256, by) })
    expect(proofs[0]).toBe(
      `Product Microsoft Integration Runtime, which is not SHIR by its UpgradeCode (${code}): the SHA-256 vouches for the file`,
    )
  })

  test('is SHIR in whichever letter case it says so', async () => {
    const { bytes } = sampleInstaller('5.70.9748.2', { upgradeCode: shirUpgradeCode.toLowerCase() })
    expect((await prove(bytes)).version).toBe('5.70.9748.2')
  })
})

test('a hash that was computed already is not computed again, and counts', async () => {
  const file = join(bench.folder, 'part')
  await writeFile(file, sample.bytes)
  const facts = { name: sample.fileName, sha256: 'e'.repeat(64) }
  expect((await proveInstaller(file, nothingAsked, bench.host(), facts)).sha256).toBe('e'.repeat(64))
  const expected = { ...nothingAsked, sha256: hash(sample.sha256) }
  expect((await stepErrorOf(proveInstaller(file, expected, bench.host(), facts))).code).toBe('installer-hash-mismatch')
})

test('the oldest version that runs in containers is not too old', async () => {
  expect((await prove(sampleInstaller('5.2.7713.1').bytes)).version).toBe('5.2.7713.1')
})

const old = sampleInstaller('5.2.7713.0').bytes
const flipped = Buffer.from(sample.bytes)
flipped.writeUInt8(flipped.readUInt8(100_000) ^ 1, 100_000)
const page = '<!DOCTYPE html><html><body>Please sign in</body></html>'

test.each([
  ['an empty file', '', nothingAsked, 'installer-not-msi', /empty/],
  ['an HTML page', page, nothingAsked, 'installer-not-msi', /HTML page/],
  [
    'an HTML page, though its hash is the asked one',
    page,
    { ...nothingAsked, sha256: hash(sample.sha256) },
    'installer-not-msi',
    /HTML page/,
  ],
  ['a file cut in its payload', sample.bytes.subarray(0, 100_000), nothingAsked, 'installer-not-msi', /damaged/],
  ['a file without its last sector', sample.bytes.subarray(0, -513), nothingAsked, 'installer-not-msi', /damaged|truncated/],
  ['a file cut in its header', sample.bytes.subarray(0, 100), nothingAsked, 'installer-not-msi', /header/],
  [
    'one bit that is another',
    flipped,
    { ...nothingAsked, sha256: hash(sample.sha256) },
    'installer-hash-mismatch',
    new RegExp(sample.sha256),
  ],
  ['another version', sample.bytes, { ...nothingAsked, version: '5.69.9720.1' }, 'installer-version-mismatch', /5\.69\.9720\.1/],
  [
    'another version and another hash',
    sample.bytes,
    { ...nothingAsked, version: '5.69.9720.1', sha256: hash('f'.repeat(64)) },
    'installer-hash-mismatch',
    /ffff/,
  ],
  [
    'other bytes than those of the known version',
    flipped,
    { ...nothingAsked, sha256: hash(sample.sha256, 'known') },
    'installer-hash-mismatch',
    /list of known versions/,
  ],
  [
    'a damaged file of another hash: the hash comes before anything is read of it',
    sample.bytes.subarray(0, 100_000),
    { ...nothingAsked, sha256: hash(sample.sha256) },
    'installer-hash-mismatch',
    new RegExp(sample.sha256),
  ],
  ['a version too old', old, nothingAsked, 'installer-too-old', /5\.2\.7713\.1/],
  ['a version too old that was asked for', old, { ...nothingAsked, version: '5.2.7713.0' }, 'installer-too-old', /5\.2\.7713\.0/],
])('%s', async (_, content, expected, code, message) => {
  const error = await stepErrorOf(prove(content, expected, 'setup.msi'))
  expect(error.code).toBe(code)
  expect(error.message).toMatch(message)
  expect(error.hint).toBeDefined()
})

test('a file that is not there, and a folder in its place', async () => {
  const folder = join(bench.folder, 'folder.msi')
  await mkdir(folder)
  for (const path of [join(bench.folder, 'none.msi'), folder, join(folder, 'deeper', 'none.msi')]) {
    const error = await stepErrorOf(proveInstaller(path, nothingAsked, bench.host()))
    expect(error.code).toBe('installer-missing')
    expect(error.message).toContain(path)
  }
})
