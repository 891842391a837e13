import { readFile } from 'node:fs/promises'
import { type Kept, microsoft } from '../../src/installer/record.ts'
import { installerStore } from '../../src/installer/store.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { type Bench, makeBench, provenOf } from './bench.ts'

const first = sampleInstaller('5.70.9748.2')
const resigned = sampleInstaller('5.70.9748.2', { filler: 'resigned ' })
const rounds = 50

let bench: Bench
beforeEach(async () => {
  bench = await makeBench()
})
afterEach(() => bench.remove())

async function write(sample: typeof first): Promise<Kept> {
  return installerStore('cache', bench.host()).keep(await bench.part(sample.bytes), provenOf(sample), microsoft)
}

/** Looks until `isOver`, and returns how often it found something. What it finds must have the bytes that it is said to have. */
async function look(
  isOver: () => boolean,
  known: readonly (typeof first)[],
): Promise<{ hits: number; lines: readonly string[] }> {
  const host = bench.host()
  const store = installerStore('cache', host)
  let hits = 0
  while (!isOver()) {
    const kept = await store.find(first.version, undefined)
    if (!kept) continue
    hits++
    expect(known.map(({ sha256 }) => sha256)).toContain(kept.sha256)
  }
  return { hits, lines: host.lines }
}

test('two writers of the same bytes and a reader: after the first, every look is a whole hit', async () => {
  let isOver = false
  const looking = look(() => isOver, [first])
  await write(first)
  const steady = look(() => isOver, [first])
  for (let round = 0; round < rounds; round++) {
    await Promise.all([write(first), write(first)])
    const kept = await installerStore('cache', bench.host()).find(first.version, first.sha256)
    expect((await readFile(kept?.path ?? '')).equals(first.bytes)).toBe(true)
  }
  isOver = true
  expect((await steady).hits).toBeGreaterThan(rounds)
  expect((await steady).lines).toEqual([])
  expect((await looking).lines).toEqual([])
  expect((await bench.files()).filter(file => file.endsWith('.part'))).toEqual([])
})

test('two writers of other bytes and a reader: each has its own file, and after the first every look is a whole hit', async () => {
  let isOver = false
  await write(first)
  const looking = look(() => isOver, [first, resigned])
  for (let round = 0; round < rounds; round++) {
    const kept = await Promise.all([write(first), write(resigned)])
    const contents = await Promise.all(kept.map(({ path }) => readFile(path)))
    expect(contents.map((content, at) => content.equals([first, resigned][at]?.bytes ?? Buffer.of()))).toEqual([true, true])
  }
  isOver = true
  expect((await looking).hits).toBeGreaterThan(rounds)
  expect((await looking).lines).toEqual([])
})

test('a file that one job uses stays as it is when another keeps other bytes of its version', async () => {
  const mine = await write(first)
  await write(resigned)
  expect((await readFile(mine.path)).equals(first.bytes)).toBe(true)
  const found = await installerStore('cache', bench.host()).find(first.version, undefined)
  expect((await readFile(found?.path ?? '')).equals(resigned.bytes)).toBe(true)
})
