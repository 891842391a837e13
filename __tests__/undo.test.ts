import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileName, journalFolder } from '../src/journal/file-name.ts'
import { ownerOf } from '../src/journal/owner.ts'
import { runUndo } from '../src/undo.ts'
import { fakeClock } from './support/fake-clock.ts'
import { type TestMachine, testMachine } from './support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

/** The post step of a run whose journal stands under this name; a claim is this process's own, which lives. */
async function undo(claim?: string) {
  const run = randomUUID()
  const folder = journalFolder(bench.machine.tools)
  const state = path.join(folder, fileName(run))
  const host = bench.host({ state, clock: fakeClock() })
  const owners = await Promise.all([run, ...(claim === undefined ? [] : [claim])].map(name => ownerOf(name, host)))
  await mkdir(folder)
  const lines = owners.map(owner => `${JSON.stringify({ at: 1, event: 'owner', owner })}\n`)
  await writeFile(path.join(folder, fileName(run, claim)), lines.join(''))
  await runUndo(host)
  return host
}

test('the step’s own journal is finished, although its process lives: the step is over', async () => {
  expect((await undo()).lines).toEqual(['The step owes nothing any more.'])
})

test('another run that finishes it and takes too long is waited for, and it is not said that nothing is owed', async () => {
  const host = await undo(randomUUID())
  expect(host.lines).toEqual([
    'Another run on this machine is finishing what this step owes.',
    'It is not done yet; the next run on this machine looks again.',
  ])
  expect([host.annotations, host.failed]).toEqual([[], false])
})

test('what cannot be finished is said, and fails no job', async () => {
  const folder = path.join(bench.machine.tools, fileName(randomUUID()))
  await mkdir(folder)
  const host = bench.host({ state: folder })
  await runUndo(host)
  expect(host.lines).toEqual([expect.stringMatching(/^What the step owes could not be finished: .* is no file\.$/)])
  expect(host.failed).toBe(false)
})
