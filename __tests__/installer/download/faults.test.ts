import type { ServerResponse } from 'node:http'
import type { Clock } from '../../../src/host/host.ts'
import { type Answer, ranges, type ServedFile, silent, status, whole } from '../../support/fault-server.ts'
import { recordingClock } from '../../support/recording-clock.ts'
import { stepErrorOf } from '../../support/rejection.ts'
import { makeStage, oneByOne, type Stage, sampleSize, servedFile, sha256Of, together } from './stage.ts'

let stage: Stage
let file: ServedFile
let good: Answer
beforeEach(async () => {
  stage = await makeStage()
  file = servedFile()
  good = ranges(file)
  jest.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(async () => {
  jest.restoreAllMocks()
  await stage.close()
})

const piece = 32 * 1024
/** Long enough that no busy machine's pause is taken for a server's silence. */
const idleMs = 500
const isWhole = async (bytes = file.bytes) => expect((await stage.onDisk()).equals(bytes)).toBe(true)

describe('a fault within a range', () => {
  const broken = (ending: 'end' | 'reset' | 'stall') => ranges(file, { sent: 1_000, ending })
  test.each([
    ['a body that is cut', () => broken('end')],
    ['a connection that is reset', () => broken('reset')],
    ['a server that falls silent', () => broken('stall')],
  ])('%s is fetched on from where it broke off', async (_, fault) => {
    stage.answers['/a'] = [good, good, fault(), good]
    expect(await stage.fetch({ ...oneByOne, idleMs })).toMatchObject({ sha256: sha256Of(file.bytes) })
    await isWhole()
    const at = 2 * piece
    expect(stage.asked().slice(2, 4)).toEqual([`${at}-${at + piece - 1}`, `${at + 1_000}-${at + 1_000 + piece - 1}`])
    expect(stage.bench.clock.sleeps).toHaveLength(1)
  })

  test.each([
    ['a body that is cut', () => broken('end')],
    ['a server that falls silent', () => broken('stall')],
  ])('%s in the first answer, too', async (_, fault) => {
    stage.answers['/a'] = [fault(), good]
    await stage.fetch({ ...oneByOne, idleMs })
    await isWhole()
    // What came before anyone read it may be lost with its connection.
    expect(stage.asked()[1]).toMatch(/^(?:0|1000)-/)
  })

  const cut: Answer = response => response.socket?.resetAndDestroy()
  const noHttp: Answer = response => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')
  test.each([
    ['503, several times', [status(503), status(503), status(503)], [2, 4, 8].map(s => s * 500)],
    ['429 with a wish', [status(429, { 'retry-after': '20' })], [21_000]],
    ['408', [status(408)], [1_000]],
    ['silence', [silent], [1_000]],
    // A kept connection that ends says nothing of the server: it is asked again at once, on a new one.
    ['a reset before the first byte', [cut], []],
    ['two of them', [cut, cut], [1_000]],
    ['something that is no HTTP', [noHttp], []],
    ['that twice', [noHttp, noHttp], [1_000]],
  ] as const)('%s: that piece is asked for again', async (_, faults, sleeps) => {
    stage.answers['/a'] = [good, good, ...faults, good]
    await stage.fetch({ ...oneByOne, idleMs })
    await isWhole()
    expect(stage.bench.clock.sleeps).toEqual(sleeps)
    expect(stage.server.requests).toHaveLength(Math.ceil(sampleSize / piece) + faults.length)
  })

  test('a server that drips is left, since it is never silent', async () => {
    let nowMs = 0
    const clock = { ...recordingClock(), now: () => nowMs }
    stage.host = stage.bench.host({ clock })
    const drip: Answer = response => {
      response.writeHead(206, {
        'content-length': piece,
        'content-range': `bytes ${piece}-${2 * piece - 1}/${sampleSize}`,
        etag: '"first"',
      })
      const next = () => {
        nowMs += 1_000
        if (!response.destroyed) response.write('.', () => setImmediate(next))
      }
      next()
    }
    stage.answers['/a'] = [good, drip, good]
    const wrong = await stage.fetch().then(() => stage.onDisk())
    // What dripped was of the right state, as far as anyone could tell: it stays.
    expect(wrong.length).toBe(sampleSize)
    expect(stage.host.lines.join('\n')).toContain('sends too slowly (1 KB/s over')
    expect(stage.server.requests.length).toBeGreaterThan(sampleSize / piece)
  })

  test('a server that sends more than was asked for is not believed', async () => {
    const more: Answer = response => {
      const { range = '' } = response.req.headers
      const [, from = 0] = (/(\d+)-/.exec(range) ?? []).map(Number)
      const last = Math.min(from + piece, sampleSize) - 1
      const length = last + 1 - from + 4
      response.writeHead(206, {
        'content-length': length,
        'content-range': `bytes ${from}-${last}/${sampleSize}`,
        etag: '"first"',
      })
      response.end(Buffer.concat([file.bytes.subarray(from, last + 1), Buffer.from('more')]))
    }
    stage.answers['/a'] = [good, more, good]
    await stage.fetch()
    await isWhole()
    expect(stage.host.lines.join('\n')).toContain('more than was asked for')
  })

  test('that stays ends the download, when the last connection has given up', async () => {
    stage.answers['/a'] = [good, status(503)]
    const error = await stepErrorOf(stage.fetch(together))
    expect(error).toMatchObject({ code: 'download-failed', message: expect.stringMatching(/503.*\(4 attempts\)/) })
  })
})

describe('a server that answers something else than it was asked', () => {
  test.each([
    ['another range', { 'content-range': `bytes 0-${piece - 1}/${sampleSize}` }],
    ['another end', { 'content-range': `bytes ${piece}-${2 * piece}/${sampleSize}` }],
    ['a range without a size', { 'content-range': `bytes ${piece}-${2 * piece - 1}/*` }],
    ['no word which range it is', { 'content-range': '' }],
    ['a coded range', { 'content-encoding': 'gzip' }],
  ])('%s: it all comes again, as one stream', async (_, headers) => {
    stage.answers['/a'] = [good, ranges(file, { headers }), good]
    expect(await stage.fetch()).toMatchObject({ sha256: sha256Of(file.bytes) })
    await isWhole()
    expect(stage.asked().slice(2)).toEqual(['whole'])
  })

  test('the whole instead of a range: it comes again as one stream', async () => {
    stage.answers['/a'] = [good, good, whole(file.bytes, file.state), good]
    await stage.fetch()
    await isWhole()
    expect(stage.asked().slice(3)).toEqual(['whole'])
  })

  test('the whole at once, to the first request, is taken as it is', async () => {
    stage.answers['/a'] = [whole(file.bytes, file.state)]
    await stage.fetch(together)
    await isWhole()
    expect(stage.server.requests).toHaveLength(1)
  })

  test('416 to the first request: it is asked for the whole', async () => {
    stage.answers['/a'] = [status(416), whole(file.bytes)]
    await stage.fetch()
    await isWhole()
    expect(stage.asked().at(-1)).toBe('whole')
  })
})

describe('a file that changes while it is fetched', () => {
  const changed = () => servedFile(undefined, { etag: '"second"' })

  test.each([
    ['the server gives the whole new file', (next: ServedFile) => ranges(next)],
    ['the server heeds no If-Range', (next: ServedFile) => whileIgnoringIfRange(next)],
    ['the server says 416', () => status(416)],
  ])('%s: all comes anew, and nothing of the old one stays', async (_, first) => {
    const next = changed()
    next.bytes = next.bytes.subarray(0, sampleSize - 100_000)
    stage.answers['/a'] = [good, good, good, first(next), ranges(next)]
    expect(await stage.fetch()).toEqual({ size: next.bytes.length, sha256: sha256Of(next.bytes) })
    await isWhole(next.bytes)
    expect(stage.asked().slice(4, 6)).toEqual([`0-${piece - 1}`, `${piece}-${2 * piece - 1}`])
  })

  test('as several connections fetch it', async () => {
    const next = changed()
    stage.answers['/a'] = [...Array.from({ length: 7 }, () => good), ranges(next)]
    expect(await stage.fetch(together)).toMatchObject({ sha256: sha256Of(next.bytes) })
    await isWhole(next.bytes)
  })

  test('again and again is taken as one stream in the end', async () => {
    let count = 0
    const restless: Answer = response => ranges(servedFile(file.bytes, { etag: `"${count++}"` }))(response)
    stage.answers['/a'] = [restless]
    await stage.fetch()
    await isWhole()
    expect(stage.asked().at(-1)).toBe('whole')
    expect(stage.server.requests.length).toBeLessThan(20)
  })
})

describe('several connections', () => {
  test('become one where the server allows no more, and none is lost', async () => {
    let open = 0
    const only: Answer = response => {
      if (open > 0) return void response.writeHead(503).end()
      open++
      response.on('close', () => open--)
      setImmediate(() => good(response))
    }
    stage.answers['/a'] = [only]
    await stage.fetch({ ...together, tries: 50 })
    await isWhole()
  })

  test('that all break at once go on', async () => {
    let count = 0
    stage.answers['/a'] = [response => ranges(file, ++count > 4 && count <= 7 ? { sent: 5_000, ending: 'reset' } : {})(response)]
    await stage.fetch(together)
    await isWhole()
    expect(stage.bench.clock.sleeps).toHaveLength(3)
  })
})

describe('a download that takes too long as a whole', () => {
  const tuning = { ...oneByOne, overallMs: 2 * 60 * 60 * 1_000 }
  let timeIsUp: () => void
  beforeEach(() => {
    const alarm: Clock['alarm'] = (ms, ring) => {
      if (ms === tuning.overallMs) timeIsUp = ring
      return () => {}
    }
    /** Only its signal ends a sleep, and meanwhile the time passes. */
    const sleep: Clock['sleep'] = (_, signal) =>
      new Promise(resolve => {
        signal?.addEventListener('abort', () => resolve(), { once: true })
        timeIsUp()
      })
    stage.host = stage.bench.host({ clock: { ...stage.bench.clock, alarm, sleep } })
  })

  /** Never silent, until the time is up. */
  const drip = (begin: (response: ServerResponse) => void): Answer => {
    return response => {
      begin(response)
      const dripping = setInterval(() => response.socket?.write('a'), 5)
      response.once('close', () => clearInterval(dripping))
      timeIsUp()
    }
  }
  const noHead = drip(response => response.socket?.write('HTTP/1.1 206 Partial Content\r\nX-A: '))
  const noBody = drip(response => {
    const range = `bytes ${3 * piece}-${4 * piece - 1}/${sampleSize}`
    response.writeHead(206, { 'content-length': piece, 'content-range': range, etag: '"first"' }).write('a')
  })

  test.each([
    ['a connection whose head never ends', noHead],
    ['one whose body never ends', noBody],
    ['a server that must be waited for', status(503)],
  ])('is given up, and what came is kept: %s', async (_, last) => {
    stage.answers['/a'] = [good, good, good, last]
    expect(await stepErrorOf(stage.fetch(tuning))).toMatchObject({
      code: 'download-failed',
      message: 'the installer could not be downloaded: It did not end within 120 minutes.',
      hint: expect.stringContaining('the next run goes on from there'),
    })
    expect(await stage.bench.files()).toEqual(['part', 'part.json'])
  })

  test.each([
    ['before it began', noHead],
    ['as one stream', drip(response => response.writeHead(200).write('a'))],
  ])('is given up %s', async (_, answer) => {
    stage.answers['/a'] = [answer]
    expect(await stepErrorOf(stage.fetch(tuning))).toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('120 minutes'),
    })
  })
})

test.each([
  ['over ranges', () => ranges(file, { headers: { 'content-range': `bytes 0-${piece - 1}/50000000000` } })],
  ['as one stream', () => whole(file.bytes, { 'content-length': '50000000000' })],
])('a file larger than any installer is not fetched %s', async (_, answer) => {
  stage.answers['/a'] = [answer()]
  expect(await stepErrorOf(stage.fetch())).toMatchObject({
    code: 'download-failed',
    message: 'the installer could not be downloaded: The file of 50 GB is larger than any installer.',
  })
  expect(stage.server.requests).toHaveLength(1)
  expect(await stage.bench.files()).toEqual([])
})

function whileIgnoringIfRange(next: ServedFile): Answer {
  return response => {
    delete response.req.headers['if-range']
    return ranges(next)(response)
  }
}
