import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MemoryHost } from '../../src/host/memory.ts'
import { type Debt, openJournal, readJournal } from '../../src/journal/journal.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
let host: MemoryHost
let root: string
beforeEach(async () => {
  bench = await testMachine()
  host = bench.host()
  root = path.join(bench.machine.tools, 'shir')
})
afterEach(() => bench.remove())

const folder: Debt = { kind: 'path', path: '/tmp/x' }
const first: Debt = { kind: 'container', name: 'shir-1', run: 'r' }
const network: Debt = { kind: 'network', name: 'shir-1', run: 'r' }
const fileOf = () => String(host.state.load())
const entries = async () =>
  (await readFile(fileOf(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
const readBack = async () => (await readJournal(fileOf(), host)).owed()

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
    { at: expect.any(Number), event: 'owner', machine: 'test-machine', pid: process.pid, run: journal.id },
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
  expect(await readBack()).toEqual([])
})

test('a torn last line is passed over, and what is written behind it counts', async () => {
  const journal = openJournal(root, host)
  await journal.intend(folder)
  await journal.intend(first)
  await appendFile(fileOf(), '{"at":1,"event":"settl')
  const later = await readJournal(fileOf(), host)
  expect(later.owed()).toEqual([first, folder])
  await later.settle(first)
  expect(await readBack()).toEqual([folder])
})

test.each(['', '\n\n', 'null\n7\n"x"\n[]\n', '{"event":"intend"'])('a file of %j owes nothing', async text => {
  const file = path.join(bench.folder, 'journal')
  await writeFile(file, text)
  expect((await readJournal(file, host)).owed()).toEqual([])
})

test('the post step settles, and the journal goes', async () => {
  const journal = openJournal(root, host)
  await journal.intend(folder)
  await journal.intend(first)
  const later = await readJournal(fileOf(), host)
  await later.close()
  for (const debt of later.owed()) await later.settle(debt)
  expect((await entries()).map(({ event }) => event)).toEqual(['owner', 'intend', 'intend', 'settled', 'settled'])
  await later.close()
  expect(await readdir(path.join(root, 'journal'))).toEqual([])
})

test('a folder that cannot be made is told as what it is, at every call', async () => {
  await writeFile(path.join(bench.machine.tools, 'shir'), 'a file is in the way')
  const journal = openJournal(root, host)
  await expect(journal.intend(first)).rejects.toMatchObject({ syscall: 'mkdir' })
  expect(journal.owed()).toEqual([])
  await expect(journal.close()).resolves.toBeUndefined()
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
  const debts = Array.from({ length: 20 }, (_, index): Debt => ({ kind: 'path', path: `/tmp/${index}` }))
  await journal.intend(first)
  await Promise.all(debts.map(debt => journal.intend(debt)))
  expect(await readBack()).toHaveLength(21)
})
