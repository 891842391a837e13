import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { memoryHost } from '../../src/host/memory.ts'
import { systemClock } from '../../src/host/process-parts.ts'
import { type Client, openClient } from '../../src/net/client.ts'
import { httpGet, usualLimits } from '../../src/net/http.ts'
import { recordingClock } from '../support/recording-clock.ts'
import { httpFailureOf } from '../support/rejection.ts'

const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }
/** Nobody is silent here for so long. */
const limits = { ...usualLimits, idleMs: 10_000, headMs: 100 }

let sockets: Socket[]
let server: Server
/** What the server sends again and again, behind what it sends first. */
let first: string | Buffer
let drip: string
beforeEach(async () => {
  sockets = []
  first = ''
  server = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(first)
      const dripping = setInterval(() => socket.write(drip), 5)
      socket.on('close', () => clearInterval(dripping))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise(resolve => server.close(resolve))
})

const port = () => (server.address() as AddressInfo).port
const hostWith = (environment: Readonly<Record<string, string>> = {}) =>
  memoryHost({ machine, clock: { ...recordingClock(), alarm: systemClock.alarm }, environment })

type Ask = (client: Client, url: URL) => Promise<unknown>
const directly: Ask = (client, url) => {
  const direct = client.direct(new AbortController().signal)
  const room = { next: () => Buffer.alloc(1_000), took: () => true }
  return direct.fetch(url, {}, () => room).finally(direct.close)
}
const byNode: Ask = (client, url) => client.get(url)

async function asked(ask: Ask, url: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const client = openClient(hostWith(environment), limits)
  try {
    const { message, isFinal } = await httpFailureOf(ask(client, new URL(url)))
    expect(isFinal).toBe(false)
    return message
  } finally {
    client.close()
  }
}

const plain = () => `http://127.0.0.1:${port()}/a`
const late = 'The server did not answer within 0.1 s (timeout)'

describe.each([
  ['a connection for ranges', directly],
  ['Node’s own client', byNode],
])('%s', (_, ask) => {
  test('leaves a server whose head never ends, though it is never silent', async () => {
    ;[first, drip] = ['HTTP/1.1 206 Partial Content\r\nX-A: ', 'a']
    expect(await asked(ask, plain())).toBe(late)
  })

  test('leaves a server that lets nobody in, though it is never silent', async () => {
    ;[first, drip] = [Buffer.from('1603034000', 'hex'), 'a'] // a TLS record of 16 KB, byte by byte
    expect(await asked(ask, plain().replace('http:', 'https:'))).toBe(late)
  })

  test('leaves a proxy whose answer never ends', async () => {
    ;[first, drip] = ['HTTP/1.1 200 Connection established\r\nX-A: ', 'a']
    const message = await asked(ask, 'https://download.example/a', { HTTPS_PROXY: `http://127.0.0.1:${port()}` })
    expect(message).toBe('The proxy did not answer within 0.1 s (timeout)')
  })
})

test('answers before the answer are none, however many come', async () => {
  ;[first, drip] = ['', 'HTTP/1.1 103 Early Hints\r\n\r\n']
  expect(await asked(byNode, plain())).toBe(late)
})

test('a page that never ends is left', async () => {
  ;[first, drip] = ['HTTP/1.1 200 OK\r\n\r\n', 'a']
  const failure = httpFailureOf(httpGet(plain(), hostWith(), answer => answer.text(), {}, { ...usualLimits, textMs: 50 }))
  expect((await failure).message).toBe('The page did not come within 0.05 s (timeout) (5 attempts)')
})
