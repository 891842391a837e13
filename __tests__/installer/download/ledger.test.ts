import { array, assert, integer, property, tuple } from 'fast-check'
import { ledgerOf } from '../../../src/installer/download/ledger.ts'
import { bytesIn, firstGap, type Range, type Ranges, union } from '../../../src/installer/download/ranges.ts'

const range = tuple(integer({ min: 0, max: 60 }), integer({ min: 0, max: 60 })).map(([a, b]) => ({
  from: Math.min(a, b),
  to: Math.max(a, b),
}))
const membersOf = (ranges: Ranges) => ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at))

test('ranges are put together as sets are, sorted, and none touches another', () => {
  assert(
    property(array(range, { maxLength: 12 }), given => {
      const all = given.reduce<Ranges>(union, [])
      expect(membersOf(all)).toEqual([...new Set(membersOf(given))].sort((a, b) => a - b))
      for (const [index, { from, to }] of all.entries()) {
        expect(to).toBeGreaterThan(from)
        if (index > 0) expect(from).toBeGreaterThan(all[index - 1]?.to ?? Number.NaN)
      }
      const gap = firstGap(all, 60)
      const missing = Array.from({ length: 60 }, (_, at) => at).filter(at => !membersOf(all).includes(at))
      expect(gap?.from).toBe(missing[0])
      if (gap) expect(missing).toEqual(expect.arrayContaining(membersOf([gap])))
      expect(bytesIn(all)).toBe(membersOf(all).length)
    }),
  )
})

test('whatever breaks off where, each byte is written once, and in the end all are', () => {
  const size = 60
  assert(
    property(array(range, { maxLength: 4 }), array(integer({ min: 0, max: 9 }), { maxLength: 80 }), (before, luck) => {
      const done = before.reduce<Ranges>(union, [])
      const ledger = ledgerOf(size, done, { least: 3, most: 9 })
      const written = membersOf(done)
      const open: Range[] = []
      const random = [...luck]
      for (let turn = 0; turn < 500; turn++) {
        const dice = random.shift() ?? 9
        const piece = open.length < 3 ? ledger.take(3) : undefined
        if (piece) open.push(piece)
        const current = open.shift()
        if (current === undefined) break
        const to = Math.min(current.to, current.from + dice)
        const came = { from: current.from, to }
        ledger.written(came)
        written.push(...membersOf([came]))
        ledger.giveBack({ from: to, to: current.to })
        expect(ledger.prefix()).toBe(firstGap(ledger.done(), size)?.from ?? size)
      }
      expect(written.sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, at) => at))
    }),
  )
})

test('pieces become smaller towards the end, so that all connections end together', () => {
  const ledger = ledgerOf(1_000, [], { least: 10, most: 200 })
  const lengths: number[] = []
  for (let piece = ledger.take(4); piece; piece = ledger.take(4)) lengths.push(piece.to - piece.from)
  expect(lengths[0]).toBe(125)
  expect(lengths.slice(0, -1)).toEqual(lengths.slice(0, -1).toSorted((a, b) => b - a))
  expect(Math.min(...lengths.slice(0, -1))).toBe(10)
  expect(lengths.reduce((sum, length) => sum + length)).toBe(1_000)
})
