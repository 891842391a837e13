import { randomBytes } from 'node:crypto'
import { getEventListeners } from 'node:events'
import { type Answer, cut, ranges, type ServedFile, short, status, whole } from '../../support/fault-server.ts'
import { makeStage, oneByOne, type Stage, servedFile, sha256Of, together } from './stage.ts'

let stage: Stage
let file: ServedFile
beforeEach(async () => {
  stage = await makeStage()
  file = servedFile()
  stage.answers['/a'] = [ranges(file)]
})
afterEach(() => stage.close())

const isWhole = async () => expect((await stage.onDisk()).equals(file.bytes)).toBe(true)

test.each([
  ['one connection', oneByOne],
  ['several connections', together],
])('over %s every byte is asked for once, in the file’s order, and of the state that was begun with', async (_, tuning) => {
  expect(await stage.fetch(tuning)).toEqual({ size: file.bytes.length, sha256: sha256Of(file.bytes) })
  await isWhole()
  const asked = stage.asked().map(range => range.split('-').map(Number) as [number, number])
  const sorted = asked.toSorted(([a], [b]) => a - b)
  expect(sorted.map(([from]) => from)).toEqual([0, ...sorted.slice(0, -1).map(([, last]) => last + 1)])
  expect(sorted.at(-1)?.[1]).toBe(file.bytes.length - 1)
  expect(stage.server.requests.map(({ headers }) => headers['if-range'])).toEqual([
    undefined,
    ...asked.slice(1).map(() => '"first"'),
  ])
  expect(await stage.bench.files()).toEqual(['part'])
})

test('what is smaller than one piece costs one request', async () => {
  file.bytes = file.bytes.subarray(0, 1_000)
  stage.answers['/a'] = [ranges(file)]
  expect(await stage.fetch(together)).toMatchObject({ size: 1_000 })
  await isWhole()
  expect(stage.server.requests).toHaveLength(1)
})

test('a body in chunks, of which the quick connection knows nothing, is read all the same', async () => {
  stage.answers['/a'] = [ranges(file, { isChunked: true })]
  expect(await stage.fetch(together)).toMatchObject({ sha256: sha256Of(file.bytes) })
  await isWhole()
})

describe('a large file that comes as one stream', () => {
  const large = { ...oneByOne, largeBytes: 0 }
  test.each([
    ['with a length', whole(bytes())],
    ['without a length', cut(bytes(), bytes().length)],
    ['over HTTP/1.0', overHttp10(bytes())],
  ])('%s is asked for once: its address may be good for no more', async (_, answer) => {
    stage.answers['/a'] = [answer, status(403)]
    expect(await stage.fetch(large)).toEqual({ size: bytes().length, sha256: sha256Of(bytes()) })
    expect((await stage.onDisk()).equals(bytes())).toBe(true)
    expect(stage.server.requests).toHaveLength(1)
  })

  test('leaves nothing that waits for a cancel when it is over', async () => {
    stage.answers['/a'] = [short(bytes(), 1_000), short(bytes(), 1_000), whole(bytes())]
    await stage.fetch(large)
    expect(getEventListeners(stage.host.signal, 'abort')).toEqual([])
  })

  test('that breaks off is fetched anew', async () => {
    stage.answers['/a'] = [short(bytes(), 1_000), whole(bytes())]
    expect(await stage.fetch(large)).toMatchObject({ sha256: sha256Of(bytes()) })
    expect(stage.bench.clock.sleeps).toHaveLength(1)
  })

  function bytes(): Buffer {
    return Buffer.alloc(700_000, 'installer ')
  }

  function overHttp10(body: Buffer): Answer {
    const head = `HTTP/1.0 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`
    return ({ socket }) => socket?.end(Buffer.concat([Buffer.from(head), body]))
  }
})

describe('which state a file is in', () => {
  const old = new Date(Date.UTC(2026, 0, 1)).toUTCString()
  test.each([
    ['a strong ETag', { etag: '"a"' }, true],
    ['a date that was over long before', { 'last-modified': old }, true],
    ['a weak ETag', { etag: 'W/"a"' }, false],
    ['a weak ETag, for which no date stands in', { etag: 'W/"a"', 'last-modified': old }, false],
    ['a date of this minute', { 'last-modified': new Date().toUTCString() }, false],
    ['nothing', {}, false],
  ])('%s says it for certain, or the file comes as one stream', async (_, state, isCertain) => {
    file = servedFile(file.bytes, state)
    stage.answers['/a'] = [ranges(file)]
    expect(await stage.fetch()).toMatchObject({ sha256: sha256Of(file.bytes) })
    await isWhole()
    expect(stage.asked().includes('whole')).toBe(!isCertain)
  })
})

describe('redirects', () => {
  test('are resolved once', async () => {
    stage.answers['/from'] = [response => void response.writeHead(302, { location: '/a?sig=c2ln' }).end()]
    await stage.fetch(together, '/from')
    await isWhole()
    const paths = stage.server.requests.map(({ path }) => path)
    expect(paths.filter(path => path === '/from')).toHaveLength(1)
    expect(paths.slice(1).every(path => path === '/a?sig=c2ln')).toBe(true)
  })

  test.each([401, 403, 404, 410, 302])(
    'are resolved anew where their address gives %d after a while, and what has come is kept',
    async code => {
      const gone = (response: Parameters<ReturnType<typeof ranges>>[0]) =>
        void response.writeHead(code, code === 302 ? { location: '/elsewhere' } : {}).end()
      stage.answers['/from'] = [
        response => void response.writeHead(302, { location: '/signed' }).end(),
        response => void response.writeHead(302, { location: '/a' }).end(),
      ]
      stage.answers['/signed'] = [ranges(file), ranges(file), gone]
      await stage.fetch(oneByOne, '/from')
      await isWhole()
      const asked = stage.server.requests.filter(({ path }) => path === '/a').map(({ headers }) => headers.range)
      expect(asked[0]).toBe('bytes=65536-98303')
      expect(new Set(asked).size).toBe(asked.length)
    },
  )

  /** Redirects to addresses each of which answers so, from its first request to its last. */
  const renewing = (...each: readonly Answer[]) => {
    let renewals = 0
    const asked = new Map<string, number>()
    stage.answers['/from'] = [response => void response.writeHead(302, { location: `/signed?${++renewals}` }).end()]
    stage.answers['/signed'] = [
      response => {
        const { url = '' } = response.req
        const count = asked.get(url) ?? 0
        asked.set(url, count + 1)
        each[Math.min(count, each.length - 1)]?.(response)
      },
    ]
    return () => renewals
  }

  test.each([
    ['one connection', oneByOne, 1],
    ['several connections', together, 3],
  ])('are resolved anew as often as that brings bytes: %s', async (_, tuning, uses) => {
    const warnings: string[] = []
    const warned = ({ name }: Error) => void warnings.push(name)
    process.on('warning', warned)
    file.bytes = randomBytes(60 * 32 * 1024)
    const renewals = renewing(...Array.from({ length: uses }, () => ranges(file)), status(403))
    expect(await stage.fetch({ ...tuning, largeBytes: 0 }, '/from')).toMatchObject({ sha256: sha256Of(file.bytes) })
    process.off('warning', warned)
    expect(renewals()).toBeGreaterThan(11)
    expect(stage.host.lines.join('\n')).not.toContain('earlier run')
    expect(warnings).toEqual([])
    expect(getEventListeners(stage.host.signal, 'abort')).toEqual([])
  })

  test('are not resolved anew for ever where that brings nothing', async () => {
    const renewals = renewing(ranges(file, { sent: 0 }), status(403))
    await expect(stage.fetch(oneByOne, '/from')).rejects.toMatchObject({ message: expect.stringContaining('again and again') })
    expect(renewals()).toBe(11)
  })

  test('an address of one’s own that gives 403 after a while is not asked again', async () => {
    stage.answers['/a'] = [ranges(file), response => void response.writeHead(403).end()]
    await expect(stage.fetch()).rejects.toMatchObject({ code: 'download-failed', message: expect.stringContaining('403') })
    expect(stage.server.requests).toHaveLength(2)
  })
})
