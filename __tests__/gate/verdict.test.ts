import type { Observation, Probe } from '../../src/contract/values.ts'
import { beginWatch, judge, type Ruling } from '../../src/gate/verdict.ts'

type Seen = Extract<Observation, { kind: 'seen' }>
const policy = { healthTimeoutMs: 600_000, soakMs: 30_000 }
const t0 = 1_000_000

/** A look at `at` seconds after the gate began; running and starting where nothing else is said. */
function look(at: number, parts: Partial<Seen> = {}): Observation {
  const usual = { status: 'running', exitCode: 0, restartCount: 0, health: 'starting', probes: [], lines: [] }
  return { kind: 'seen', atMs: t0 + at * 1_000, ...usual, ...parts }
}
const silent = (at: number): Observation => ({ kind: 'silent', atMs: t0 + at * 1_000, why: 'it does not answer' })
const probe = (output: string, exitCode = 1): Probe => ({ startedAt: '2026-01-01T00:00:00Z', exitCode, output })
const healthy = { health: 'healthy', probes: [probe('Connected', 0)] }
const says = (...lines: readonly string[]) => ({ lines })

/** Folds looks until there is a ruling; with the number of looks that it took. */
function rule(looks: readonly Observation[], given = policy): { readonly ruling: Ruling | undefined; readonly after: number } {
  let watch = beginWatch(t0)
  for (const [index, seen] of looks.entries()) {
    const next = judge(watch, seen, given)
    watch = next.watch
    if (next.ruling) return { ruling: next.ruling, after: index + 1 }
  }
  return { ruling: undefined, after: looks.length }
}

/** What was seen, and after how many looks it was ruled how; `undefined` while it must be waited. */
type Case = readonly [string, readonly Observation[], string | undefined, number?]

const waits: readonly Case[] = [
  ['starting', [look(0), look(599)], undefined],
  ['healthy for less than the soak', [look(0), look(60, healthy), look(89, healthy)], undefined],
  ['healthy, then starting again', [look(60, healthy), look(70), look(100)], undefined],
  ['restarts before we looked', [look(0, { restartCount: 7 }), look(5, { restartCount: 7 })], undefined],
  ['the engine is silent for less than a minute', [look(0), silent(5), silent(60), look(64)], undefined],
  ['the engine is silent again and again', [silent(0), silent(59), look(61), silent(65), silent(120), look(121)], undefined],
  ['SHIR’s host process is gone once', [look(0, says('diahost.exe is not running')), look(30)], undefined],
  ['a log of ordinary words', [look(0, says('Error: none', 'ErrorCode: 15000', 'ErrorCode: 18471'))], undefined],
  ['paused', [look(0), look(5, { status: 'paused' }), look(10)], undefined],
  ['paused, whose probes fail for that', [look(0), look(5, { status: 'paused', health: 'unhealthy' }), look(10)], undefined],
]

const ends: readonly Case[] = [
  ['a dry run', [{ kind: 'planned' }], 'skipped', 1],
  ['healthy for the soak', [look(0), look(60, healthy), look(90, healthy)], 'healthy', 3],
  [
    'the soak begins anew after every fall',
    [look(60, healthy), look(70), look(80, healthy), look(95, healthy), look(110, healthy)],
    'healthy',
    5,
  ],
  ['healthy at last, past the time-out of waiting', [look(599, healthy), look(629, healthy)], 'healthy', 2],
  ['the time-out', [look(0), look(600)], 'timeout', 2],
  ['the time-out, paused', [look(0), look(600, { status: 'paused', ...healthy })], 'timeout', 2],
  ['the time-out, after a fall', [look(0, healthy), look(10), look(600)], 'timeout', 3],
  [
    'an exit, of which no event and no health tells',
    [look(0), look(5, { status: 'exited', exitCode: 3, health: 'unhealthy' })],
    'exited',
    2,
  ],
  ['an exit with 0', [look(5, { status: 'exited' })], 'exited', 1],
  ['an exit without a health check', [look(5, { status: 'exited', health: undefined })], 'exited', 1],
  ['dead', [look(5, { status: 'dead', exitCode: 137 })], 'exited', 1],
  ['created and no more', [look(0, { status: 'created', health: undefined })], 'start-failed', 1],
  ['restarting at the first look', [look(0, { status: 'restarting', restartCount: 4, health: 'unhealthy' })], 'restart-loop', 1],
  ['a restart between two looks', [look(0), look(5, { restartCount: 1 })], 'restart-loop', 2],
  ['a restart after old ones', [look(0, { restartCount: 7 }), look(5, { restartCount: 8 })], 'restart-loop', 2],
  ['a restart while it is healthy', [look(0, healthy), look(5, { ...healthy, restartCount: 1 })], 'restart-loop', 2],
  ['an exit while it is healthy', [look(0, healthy), look(5, { status: 'exited', health: 'unhealthy' })], 'exited', 2],
  ['no health check', [look(0, { health: undefined })], 'no-health-check', 1],
  ['unhealthy', [look(0), look(180, { health: 'unhealthy', probes: [probe('Connecting')] })], 'unhealthy', 2],
  ['unhealthy in the soak', [look(60, healthy), look(70, { health: 'unhealthy' })], 'unhealthy', 2],
  ['being removed', [look(0, healthy), look(5, { status: 'removing', health: 'unhealthy' })], 'gone', 2],
  ['gone', [look(0), { kind: 'gone', atMs: t0 }], 'gone', 2],
  ['the engine is silent for a minute', [look(0), silent(5), silent(65)], 'engine-unreachable', 3],
  ['the engine is silent from the start', [silent(0), silent(60)], 'engine-unreachable', 2],
  ['a refused key', [look(0), look(20, says('x', 'InvalidGatewayKey: no'))], 'invalid-key', 2],
  [
    'SHIR’s host process is gone twice',
    [look(0, says('diahost.exe is not running')), look(60, says('DIAHOST.EXE is not running!'))],
    'exited',
    2,
  ],
  ['our image’s own word', [look(0, says('SHIR-EVENT {"code":"node-limit"}'))], 'node-limit', 1],
  [
    'a reason in the log goes before the exit that it causes',
    [look(5, { status: 'exited', ...says('ErrorCode: 1847') })],
    'ae-mismatch',
    1,
  ],
  [
    'a reason in the log goes before restarts',
    [look(0), look(5, { restartCount: 1, ...says('Invalid AUTH_KEY Value') })],
    'missing-key',
    2,
  ],
]

const cases = [...waits, ...ends].map(([name, looks, expected, after = looks.length]) => ({ name, looks, expected, after }))

test.each(cases)('$name', ({ looks, expected, after }) => {
  const { ruling, after: took } = rule(looks)
  expect(ruling && (ruling.reason ?? ruling.outcome)).toBe(expected)
  expect(took).toBe(after)
  expect(ruling?.outcome === 'failed').toBe(ruling?.reason !== undefined)
})

describe('log lines count only while the node is not healthy', () => {
  test('troubles of a healthy node are over', () => {
    expect(rule([look(0, { ...healthy, ...says('InvalidGatewayKey') }), look(30, healthy)]).ruling?.outcome).toBe('healthy')
  })

  test('what was said before it was healthy does not explain why it is unhealthy later', () => {
    const first = 'Registration of new node is forbidden when Remote Access is disabled on another node'
    const looks = [look(60, { ...healthy, ...says(first) }), look(70, { health: 'unhealthy', probes: [probe('Disconnected')] })]
    expect(rule(looks).ruling).toMatchObject({ reason: 'unhealthy', message: 'its health check fails: Disconnected' })
  })

  test('what it says after it fell does', () => {
    expect(rule([look(60, healthy), look(70, says('InvalidGatewayKey'))]).ruling?.reason).toBe('invalid-key')
  })
})

test.each<[string, readonly Observation[], string]>([
  [
    'a probe’s time-out',
    [look(0, { health: 'unhealthy', probes: [probe('Connecting'), probe('Health check exceeded timeout (30s)', -1)] })],
    'its health check fails: Health check exceeded timeout (30s)',
  ],
  ['a probe that says nothing', [look(0, { health: 'unhealthy', probes: [probe('')] })], 'its health check fails'],
  [
    'the last line of a probe',
    [look(0, { health: 'unhealthy', probes: [probe('banner\r\nConnecting')] })],
    'its health check fails: Connecting',
  ],
  [
    'a time-out',
    [look(0, { probes: [probe('Connecting')] }), look(600)],
    'it was not healthy in time (running, starting: Connecting)',
  ],
  [
    'a restart',
    [look(0), look(9, { exitCode: 11, restartCount: 1 })],
    'the container ended (exit code 11) and was restarted once',
  ],
  ['restarts', [look(0), look(9, { restartCount: 3 })], 'the container ended (exit code 0) and was restarted 3 times'],
  ['an exit', [look(9, { status: 'exited', exitCode: 20 })], 'the container ended with exit code 20'],
  [
    'a line of the log',
    [look(9, says('[11/22/2026] InvalidGatewayKey: refused. '))],
    'the container’s log says: [11/22/2026] InvalidGatewayKey: refused',
  ],
  ['the engine', [silent(0), silent(60)], 'it does not answer'],
])('%s is told in words', (_, looks, message) => {
  expect(rule(looks).ruling?.message).toBe(message)
})

test('a short time-out is the longest silence too', () => {
  const quick = { healthTimeoutMs: 2_000, soakMs: 0 }
  expect(rule([silent(0), silent(1)], quick).ruling).toBeUndefined()
  expect(rule([silent(0), silent(2)], quick).ruling?.reason).toBe('engine-unreachable')
})

test('without a soak the first healthy look is enough', () => {
  expect(rule([look(0), look(60, healthy)], { ...policy, soakMs: 0 })).toMatchObject({ ruling: { outcome: 'healthy' }, after: 2 })
})

test('a flood of lines is bounded, and its last ones stay', () => {
  let watch = beginWatch(t0)
  for (let at = 0; at < 30; at++)
    watch = judge(watch, look(at, says(...Array.from({ length: 400 }, (_, n) => `${at}-${n}`))), policy).watch
  expect(watch.lines).toHaveLength(1_000)
  expect(watch.lines.at(-1)).toBe('29-399')
})
