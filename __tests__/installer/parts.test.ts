import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MemoryHost, MemoryOptions } from '../../src/host/memory.ts'
import { type Claim, claimPart, partKey } from '../../src/installer/parts.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { ownerOf } from '../../src/journal/owner.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { recordingClock } from '../support/recording-clock.ts'
import { type Bench, makeBench } from './bench.ts'

const nowMs = Date.UTC(2026, 10, 22, 12)
const hourMs = 60 * 60 * 1_000
const wanted = { version: '5.70.9748.2', sha256: undefined, url: 'https://files.example/shir.msi' }
const key = partKey(wanted)

let bench: Bench
let parts: string
beforeEach(async () => {
  bench = await makeBench()
  parts = join(bench.folder, 'parts')
  await mkdir(parts)
})
afterEach(() => bench.remove())

const claim = (host: MemoryHost = bench.host({ clock: fakeClock(nowMs) }), untilMs = nowMs + hourMs) =>
  claimPart(bench.folder, key, host, openJournal(join(bench.folder, 'owed'), host), untilMs)

async function leave(name: string, ageMs: number, content = 'half an installer'): Promise<string> {
  const file = join(parts, name)
  await writeFile(file, content)
  await utimes(file, new Date(nowMs - ageMs), new Date(nowMs - ageMs))
  return file
}

/** A claim of another process: one that is dead, one that lives, or one of another machine, which cannot be asked. */
async function foreign(number: number, whose: 'dead' | 'alive' | 'elsewhere', ageMs = 0): Promise<string> {
  const owner = await ownerOf('theirs', bench.host())
  const pid = whose === 'dead' ? 2 ** 22 + 1 : process.pid
  const theirs = { ...owner, process: { ...owner.process, pid }, machine: whose === 'elsewhere' ? 'another' : owner.machine }
  return leave(`${key}.${number}.claim`, ageMs, JSON.stringify(theirs))
}

/** A clock on which so many sleeps happen before `then` does. */
function clockUntil(sleeps: number, then: () => Promise<unknown>): MemoryOptions['clock'] {
  const clock = recordingClock(() => {}, nowMs)
  return {
    now: clock.now,
    sleep: async (ms, signal) => {
      await clock.sleep(ms, signal)
      if (clock.sleeps.length === sleeps) await then()
    },
  }
}

describe('the sweep', () => {
  test('takes what lies there for more than a day, and not what another job may be writing', async () => {
    await leave('old.part', 24 * hourMs + 1_000)
    await leave('old.part.json', 24 * hourMs + 1_000)
    await leave('old.1.claim', 1_000 * hourMs)
    await leave('young.part', 24 * hourMs - 1_000)
    await leave('of tomorrow.part', -24 * hourMs)
    await (await claim())?.release(false)
    expect(await bench.files(parts)).toEqual(['of tomorrow.part', 'young.part'])
  })

  test('leaves folders, which are nobody’s part and hinder nothing', async () => {
    await mkdir(join(parts, 'folder'))
    await utimes(join(parts, 'folder'), new Date(0), new Date(0))
    await (await claim())?.release(false)
    expect((await stat(join(parts, 'folder'))).isDirectory()).toBe(true)
  })

  test('of several at once minds none of the others', async () => {
    for (let part = 0; part < 20; part++) await leave(`${part}.part`, 48 * hourMs)
    const keys = ['a', 'b', 'c'].map(name => partKey({ ...wanted, url: `https://files.example/${name}` }))
    const host = bench.host({ clock: fakeClock(nowMs) })
    const journal = openJournal(join(bench.folder, 'owed'), host)
    const claims = await Promise.all(keys.map(one => claimPart(bench.folder, one, host, journal, nowMs)))
    for (const one of claims) await one?.release(false)
    expect(await bench.files(parts)).toEqual([])
  })
})

describe('a part', () => {
  test('is named by what is fetched from where, the same for everyone', () => {
    expect(key).toMatch(/^5\.70\.9748\.2-[0-9a-f]{16}$/)
    expect(partKey({ ...wanted })).toBe(key)
    expect(partKey({ ...wanted, version: undefined })).toMatch(/^unknown-/)
  })

  const sas = (day: number) =>
    `sv=2024-08-04&st=2026-12-0${day}T00%3A00%3A00Z&se=2026-12-0${day}T08%3A00%3A00Z&sr=b&sp=r&skoid=${day}&sig=c2l${day}`
  test.each([
    ['another server', { url: 'https://other.example/shir.msi' }],
    ['another path', { url: 'https://files.example/other.msi' }],
    ['another query', { url: `${wanted.url}?id=B` }],
    ['another query beside a signature', { url: `${wanted.url}?id=B&${sas(1)}` }],
    ['a short name that is no signature’s', { url: `${wanted.url}?sr=B` }],
    ['another hash', { sha256: 'b'.repeat(64) }],
  ])('of %s is another one', (_, other) => {
    const first = { ...wanted, url: `${wanted.url}?id=A&${sas(1)}`, sha256: 'a'.repeat(64) }
    expect(partKey({ ...first, ...other })).not.toBe(partKey(first))
    expect(partKey({ ...wanted, ...other })).not.toBe(key)
  })

  test.each([
    ['a shared access signature', sas],
    ['Amazon’s', (day: number) => `X-Amz-Date=${day}&X-Amz-Signature=${day}&X-Amz-Security-Token=${day}`],
    ['an older one of Amazon’s', (day: number) => `AWSAccessKeyId=${day}&Expires=${day}&Signature=${day}`],
    ['Google’s', (day: number) => `X-Goog-Date=${day}&X-Goog-Signature=${day}`],
    ['a token', (day: number) => `token=${day}`],
  ])('is gone on with where %s is a new one', (_, signed) => {
    const of = (day: number, id = 'A') => partKey({ ...wanted, url: `${wanted.url}?id=${id}&${signed(day)}` })
    expect(of(2)).toBe(of(1))
    expect(of(2, 'B')).not.toBe(of(1))
  })

  test('is whoever’s who may read it', () => {
    expect(partKey({ ...wanted, url: wanted.url.replace('files', 'me:s3cret@files') })).toBe(key)
  })

  test('is one job’s alone, and free again afterwards', async () => {
    const first = await claim()
    expect(first?.part).toBe(join(parts, `${key}.1.part`))
    expect(await bench.files(parts)).toEqual([`${key}.1.claim`])
    await first?.release(false)
    expect(await bench.files(parts)).toEqual([])
    expect((await claim())?.part).toBe(first?.part)
  })

  test('of ten at once has one owner; who waited looks at the store again', async () => {
    const owners: Claim[] = []
    // The owner is done when all the others have begun to wait.
    let waiting = 0
    const clock: MemoryOptions['clock'] = {
      now: () => nowMs,
      sleep: async () => {
        if (++waiting >= 9) await owners[0]?.release(false)
        await new Promise(resolve => setImmediate(resolve))
      },
    }
    const ten = Array.from({ length: 10 }, async () => {
      const mine = await claim(bench.host({ clock }))
      if (mine) owners.push(mine)
      return mine
    })
    expect((await Promise.all(ten)).filter(one => one !== undefined)).toHaveLength(1)
    expect(await bench.files(parts)).toEqual([])
  })

  test('that a living job has is waited for, which is said once', async () => {
    const file = await foreign(1, 'alive')
    const host = bench.host({ clock: clockUntil(5, () => import('node:fs/promises').then(({ rm }) => rm(file))) })
    expect(await claim(host)).toBeUndefined()
    expect(host.lines).toEqual(['Another job on this machine is fetching the same installer: this one waits for it.'])
  })

  test('that a living job has for too long is not waited for: the run goes on with a part of its own', async () => {
    await foreign(1, 'alive')
    const host = bench.host({ clock: fakeClock(nowMs) })
    const own = await claim(host, nowMs + 10 * 60_000)
    expect(own?.part).toMatch(/\.[0-9a-f-]{36}\.part$/)
    expect(host.clock.now()).toBe(nowMs + 10 * 60_000)
    expect(host.lines.at(-1)).toMatch(/still fetching the same installer: this one fetches it too/)
    await own?.release(false)
    expect(await bench.files(parts)).toEqual([`${key}.1.claim`])
  })

  test('is not waited for any longer when the run is cancelled', async () => {
    await foreign(1, 'alive')
    const cancel = new AbortController()
    const host = bench.host({ clock: clockUntil(3, async () => cancel.abort()), signal: cancel.signal })
    await expect(claim(host)).rejects.toMatchObject({ name: 'AbortError' })
    expect(host.clock.now()).toBe(nowMs + 1_500)
  })
})

describe('a job that was killed', () => {
  test('leaves its part to the next one, with the record that lets it go on', async () => {
    await foreign(1, 'dead')
    await leave(`${key}.1.part`, 0)
    await leave(`${key}.1.part.json`, 0, '{"size":5}')
    const host = bench.host({ clock: fakeClock(nowMs) })
    const mine = await claim(host)
    expect(mine?.part).toBe(join(parts, `${key}.2.part`))
    expect(await bench.files(parts)).toEqual([`${key}.2.claim`, `${key}.2.part`, `${key}.2.part.json`])
    expect(await readFile(String(mine?.part), 'utf8')).toBe('half an installer')
    expect(host.lines).toEqual(['An earlier download of this installer was left unfinished here.'])
  })

  test('has one heir of several', async () => {
    await foreign(1, 'dead')
    const heirs: Claim[] = []
    const clock: MemoryOptions['clock'] = { now: () => nowMs, sleep: () => new Promise(resolve => setImmediate(resolve)) }
    const five = Array.from({ length: 5 }, async () => {
      const mine = await claim(bench.host({ clock }))
      if (mine === undefined) return
      heirs.push(mine)
      expect(heirs).toHaveLength(1)
      // The others have time to do wrong.
      for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve))
      await mine.release(false)
    })
    await Promise.all(five)
    expect(heirs).toHaveLength(1)
  })

  test('without a record leaves nothing that anyone could go on with', async () => {
    await foreign(1, 'dead')
    await leave(`${key}.1.part`, 0)
    await claim()
    expect(await bench.files(parts)).toEqual([`${key}.2.claim`])
  })

  test('on another machine is known by its silence, as seen from here: clocks differ', async () => {
    await foreign(1, 'elsewhere', -48 * hourMs)
    const host = bench.host({ clock: fakeClock(nowMs) })
    expect((await claim(host))?.part).toBe(join(parts, `${key}.2.part`))
    expect(host.clock.now() - nowMs).toBeGreaterThan(120_000)
    expect(host.clock.now() - nowMs).toBeLessThan(125_000)
  })

  test('is followed by the next number, however large its own is', async () => {
    await foreign(3, 'dead')
    await foreign(99_999_999, 'dead')
    expect((await claim())?.part).toBe(join(parts, `${key}.100000000.part`))
    expect(await bench.files(parts)).toEqual([`${key}.100000000.claim`])
  })

  test('while it wrote its claim is known by its silence too', async () => {
    await leave(`${key}.1.claim`, 0, '')
    expect((await claim())?.part).toBe(join(parts, `${key}.2.part`))
  })
})

test('a claim on another machine that is touched is waited for, whatever time that machine has', async () => {
  const file = await foreign(1, 'elsewhere', 30 * 60_000)
  let beats = 0
  const clock = fakeClock(nowMs)
  const host = bench.host({
    clock: {
      now: clock.now,
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal)
        const theirTime = new Date(nowMs - 40 * 60_000 + beats++)
        await utimes(file, theirTime, theirTime).catch(() => {})
      },
    },
  })
  const own = await claim(host, nowMs + 10 * 60_000)
  expect(own?.part).toMatch(/\.[0-9a-f-]{36}\.part$/)
})

describe('what is no file', () => {
  const pipe = (name: string) => execFileSync('mkfifo', [join(parts, name)])
  const folder = (name: string) => mkdirSync(join(parts, name))
  const link = (name: string) => symlinkSync(join(bench.folder, 'theirs'), join(parts, name))

  test.each([
    ['a pipe', 'part', pipe],
    ['a pipe', 'part.json', pipe],
    ['a pipe', 'part.json.new', pipe],
    ['a folder', 'part', folder],
    ['a folder', 'part.json', folder],
    ['a link', 'part', link],
    ['a link', 'part.json', link],
  ])('%s in the place of %s is left alone: the download gets a part of its own', async (_, ending, make) => {
    make(`${key}.1.${ending}`)
    const mine = await claim()
    expect(mine?.part).toMatch(/\.[0-9a-f-]{36}\.part$/)
    expect(await bench.files(parts)).toEqual([`${key}.1.claim`])
    await mine?.release(false)
  })

  test('is nothing that a job which was killed has left', async () => {
    await foreign(1, 'dead')
    await leave(`${key}.1.part`, 0)
    pipe(`${key}.1.part.json`)
    const host = bench.host({ clock: fakeClock(nowMs) })
    expect((await claim(host))?.part).toMatch(/\.[0-9a-f-]{36}\.part$/)
    expect(host.lines).toEqual([])
  })

  test('is no claim either: its silence tells that its owner is dead', async () => {
    pipe(`${key}.1.claim`)
    expect((await claim())?.part).toBe(join(parts, `${key}.2.part`))
  })
})

test('a failed download stays for the next one, if it says so', async () => {
  const first = await claim()
  await writeFile(String(first?.part), 'half')
  await writeFile(`${first?.part}.json`, '{}')
  await first?.release(true)
  expect(await bench.files(parts)).toEqual([`${key}.1.part`, `${key}.1.part.json`])
  expect((await claim())?.part).toBe(first?.part)
})

test('while a claim is held, the run’s heartbeat is its heartbeat', async () => {
  const clock = fakeClock(nowMs)
  const host = bench.host({ clock })
  const journal = openJournal(join(bench.folder, 'owed'), host)
  const mine = await claimPart(bench.folder, key, host, journal, nowMs)
  await clock.sleep(60_000)
  await journal.touch()
  expect((await stat(join(parts, `${key}.1.claim`))).mtimeMs).toBe(nowMs + 60_000)
  await mine?.release(false)
  await expect(journal.touch()).resolves.toBeUndefined()
})
