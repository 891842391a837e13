import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type Direct, openDirect, type Room } from '../../src/net/direct.ts'
import { proxiesOf } from '../../src/net/proxy.ts'
import { type Answer, type FaultServer, faultServer, ranges, silent, status, whole } from '../support/fault-server.ts'
import { recordingClock } from '../support/recording-clock.ts'
import { httpFailureOf } from '../support/rejection.ts'

const bytes = Buffer.from('installer '.repeat(100_000))
const good = ranges({ bytes, state: { etag: '"a"' } })

let server: FaultServer
let proxy: Server
let tunnels: (string | undefined)[]
let answers: Record<string, readonly Answer[]>
let direct: Direct
beforeEach(async () => {
  answers = { '/a': [good] }
  server = await faultServer(answers)
  tunnels = []
  proxy = createServer().on('connect', (request, socket: Socket) => {
    tunnels.push(request.url)
    const onward = connect(server.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'))
    for (const one of [socket, onward]) one.on('error', () => {})
    onward.pipe(socket).pipe(onward)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  direct = through({})
})
afterEach(async () => {
  direct.close()
  proxy.closeAllConnections()
  await Promise.all([server.close(), new Promise(resolve => proxy.close(resolve))])
})

/** Silence is not what most of these are about: a busy machine's must not be taken for it. */
const through = (environment: Readonly<Record<string, string>>, signal = new AbortController().signal, idleMs = 10_000) =>
  openDirect({ clock: recordingClock(), proxyFor: proxiesOf(environment), idleMs, headMs: 60_000, signal })
/** The proxy knows the server by another name: this machine itself is never asked through one. */
const proxied = (): Direct => {
  const of = through({ HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` })
  return { ...of, fetch: (url, ...rest) => of.fetch(new URL(url.href.replace('127.0.0.1', 'files.example')), ...rest) }
}

/** Keeps what comes, through a window of `windowBytes` at a time; says to wait after each `waitEvery` bytes, and goes on a turn later. */
function basket(of: Direct, windowBytes = 65_536, waitEvery = Number.POSITIVE_INFINITY) {
  const window = Buffer.alloc(windowBytes)
  const parts: Buffer[] = []
  let since = 0
  const room: Room = {
    next: () => window,
    took: count => {
      parts.push(Buffer.from(window.subarray(0, count)))
      since += count
      if (since < waitEvery) return true
      since = 0
      setImmediate(() => of.resume())
      return false
    },
  }
  return { room, all: () => Buffer.concat(parts) }
}

const get = async (from: number, to: number, of = direct, kept = basket(of)) => {
  const isRead = await of.fetch(new URL(server.url('/a')), { range: `bytes=${from}-${to - 1}` }, () => kept.room)
  return isRead ? kept.all() : undefined
}

describe.each([
  ['from the server itself', () => direct],
  ['through a proxy', proxied],
])('%s', (_, open) => {
  test.each([
    [0, 1],
    [0, 16_384],
    [5, 200_000],
    [999_999, 1_000_000],
    [0, 1_000_000],
  ])('bytes %d to %d come, and nothing else', async (from, to) => {
    const of = open()
    expect((await get(from, to, of))?.equals(bytes.subarray(from, to))).toBe(true)
    of.close()
  })

  test.each([
    [65_536, 1],
    [1_000, 300_000],
    [7, 50_000],
  ])('into windows of %d bytes, by a reader that is behind', async (windowBytes, waitEvery) => {
    const of = open()
    expect((await get(0, 400_000, of, basket(of, windowBytes, waitEvery)))?.equals(bytes.subarray(0, 400_000))).toBe(true)
    of.close()
  })

  test('one connection brings one range after the other', async () => {
    const of = open()
    for (let at = 0; at < 500_000; at += 50_000)
      expect((await get(at, at + 50_000, of))?.equals(bytes.subarray(at, at + 50_000))).toBe(true)
    expect(new Set(server.requests.map(({ port }) => port)).size).toBe(1)
    of.close()
  })
})

test('a proxy is asked for the server, and for nothing else', async () => {
  const of = proxied()
  await get(0, 10, of)
  await get(10, 20, of)
  expect(tunnels).toEqual([`files.example:${server.port}`])
  of.close()
})

test('an answer that it cannot read is left unread, and says so', async () => {
  answers['/a'] = [ranges({ bytes, state: {} }, { isChunked: true }), good]
  expect(await get(0, 10)).toBeUndefined()
  expect((await get(0, 10))?.toString()).toBe('installer ')
})

test.each([
  [status(503, { 'retry-after': '7' }), { status: 503, retryAfterMs: 7_000 }],
  [status(416), { status: 416 }],
  [status(302, { location: '/b' }), { status: 302 }],
])('what is no success is a failure: %#', async (answer, expected) => {
  answers['/a'] = [answer]
  expect(await httpFailureOf(get(0, 10))).toMatchObject(expected)
})

test.each([
  ['before its answer', silent],
  ['within it', ranges({ bytes, state: {} }, { sent: 10, ending: 'stall' })],
])('a server that falls silent %s is left', async (_, answer) => {
  answers['/a'] = [answer]
  await expect(get(0, 1_000, through({}, undefined, 60))).rejects.toThrow(/timeout/)
  expect(server.requests).toHaveLength(1)
})

test.each(['end', 'reset'] as const)('a body that breaks off is told: %s', async ending => {
  answers['/a'] = [ranges({ bytes, state: {} }, { sent: 10, ending })]
  await expect(get(0, 1_000)).rejects.toThrow()
  expect(server.requests).toHaveLength(1)
})

test('what the reader throws ends it, and the next range has a connection of its own', async () => {
  const refused = new Error('not this one')
  const attempt = direct.fetch(new URL(server.url('/a')), { range: 'bytes=0-9' }, () => {
    throw refused
  })
  await expect(attempt).rejects.toBe(refused)
  expect((await get(0, 10))?.toString()).toBe('installer ')
  expect(new Set(server.requests.map(({ port }) => port)).size).toBe(2)
})

test('a kept connection that the server has closed is opened anew', async () => {
  answers['/a'] = [good, response => response.socket?.destroy(), good]
  await get(0, 10)
  expect((await get(10, 20))?.toString()).toBe('installer ')
  expect(server.requests).toHaveLength(3)
})

test('a connection on which something comes that nobody asked for is not used again', async () => {
  let sender: Socket | null = null
  answers['/a'] = [
    response => {
      sender = response.socket
      good(response)
    },
    good,
  ]
  await get(0, 10)
  const foreign = 'HTTP/1.1 206 Partial Content\r\nContent-Length: 10\r\n\r\n'
  for (const text of ['?', `${foreign}0123456789`]) (sender as Socket | null)?.write(text)
  for (let turn = 0; turn < 1_000 && !(sender as Socket | null)?.closed; turn++) await new Promise(setImmediate)
  expect((await get(10, 20))?.toString()).toBe('installer ')
  expect(new Set(server.requests.map(({ port }) => port)).size).toBe(2)
})

test('an answer that ends its connection is whole all the same', async () => {
  answers['/a'] = [whole('all of it', { connection: 'close' })]
  expect((await get(0, 9))?.toString()).toBe('all of it')
  expect((await get(0, 9))?.toString()).toBe('all of it')
})

test('a cancelled run ends it', async () => {
  const controller = new AbortController()
  const of = through({}, controller.signal)
  answers['/a'] = [() => controller.abort()]
  await expect(get(0, 10, of)).rejects.toMatchObject({ name: 'AbortError' })
})
