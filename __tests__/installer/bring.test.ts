import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StepError } from '../../src/contract/reasons.ts'
import type { CacheService, Found } from '../../src/host/host.ts'
import type { MemoryHost, MemoryOptions } from '../../src/host/memory.ts'
import { type Bringing, type Brought, bringInstaller } from '../../src/installer/bring.ts'
import { proveInstaller } from '../../src/installer/proof.ts'
import { type Entry, microsoft } from '../../src/installer/record.ts'
import { installerStore } from '../../src/installer/store.ts'
import { type Journal, openJournal } from '../../src/journal/journal.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { describeOnSmallDisks, type SmallDisk, smallDisk } from '../support/small-disk.ts'
import { type Bench, makeBench, provenOf } from './bench.ts'

const sample = sampleInstaller('5.70.9748.2')
const resigned = sampleInstaller('5.70.9748.2', { filler: 'resigned ' })
const other = sampleInstaller('5.69.9720.1')
const { version, sha256 } = sample
const key = `shir-${version}-${sha256.slice(0, 16)}`
const address = 'https://files.example/shir.msi'

let bench: Bench
let fetched: number
beforeEach(async () => {
  bench = await makeBench()
  fetched = 0
})
afterEach(() => bench.remove())

interface Want extends Partial<Bringing> {
  readonly cache?: 'auto' | 'local' | 'off'
  readonly cacheDir?: string
  readonly bytes?: Buffer
}

/** Clocks of these tests are their machine's, unless a limit is what they are about. */
const still = { now: () => Date.now(), sleep: (_: number, signal?: AbortSignal) => aborted(signal) }
const aborted = (signal?: AbortSignal) =>
  new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve(), { once: true }))

function machine(options: Partial<MemoryOptions> = {}): MemoryHost {
  return bench.host({ clock: still, ...options })
}

async function bring(
  host: MemoryHost,
  { cache = 'auto', cacheDir, bytes = sample.bytes, ...rest }: Want = {},
  journal = openJournal(join(bench.folder, 'owed'), host),
): Promise<Brought> {
  const sha256 = rest.sha256 === undefined ? undefined : ({ value: rest.sha256, by: 'input' } as const)
  const prove = (file: string) => proveInstaller(file, { version: rest.version ?? version, sha256, verifySignature: false }, host)
  const asked: Bringing = {
    ...{ version, sha256: undefined, needsProof: () => false, url: address, address, origin: microsoft, prove },
    fetch: async part => {
      fetched++
      await writeFile(part, bytes)
      return prove(part)
    },
    ...rest,
  }
  return bringInstaller({ cache, cacheDir }, asked, host, journal)
}

describe('the store', () => {
  test('has what was fetched once, read-only', async () => {
    const first = await bring(machine())
    expect(first).toMatchObject({ cacheHit: false, source: address })
    const second = await bring(machine())
    expect(second).toMatchObject({ cacheHit: true, source: `the store ${join(bench.tools, 'shir')}` })
    expect(second.kept.path).toBe(first.kept.path)
    expect((await stat(second.kept.path)).mode & 0o777).toBe(0o444)
    expect(fetched).toBe(1)
  })

  test('that another job has filled between the look and the claim is looked at once more: nothing is fetched', async () => {
    const [theirs, cacheDir] = [join(bench.folder, 'theirs'), join(bench.folder, 'shared')]
    await bring(machine(), { cacheDir: theirs })
    const host = machine()
    const journal = openJournal(join(bench.folder, 'owed'), host)
    const hold: typeof journal.hold = file => {
      cpSync(theirs, cacheDir, { recursive: true })
      return journal.hold(file)
    }
    expect(await bring(host, { cacheDir }, { ...journal, hold })).toMatchObject({ cacheHit: true })
    expect(fetched).toBe(1)
    expect(await readdir(join(cacheDir, 'parts'))).toEqual([])
  })

  test('makes a hit read-only again', async () => {
    const { kept } = await bring(machine())
    await chmod(kept.path, 0o644)
    await bring(machine())
    expect((await stat(kept.path)).mode & 0o777).toBe(0o444)
  })

  test('of five jobs at once is filled by one: one download, four hits', async () => {
    const clock = { now: () => Date.now(), sleep: () => new Promise<void>(resolve => setImmediate(resolve)) }
    const five = await Promise.all(Array.from({ length: 5 }, () => bring(bench.host({ clock }))))
    expect(fetched).toBe(1)
    expect(five.map(({ cacheHit }) => cacheHit).sort()).toEqual([false, true, true, true, true])
    expect(new Set(five.map(({ kept }) => kept.path)).size).toBe(1)
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
  })

  test('may lie where a path has spaces, letters of all kinds and more than 260 characters', async () => {
    const cacheDir = join('ein Ordner', 'папка 文件夹 🧊', 'x'.repeat(200), 'y'.repeat(100))
    expect((await bring(machine(), { cacheDir })).kept.path.length).toBeGreaterThan(400)
    expect((await bring(machine(), { cacheDir })).cacheHit).toBe(true)
    expect(fetched).toBe(1)
  })

  test('is not asked for what only the bytes tell, and keeps it all the same', async () => {
    const first = await bring(machine(), { version: undefined, prove: async () => provenOf(sample) })
    expect(first.cacheHit).toBe(false)
    expect((await bring(machine())).cacheHit).toBe(true)
  })
})

describe('what is in the way in a store is no reason to fail', () => {
  const version70 = '5.70.9748-2'
  const folder = (...names: readonly string[]) => mkdirSync(join(bench.tools, 'shir', ...names), { recursive: true })
  const file = (...names: readonly string[]) => {
    folder(...names.slice(0, -1))
    writeFileSync(join(bench.tools, 'shir', ...names), 'theirs')
  }

  const obstacles: readonly (readonly [string, () => void])[] = [
    ['a folder as the record', () => folder(version70, 'x64', 'installer.json')],
    ['a folder as the record of these bytes', () => folder(version70, 'x64', sha256, 'installer.json')],
    ['a folder as the mark', () => folder(version70, 'x64.complete')],
    ['a file as the folder of the machine', () => file(version70, 'x64')],
    ['a file as the folder of the version', () => file(version70)],
    [
      'a link that leads nowhere as the folder of the version',
      () => {
        folder()
        symlinkSync(join(bench.folder, 'nowhere'), join(bench.tools, 'shir', version70))
      },
    ],
    [
      'folders in both places of the installer',
      () => {
        folder(version70, 'x64', sample.fileName, 'in the way')
        folder(version70, 'x64', sha256, sample.fileName, 'in the way')
      },
    ],
    [
      'other files in both places of the installer',
      () => {
        file(version70, 'x64', sample.fileName)
        file(version70, 'x64', sha256, sample.fileName)
      },
    ],
  ]
  test.each(obstacles)('%s: what was fetched and proven is used for this run alone', async (_, obstruct) => {
    obstruct()
    const before = await bench.files(join(bench.tools, 'shir'))
    for (let run = 1; run <= 2; run++) {
      const host = machine()
      const journal = openJournal(join(bench.folder, 'owed'), host)
      const { kept, cacheHit } = await bring(host, {}, journal)
      expect(cacheHit).toBe(false)
      expect((await readFile(kept.path)).equals(sample.bytes)).toBe(true)
      expect(journal.owed()).toEqual([{ kind: 'path', path: dirname(kept.path) }])
      expect(host.lines.at(-1)).toMatch(/^The installer cannot be kept in .*shir \(.+\): it is used for this run alone\.$/)
      await rm(dirname(kept.path), { recursive: true })
    }
    expect(await bench.files(join(bench.tools, 'shir'))).toEqual(expect.arrayContaining([...before]))
  })

  test.each([
    ['a file as the folder of parts', () => file('parts')],
    ['a file as the store', () => writeFileSync(join(bench.tools, 'shir'), 'theirs')],
  ])('%s: it is fetched for this run alone', async (_, obstruct) => {
    obstruct()
    const host = machine()
    const { kept, cacheHit } = await bring(host)
    expect(cacheHit).toBe(false)
    expect(kept.path).toMatch(/temp.shir-installer-/)
    expect(host.lines).toEqual([
      expect.stringMatching(/^Nothing can be kept in .*shir \(E[A-Z]+: .+\): the installer is fetched for this run alone\.$/),
    ])
  })
})

test('two installers of one version, asked for in turns by their hashes, are fetched once each', async () => {
  const hits: boolean[] = []
  for (const one of [sample, resigned, sample, resigned, sample, resigned])
    hits.push((await bring(machine(), { sha256: one.sha256, bytes: one.bytes })).cacheHit)
  expect(hits).toEqual([false, false, true, true, true, true])
  expect(fetched).toBe(2)
})

describe('a download that fails', () => {
  const failing = (error: unknown, record = true) => {
    return async (part: string) => {
      await writeFile(part, 'half')
      if (record) await writeFile(`${part}.json`, '{}')
      throw error
    }
  }
  const lost = new StepError('download-failed', 'The line was cut.')

  test('leaves its part for the next run, which can go on with it', async () => {
    expect(await stepErrorOf(bring(machine(), { fetch: failing(lost) }))).toBe(lost)
    expect((await bench.files(join(bench.tools, 'shir', 'parts'))).map(file => file.replace(/^.*?\.1/, ''))).toEqual([
      '.part',
      '.part.json',
    ])
    let found = ''
    await bring(machine(), {
      fetch: async part => {
        found = await readFile(part, 'utf8')
        await writeFile(part, sample.bytes)
        return provenOf(sample)
      },
    })
    expect(found).toBe('half')
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
  })

  test.each([
    ['nothing tells what came', lost, false],
    ['the proof failed', new StepError('installer-hash-mismatch', 'Other bytes.'), true],
    ['the run was cancelled', new StepError('cancelled', 'The run was cancelled.'), true],
  ])('leaves nothing where %s', async (_, error, record) => {
    expect(await stepErrorOf(bring(machine(), { fetch: failing(error, record) }))).toBe(error)
    expect(await bench.files(bench.tools)).toEqual([])
  })
})

describe('a hit without a signature, where one is needed', () => {
  const needsProof = ({ signer }: Entry) => signer === undefined
  const signed = { ...provenOf(sample), signer: 'Microsoft Corporation', proofs: ['Signed by Microsoft Corporation'] }

  test('is proven again, with what its record says, and remembered', async () => {
    await bring(machine())
    const asked: unknown[] = []
    const prove = async (...given: unknown[]) => {
      asked.push(given)
      return signed
    }
    const hit = await bring(machine(), { needsProof, prove })
    expect(hit).toMatchObject({ cacheHit: true, kept: { signer: 'Microsoft Corporation' } })
    expect(asked).toEqual([[hit.kept.path, expect.objectContaining({ sha256 })]])
    await bring(machine(), { needsProof, prove })
    expect(asked).toHaveLength(1)
  })

  test('is proven again each time on a machine that ends with its job, whose store came from a cache', async () => {
    const host = () => bench.host({ clock: still, machine: { ...machine().machine, isEphemeral: true } })
    await bring(host())
    let proven = 0
    const prove = async () => {
      proven++
      return signed
    }
    await bring(host(), { needsProof, prove })
    await bring(host(), { needsProof, prove })
    expect(proven).toBe(2)
  })

  test('is a miss that says so where it has none', async () => {
    await bring(machine())
    const host = machine()
    const prove = async () => {
      throw new StepError('installer-not-msi', 'It is not signed.')
    }
    expect((await bring(host, { needsProof, prove })).cacheHit).toBe(false)
    expect(host.lines).toContainEqual(expect.stringMatching(/copy in .* is not used: It is not signed\./))
  })
})

describe('no cache', () => {
  test('looks nothing up and keeps nothing: the installer lies among the short-lived files, and is owed', async () => {
    await bring(machine())
    const host = machine()
    const journal = openJournal(join(bench.folder, 'owed'), host)
    const asked = { cache: 'off' as const }
    const { kept, cacheHit } = await bring(host, asked)
    expect([cacheHit, fetched]).toEqual([false, 2])
    expect(kept.path).toMatch(/temp.shir-installer-[0-9a-f-]{36}.+IntegrationRuntime_5\.70\.9748\.2\.msi$/)
    expect(await readFile(String(host.state.load()), 'utf8')).toContain('shir-installer-')
    await journal.close()
  })

  test('leaves nothing where it cannot be proven', async () => {
    await stepErrorOf(bring(machine(), { cache: 'off', bytes: other.bytes }))
    expect(await bench.files(join(bench.folder, 'temp'))).toEqual([])
  })
})

describe('the cache service', () => {
  /** One that has folders in memory, by key, newest last. */
  function service(saved: Map<string, Record<string, Buffer>>, over: Partial<CacheService> = {}): CacheService {
    return {
      find: async (wanted, prefixes) => {
        const keys = [...saved.keys()].reverse()
        return {
          key: keys.find(one => one === wanted) ?? keys.find(one => prefixes.some(begin => one.startsWith(begin))),
          why: undefined,
        }
      },
      restore: async (one, folder) => {
        await mkdir(folder)
        for (const [name, bytes] of Object.entries(saved.get(one) ?? {})) await writeFile(join(folder, name), bytes)
        return { key: one, why: undefined }
      },
      save: async (one, folder) => {
        if (saved.has(one)) return { key: undefined, why: 'another job made it' }
        const [name = ''] = await bench.files(folder)
        saved.set(one, { [name]: await readFile(join(folder, name)) })
        return { key: one, why: undefined }
      },
      ...over,
    }
  }
  const emptied = () => rm(join(bench.tools, 'shir'), { recursive: true })
  const never = (_: unknown, __: unknown, ___: unknown, signal: AbortSignal): Promise<Found> =>
    aborted(signal).then(() => ({ key: undefined, why: undefined }))

  test('is given what was fetched and proven, and gives it to the next machine', async () => {
    const saved = new Map()
    const first = machine({ cacheService: service(saved) })
    await bring(first)
    expect([...saved.keys()]).toEqual([key])
    expect(first.lines).toEqual([
      `The cache service has no installer of version ${version}.`,
      `Saved as ${key} in the cache service`,
    ])
    await emptied()
    const second = await bring(machine({ cacheService: service(saved) }))
    expect(second).toMatchObject({ cacheHit: true, source: `the cache service, ${key}` })
    expect((await readFile(second.kept.path)).equals(sample.bytes)).toBe(true)
    expect(fetched).toBe(1)
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
    // From now on the store has it.
    expect((await bring(machine())).source).toMatch(/the store .*, where it was put from the cache service$/)
  })

  test('is asked for the very bytes where they are known', async () => {
    const saved = new Map([[`shir-${version}-${resigned.sha256.slice(0, 16)}`, { [sample.fileName]: resigned.bytes }]])
    await bring(machine({ cacheService: service(saved) }), { sha256 })
    expect([...saved.keys()]).toHaveLength(2)
    await emptied()
    expect(await bring(machine({ cacheService: service(saved) }), { sha256 })).toMatchObject({ cacheHit: true, kept: { sha256 } })
  })

  const poisons: readonly (readonly [string, Record<string, Buffer>, RegExp])[] = [
    ['other bytes of the version', { [sample.fileName]: resigned.bytes }, /its bytes are those of shir-5\.70\.9748\.2-/],
    ['another version', { [sample.fileName]: other.bytes }, /version 5\.69\.9720\.1, but 5\.70\.9748\.2 was asked for/],
    ['no installer', { [sample.fileName]: Buffer.from('<html>') }, /not.*Windows Installer/],
    ['nothing of that name', { 'other.msi': sample.bytes }, /ENOENT/],
  ]
  test.each(poisons)('that has %s is a miss that says so, and the true one is fetched', async (_, poison, why) => {
    const host = machine({ cacheService: service(new Map([[key, poison]])) })
    expect(await bring(host)).toMatchObject({ cacheHit: false, kept: { sha256 } })
    expect(host.lines).toContainEqual(expect.stringMatching(new RegExp(`${key} is not used: .*${why.source}`)))
    expect(host.lines.at(-1)).toBe('Not saved in the cache service: another job made it.')
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
  })

  test('that gives a link to the installer gives none: it could be changed after its proof', async () => {
    await writeFile(join(bench.folder, 'mine.msi'), sample.bytes)
    const restore = async (one: string, folder: string) => {
      await mkdir(folder)
      await symlink(join(bench.folder, 'mine.msi'), join(folder, sample.fileName))
      return { key: one, why: undefined }
    }
    const host = machine({ cacheService: service(new Map([[key, {}]]), { restore }) })
    expect((await bring(host)).cacheHit).toBe(false)
    expect(host.lines).toContainEqual(expect.stringMatching(/is not used: .* is not a file/))
  })

  test('that gives a link to a folder of installers gives none either', async () => {
    const theirs = join(bench.folder, 'theirs')
    await mkdir(theirs)
    await writeFile(join(theirs, sample.fileName), sample.bytes)
    const restore = async (one: string, folder: string) => {
      await symlink(theirs, folder)
      return { key: one, why: undefined }
    }
    const host = machine({ cacheService: service(new Map([[key, {}]]), { restore }) })
    expect((await bring(host)).cacheHit).toBe(false)
    expect(host.lines).toContainEqual(expect.stringMatching(/is not used: .* is not a folder/))
    expect(await bench.files(theirs)).toEqual([sample.fileName])
  })

  test('that fails is not asked again, and the step does not mind', async () => {
    let saves = 0
    const host = machine({
      cacheService: service(new Map(), {
        find: async () => ({ key: undefined, why: 'Failed request: (500)' }),
        save: async () => ({ key: undefined, why: String(saves++) }),
      }),
    })
    expect((await bring(host)).cacheHit).toBe(false)
    expect(host.lines).toEqual(['The cache service is not used: Failed request: (500).'])
    expect(saves).toBe(0)
  })

  const broken: readonly (readonly [string, () => Promise<Found>])[] = [
    ['rejects', () => Promise.reject(new Error('spawn EAGAIN'))],
    [
      'throws',
      () => {
        throw new Error('spawn EAGAIN')
      },
    ],
  ]
  describe.each(broken)('that %s', (_, call) => {
    test.each([
      ['find', 'The cache service is not used: spawn EAGAIN.'],
      ['restore', `The cache service’s ${key} was not restored: spawn EAGAIN.`],
      ['save', 'Not saved in the cache service: spawn EAGAIN.'],
    ] as const)('in %s is a line, and the step goes on', async (name, line) => {
      const host = machine({ cacheService: service(new Map(name === 'restore' ? [[key, {}]] : []), { [name]: call }) })
      expect((await bring(host)).cacheHit).toBe(false)
      expect(host.lines.at(-1)).toBe(line)
      expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
    })

    test('because the run was cancelled ends it', async () => {
      const cancel = new AbortController()
      const find = () => {
        cancel.abort()
        return call()
      }
      const host = machine({ signal: cancel.signal, cacheService: service(new Map(), { find }) })
      await expect(bring(host)).rejects.toMatchObject({ name: 'AbortError' })
      expect(host.lines).toEqual([])
    })
  })

  /** A journal that lets something happen to each folder that is owed, before it is made. */
  function journalWith(host: MemoryHost, before: (folder: string, count: number) => unknown): Journal {
    const journal = openJournal(join(bench.folder, 'owed'), host)
    let count = 0
    const intend: Journal['intend'] = async debt => {
      await journal.intend(debt)
      if (debt.kind === 'path') await before(debt.path, count++)
    }
    return { ...journal, intend }
  }

  test.each([
    ['look into', 0, 'The cache service is not used: '],
    ['save in', 1, 'Not saved in the cache service: '],
  ])('is not needed where no folder can be made to %s it: that is a line', async (_, which, beginning) => {
    const host = machine({ cacheService: service(new Map()) })
    const journal = journalWith(host, (folder, count) => count === which && writeFile(folder, 'in the way'))
    expect((await bring(host, {}, journal)).cacheHit).toBe(false)
    expect(host.lines.at(-1)).toMatch(new RegExp(`^${beginning}.*(EEXIST|ENOTDIR)`))
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
    expect(journal.owed()).toEqual([])
  })

  test('is not looked into where that cannot be owed: the journal’s own failure is the step’s', async () => {
    const host = machine({ cacheService: service(new Map()) })
    const full = new Error('no room for the journal')
    const journal = journalWith(host, () => Promise.reject(full))
    await expect(bring(host, {}, journal)).rejects.toBe(full)
  })

  test.each(['find', 'restore', 'save'] as const)('that hangs in %s is waited for only so long', async call => {
    const clock = {
      now: () => Date.now(),
      sleep: (ms: number, signal?: AbortSignal) => (ms === limits[call] ? Promise.resolve() : aborted(signal)),
    }
    const limits = { find: 10_000, restore: 600_000, save: 60_000 + sample.bytes.length / 2_000 }
    const saved = new Map(call === 'restore' ? [[key, {}]] : [])
    const hanging = call === 'find' ? never : (one: unknown, two: unknown, signal: AbortSignal) => never(one, two, 0, signal)
    const host = bench.host({ clock, cacheService: service(saved, { [call]: hanging }) })
    expect((await bring(host)).cacheHit).toBe(false)
    expect(host.lines.join('\n')).toMatch(new RegExp(`did not end within ${Math.round(limits[call] / 1_000)} s`))
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
  })

  test.each(['find', 'save'] as const)('that hangs in %s ends at once where the run is cancelled', async call => {
    const cancel = new AbortController()
    const hanging = (...given: readonly unknown[]) => {
      queueMicrotask(() => cancel.abort())
      return never(0, 0, 0, given.at(-1) as AbortSignal)
    }
    const host = machine({ signal: cancel.signal, cacheService: service(new Map(), { [call]: hanging }) })
    await expect(bring(host)).rejects.toMatchObject({ name: 'AbortError' })
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toEqual([])
  })

  test.each(['local', 'off'] as const)('is left alone with cache %s', async cache => {
    const saved = new Map()
    await bring(machine({ cacheService: service(saved) }), { cache })
    expect(saved.size).toBe(0)
  })
})

describeOnSmallDisks('a store on a disk of its own', () => {
  let disk: SmallDisk
  afterEach(() => disk.remove())
  const store = () => ({ cacheDir: join(disk.folder, 'store') })

  test('that is read-only gives what it has', async () => {
    disk = smallDisk('4m')
    await bring(machine(), store())
    disk.makeReadOnly()
    const host = machine()
    expect((await bring(host, store())).cacheHit).toBe(true)
    expect(host.lines).toEqual([])
  })

  test('that is read-only and has it not lets it be fetched for this run alone', async () => {
    disk = smallDisk('4m')
    disk.makeReadOnly()
    const host = machine()
    const { cacheHit, kept } = await bring(host, store())
    expect(cacheHit).toBe(false)
    expect(kept.path).toMatch(/temp.shir-installer-/)
    expect(host.lines).toContainEqual(
      expect.stringMatching(/Nothing can be kept in .*store \(E[A-Z]+: .+\): the installer is fetched for this run alone/),
    )
  })

  test('that is read-only and has a broken one says so, and does not fail', async () => {
    disk = smallDisk('4m')
    const { kept } = await bring(machine(), store())
    await chmod(kept.path, 0o644)
    await writeFile(kept.path, sample.bytes.subarray(0, -1))
    disk.makeReadOnly()
    const host = machine()
    expect((await bring(host, store())).kept.path).toMatch(/temp.shir-installer-/)
    expect(host.lines[0]).toMatch(/its bytes are not those that were kept/)
  })

  describe('that cannot be written where the version belongs', () => {
    const folder = () => join(bench.folder, 'store')
    /** A store among whose versions this one lies on a disk that is read-only. */
    function closedVersion(): { cacheDir: string } {
      disk = smallDisk('4m')
      mkdirSync(folder())
      symlinkSync(disk.folder, join(folder(), '5.70.9748-2'))
      disk.makeReadOnly()
      return { cacheDir: folder() }
    }
    const said = /^The installer cannot be kept in .*store \(E[A-Z]+: .+\): it is used for this run alone\.$/

    /** It is whole, it is this run's alone, and it goes with what the run owes. */
    async function expectLent(brought: Brought, journal: Journal): Promise<void> {
      expect((await readFile(brought.kept.path)).equals(sample.bytes)).toBe(true)
      expect(brought.kept.path).toMatch(/store.parts.shir-installer-[0-9a-f-]{36}.IntegrationRuntime_5\.70\.9748\.2\.msi$/)
      expect(journal.owed()).toEqual([{ kind: 'path', path: dirname(brought.kept.path) }])
      expect(await readdir(join(folder(), 'parts'))).toEqual([basename(dirname(brought.kept.path))])
    }

    test('lets the download be used for this run alone, and says so', async () => {
      const host = machine()
      const journal = openJournal(join(bench.folder, 'owed'), host)
      const brought = await bring(host, closedVersion(), journal)
      expect(brought).toMatchObject({ cacheHit: false, source: address })
      expect(host.lines).toEqual([expect.stringMatching(said)])
      await expectLent(brought, journal)
    })

    test('lets what a cache service has be used for this run alone', async () => {
      const restore = async (one: string, inner: string) => {
        await mkdir(inner)
        await writeFile(join(inner, sample.fileName), sample.bytes)
        return { key: one, why: undefined }
      }
      const found = async () => ({ key, why: undefined })
      const host = machine({ cacheService: { find: found, restore, save: found } })
      const journal = openJournal(join(bench.folder, 'owed'), host)
      const brought = await bring(host, closedVersion(), journal)
      expect(brought).toMatchObject({ cacheHit: true })
      expect(host.lines.at(-1)).toMatch(said)
      await expectLent(brought, journal)
    })

    test('lets what it cannot write down be used as well', async () => {
      disk = smallDisk('4m')
      const x64 = join(folder(), '5.70.9748-2', 'x64')
      await mkdir(x64, { recursive: true })
      symlinkSync(disk.folder, join(x64, sha256)) // where its record belongs
      disk.makeReadOnly()
      const host = machine()
      const journal = openJournal(join(bench.folder, 'owed'), host)
      await expectLent(await bring(host, { cacheDir: folder() }, journal), journal)
      expect(await bench.files(x64)).not.toContain(sample.fileName)
    })
  })

  test('that becomes full leaves nothing and says so', async () => {
    disk = smallDisk('200k')
    const error = await stepErrorOf(bring(machine(), store()))
    expect(error).toMatchObject({ code: 'disk-full', hint: expect.stringContaining('cacheDir') })
    expect(await bench.files(disk.folder)).toEqual([])
  })

  test('that becomes full with the last byte of the installer leaves nothing of it either', async () => {
    disk = smallDisk('400k')
    const fetch = async (part: string) => {
      await writeFile(part, sample.bytes)
      // Something else takes all the rest.
      await writeFile(join(disk.folder, 'rest'), Buffer.alloc(400_000)).catch(() => {})
      return provenOf(sample)
    }
    expect((await stepErrorOf(bring(machine(), { ...store(), fetch }))).code).toBe('disk-full')
    expect(await bench.files(disk.folder)).toEqual(['rest'])
  })

  test('that is another than the temp folder’s is no matter', async () => {
    disk = smallDisk('4m')
    const { kept } = await bring(machine(), store())
    expect(await installerStore(store().cacheDir, machine()).find(version, sha256)).toMatchObject({ path: kept.path })
  })
})
