import { StepError } from '../../src/contract/reasons.ts'
import type { Node, Observation } from '../../src/contract/values.ts'
import { failureOf, gateNode } from '../../src/gate/gate.ts'
import { type MemoryHost, memoryHost } from '../../src/host/memory.ts'
import type { Target } from '../../src/target/target.ts'
import { judged } from '../report/stories.ts'
import { fakeClock } from '../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const node: Node = { planned: false, name: 'node-1', container: 'shir-1', id: 'abc', version: undefined }
const usual = {
  kind: 'seen',
  status: 'running',
  exitCode: 0,
  restartCount: 0,
  health: 'starting',
  probes: [],
  lines: [],
} as const
const policy = { healthTimeoutMs: 600_000, soakMs: 0 }

interface Watched {
  readonly host: MemoryHost
  readonly target: Target
  /** What the gate asked for: poll intervals, and whether it let go of the node. */
  readonly asked: { pollMs: number; isLetGo: boolean }
}

/** A node of which these things are seen, one after the other, and then nothing more. */
function watched(
  looks: readonly Observation[],
  lastWords: () => Promise<readonly string[]> = async () => ['last words'],
): Watched {
  const host = memoryHost({ machine, clock: fakeClock(0) })
  const asked = { pollMs: 0, isLetGo: false }
  const target = {
    observe: async function* (_node: Node, pollMs: number, signal: AbortSignal) {
      asked.pollMs = pollMs
      signal.addEventListener('abort', () => {
        asked.isLetGo = true
      })
      yield* looks
    },
    lastWords,
  } as unknown as Target
  return { host, target, asked }
}

test('a node that becomes healthy: every change is told once, and the watch is let go', async () => {
  const probes = [{ startedAt: '', exitCode: 1, output: 'Connecting' }]
  const looks: readonly Observation[] = [
    { ...usual, atMs: 0 },
    { ...usual, atMs: 1, probes },
    { ...usual, atMs: 2, probes },
    { kind: 'silent', atMs: 3, why: 'x' },
    { kind: 'silent', atMs: 4, why: 'x' },
    { ...usual, atMs: 5, health: 'healthy', probes: [{ startedAt: '', exitCode: 0, output: 'Connected' }] },
    { ...usual, atMs: 6, health: 'healthy', probes: [] },
    { ...usual, atMs: 40_005, health: 'healthy' },
  ]
  const { host, target, asked } = watched(looks)
  const { verdict } = await gateNode(node, target, { ...policy, soakMs: 40_000 }, host)
  expect(verdict).toMatchObject({
    outcome: 'healthy',
    reason: undefined,
    hint: undefined,
    health: 'healthy',
    status: 'running',
    lines: [],
  })
  expect(host.lines).toEqual([
    'shir-1: running, starting',
    'shir-1: running, starting (Connecting)',
    'shir-1: the engine does not answer; waiting',
    'shir-1: healthy (Connected); watching for 40s',
    'shir-1: passed its gate',
  ])
  expect(asked.isLetGo).toBe(true)
})

test('a node that fails: with its reason, the last answers of its health check, its last words and what to do', async () => {
  const probes = [{ startedAt: '', exitCode: 1, output: 'Connecting' }]
  const { host, target } = watched([
    { ...usual, atMs: 0, probes },
    { ...usual, atMs: 1, health: 'unhealthy', lines: ['line'] },
  ])
  const { verdict } = await gateNode(node, target, policy, host)
  expect(verdict).toMatchObject({ outcome: 'failed', reason: 'unhealthy', probes, lines: ['last words'], health: 'unhealthy' })
  expect(verdict.hint).toContain('firewall')
  expect(host.lines.at(-1)).toBe('shir-1: failed its gate (unhealthy): its health check fails: Connecting')
})

test.each([
  ['is gone', async () => []],
  ['cannot be read', () => Promise.reject(new Error('no engine'))],
])('where the log %s, what was seen of it must do', async (_, lastWords) => {
  const { host, target } = watched(
    [
      { ...usual, atMs: 0, lines: ['seen before'] },
      { kind: 'gone', atMs: 1 },
    ],
    lastWords,
  )
  expect((await gateNode(node, target, policy, host)).verdict).toMatchObject({ reason: 'gone', lines: ['seen before'] })
})

test('a dry run is skipped without a word', async () => {
  const { host, target } = watched([{ kind: 'planned' }])
  expect((await gateNode(node, target, policy, host)).verdict.outcome).toBe('skipped')
  expect(host.lines).toEqual([])
})

test('a watch that ends without a ruling was cancelled', async () => {
  const { host, target, asked } = watched([{ ...usual, atMs: 0 }])
  await expect(gateNode(node, target, policy, host)).rejects.toMatchObject({ code: 'cancelled' })
  expect(asked.isLetGo).toBe(true)
})

test.each([
  [1_000, 250],
  [60_000, 500],
  [600_000, 5_000],
  [86_400_000, 5_000],
])('a time-out of %i ms is polled every %i ms', async (healthTimeoutMs, pollMs) => {
  const { host, target, asked } = watched([{ kind: 'planned' }])
  await gateNode(node, target, { healthTimeoutMs, soakMs: 0 }, host)
  expect(asked.pollMs).toBe(pollMs)
})

describe('one sentence for a set of nodes', () => {
  const bad = (number: number) => judged(number, { outcome: 'failed', reason: 'exited', message: 'it ended', hint: 'Look.' })

  test('none failed', () => expect(failureOf([judged(1), judged(2, { outcome: 'skipped' })])).toBeUndefined())

  test('the first failure speaks for all', () => {
    const failure = failureOf([judged(1), bad(2), bad(3), bad(4)])
    expect(failure).toBeInstanceOf(StepError)
    expect(failure).toMatchObject({
      code: 'exited',
      message: 'Node node-2 (shir-2) is not good: it ended (and 2 more failed); shir-1 stays as it is.',
      hint: 'Look.',
    })
  })

  test('without a hint there is none', () => {
    expect(failureOf([judged(1, { outcome: 'failed', reason: 'gone', message: 'x' })])).toMatchObject({ hint: undefined })
  })
})
