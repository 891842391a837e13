import type { Debt } from '../../src/journal/debt.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { decideCleanup, journalFor, passed } from '../../src/release/cleanup.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

const on = (isEphemeral: boolean | undefined) => bench.host({ machine: { ...bench.machine, isEphemeral } })

test.each([
  [
    'auto',
    true,
    true,
    'Nodes that this step starts and that pass their gate go at the end of the job, since this machine ends with it (cleanup auto).',
  ],
  ['auto', false, false, 'Nodes that pass their gate stay, since this machine outlives the job (cleanup auto).'],
  ['auto', undefined, false, undefined],
  [
    'always',
    false,
    true,
    'Nodes that this step starts and that pass their gate go at the end of the job, since cleanup is always.',
  ],
  ['never', true, false, 'Nodes stay, proven or not, since cleanup is never.'],
] as const)('%s, on a machine that ends with the job: %s', (cleanup, isEphemeral, endsWithJob, sentence) => {
  expect(decideCleanup({ cleanup }, on(isEphemeral))).toEqual({ endsWithJob, keepsFailed: cleanup === 'never', sentence })
})

test.each([
  ['auto', ['network', 'container 1'], ['network']],
  ['always', ['network', 'container 1'], ['network', 'container 1 later']],
  ['never', [], []],
] as const)('with %s a run owes %j before its node passed, and %j after', async (cleanup, before, after) => {
  const host = on(false)
  const decision = decideCleanup({ cleanup }, host)
  const journal = journalFor(decision, openJournal(bench.machine.tools, host))
  const folder: Debt = { kind: 'path', path: '/tmp/x' }
  await journal.intend({ kind: 'network', name: 'network', run: journal.id })
  await journal.intend({ kind: 'container', name: 'container 1', run: journal.id })
  await journal.intend(folder)
  const owed = () =>
    [...journal.owed(), ...journal.deferred()]
      .flatMap(debt => (debt.kind === 'path' ? [] : [debt.name + (journal.deferred().includes(debt) ? ' later' : '')]))
      .sort()
  expect(journal.owed()).toContainEqual(folder)
  expect(owed()).toEqual([...before].sort())
  await passed('container 1', decision, journal)
  await passed('a container of another run', decision, journal)
  expect(owed()).toEqual([...after].sort())
})
