import { bytesIn, firstGap, type Range, type Ranges, union } from './ranges.ts'

/** Which bytes of a file are written, and which are on their way. */
export interface Ledger {
  /** The first bytes that nobody fetches yet, as many as one request shall ask for; `undefined` where none are left. */
  take(segments: number): Range | undefined
  /** Bytes that are asked for already. */
  claim(piece: Range): void
  /** What a request did not bring. */
  giveBack(rest: Range): void
  /** Bytes that are on their place in the file, and are not written a second time. */
  written(range: Range): void
  /** How much of the file's beginning is written without a gap. */
  prefix(): number
  done(): Ranges
}

/** @param before what an earlier run has written */
export function ledgerOf(
  size: number,
  before: Ranges,
  { least, most }: { readonly least: number; readonly most: number },
): Ledger {
  let done = before
  let assigned = before
  return {
    take: segments => {
      const gap = firstGap(assigned, size)
      if (gap === undefined) return undefined
      // Towards the end the pieces become smaller, so that all connections end together.
      const share = Math.ceil((size - bytesIn(assigned)) / (2 * segments))
      const piece = { from: gap.from, to: Math.min(gap.to, gap.from + Math.min(most, Math.max(least, share))) }
      assigned = union(assigned, piece)
      return piece
    },
    claim: piece => {
      assigned = union(assigned, piece)
    },
    giveBack: rest => {
      if (rest.from < rest.to) assigned = without(assigned, rest)
    },
    written: range => {
      done = union(done, range)
    },
    prefix: () => (done[0]?.from === 0 ? done[0].to : 0),
    done: () => done,
  }
}

function without(ranges: Ranges, removed: Range): Ranges {
  return ranges
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, removed.from) },
      { from: Math.max(from, removed.to), to },
    ])
    .filter(({ from, to }) => from < to)
}
