import { randomBytes } from 'node:crypto'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { resumptionFile } from '../../../src/installer/download/resumption.ts'
import { type Answer, ranges, type ServedFile, status, whole } from '../../support/fault-server.ts'
import { stepErrorOf } from '../../support/rejection.ts'
import { makeStage, oneByOne, type Stage, sampleSize, servedFile, sha256Of } from './stage.ts'

const piece = 32 * 1024
const came = 5 * piece

let stage: Stage
let file: ServedFile
/** A download that failed after five pieces, as its resumption says. */
beforeEach(async () => {
  stage = await makeStage()
  file = servedFile()
  stage.answers['/before'] = [...Array.from({ length: 5 }, () => ranges(file)), status(403)]
  await stepErrorOf(stage.fetch(oneByOne, '/before'))
  stage.answers['/a'] = [ranges(file)]
})
afterEach(() => stage.close())

const isWhole = async (bytes = file.bytes) => expect((await stage.onDisk()).equals(bytes)).toBe(true)
const resumption = async () => JSON.parse(await readFile(resumptionFile(stage.part), 'utf8')) as Record<string, unknown>
const askedSince = (count: number) => stage.asked().slice(count)

test('a resumption tells the file’s size, its state and what is there, and nothing of its address', async () => {
  expect(await resumption()).toEqual({
    size: sampleSize,
    validator: { header: 'etag', value: '"first"' },
    done: [{ from: 0, to: came }],
  })
})

test('the next run asks for what is missing, of that state, and is whole', async () => {
  expect(await stage.fetch()).toEqual({ size: sampleSize, sha256: sha256Of(file.bytes) })
  await isWhole()
  expect(askedSince(6)[0]).toBe(`${came}-${came + piece - 1}`)
  expect(stage.server.requests[6]?.headers['if-range']).toBe('"first"')
  expect(stage.host.lines.join('\n')).toContain('An earlier run has fetched 164 KB of 615 KB: they are kept.')
  expect(await stage.bench.files()).toEqual(['part'])
})

test('a part that was whole and not proven yet costs one byte', async () => {
  await writeFile(stage.part, file.bytes)
  await writeFile(resumptionFile(stage.part), JSON.stringify({ ...(await resumption()), done: [{ from: 0, to: sampleSize }] }))
  expect(await stage.fetch()).toMatchObject({ sha256: sha256Of(file.bytes) })
  expect(askedSince(6)).toEqual([`${sampleSize - 1}-${sampleSize - 1}`])
})

test('holes are filled', async () => {
  const done = [
    { from: 10, to: 50_000 },
    { from: 60_000, to: 60_001 },
    { from: 500_000, to: sampleSize },
  ]
  const holey = Buffer.alloc(sampleSize)
  for (const { from, to } of done) file.bytes.copy(holey, from, from, to)
  await writeFile(stage.part, holey)
  await writeFile(resumptionFile(stage.part), JSON.stringify({ ...(await resumption()), done }))
  await stage.fetch()
  await isWhole()
  expect(askedSince(6).slice(0, 3)).toEqual(['0-9', '50000-59999', `60001-${60_001 + piece - 1}`])
})

test.each([
  ['the first answer', 1],
  ['a later one', 2],
])('what a server sends beyond its range, in %s, is not put over what is there', async (_, pieces) => {
  const whole = Buffer.from(file.bytes)
  whole.fill(0, 0, pieces * piece)
  await writeFile(stage.part, whole)
  const done = [{ from: pieces * piece, to: sampleSize }]
  await writeFile(resumptionFile(stage.part), JSON.stringify({ ...(await resumption()), done }))
  const more: Answer = response => {
    const from = (pieces - 1) * piece
    response.writeHead(206, {
      'content-length': piece + 4,
      'content-range': `bytes ${from}-${from + piece - 1}/${sampleSize}`,
      etag: '"first"',
    })
    response.end(Buffer.concat([file.bytes.subarray(from, from + piece), Buffer.from('more')]))
  }
  stage.answers['/a'] = [...Array.from({ length: pieces - 1 }, () => ranges(file)), more, ranges(file)]
  expect(await stage.fetch()).toEqual({ size: sampleSize, sha256: sha256Of(file.bytes) })
  await isWhole()
})

describe('all comes anew', () => {
  test.each([
    ['the server has another state', () => servedFile(undefined, { etag: '"second"' })],
    ['the server has another size', () => servedFile(randomBytes(sampleSize - 1), { etag: '"second"' })],
    ['the server’s file is shorter than what is there', () => servedFile(randomBytes(1_000), { etag: '"first"' })],
  ])('where %s', async (_, other) => {
    const next = other()
    stage.answers['/a'] = [ranges(next)]
    expect(await stage.fetch()).toMatchObject({ sha256: sha256Of(next.bytes) })
    await isWhole(next.bytes)
  })

  test('where the server gives ranges no more', async () => {
    stage.answers['/a'] = [whole(file.bytes)]
    await stage.fetch()
    await isWhole()
  })

  test('where the part became shorter', async () => {
    await truncate(stage.part, 1_000)
    await stage.fetch()
    await isWhole()
    expect(askedSince(6)[0]).toBe(`0-${piece - 1}`)
  })

  test.each([
    ['is empty', ''],
    ['is cut', '{"size":61'],
    ['is something else', '[]'],
    ['is null', 'null'],
    ['says more than the size', JSON.stringify({ done: [{ from: 0, to: sampleSize + 1 }] })],
    [
      'has no order',
      JSON.stringify({
        done: [
          { from: 50, to: 60 },
          { from: 0, to: 50 },
        ],
      }),
    ],
    ['counts backwards', JSON.stringify({ done: [{ from: 50, to: 10 }] })],
    ['has words for numbers', JSON.stringify({ done: [{ from: '0', to: '50' }] })],
    ['names a state that no header can hold', JSON.stringify({ validator: { header: 'etag', value: '"x"\u0001' } })],
    ['names one with a line break', JSON.stringify({ validator: { header: 'etag', value: '"x"\r\nEvil: 1' } })],
    ['names one in letters of no header', JSON.stringify({ validator: { header: 'last-modified', value: '目' } })],
    ['names a weak state', JSON.stringify({ validator: { header: 'etag', value: 'W/"first"' } })],
    ['names no state', JSON.stringify({ validator: { header: 'server', value: 'nginx' } })],
  ])('where the resumption %s', async (_, text) => {
    const isPart = text.startsWith('{') && text.endsWith('}')
    await writeFile(resumptionFile(stage.part), isPart ? JSON.stringify({ ...(await resumption()), ...JSON.parse(text) }) : text)
    await stage.fetch()
    await isWhole()
    expect(askedSince(6)[0]).toBe(`0-${piece - 1}`)
  })

  test('and the resumption of the old bytes is gone before the first new one is written', async () => {
    const next = servedFile(undefined, { etag: '"second"' })
    let during: readonly string[] = []
    stage.answers['/a'] = [
      ranges(next),
      ranges(next),
      async response => {
        during = await stage.bench.files()
        ranges(next)(response)
      },
    ]
    await stage.fetch({ ...oneByOne, resumptionEveryMs: Number.POSITIVE_INFINITY })
    expect(during).toEqual(['part'])
  })
})

test('resumptions are written while it comes, where the clock says so', async () => {
  let nowMs = 0
  stage.host = stage.bench.host({ clock: { ...stage.bench.clock, now: () => (nowMs += 10) } })
  const seen = new Set<string>()
  const looking: Answer = async response => {
    seen.add(JSON.stringify((await resumption()).done))
    setTimeout(() => ranges(file)(response), 5) // a disk needs its time
  }
  stage.answers['/a'] = [looking]
  await stage.fetch({ ...oneByOne, resumptionEveryMs: 1 })
  expect(seen.size).toBeGreaterThan(3)
})

test('a cancelled run writes no resumption: what it fetched is removed', async () => {
  const controller = new AbortController()
  stage.host = stage.bench.host({ signal: controller.signal })
  const before = await readFile(resumptionFile(stage.part), 'utf8')
  stage.answers['/a'] = [ranges(file), ranges(file), () => controller.abort()]
  expect(await stepErrorOf(stage.fetch())).toMatchObject({ code: 'cancelled' })
  expect(await readFile(resumptionFile(stage.part), 'utf8')).toBe(before)
})
