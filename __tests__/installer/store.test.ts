import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { installerFileName } from '../../src/contract/version.ts'
import { type Kept, microsoft } from '../../src/installer/record.ts'
import { checkCacheDir, installerStore, storeRoot } from '../../src/installer/store.ts'
import { toolVersion } from '../../src/installer/store-layout.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { type Bench, makeBench, provenOf } from './bench.ts'

const sample = sampleInstaller('5.70.9748.2')
const { version, sha256, bytes } = sample
const proven = { ...provenOf(sample, '5.70.9748'), signer: 'CN=Signer', proofs: ['proven'] }
const entry = { ...proven, origin: microsoft }
const place = '5.70.9748-2/x64'
const file = `${place}/IntegrationRuntime_5.70.9748.2.msi`
const whole = [`${place}.complete`, `${place}/${sha256}/installer.json`, `${place}/installer.json`, file].sort()
const resigned = sampleInstaller('5.70.9748.2', { filler: 'resigned ' })
const ownFile = `${place}/${resigned.sha256}/IntegrationRuntime_5.70.9748.2.msi`

let bench: Bench
let cache: string
beforeEach(async () => {
  bench = await makeBench()
  cache = join(bench.folder, 'cache')
})
afterEach(() => bench.remove())

async function keep(folder: string | undefined = cache, origin = microsoft): Promise<Kept> {
  return installerStore(folder, bench.host()).keep(await bench.part(bytes), proven, origin)
}

/** Other bytes of the version, which lie in a place of their own where the usual one is taken. */
async function keepResigned(): Promise<Kept> {
  const resignedProven = { ...provenOf(resigned), signer: 'CN=Another', proofs: ['proven too'] }
  return installerStore(cache, bench.host()).keep(await bench.part(resigned.bytes), resignedProven, microsoft)
}

/** What the store finds, and what it says where that is nothing. */
async function find(wanted: { version?: string; sha256?: string } = {}) {
  const host = bench.host()
  const kept = await installerStore(cache, host).find(wanted.version ?? version, wanted.sha256)
  return { kept, lines: host.lines }
}

describe('the layout', () => {
  test('is that of the tool caches, with the fourth part behind a dash', async () => {
    await keep()
    expect(await bench.files(cache)).toEqual(whole)
    expect((await readFile(join(cache, file))).equals(bytes)).toBe(true)
    expect(JSON.parse(await readFile(join(cache, place, 'installer.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(entry)))
  })

  test.each([
    ['5.70.9748.2', '5.70.9748-2'],
    ['5.2.7713.1', '5.2.7713-1'],
  ])('%s is %s there', (whole, expected) => {
    expect(toolVersion(whole)).toBe(expected)
    expect(installerFileName(whole)).toBe(`IntegrationRuntime_${whole}.msi`)
  })

  test('a relative folder starts at the workspace, none is among the machine’s tools', () => {
    const host = bench.host()
    expect(storeRoot('cache/shir', host)).toBe(join(bench.workspace, 'cache', 'shir'))
    expect(storeRoot(cache, host)).toBe(resolve(cache))
    expect(storeRoot(undefined, host)).toBe(join(bench.tools, 'shir'))
  })
})

describe('the folder that is named for it', () => {
  const check = (cacheDir: string | undefined) => checkCacheDir(cacheDir, bench.host())

  test.each([['a file'], ['a file/below']])('is refused where it is %s', async name => {
    await writeFile(join(bench.workspace, 'a file'), '')
    expect(await stepErrorOf(check(name))).toMatchObject({ code: 'invalid-input', message: `cacheDir: ${name} is not a folder.` })
  })

  test('may be there, may be missing, and need not be named', async () => {
    await mkdir(join(bench.workspace, 'there'))
    for (const name of ['there', 'missing/too', undefined]) await expect(check(name)).resolves.toBeUndefined()
  })
})

test('a download that cannot take its place is kept all the same where the same bytes are there already', async () => {
  const { path } = await keep()
  const store = installerStore(cache, bench.host())
  const vanished = join(cache, 'parts', 'vanished.part') // Linux refuses no rename for a reader; this one it does
  expect(await store.keep(vanished, proven, microsoft)).toEqual({ ...entry, path })
  await writeFile(path, 'other bytes')
  await expect(store.keep(vanished, proven, microsoft)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('where it came from is remembered, and told with each hit', async () => {
  await keep(cache, 'https://files.example/shir.msi')
  expect((await find()).kept).toMatchObject({ origin: 'https://files.example/shir.msi' })
})

describe('a record that someone wrote by hand', () => {
  test('needs no more than version, hash and size', async () => {
    await keep()
    await writeFile(join(cache, place, 'installer.json'), JSON.stringify({ version, sha256, size: bytes.length }))
    expect((await find()).kept).toMatchObject({ version, sha256, productVersion: version, origin: microsoft })
  })

  test('may have zeros before the numbers of the version', async () => {
    await keep()
    const written = JSON.stringify({ version: '05.70.09748.02', sha256, size: bytes.length })
    await writeFile(join(cache, place, 'installer.json'), written)
    expect(await find()).toMatchObject({ kept: { version, path: join(cache, file) }, lines: [] })
  })

  test('may have the hash in upper case, as PowerShell tells it', async () => {
    await keep()
    const written = JSON.stringify({ version, sha256: sha256.toUpperCase(), size: bytes.length })
    await writeFile(join(cache, place, 'installer.json'), written)
    expect(await find({ sha256 })).toMatchObject({ kept: { sha256, path: join(cache, file) }, lines: [] })
  })
})

describe('a hit', () => {
  test('is a file whose bytes are those that were kept', async () => {
    const kept = await keep()
    expect(await find()).toEqual({ kept: { ...entry, path: join(cache, file) }, lines: [] })
    expect(kept.path).toBe(join(cache, file))
  })

  test('has the hash that is wanted', async () => {
    await keep()
    expect((await find({ sha256 })).kept?.sha256).toBe(sha256)
  })

  test('tells versions apart by their fourth part', async () => {
    await keep()
    expect(await find({ version: '5.70.9748.3' })).toEqual({ kept: undefined, lines: [] })
    expect(await find({ version: '5.70.974.82' })).toEqual({ kept: undefined, lines: [] })
  })

  test('may be where the machine’s tool cache has it', async () => {
    const elsewhere = join(bench.folder, 'hosted', 'shir')
    await keep(elsewhere)
    const host = bench.host({ tools: { 'shir/5.70.9748-2/x64': join(elsewhere, place) } })
    expect((await installerStore(undefined, host).find(version, undefined))?.path).toBe(join(elsewhere, file))
    expect(await installerStore(cache, host).find(version, undefined)).toBeUndefined() // a folder of one's own is the only one
  })

  test('is found among the machine’s tools where its cache knows none', async () => {
    await mkdir(join(bench.tools, 'shir'))
    await keep(join(bench.tools, 'shir'))
    expect((await installerStore(undefined, bench.host()).find(version, undefined))?.path).toBe(join(bench.tools, 'shir', file))
  })
})

describe('other bytes of the same version', () => {
  const path = join('5.70.9748-2', 'x64')

  test('are each found by their hash, with what was proven of them; without one those that were kept last', async () => {
    await keep()
    const { path: own } = await keepResigned()
    expect(own).toBe(join(cache, ownFile))
    expect(await find({ sha256 })).toEqual({ kept: { ...entry, path: join(cache, file) }, lines: [] })
    const theirs = { path: own, sha256: resigned.sha256, signer: 'CN=Another', proofs: ['proven too'] }
    expect(await find({ sha256: resigned.sha256 })).toMatchObject({ kept: theirs, lines: [] })
    expect((await find()).kept).toMatchObject(theirs)
    await keep()
    expect((await find()).kept).toMatchObject({ sha256 })
    expect(await find({ sha256: resigned.sha256 })).toMatchObject({ kept: theirs, lines: [] })
  })

  test('are still those that were kept last when the others were looked up and proven again', async () => {
    await keep()
    await keepResigned()
    const store = installerStore(cache, bench.host())
    const first = (await store.find(version, sha256)) as Kept
    await store.remember({ ...first, signer: 'CN=Newer' })
    expect((await find()).kept).toMatchObject({ sha256: resigned.sha256 })
    expect((await find({ sha256 })).kept).toMatchObject({ signer: 'CN=Newer' })
  })

  test('do not go with those that are broken', async () => {
    await keep()
    await keepResigned()
    await writeFile(join(cache, ownFile), 'cut')
    const { kept, lines } = await find()
    expect([kept, lines]).toEqual([undefined, [expect.stringMatching(/its bytes are not those that were kept/)]])
    expect(await bench.files(cache)).not.toContain(ownFile)
    await keepResigned()
    expect((await find({ sha256 })).kept).toMatchObject({ path: join(cache, file) })
  })

  test('that are broken leave the mark of those that were kept last', async () => {
    await keep()
    await keepResigned()
    await keep()
    await writeFile(join(cache, ownFile), 'cut')
    const { lines } = await find({ sha256: resigned.sha256 })
    expect(lines).toEqual([
      `The store’s copy in ${join(cache, path, resigned.sha256)} is not used: its bytes are not those that were kept.`,
    ])
    expect(await bench.files(cache)).not.toContain(ownFile)
    expect((await find()).kept).toMatchObject({ sha256 })
  })

  test('that nobody kept are not taken from a folder that has their hash for its name', async () => {
    await keep()
    await mkdir(join(cache, place, 'f'.repeat(64)))
    const theirs = { version, sha256: resigned.sha256, size: 5 }
    await writeFile(join(cache, place, 'f'.repeat(64), 'installer.json'), JSON.stringify(theirs))
    expect((await find({ sha256: 'f'.repeat(64) })).lines).toEqual([expect.stringMatching(/another SHA-256/)])
  })
})

test('what took the place of a broken file while it was judged is another job’s, and stays', async () => {
  await keep()
  await rm(join(cache, file))
  await writeFile(join(cache, file), bytes.subarray(1))
  const host = bench.host()
  const replace = () => {
    rmSync(join(cache, file))
    writeFileSync(join(cache, file), bytes)
    writeFileSync(join(cache, `${place}.complete`), '')
  }
  const kept = await installerStore(cache, { ...host, log: replace }).find(version, undefined)
  expect(kept).toBeUndefined()
  expect(await find()).toMatchObject({ kept: { sha256 }, lines: [] })
})

test('a record whose hash leads out of the store has nothing removed there', async () => {
  await keep()
  const victim = join(bench.folder, 'victim', sample.fileName)
  await mkdir(join(bench.folder, 'victim'))
  await writeFile(victim, bytes)
  await writeFile(join(cache, place, 'installer.json'), JSON.stringify({ version, sha256: '../../../victim', size: 1 }))
  expect((await find()).kept).toBeUndefined()
  expect((await readFile(victim)).equals(bytes)).toBe(true)
})

test('a pipe in the place of a record or of the mark is not opened either, and goes with the next download', async () => {
  await keep()
  for (const name of [`${place}/installer.json`, `${place}/${sha256}/installer.json`, `${place}.complete`]) {
    await rm(join(cache, name))
    execFileSync('mkfifo', [join(cache, name)])
  }
  expect((await find({ sha256 })).lines).toEqual([expect.stringMatching(/its record cannot be read/)])
  await keep()
  expect(await find({ sha256 })).toMatchObject({ kept: { sha256 }, lines: [] })
  expect(await bench.files(cache)).toEqual(whole)
})

test('a pipe in the place of a file is not opened, which would wait for its writer', async () => {
  await keep()
  await rm(join(cache, file))
  execFileSync('mkfifo', [join(cache, file)])
  expect((await find()).lines).toEqual([expect.stringMatching(/its bytes are not those that were kept/)])
  execFileSync('mkfifo', [join(cache, file)])
  expect((await keep()).path).toBe(join(cache, place, sha256, sample.fileName))
})

describe('a miss', () => {
  test('is silent where nothing is kept', async () => {
    expect(await find()).toEqual({ kept: undefined, lines: [] })
  })

  test('is silent where the mark is missing, since a writer may be at work', async () => {
    await keep()
    await rm(join(cache, `${place}.complete`))
    expect(await find()).toEqual({ kept: undefined, lines: [] })
  })

  test('says that another hash is wanted, and leaves what is kept', async () => {
    await keep()
    const { kept, lines } = await find({ sha256: 'f'.repeat(64) })
    expect(kept).toBeUndefined()
    expect(lines).toEqual(['The store’s 5.70.9748.2 has another SHA-256 than the one that is asked for; it is fetched anew.'])
    expect((await find()).kept).toBeDefined()
  })

  const flipped = Buffer.from(bytes)
  flipped.writeUInt8(flipped.readUInt8(150_000) ^ 0x40, 150_000)
  const write = (name: string, content: Buffer | string) => () => writeFile(join(cache, name), content)
  const record = (change: object) => write(`${place}/installer.json`, JSON.stringify({ ...proven, ...change }))
  const damages: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    ['a bit that is another', write(file, flipped), /its bytes are not those/],
    ['a file that is shorter', write(file, bytes.subarray(0, -1)), /its bytes are not those/],
    ['a file that is longer', write(file, Buffer.concat([bytes, Buffer.alloc(1)])), /its bytes are not those/],
    ['an empty file', write(file, ''), /its bytes are not those/],
    ['no file', () => rm(join(cache, file)), /the file is gone/],
    [
      'a link that leads nowhere',
      async () => {
        await rm(join(cache, file))
        await symlink(join(cache, 'nowhere'), join(cache, file))
      },
      /the file is gone/,
    ],
    [
      'a pipe for a record',
      async () => {
        await rm(join(cache, place, 'installer.json'))
        execFileSync('mkfifo', [join(cache, place, 'installer.json')])
      },
      /its record cannot be read/,
    ],
    ['no record', () => rm(join(cache, place, 'installer.json')), /its record cannot be read/],
    ['half a record', write(`${place}/installer.json`, '{"version":"5.70.97'), /its record cannot be read/],
    ['a record that is null', write(`${place}/installer.json`, 'null'), /its record cannot be read/],
    ['a record of another version', record({ version: '5.69.9720.1' }), /its record cannot be read/],
    ['a record of another hash', record({ sha256: 'f'.repeat(64) }), /its bytes are not those/],
    ['a record of another size', record({ size: 5 }), /its bytes are not those/],
    ['a record whose size is no number', record({ size: '5' }), /its record cannot be read/],
    ['a record whose hash leads elsewhere', record({ sha256: '../../elsewhere' }), /its record cannot be read/],
    ['a record whose hash is too long', record({ sha256: `${sha256}0` }), /its record cannot be read/],
    ['a record whose size is no count', record({ size: 0.5 }), /its record cannot be read/],
    ['a record whose size is less than nothing', record({ size: -1 }), /its record cannot be read/],
    ['a record of no version', record({ version: '../../../elsewhere' }), /its record cannot be read/],
    ['a record of a version of three parts', record({ version: '5.70.9748' }), /its record cannot be read/],
    ['a record whose hash is no text', record({ sha256: 5 }), /its record cannot be read/],
  ]
  test.each(damages)('says so where there is %s, and the mark goes', async (_, damage, why) => {
    await keep()
    await damage()
    const { kept, lines } = await find()
    expect(kept).toBeUndefined()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(join(cache, place))
    expect(lines[0]).toMatch(why)
    expect(await bench.files(cache)).not.toContain(`${place}.complete`)
    expect((await find()).kept).toBeUndefined()
  })

  test.each(damages)('is mended by the next download: %s', async (_, damage) => {
    await keep()
    await damage()
    await find()
    await keep()
    expect((await find()).kept).toEqual({ ...entry, path: join(cache, file) })
    expect(await bench.files(cache)).toEqual(whole)
  })
})
