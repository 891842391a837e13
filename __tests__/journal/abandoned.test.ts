import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MemoryHost } from '../../src/host/memory.ts'
import { findAbandoned } from '../../src/journal/abandoned.ts'
import { claimJournal, claimOwn } from '../../src/journal/claim.ts'
import type { Debt } from '../../src/journal/debt.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { type Owner, ownerOf } from '../../src/journal/owner.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
let host: MemoryHost
let root: string
let folder: string
beforeEach(async () => {
  bench = await testMachine()
  host = bench.host()
  root = path.join(bench.machine.tools, 'shir')
  folder = path.join(root, 'journal')
  await mkdir(folder, { recursive: true })
})
afterEach(() => bench.remove())

const node: Debt = { kind: 'container', name: 'shir-1', run: 'r' }
/** No process has this number: Linux gives out four millions at most. */
const nobody = { pid: 99_999_999 }
/** What another start of the machine, or another life of the same number, would be told by. */
type Change = (self: Owner) => Partial<Owner>
const killed: Change = () => ({ process: nobody })

/** A journal that another run has left. */
async function leave(change: Change, { silentMs = 0, events = ['intend'], more = '' } = {}): Promise<string> {
  const run = randomUUID()
  const self = await ownerOf(run, host)
  const lines = [
    { at: 1, event: 'owner', owner: { ...self, ...change(self) } },
    ...events.map(event => ({ at: 1, event, debt: node })),
  ]
  const file = path.join(folder, `${run}.jsonl`)
  await writeFile(file, lines.map(line => `${JSON.stringify(line)}\n`).join('') + more)
  const then = new Date(Date.now() - silentMs)
  await utimes(file, then, then)
  return file
}
const found = async () => (await findAbandoned(root, host)).journals.map(({ file }) => file)

test('this very process lives, and is asked for nothing', async () => {
  await openJournal(root, host).intend(node)
  expect(await findAbandoned(root, host)).toEqual({ journals: [], remarks: [] })
})

const other: Change = self => ({ namespace: `${self.namespace}x` })
test.each<[string, Change, { silentMs?: number; events?: string[] }, boolean]>([
  ['its process is gone', killed, {}, true],
  ['its number is another process’s by now', self => ({ process: { ...self.process, started: '1' } }), {}, true],
  ['the machine was started anew', () => ({ boot: 'before' }), {}, true],
  ['it lives in another container and its heart beats', other, {}, false],
  ['it lived in another container and is silent', other, { silentMs: 121_000 }, true],
  ['nobody can tell its number’s life, and its heart beats', ({ process }) => ({ process: { pid: process.pid } }), {}, false],
  [
    'nobody can tell its number’s life, and it is silent',
    ({ process }) => ({ process: { pid: process.pid } }),
    { silentMs: 121_000 },
    true,
  ],
  ['it lives, however silent it is', () => ({}), { silentMs: 1e9 }, false],
  ['it is another machine’s', () => ({ process: nobody, machine: 'another' }), { silentMs: 1e9 }, false],
  ['it spoke to another engine', () => ({ process: nobody, engine: 'another' }), {}, false],
  ['what it owes is owed at the end of a job that runs', killed, { events: ['intend', 'deferred'] }, false],
  [
    'the job of what is owed at its end is over',
    () => ({ process: nobody, job: nobody }),
    { events: ['intend', 'deferred'] },
    true,
  ],
  [
    'a job that is the first process of its container says nothing',
    () => ({ process: nobody, job: { pid: 1, started: 'before' } }),
    { events: ['intend', 'deferred'] },
    false,
  ],
  [
    'a job outside of its container says nothing',
    () => ({ process: nobody, job: { pid: 0 } }),
    { events: ['intend', 'deferred'] },
    false,
  ],
])('a journal is taken over or not: %s', async (_, change, more, isTaken) => {
  const file = await leave(change, more)
  expect(await found()).toEqual(isTaken ? [file] : [])
})

test('files that are no journals are said and left, and so are those that cannot be read', async () => {
  const name = `${randomUUID()}.jsonl`
  await writeFile(path.join(folder, 'notes.txt'), 'mine')
  await writeFile(path.join(folder, name), 'a line of someone else’s\n')
  await mkdir(path.join(folder, `${randomUUID()}.jsonl`))
  const { journals, remarks } = await findAbandoned(root, host)
  expect(journals).toEqual([])
  expect(remarks.map(remark => remark.replace(/^\S+ /, '')).sort()).toEqual(
    [
      'does not say whose it is; it is left as it is.',
      'cannot be read (it is no file); it is left as it is.',
      'is no journal; it is left as it is.',
    ].sort(),
  )
  expect(await readdir(folder)).toHaveLength(3)
})

test('an empty journal goes when it is old: its run had begun nothing', async () => {
  const [fresh, old] = [path.join(folder, `${randomUUID()}.jsonl`), path.join(folder, `${randomUUID()}.jsonl`)]
  for (const file of [fresh, old]) await writeFile(file, '')
  await utimes(old, new Date(0), new Date(0))
  expect(await findAbandoned(root, host)).toEqual({ journals: [], remarks: [] })
  expect(await readdir(folder)).toEqual([path.basename(fresh)])
})

test('of many that take the same journal over at once one does', async () => {
  for (let round = 0; round < 20; round++) {
    const file = await leave(killed, { more: '{"at":1,"event":"settl' })
    const claims = (await Promise.all(Array.from({ length: 5 }, () => claimJournal(file, host)))).filter(
      claim => claim !== undefined,
    )
    expect(claims).toHaveLength(1)
    expect(claims[0]?.owed()).toEqual([node])
    expect(await found()).toEqual([])
    await claims[0]?.settle(node)
    await claims[0]?.close()
    expect(await readdir(folder)).toEqual([])
  }
})

test('what stays owed is given back under its first name', async () => {
  const file = await leave(killed)
  await (await claimJournal(file, host))?.close()
  expect(await readdir(folder)).toEqual([path.basename(file)])
  expect(await found()).toEqual([file])
})

test('one who dies while taking over leaves it to the next, which need not wait for the engine any more', async () => {
  const file = await leave(killed, { more: '{"at":1,"event":"settl' })
  await claimJournal(file, host)
  const [name = ''] = await readdir(folder)
  const text = await readFile(path.join(folder, name), 'utf8')
  const claim = name.split('.')[1] ?? ''
  const self = JSON.stringify((await ownerOf(claim, host)).process)
  await writeFile(path.join(folder, name), text.replaceAll(self, JSON.stringify(nobody)))
  expect(await found()).toEqual([path.join(folder, name)])
  const next = await claimJournal(path.join(folder, name), host)
  expect(next?.owed()).toEqual([node])
  expect(next?.lastSignMs).toBe(0)
})

test('what one who took it over has paid, or left for the end of the job, the next one knows', async () => {
  const other: Debt = { ...node, name: 'shir-2' }
  const third: Debt = { ...node, name: 'shir-3' }
  const more = [other, third].map(debt => `${JSON.stringify({ at: 1, event: 'intend', debt })}\n`).join('')
  const own = await claimJournal(await leave(killed, { more }), host)
  await own?.settle(node)
  await own?.defer(other)
  const [name = ''] = await readdir(folder)
  const next = await claimJournal(path.join(folder, name), host)
  expect([next?.owed(), next?.deferred()]).toEqual([[third], [other]])
})

test('there is no moment at which a claim is nobody’s: its owner stands in the journal before its name says so', async () => {
  const file = await leave(killed)
  const names: (readonly string[])[] = []
  const now = () => {
    names.push(readdirSync(folder))
    return Date.now()
  }
  expect(await claimJournal(file, { ...host, clock: { ...host.clock, now } })).toBeDefined()
  expect(names).toEqual([[path.basename(file)]])
})

test('an owner that has ended, and whose end nobody has asked for yet, is dead', async () => {
  // It outlives the shell, which would ask for its end.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [said] = await once(parent.stdout, 'data')
  const pid = Number(String(said))
  const stat = () => readFile(`/proc/${pid}/stat`, 'utf8')
  while (!/\) Z /.test(await stat())) await new Promise(resolve => setImmediate(resolve))
  const started = (await stat()).split(') ')[1]?.split(' ')[19]
  const file = await leave(() => ({ process: { pid, started } }))
  expect(await found()).toEqual([file])
  parent.kill()
})

test('the post step takes its own journal, waits while another run has it, and finds none where all is paid', async () => {
  const file = await leave(() => ({}))
  const own = await claimOwn(file, host)
  expect(own).toMatchObject({ run: path.basename(file, '.jsonl') })
  expect(await claimOwn(file, host)).toBe('taken')
  if (typeof own !== 'object') throw new Error('It was not taken.')
  await own.settle(node)
  await own.close()
  expect(await claimOwn(file, host)).toBeUndefined()
})
