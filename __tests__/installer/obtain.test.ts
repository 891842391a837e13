import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CacheService } from '../../src/host/host.ts'
import type { MemoryHost } from '../../src/host/memory.ts'
import type { Wanted } from '../../src/installer/wanted.ts'
import type { Journal } from '../../src/journal/journal.ts'
import { type Answer, type FaultServer, faultServer, status, whole } from '../support/fault-server.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { addressOf, type Bench, makeBench, obtainWanted, planWanted } from './bench.ts'

const sample = sampleInstaller('5.70.9748.2')
const other = sampleInstaller('5.69.9720.1')
const product = 'Product Microsoft Integration Runtime, which is SHIR by its UpgradeCode'
const named = `/${sample.fileName}`
const keptFile = `shir/5.70.9748-2/x64/${sample.fileName}`

let bench: Bench
let server: FaultServer
let answers: Record<string, readonly Answer[]>
let host: MemoryHost
let journal: Journal
beforeEach(async () => {
  bench = await makeBench()
  answers = { [named]: [whole(sample.bytes)], '/setup.msi': [whole(sample.bytes)] }
  server = await faultServer(answers)
  host = bench.host()
  journal = bench.journal(host)
})
afterEach(async () => {
  await server.close()
  await bench.remove()
})

const obtain = (parts: Partial<Wanted>) => obtainWanted(host, journal, parts)
const fromServer = (path: string, parts: Partial<Wanted> = {}) => obtain({ msiUrl: addressOf(server.url(path)), ...parts })

describe('a file of the user’s', () => {
  test('is proven where it lies, relative to the workspace, and is not kept', async () => {
    await writeFile(join(bench.workspace, 'setup.msi'), sample.bytes)
    const installer = await obtain({ msiPath: 'setup.msi', msiSha256: sample.sha256.toUpperCase() })
    expect(installer).toEqual({
      planned: false,
      version: '5.70.9748.2',
      sha256: sample.sha256,
      size: sample.bytes.length,
      path: join(bench.workspace, 'setup.msi'),
      cacheHit: false,
      cacheKey: `shir-5.70.9748.2-${sample.sha256.slice(0, 16)}`,
      proofs: [
        product,
        'ProductVersion 5.70.9748.2',
        `SHA-256 ${sample.sha256} (the one that was asked for)`,
        'Signature not checked (the file carries none): the SHA-256 that was asked for is proof enough',
      ],
      source: 'the file setup.msi',
    })
    expect(host.lines).toContain('Installer 5.70.9748.2, 306 KB, from the file setup.msi')
    expect(await bench.files(bench.tools)).toEqual([])
  })

  test.each([
    ['a version that it has not', { shirVersion: '5.69.9720.1' }, 'installer-version-mismatch'],
    ['a hash that it has not', { msiSha256: 'f'.repeat(64) }, 'installer-hash-mismatch'],
    ['a name that it has not', { msiPath: 'none.msi' }, 'installer-missing'],
  ])('is refused with %s', async (_, parts, code) => {
    await writeFile(join(bench.workspace, 'setup.msi'), sample.bytes)
    expect((await stepErrorOf(obtain({ msiPath: 'setup.msi', ...parts }))).code).toBe(code)
    expect((await readFile(join(bench.workspace, 'setup.msi'))).equals(sample.bytes)).toBe(true)
  })
})

describe('an address of the user’s', () => {
  test('is fetched, proven and kept; the second time the store has it', async () => {
    const first = await fromServer(named)
    expect(first).toMatchObject({ version: '5.70.9748.2', sha256: sample.sha256, cacheHit: false, source: server.url(named) })
    expect(first.path).toBe(join(bench.tools, ...keptFile.split('/')))
    expect((await readFile(first.path)).equals(sample.bytes)).toBe(true)

    const second = await fromServer(named)
    expect(second).toMatchObject({
      path: first.path,
      sha256: sample.sha256,
      size: first.size,
      cacheHit: true,
      cacheKey: first.cacheKey,
    })
    expect(second.proofs).toEqual(first.proofs)
    expect(server.requests).toHaveLength(1)
    expect(await bench.files(join(bench.tools, 'shir'))).toEqual(
      ['.complete', `/${sample.fileName}`, '/installer.json', `/${sample.sha256}/installer.json`]
        .map(end => `5.70.9748-2/x64${end}`)
        .sort(),
    )
  })

  test('whose name tells no version is fetched each time, since only its bytes tell', async () => {
    expect((await fromServer('/setup.msi')).version).toBe('5.70.9748.2')
    expect((await fromServer('/setup.msi')).cacheHit).toBe(false)
    expect((await fromServer('/setup.msi', { shirVersion: '5.70.9748.2' })).cacheHit).toBe(true)
    expect(server.requests).toHaveLength(2)
  })

  test('is kept in the folder that was named, relative to the workspace', async () => {
    const { path } = await fromServer(named, { cacheDir: '.cache/shir' })
    expect(path).toBe(join(bench.workspace, '.cache', 'shir', '5.70.9748-2', 'x64', sample.fileName))
    expect(await bench.files(bench.tools)).toEqual([])
    expect((await fromServer(named, { cacheDir: '.cache/shir' })).cacheHit).toBe(true)
  })

  test('is asked again where what is kept is broken', async () => {
    const { path } = await fromServer(named)
    await writeFile(path, sample.bytes.subarray(0, 1_000))
    expect(await fromServer(named)).toMatchObject({ cacheHit: false, sha256: sample.sha256 })
    expect(host.lines).toContainEqual(expect.stringContaining('its bytes are not those that were kept'))
    expect((await fromServer(named)).cacheHit).toBe(true)
    expect(server.requests).toHaveLength(2)
  })

  test('is asked again where another hash is wanted, and what is kept stays where it has not that either', async () => {
    await fromServer(named)
    expect((await stepErrorOf(fromServer(named, { msiSha256: 'f'.repeat(64) }))).code).toBe('installer-hash-mismatch')
    expect(server.requests).toHaveLength(2)
    expect(await fromServer(named, { msiSha256: sample.sha256 })).toMatchObject({ cacheHit: true })
  })

  test.each([
    ['whose name promises another version', `/${other.fileName}`, {}, 'installer-version-mismatch'],
    ['of another version than the asked one', '/setup.msi', { shirVersion: '5.69.9720.1' }, 'installer-version-mismatch'],
    ['of another hash', named, { msiSha256: other.sha256 }, 'installer-hash-mismatch'],
    ['of a version too old', '/old.msi', {}, 'installer-too-old'],
    ['of three fields and no telling name', '/three.msi', {}, 'installer-version-unknown'],
    ['with an escape that is none in its name', '/100%.msi', { msiSha256: other.sha256 }, 'installer-hash-mismatch'],
  ])('%s leaves nothing behind', async (_, path, parts, code) => {
    answers[`/${other.fileName}`] = [whole(sample.bytes)]
    answers['/100%.msi'] = [whole(sample.bytes)]
    answers['/old.msi'] = [whole(sampleInstaller('5.1.7000.1').bytes)]
    answers['/three.msi'] = [whole(sampleInstaller('5.70.9748.2', { productVersion: '5.70.9748' }).bytes)]
    expect((await stepErrorOf(fromServer(path, parts))).code).toBe(code)
    expect(await bench.files(bench.tools)).toEqual([])
  })

  test.each([
    ['none was given', {}, 'computed; none was given to compare it with'],
    ['one was asked for', { msiSha256: sample.sha256 }, 'the one that was asked for'],
  ])('tells what its hash was compared with: %s', async (_, parts, expected) => {
    const proofs = [product, 'ProductVersion 5.70.9748.2', `SHA-256 ${sample.sha256} (${expected})`]
    expect((await fromServer(named, parts)).proofs).toEqual([...proofs, expect.stringMatching(/signature not checked/i)])
    expect(host.lines).toEqual(expect.arrayContaining(proofs.map(proof => `  ${proof}`)))
  })

  test('whose bytes alone tell the version must have the hash that is known of it', async () => {
    const known = (value: string) => [{ version: sample.version, sha256: { value, source: 'here' } }]
    const msiUrl = addressOf(server.url('/setup.msi'))
    const installer = await obtainWanted(host, journal, { msiUrl }, known(sample.sha256))
    expect(installer.proofs).toContain(`SHA-256 ${sample.sha256} (the one of the list of known versions)`)
    const refused = obtainWanted(host, journal, { msiUrl }, known(other.sha256))
    expect((await stepErrorOf(refused)).code).toBe('installer-hash-mismatch')
    const insisted = obtainWanted(host, journal, { msiUrl, msiSha256: sample.sha256 }, known(other.sha256))
    expect((await insisted).version).toBe(sample.version)
  })

  test('of three fields takes the fourth from its name', async () => {
    answers[named] = [whole(sampleInstaller('5.70.9748.2', { productVersion: '5.70.9748' }).bytes)]
    expect((await fromServer(named)).version).toBe('5.70.9748.2')
  })
})

describe('a package of three fields that comes from a cache', () => {
  const three = sampleInstaller('5.70.9748.2', { productVersion: '5.70.9748' })
  const unproven = /is not used: The installer says version 5\.70\.9748, .* nothing else proves the fourth/
  beforeEach(() => {
    answers[named] = [whole(three.bytes)]
  })

  /** A service that has it, under the key that it would have. */
  function cacheService(): CacheService {
    const key = `shir-${three.version}-${three.sha256.slice(0, 16)}`
    const found = async () => ({ key, why: undefined })
    const restore = async (_: string, folder: string) => {
      await mkdir(folder)
      await writeFile(join(folder, three.fileName), three.bytes)
      return found()
    }
    return { find: found, restore, save: found }
  }

  test('has not the name of the address, from which it did not come: it is fetched', async () => {
    host = bench.host({ cacheService: cacheService() })
    expect(await fromServer(named)).toMatchObject({ cacheHit: false, version: three.version })
    expect(host.lines).toContainEqual(expect.stringMatching(unproven))
  })

  test('is proven by the hash that was given', async () => {
    host = bench.host({ cacheService: cacheService() })
    expect(await fromServer(named, { msiSha256: three.sha256 })).toMatchObject({ cacheHit: true, version: three.version })
  })

  test('keeps the name that it got in the store of a machine that stays, and in no other', async () => {
    await fromServer(named)
    expect(await fromServer('/setup.msi', { shirVersion: three.version })).toMatchObject({ cacheHit: true })
    const { machine } = host
    host = bench.host({ machine: { ...machine, isEphemeral: true } })
    expect(await fromServer(named)).toMatchObject({ cacheHit: false })
    expect(host.lines).toContainEqual(expect.stringMatching(unproven))
  })
})

describe('what is kept without a signature that was checked', () => {
  test('is proven again where one is wanted, is fetched anew where that fails, and stays for who wants none', async () => {
    const { path } = await fromServer(named)
    const error = await stepErrorOf(fromServer(named, { verifySignature: true }))
    expect(error).toMatchObject({ code: 'installer-signature-invalid', message: expect.stringContaining('it carries none') })
    expect((await readFile(path)).equals(sample.bytes)).toBe(true)
    expect(await fromServer(named)).toMatchObject({ cacheHit: true, path })
    expect(server.requests).toHaveLength(2)
  })

  test('is taken with the hash that was given', async () => {
    await fromServer(named)
    const hit = await fromServer(named, { verifySignature: true, msiSha256: sample.sha256 })
    expect(hit).toMatchObject({ cacheHit: true })
    expect(hit.proofs.at(-1)).toMatch(/the SHA-256 that was asked for is proof enough/)
  })

  test('whose record tells a signer is as it was', async () => {
    await fromServer(named)
    const record = join(bench.tools, 'shir/5.70.9748-2/x64/installer.json')
    const proofs = ['ProductVersion 5.70.9748.2', 'Signature of O=Someone']
    await writeFile(record, JSON.stringify({ ...JSON.parse(await readFile(record, 'utf8')), signer: 'O=Someone', proofs }))
    const hit = await fromServer(named, { verifySignature: true })
    expect(hit).toMatchObject({ cacheHit: true, proofs: [...proofs, 'The same bytes as when that was proven'] })
  })
})

test('a download without a signature is refused, and nothing of it is left', async () => {
  expect((await stepErrorOf(fromServer(named, { verifySignature: true }))).code).toBe('installer-signature-invalid')
  expect(await bench.files(bench.tools)).toEqual([])
})

describe('a part', () => {
  const parts = () => bench.files(join(bench.tools, 'shir', 'parts'))

  test('is claimed while it is fetched, is no debt, and nothing is left of it once it is kept', async () => {
    let during: readonly string[] = []
    const answer = whole(sample.bytes)
    answers[named] = [
      async response => {
        during = await parts()
        answer(response)
      },
    ]
    await fromServer(named)
    expect(during).toContainEqual(expect.stringMatching(/^5\.70\.9748\.2-[0-9a-f]{16}\.1\.claim$/))
    expect(journal.owed()).toEqual([])
    expect(await parts()).toEqual([])
  })

  test.each([
    ['nothing comes', status(404)],
    ['the proof fails', whole(other.bytes)],
  ])('is gone where %s', async (_, answer) => {
    answers[named] = [answer]
    await stepErrorOf(fromServer(named))
    expect(await parts()).toEqual([])
  })
})

describe('a dry run', () => {
  const plan = (parts: Partial<Wanted>) => planWanted(host, parts)
  afterEach(async () => {
    expect(server.requests).toEqual([])
    expect(await bench.files(bench.tools)).toEqual([])
  })

  test.each(['stable', 'latest'])('of %s tells what it would ask', async shirVersion => {
    expect(await plan({ shirVersion })).toMatchObject({
      planned: true,
      version: '<version>',
      sha256: '<sha256>',
      source: `the address of "${shirVersion}"`,
    })
    expect(host.lines[0]).toMatch(new RegExp(`^Would ask https://.*microsoft\\.com/.* which version "${shirVersion}" is\\.$`))
  })

  test('of an address tells where it would be fetched and kept, without its secrets', async () => {
    const planned = await plan({ msiUrl: addressOf(`${server.url(named)}?sig=c2lnbmF0dXJl`), msiSha256: sample.sha256 })
    expect(planned).toMatchObject({ planned: true, version: '5.70.9748.2', sha256: sample.sha256, source: server.url(named) })
    expect(host.lines.slice(-2)).toEqual([
      `Would take version 5.70.9748.2 from ${join(bench.tools, 'shir')}, if it is there and its bytes are intact.`,
      `Otherwise would fetch ${server.url(named)}, prove it (format, ProductVersion, SHA-256) and keep it there.`,
    ])
  })

  test('of a file proves it, since that changes nothing', async () => {
    await writeFile(join(bench.workspace, 'setup.msi'), sample.bytes)
    const { proofs, ...planned } = await plan({ msiPath: 'setup.msi', verifySignature: true })
    expect(planned).toMatchObject({ planned: false, version: '5.70.9748.2' })
    expect(proofs.at(-1)).toBe('Signature: would be checked (the file carries none)')
    expect((await stepErrorOf(plan({ msiPath: 'none.msi' }))).code).toBe('installer-missing')
  })
})
