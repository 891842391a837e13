import { type MemoryOptions, memoryHost } from '../../src/host/memory.ts'
import { httpGet, usualLimits } from '../../src/net/http.ts'
import {
  type Answer,
  cutInChunks,
  type FaultServer,
  faultServer,
  reset,
  short,
  silent,
  stalled,
  status,
  whole,
} from '../support/fault-server.ts'
import { type RecordingClock, recordingClock } from '../support/recording-clock.ts'
import { httpFailureOf, stepErrorOf } from '../support/rejection.ts'

const body = 'installer '.repeat(20_000)
const bytes = Buffer.from(body)
const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }
const startMs = Date.UTC(2026, 10, 22, 12)

let server: FaultServer
let answers: Record<string, readonly Answer[]>
let clock: RecordingClock
beforeEach(async () => {
  answers = {}
  server = await faultServer(answers)
  clock = recordingClock(() => {}, startMs)
  jest.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(async () => {
  jest.restoreAllMocks()
  await server.close()
})

const hostWith = (options: Partial<MemoryOptions> = {}) => memoryHost({ machine, clock, ...options })
const read = (response: { text(): Promise<string> }) => response.text()
const get = (path: string, host = hostWith()) => httpGet(server.url(path), host, read)

describe('what is tried again', () => {
  test('a server that is busy twice is waited for, each time longer', async () => {
    answers['/a'] = [status(503), status(503), whole(body)]
    const host = hostWith()
    expect(await get('/a', host)).toBe(body)
    expect(server.requests).toHaveLength(3)
    expect(clock.sleeps).toEqual([1_000, 2_000])
    expect(host.lines).toEqual([
      'The server answered 503 Service Unavailable; trying again in 1 s (1 of 5)',
      'The server answered 503 Service Unavailable; trying again in 2 s (2 of 5)',
    ])
  })

  test.each([408, 429, 500, 502, 503, 504])('%d for ever is given up after five requests', async code => {
    answers['/a'] = [status(code)]
    const failure = await httpFailureOf(get('/a'))
    expect(failure.status).toBe(code)
    expect(failure.message).toMatch(new RegExp(`^The server answered ${code} [\\w ]+ \\(5 attempts\\)$`))
    expect(server.requests).toHaveLength(5)
    expect(clock.sleeps).toEqual([1_000, 2_000, 4_000, 8_000])
  })

  test.each([
    ['the longest draw', 1 - Number.EPSILON, [2_000, 4_000, 8_000, 16_000]],
    ['the shortest draw', 0, [0, 0, 0, 0]],
  ])('waits are drawn from the whole range: %s', async (_, draw, expected) => {
    jest.spyOn(Math, 'random').mockReturnValue(draw)
    answers['/a'] = [status(500)]
    await httpFailureOf(get('/a'))
    expect(clock.sleeps.map(Math.round)).toEqual(expected)
  })

  const broken: readonly (readonly [string, Answer])[] = [
    ['a body shorter than announced', short(bytes, 1_000)],
    ['a body in chunks without the last one', cutInChunks(bytes, 1_000)],
    ['a reset in the middle of the body', reset(bytes, 1_000)],
    ['a reset before the first byte', response => response.socket?.resetAndDestroy()],
    [
      'a body in chunks that are none',
      response => response.socket?.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
    ],
  ]
  test.each(broken)('%s, and the whole is taken from the beginning', async (_, answer) => {
    answers['/a'] = [answer, whole(body)]
    expect(await get('/a')).toBe(body)
    expect(server.requests).toHaveLength(2)
    expect(clock.sleeps).toEqual([1_000])
  })

  test('a port at which nobody listens', async () => {
    await server.close()
    const failure = await httpFailureOf(get('/a'))
    expect(failure.message).toBe('The connection failed (ECONNREFUSED) (5 attempts)')
    expect(failure.status).toBeUndefined()
    expect(clock.sleeps).toHaveLength(4)
  })
})

describe('Retry-After', () => {
  const seconds = (s: number) => new Date(startMs + s * 1_000).toUTCString()
  test.each([
    ['seconds', '7', 8_000],
    ['a date, by the host’s clock', seconds(45), 46_000],
    ['a day is bounded', '86400', 121_000],
    ['a date next year is bounded', seconds(366 * 86_400), 121_000],
    ['more than a number can hold is bounded', '9'.repeat(400), 121_000],
    ['zero is no wish', '0', 1_000],
    ['a date in the past is no wish', seconds(-60), 1_000],
    ['words are no wish', 'soon', 1_000],
    ['a negative number is no wish', '-5', 1_000],
  ])('%s', async (_, header, expectedMs) => {
    answers['/a'] = [status(429, { 'retry-after': header }), whole(body)]
    expect(await get('/a')).toBe(body)
    expect(clock.sleeps).toEqual([expectedMs])
  })

  test.each([
    ['not earlier', 0, [60_000, 60_000]],
    ['a bounded part later', 1 - Number.EPSILON, [62_000, 64_000]],
  ])('of many that are told the same, each comes at a time of its own: %s', async (_, draw, expected) => {
    jest.spyOn(Math, 'random').mockReturnValue(draw)
    answers['/a'] = [status(503, { 'retry-after': '60' }), status(503, { 'retry-after': '60' }), whole(body)]
    await get('/a')
    expect(clock.sleeps.map(Math.round)).toEqual(expected)
  })
})

describe('what is not tried again', () => {
  test.each([404, 410, 401, 403, 400, 304])('%d', async code => {
    answers['/a'] = [status(code)]
    const failure = await httpFailureOf(get('/a'))
    expect(failure.status).toBe(code)
    expect(failure.message).toMatch(new RegExp(`^The server answered ${code}\\b`))
    expect(server.requests).toHaveLength(1)
    expect(clock.sleeps).toEqual([])
  })
})

describe('what answers without HTTP is not asked again', () => {
  const head = (...lines: readonly string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n')
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['another version', 'HTTP/7.0 200 OK\r\n\r\n'],
    ['a status that is none', 'HTTP/1.1 OK\r\n\r\n'],
    ['a head without end', head(`x: ${'a'.repeat(20_000)}`)],
    ['two lengths', head('Content-Length: 5', 'Content-Length: 6')],
    ['a length below nothing', head('Content-Length: -1')],
    ['a length and chunks', head('Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['a name with a space', head('a b: c')],
  ])('%s', async (_, text) => {
    answers['/a'] = [response => response.socket?.end(text), whole(body)]
    const failure = await httpFailureOf(get('/a'))
    expect(failure).toMatchObject({ isFinal: true, hint: expect.stringContaining('port') })
    expect(server.requests).toHaveLength(1)
  })

  test('http where https was meant', async () => {
    const failure = await httpFailureOf(httpGet(server.url('/a').replace('http:', 'https:'), hostWith(), read))
    expect(failure).toMatchObject({ isFinal: true, hint: expect.stringContaining('port') })
    expect(clock.sleeps).toEqual([])
  })
})

describe('a server that falls silent', () => {
  // Long enough that no busy machine's pause is taken for the third answer's silence.
  const limits = { ...usualLimits, idleMs: 300 }
  test.each([
    ['before its answer', silent],
    ['in the middle of the body', stalled(bytes, 1_000)],
  ] as const)('%s is left and asked again', async (_, answer) => {
    answers['/a'] = [answer, answer, whole(body)]
    const host = hostWith()
    expect(await httpGet(server.url('/a'), host, read, {}, limits)).toBe(body)
    expect(server.requests).toHaveLength(3)
    expect(host.lines[0]).toMatch(/timeout/i)
  })
})

describe('a cancelled run', () => {
  test('asks nobody', async () => {
    const error = await stepErrorOf(get('/a', hostWith({ signal: AbortSignal.abort() })))
    expect(error.code).toBe('cancelled')
    expect(error.hint).toBe('Run the step again.')
    expect(server.requests).toHaveLength(0)
  })

  test('ends while it waits for the next attempt', async () => {
    const controller = new AbortController()
    const cancelling = recordingClock(() => controller.abort())
    answers['/a'] = [status(503)]
    const error = await stepErrorOf(get('/a', hostWith({ signal: controller.signal, clock: cancelling })))
    expect(error.code).toBe('cancelled')
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    [
      'before the answer',
      (stop: () => void): Answer =>
        () =>
          stop(),
    ],
    ['in the middle of the body', (stop: () => void) => stalled(bytes, 1_000, stop)],
  ])('ends %s', async (_, answer) => {
    const controller = new AbortController()
    answers['/a'] = [answer(() => controller.abort())]
    const error = await stepErrorOf(get('/a', hostWith({ signal: controller.signal })))
    expect(error.code).toBe('cancelled')
    expect(clock.sleeps).toEqual([])
  })
})
