/** Bytes of a file: `from` is the first, `to` the first behind them. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Sorted, none empty, none touching another. */
export type Ranges = readonly Range[]

/** All bytes of both. */
export function union(ranges: Ranges, added: Range): Ranges {
  if (added.from >= added.to) return ranges
  const touching = ranges.filter(({ from, to }) => from <= added.to && to >= added.from)
  const rest = ranges.filter(range => !touching.includes(range))
  const from = Math.min(added.from, ...touching.map(range => range.from))
  const to = Math.max(added.to, ...touching.map(range => range.to))
  return [...rest, { from, to }].sort((a, b) => a.from - b.from)
}

/** The first bytes of a file of `size` that are in none; `undefined` where it is whole. */
export function firstGap(ranges: Ranges, size: number): Range | undefined {
  const [first, second] = ranges
  const gap = first?.from === 0 ? { from: first.to, to: second?.from ?? size } : { from: 0, to: first?.from ?? size }
  return gap.from < gap.to ? gap : undefined
}

export function bytesIn(ranges: Ranges): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0)
}
