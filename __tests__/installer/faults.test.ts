import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { MemoryHost } from '../../src/host/memory.ts'
import {
  type Answer,
  cut,
  cutInChunks,
  type FaultServer,
  faultServer,
  page,
  ranges,
  redirect,
  reset,
  short,
  status,
  whole,
} from '../support/fault-server.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { addressOf, type Bench, makeBench, obtainWanted } from './bench.ts'

const { bytes, sha256, fileName } = sampleInstaller('5.70.9748.2')
const path = `/${fileName}`

let bench: Bench
let server: FaultServer
let answers: Record<string, readonly Answer[]>
let host: MemoryHost
beforeEach(async () => {
  bench = await makeBench()
  answers = {}
  server = await faultServer(answers)
  host = bench.host()
})
afterEach(async () => {
  await server.close()
  await bench.remove()
})

const obtain = (onHost = host, cacheDir?: string) =>
  obtainWanted(onHost, bench.journal(onHost), { msiUrl: addressOf(server.url(path)), cacheDir })

describe('a fault that passes', () => {
  const faults: readonly (readonly [string, readonly Answer[]])[] = [
    ['a body shorter than announced', [short(bytes, 200_000)]],
    ['a body that breaks off in chunks', [cutInChunks(bytes, 200_000)]],
    ['a reset in the middle', [reset(bytes, 200_000)]],
    ['503, twice', [status(503), status(503)]],
    ['429 with a wish', [status(429, { 'retry-after': '20' })]],
    ['one of each', [short(bytes, 1), reset(bytes, 299_999), status(503), cutInChunks(bytes, 0)]],
  ]
  test.each(faults)('%s: the installer is whole', async (_, broken) => {
    answers[path] = [...broken, whole(bytes)]
    expect(await obtain()).toMatchObject({ sha256, size: bytes.length, cacheHit: false })
    expect(server.requests).toHaveLength(broken.length + 1)
    expect(bench.clock.sleeps).toHaveLength(broken.length)
    expect(await bench.files(join(bench.tools, 'shir', '5.70.9748-2'))).toHaveLength(4)
  })

  test('a server’s wish is granted', async () => {
    answers[path] = [status(429, { 'retry-after': '20' }), status(503, { 'retry-after': '3600' }), whole(bytes)]
    await obtain()
    const [first = 0, second = 0] = bench.clock.sleeps
    expect([first >= 20_000, first <= 22_000, second >= 120_000, second <= 124_000]).toEqual([true, true, true, true])
  })
})

describe('a fault that stays', () => {
  const faults: readonly (readonly [string, Answer, string, number])[] = [
    ['a body shorter than announced', short(bytes, 200_000), 'download-failed', 8],
    ['a reset in the middle', reset(bytes, 200_000), 'download-failed', 8],
    ['a body without length, cut', cut(bytes, 200_000), 'installer-not-msi', 1],
    ['an empty body', whole(''), 'installer-not-msi', 1],
    ['a page', page(), 'installer-not-msi', 1],
    ['401', status(401), 'download-failed', 1],
    ['403', status(403), 'download-failed', 1],
    ['404', status(404), 'installer-not-found', 1],
    ['410', status(410), 'installer-not-found', 1],
    ['429', status(429), 'download-failed', 8],
    ['503', status(503), 'download-failed', 8],
    ['a redirect to itself', redirect(path), 'download-failed', 11],
    ['a redirect to another host without TLS', redirect('http://mirror.example/a.msi'), 'download-failed', 1],
  ]
  test.each(faults)('%s: nothing is kept', async (_, answer, code, requests) => {
    answers[path] = [answer]
    const error = await stepErrorOf(obtain())
    expect(error.code).toBe(code)
    expect(error.hint).toBeDefined()
    expect(server.requests).toHaveLength(requests)
    expect(await bench.files(bench.tools)).toEqual([])
  })
})

describe('what an earlier run left', () => {
  const other = Buffer.from(bytes).fill(0, 0, 200_000)
  const of = (content: Buffer) => ({ bytes: content, state: { etag: '"1"' } })
  const from = (query: string) =>
    obtainWanted(host, bench.journal(host), { msiUrl: addressOf(`${server.url(path)}${query}`), verifySignature: false })

  test.each([
    ['of another file is not gone on with', '?id=B', 'bytes=0-'],
    ['of the same is, though its address is signed anew', '?id=A&se=2&sig=c2lnbmVk', 'bytes=200000-'],
  ])('%s', async (_, query, asked) => {
    const isOther = query.includes('B')
    answers[path] = [ranges(of(isOther ? other : bytes), { sent: 200_000 }), status(403), ranges(of(bytes))]
    await stepErrorOf(from('?id=A&se=1&sig=c2lnbmVk'))
    expect(await from(query)).toMatchObject({ sha256 })
    expect(server.requests[2]?.headers.range).toMatch(new RegExp(`^${asked}`))
    expect(await bench.files(join(bench.tools, 'shir', 'parts'))).toHaveLength(isOther ? 2 : 0)
  })
})

describe('a body', () => {
  test('without length that comes whole is good', async () => {
    answers[path] = [cut(bytes, bytes.length)]
    expect((await obtain()).sha256).toBe(sha256)
  })

  test('in chunks is good', async () => {
    answers[path] = [response => void response.writeHead(200).end(bytes)]
    expect((await obtain()).sha256).toBe(sha256)
  })

  test('that was coded on its way has the length of its code announced', async () => {
    answers[path] = [whole(gzipSync(bytes), { 'content-encoding': 'gzip' })]
    expect((await obtain()).sha256).toBe(sha256)
  })
})
