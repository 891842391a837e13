import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MemoryHost } from '../../src/host/memory.ts'
import type { Debt } from '../../src/journal/debt.ts'
import { beating } from '../../src/journal/heartbeat.ts'
import { type Journal, openJournal } from '../../src/journal/journal.ts'
import { staleMs } from '../../src/journal/owner.ts'
import { create, readRecords } from '../../src/journal/records.ts'
import { handClock } from '../support/hand-clock.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { describeOnSmallDisks, smallDisk } from '../support/small-disk.ts'

let bench: TestMachine
let host: MemoryHost
let root: string
beforeEach(async () => {
  bench = await testMachine()
  host = bench.host()
  root = path.join(bench.machine.tools, 'shir')
})
afterEach(() => bench.remove())

const folder: Debt = { kind: 'path', path: `/tmp/shir-build-${randomUUID()}` }
const first: Debt = { kind: 'container', name: 'shir-1', run: 'r' }
const network: Debt = { kind: 'network', name: 'shir-1', run: 'r' }
const fileOf = () => String(host.state.load())
const entries = async () =>
  (await readFile(fileOf(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
const readBack = async () => readRecords(await readFile(fileOf(), 'utf8')).debts.owed()

test('a run that owes nothing leaves no file', async () => {
  const journal = openJournal(root, host)
  await journal.close()
  expect(host.state.load()).toBeUndefined()
  expect(await readdir(bench.machine.tools)).toEqual([])
})

test('what is intended is on the disk when intend is over: who, what, and where it lies is in the host’s state', async () => {
  const journal = openJournal(root, host)
  await journal.intend(first)
  expect(fileOf()).toBe(path.join(root, 'journal', `${journal.id}.jsonl`))
  expect(await entries()).toEqual([
    {
      at: expect.any(Number),
      event: 'owner',
      owner: expect.objectContaining({
        ...{ run: journal.id, machine: 'test', engine: expect.any(String) },
        ...{ process: expect.objectContaining({ pid: process.pid }), job: expect.objectContaining({ pid: process.ppid }) },
      }),
    },
    { at: expect.any(Number), event: 'intend', debt: first },
  ])
})

test('owed is newest first; settled things are owed no more, in the file neither', async () => {
  const journal = openJournal(root, host)
  for (const debt of [folder, network, first]) await journal.intend(debt)
  expect(journal.owed()).toEqual([first, network, folder])
  await journal.settle(network)
  await journal.settle({ kind: 'path', path: '/tmp/other' })
  expect(journal.owed()).toEqual([first, folder])
  expect(await readBack()).toEqual([first, folder])
})

test('it goes when nothing is owed, and stays for the post step otherwise', async () => {
  const journal = openJournal(root, host)
  await journal.intend(first)
  await journal.close()
  expect((await entries()).at(-1).event).toBe('intend')
  await journal.settle(first)
  await journal.close()
  expect(await readdir(path.join(root, 'journal'))).toEqual([])
})

test('one that cannot be removed is no failure of a run that owes nothing: said, and left for the next run', async () => {
  const journal = openJournal(root, host)
  await journal.intend(first)
  await journal.settle(first)
  await rm(fileOf())
  await mkdir(fileOf()) // no call removes that as a file
  await journal.close()
  expect(host.lines).toEqual(['This run owes nothing, but its journal could not be removed (ERR_FS_EISDIR).'])
})

test('what is deferred is not owed now, and keeps the journal', async () => {
  const journal = openJournal(root, host)
  for (const debt of [network, first]) await journal.intend(debt)
  await journal.defer(first)
  await journal.defer({ ...first, name: 'shir-9' })
  expect([journal.owed(), journal.deferred()]).toEqual([[network], [first]])
  await journal.settle(network)
  await journal.close()
  const { debts } = readRecords(await readFile(fileOf(), 'utf8'))
  expect([debts.owed(), debts.deferred()]).toEqual([[], [first]])
  await journal.settle(first)
  await journal.close()
  expect(await readdir(path.join(root, 'journal'))).toEqual([])
})

test('a torn line is passed over, and what is written behind it counts', () => {
  const entry = (event: string, debt: unknown) => JSON.stringify({ at: 1, event, debt })
  const text = [entry('intend', folder), entry('intend', first), '{"at":1,"event":"settl', entry('settled', first)].join('\n')
  expect(readRecords(text)).toMatchObject({ unread: 1 })
  expect(readRecords(text).debts.owed()).toEqual([folder])
})

test.each([
  ['', 0],
  ['\n\n', 0],
  ['null\n7\n"x"\n[]\n', 4],
  ['{"event":"intend"', 1],
  [JSON.stringify({ at: 1, event: 'intend' }), 1],
  [JSON.stringify({ at: 1, event: 'owner', owner: { run: 'r', pid: 1 } }), 1],
])('a text of %j owes nothing', (text, unread) => {
  expect(readRecords(text)).toMatchObject({ owners: [], unread })
  expect(readRecords(text).debts.owed()).toEqual([])
})

test.each(['/', '/home/me', 'shir-build', `../shir-build-${randomUUID()}`, `/tmp/shir-build-${randomUUID()}/..`])(
  'a path that this product has not named is nobody’s debt: %s',
  wrong => {
    const text = JSON.stringify({ at: 1, event: 'intend', debt: { kind: 'path', path: wrong } })
    expect(readRecords(text).debts.owed()).toEqual([])
  },
)

test.each(['build', 'env', 'look', 'installer'])('a path that it has named is: shir-%s-…', kind => {
  const debt = { kind: 'path', path: `/tmp/shir-${kind}-${randomUUID()}` }
  expect(readRecords(JSON.stringify({ at: 1, event: 'intend', debt })).debts.owed()).toEqual([debt])
})

test('while a run lives, its journal’s time says so; then no more', async () => {
  const sleeps: (() => void)[] = []
  let nowMs = Date.UTC(2026, 0, 1)
  const sleep = (_: number, signal?: AbortSignal) =>
    new Promise<void>(resolve => {
      sleeps.push(resolve)
      signal?.addEventListener('abort', () => resolve())
    })
  host = bench.host({ clock: { now: () => nowMs, sleep } })
  const journal = openJournal(root, host)
  await beating(journal, host, async () => {
    await journal.intend(first)
    for (let beat = 0; beat < 3; beat++) {
      nowMs += 30_000
      while (sleeps.length === 0) await new Promise(resolve => setImmediate(resolve))
      const count = sleeps.length
      sleeps.at(-1)?.()
      while (sleeps.length === count) await new Promise(resolve => setImmediate(resolve))
      expect((await stat(fileOf())).mtimeMs).toBe(nowMs)
    }
  })
  expect(sleeps).toHaveLength(4)
})

test('a folder that cannot be made is told as what it is, at every call', async () => {
  await writeFile(path.join(bench.machine.tools, 'shir'), 'a file is in the way')
  const journal = openJournal(root, host)
  await expect(journal.intend(first)).rejects.toMatchObject({ syscall: 'mkdir' })
  expect(journal.owed()).toEqual([])
  await expect(journal.close()).resolves.toBeUndefined()
})

test('what is in the way of the journals’ folder is passed over for the next place, which is said', async () => {
  const place = path.join(bench.machine.temp, 'store')
  await mkdir(place)
  await writeFile(path.join(place, 'journal'), 'a file is in the way')
  const journal = openJournal(place, host, [root])
  await journal.intend(first)
  expect(fileOf()).toBe(path.join(root, 'journal', `${journal.id}.jsonl`))
  expect(host.lines).toEqual([`Nothing can be written in ${place}: what this run owes is written down in ${root}.`])
})

describeOnSmallDisks('a place where nothing can be written', () => {
  test('is passed over for the next one, which is said, and whose file the post step is told of', async () => {
    const disk = smallDisk('64k')
    try {
      disk.makeReadOnly()
      for (const below of [disk.folder, path.join(disk.folder, 'store')]) {
        const journal = openJournal(below, host, [path.join(disk.folder, 'other'), root])
        await journal.intend(first)
        expect(fileOf()).toBe(path.join(root, 'journal', `${journal.id}.jsonl`))
        expect(await readBack()).toEqual([first])
        expect(host.lines.at(-1)).toMatch(/^Nothing can be written in .*other: what this run owes is written down in .*shir\.$/)
        await journal.settle(first)
        await journal.close()
      }
      const nowhere = openJournal(disk.folder, host)
      await expect(nowhere.intend(first)).rejects.toThrow()
    } finally {
      disk.remove()
    }
  })
})

test('what a run holds besides is touched with its journal, for as long as it is held', async () => {
  const held = path.join(bench.machine.temp, 'claim')
  await writeFile(held, '')
  const journal = openJournal(root, bench.host({ clock: { now: () => 5_000, sleep: async () => {} } }))
  const letGo = journal.hold(held)
  await expect(journal.begun).resolves.toBeUndefined()
  await journal.touch()
  expect((await stat(held)).mtimeMs).toBe(5_000)
  letGo()
  await utimes(held, 9, 9)
  await journal.touch()
  expect((await stat(held)).mtimeMs).toBe(9_000)
})

test('many that are settled at once leave what is owed, and nothing else', async () => {
  for (let round = 0; round < 50; round++) {
    const journal = openJournal(root, host)
    const nodes = [2, 3, 4].map((number): Debt => ({ kind: 'container', name: `shir-${number}`, run: journal.id }))
    const network: Debt = { kind: 'network', name: 'shir-network', run: journal.id }
    for (const debt of [network, ...nodes]) await journal.intend(debt)
    await Promise.all(nodes.map(debt => journal.settle(debt)))
    expect(journal.owed()).toEqual([network])
  }
})

test('many at once are all kept', async () => {
  const journal = openJournal(root, host)
  const debts = Array.from(
    { length: 20 },
    (_, index): Debt => ({ kind: 'path', path: `/tmp/shir-build-${randomUUID().slice(0, -2)}${10 + index}` }),
  )
  await journal.intend(first)
  await Promise.all(debts.map(debt => journal.intend(debt)))
  expect(await readBack()).toHaveLength(21)
})

test('another run’s debt is known as long as it is owed; a deferred one passed its gate', async () => {
  const theirs = openJournal(root, host)
  const ours = openJournal(root, host)
  const node: Debt = { kind: 'container', name: 'shir-1', run: theirs.id }
  expect(await ours.othersOwe(node)).toBe(false)
  await theirs.intend(node)
  expect(await ours.othersOwe(node)).toBe(true)
  expect(await ours.othersOwe({ ...node, name: 'shir-2' })).toBe(false)
  expect(await theirs.othersOwe(node)).toBe(false)
  await theirs.defer(node)
  expect(await ours.othersOwe(node)).toBe(false)
})

test('another run’s debt is known wherever a run of this kind may have written it down, also before this one writes anything', async () => {
  const [full, free] = ['full', 'free'].map(name => path.join(bench.machine.tools, name)) as [string, string]
  await mkdir(full)
  await writeFile(path.join(full, 'journal'), 'in the way')
  const theirs = openJournal(full, host, [free])
  const node: Debt = { kind: 'container', name: 'shir-1', run: theirs.id }
  await theirs.intend(node)
  expect(fileOf()).toContain(free)
  expect(await openJournal(full, host, [free]).othersOwe(node)).toBe(true)
})

test('a journal whose file is gone keeps what was proven: nobody else could take it back', async () => {
  const journal = openJournal(root, host)
  const node: Debt = { kind: 'container', name: 'shir-1', run: journal.id }
  await journal.intend(node)
  await rm(path.dirname(String(host.state.load())), { recursive: true })
  await journal.settle(node)
  expect(journal.owed()).toEqual([])
  await expect(journal.intend(node)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('what a run does not owe it neither settles nor defers, in the file neither', async () => {
  const journal = openJournal(root, host)
  await journal.intend(first)
  const other: Debt = { ...first, name: 'shir-9' }
  await journal.settle(other)
  await journal.defer(other)
  expect((await entries()).map(({ event }) => event)).toEqual(['owner', 'intend'])
})

test('a debt that names no run is none: no label could confirm it', () => {
  const debt = { kind: 'container', name: 'shir-1', run: '' }
  expect(readRecords(JSON.stringify({ at: 1, event: 'intend', debt })).debts.owed()).toEqual([])
})

test('a journal that was removed does not come back', async () => {
  const journal = openJournal(root, host)
  await journal.intend(first)
  await rm(fileOf())
  await journal.settle(first)
  expect(await readdir(path.join(root, 'journal'))).toEqual([])
})

test('one that was taken over by a rename neither, and who finishes it may take back what this run would settle', async () => {
  const journal = openJournal(root, host)
  await journal.intend(first)
  await rename(fileOf(), fileOf().replace('.jsonl', `.${randomUUID()}.jsonl`))
  await expect(journal.settle(first)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await readdir(path.join(root, 'journal'))).toHaveLength(1)
})

test('a journal is never made over another', async () => {
  const file = path.join(bench.machine.tools, 'one.jsonl')
  await create(file, [])
  await expect(create(file, [])).rejects.toMatchObject({ code: 'EEXIST' })
})

describe('the heart of a run', () => {
  const idle = { begun: Promise.resolve(), touch: async () => {} } as Journal

  test('beats several times before its owner is taken for dead', async () => {
    const sleeps: number[] = []
    const sleep = (ms: number, signal?: AbortSignal) => {
      sleeps.push(ms)
      return new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
    }
    await beating(idle, bench.host({ clock: { now: () => 0, sleep } }), () => new Promise(resolve => setImmediate(resolve)))
    expect(sleeps.map(ms => ms * 3 <= staleMs)).toEqual([true])
  })

  test('may miss a beat', async () => {
    let touches = 0
    const touch = async () => {
      touches++
      throw new Error('The disk is busy.')
    }
    const clock = handClock()
    await beating({ ...idle, touch }, bench.host({ clock }), async () => {
      while (touches < 2) {
        await clock.advance(30_000)
      }
    })
    expect(touches).toBe(2)
  })

  test('lets everything else go on where sleeping takes no time', async () => {
    let beats = 0
    const spun = new Error('It beat a thousand times in one turn.')
    const sleep = async () => {
      if (++beats === 1_000) throw spun
    }
    const clock = { now: () => 0, sleep }
    const turn = () => new Promise<void>(resolve => setImmediate(resolve))
    await beating(idle, bench.host({ clock }), turn)
    expect(beats).toBeLessThan(10)
  })

  test('stops with a run that never owed anything', async () => {
    await beating({ ...idle, begun: new Promise(() => {}) }, host, async () => {})
  })
})
