import type { Asked } from '../../src/contract/parse.ts'
import { StepError } from '../../src/contract/reasons.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { removeNodes } from '../../src/release/remove.ts'
import type { Found, Removal, Target } from '../../src/target/target.ts'
import { fakeClock } from '../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const node = (container: string, set?: string): Found => ({
  ...{ planned: false, name: `of ${container}`, container, id: container, version: undefined },
  set,
})
const removed: Removal = { kind: 'removed', node: 'eu', wasStarted: true }

/** Removes what is there, as `given` selects it; `ends` says what comes of a container where it is not simply removed. */
async function remove(
  there: readonly Found[],
  given: Readonly<Record<string, string>>,
  ends: Readonly<Record<string, Removal | StepError>> = {},
) {
  const host = memoryHost({ machine, clock: fakeClock() })
  const story: string[] = []
  const asked = { inputs: { containerName: 'shir', ...given }, given: new Set(Object.keys(given)) } as unknown as Asked
  const target = {
    find: async () => there,
    remove: async ({ container }: Found) => {
      story.push(container)
      const end = ends[container] ?? removed
      if (end instanceof StepError) throw end
      return end
    },
    removeNetworks: async (set: string) => {
      story.push(`networks of ${set}`)
      return set === 'shir'
    },
  } as unknown as Target
  const notes: unknown[] = []
  const failure = await removeNodes(asked, target, host, {
    judged: nodes =>
      void notes.push(...nodes.map(({ node, verdict }) => `${node.container} ${verdict.outcome} ${verdict.status}`)),
    note: part => void notes.push(part),
    warn: (code, message) => void notes.push([code, message]),
  }).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { story, notes, host, failure }
}
const change = { removed: true }
const record = (container: string) => ['node-record-left', expect.stringContaining(`of node of ${container} is removed`)]

test('one after the other, then the network: each is told, and is a change', async () => {
  const { story, notes, failure } = await remove([node('shir-1', 'shir'), node('shir-2', 'shir')], {})
  expect([story, failure]).toEqual([['shir-1', 'shir-2', 'networks of shir'], undefined])
  expect(notes).toEqual([
    ...['shir-1 skipped removed', change, record('shir-1')],
    ...['shir-2 skipped removed', change, record('shir-2'), change],
  ])
})

test('a network that was left alone is a change, too', async () => {
  const { story, notes } = await remove([], {})
  expect([story, notes]).toEqual([['networks of shir'], [change]])
})

test('nodes chosen by their name take the networks of their own sets with them', async () => {
  const { story } = await remove([node('a-1', 'a'), node('b-1', 'b'), node('b-2', 'b')], { nodeName: 'eu' })
  expect(story).toEqual(['a-1', 'b-1', 'b-2', 'networks of a', 'networks of b'])
})

test('what no step started stays where it was not named, and goes where it was', async () => {
  const spared = await remove([node('shir-1')], { nodeName: 'eu' })
  expect([spared.story, spared.notes]).toEqual([[], []])
  expect(spared.host.lines[0]).toContain('shir-1 stays: no step started it.')
  expect((await remove([node('shir-1')], { containerName: 'shir' })).story).toEqual(['shir-1', 'networks of shir'])
})

test('one that someone else removed is no removal of this step; one that was never started has no record', async () => {
  const { notes, host } = await remove(
    [node('other-1', 'other'), node('other-2', 'other')],
    { nodeName: 'eu' },
    {
      'other-1': { kind: 'gone' },
      'other-2': { kind: 'removed', node: 'eu', wasStarted: false },
    },
  )
  expect(notes).toEqual(['other-2 skipped removed', change])
  expect(host.lines).toEqual(['other-1: gone already; someone else removed it.'])
})

test('one that cannot be removed keeps no other from it; the failure names it', async () => {
  const busy = new StepError('engine-failed', 'docker stop failed: busy', { hint: 'the hint' })
  const three = [node('shir-1', 'shir'), node('shir-2', 'shir'), node('shir-3', 'shir')]
  const { story, notes, failure } = await remove(three, {}, { 'shir-1': busy, 'shir-3': busy })
  expect(story).toEqual(['shir-1', 'shir-2', 'shir-3', 'networks of shir'])
  expect(notes).toEqual(['shir-2 skipped removed', change, record('shir-2'), change])
  expect(failure).toMatchObject({
    code: 'engine-failed',
    message: 'shir-1 could not be removed (and 1 more): docker stop failed: busy',
    hint: 'the hint',
  })
})

test('an engine that does not answer, and a cancel, end it at once', async () => {
  for (const code of ['engine-unreachable', 'cancelled'] as const) {
    const over = new StepError(code, 'over', { hint: '' })
    const { story, failure } = await remove([node('shir-1', 'shir'), node('shir-2', 'shir')], {}, { 'shir-1': over })
    expect([story, failure]).toEqual([['shir-1'], over])
  }
})
