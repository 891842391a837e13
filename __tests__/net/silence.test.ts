import { once } from 'node:events'
import { memoryHost } from '../../src/host/memory.ts'
import { openClient } from '../../src/net/client.ts'
import type { Direct } from '../../src/net/direct.ts'
import { type Answer, type FaultServer, faultServer, silent, stalled, whole } from '../support/fault-server.ts'
import { recordingClock } from '../support/recording-clock.ts'

const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }
const idleMs = 60
/** Little enough to lie in the system's own buffers until it is read. */
const bytes = Buffer.from('installer '.repeat(10_000))

let server: FaultServer
let answers: Record<string, readonly Answer[]>
let client: ReturnType<typeof openClient>
beforeEach(async () => {
  answers = { '/a': [whole(bytes)], '/silent': [silent] }
  server = await faultServer(answers)
  client = openClient(memoryHost({ machine, clock: recordingClock() }), { idleMs, headMs: 60_000 })
})
afterEach(async () => {
  client.close()
  await server.close()
})

const url = (path: string) => new URL(server.url(path))

/** Is over when a server that is silent was left: whose limit began before has passed its own. */
const limitPassed = async () => {
  await expect(client.get(url('/silent'))).rejects.toThrow(/timeout/)
}

/** Reads all of `/a`; behind its first bytes the reader waits until `pause` is over. */
type Read = (pause: () => Promise<void>) => Promise<Buffer>

const readDirectly: Read = async pause => {
  const direct: Direct = client.direct(new AbortController().signal)
  const window = Buffer.alloc(1_000)
  const parts: Buffer[] = []
  let isBehind = true
  const took = (count: number) => {
    parts.push(Buffer.from(window.subarray(0, count)))
    if (parts.length === 1)
      pause().then(() => {
        isBehind = false
        direct.resume()
      }, direct.destroy)
    return !isBehind
  }
  try {
    expect(await direct.fetch(url('/a'), {}, () => ({ next: () => window, took }))).toBe(true)
    return Buffer.concat(parts)
  } finally {
    direct.close()
  }
}

const readByNode: Read = async pause => {
  const { body } = await client.get(url('/a'))
  const parts: Buffer[] = []
  body.on('data', (part: Buffer) => {
    parts.push(part)
    if (parts.length > 1) return
    body.pause()
    pause().then(
      () => body.resume(),
      error => body.destroy(error),
    )
  })
  await once(body, 'end')
  return Buffer.concat(parts)
}

/** Nobody reads at first. */
const readLate: Read = async pause => {
  const { body } = await client.get(url('/a'))
  await pause()
  return Buffer.concat(await body.toArray())
}

describe.each([
  ['a connection for ranges', readDirectly],
  ['Node’s own client', readByNode],
  ['an answer that is not read at once', readLate],
])('%s', (_, read) => {
  test('has time for a reader that is behind', async () => {
    expect((await read(limitPassed)).equals(bytes)).toBe(true)
  })

  test('still leaves a server that is silent behind that', async () => {
    answers['/a'] = [stalled(bytes, 50_000)]
    await expect(read(limitPassed)).rejects.toThrow(/timeout/)
  })
})

describe('a process that stood still is no silent server', () => {
  /** Sends what is left, and stops everything for longer than the limit before anyone could read it. */
  const stopping: Answer = response => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, 1_000))
    setImmediate(() =>
      response.end(bytes.subarray(1_000), () => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * idleMs)
      }),
    )
  }
  const atOnce = async () => {}

  test.each([
    ['a connection for ranges', readDirectly],
    ['Node’s own client', readByNode],
  ])('for %s', async (_, read) => {
    answers['/a'] = [stopping]
    expect((await read(atOnce)).equals(bytes)).toBe(true)
  })
})
