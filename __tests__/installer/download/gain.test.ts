import { gainOf } from '../../../src/installer/download/gain.ts'

/** Plays a server that gives `rate(connections)` bytes a millisecond; tells how many connections there were in each second. */
function played(rate: (connections: number) => number, seconds = 8): readonly number[] {
  const gain = gainOf({ segments: { first: 4, step: 2, most: 8 }, measureMs: 1_000 }, 0)
  const counts: number[] = []
  let bytes = 0
  let count = 4
  for (let ms = 100; ms <= seconds * 1_000; ms += 100) {
    bytes += rate(count) * 100
    count = gain(ms, bytes)
    if (ms % 1_000 === 0) counts.push(count)
  }
  return counts
}

test.each([
  ['that gives each connection its share gets as many as may be', (count: number) => count * 20, [6, 8, 8, 8, 8, 8, 8, 8]],
  ['whose line is full keeps to the first ones', () => 100, [6, 6, 4, 4, 4, 4, 4, 4]],
  ['whose line becomes full keeps to what filled it', (count: number) => Math.min(count, 6) * 20, [6, 8, 8, 6, 6, 6, 6, 6]],
  ['that becomes slower with more keeps to the first ones', (count: number) => 400 / count, [6, 6, 4, 4, 4, 4, 4, 4]],
  ['that gives nothing gets no more', () => 0, [6, 8, 8, 8, 8, 8, 8, 8]],
])('a server %s', (_, rate, counts) => {
  expect(played(rate)).toEqual(counts)
})
