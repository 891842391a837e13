import type { Tuning } from './tuning.ts'

/** How many connections there shall be, after so many bytes have come in all until now. */
export type Gain = (nowMs: number, bytes: number) => number

/**
 * Begins with few connections and adds some while each addition makes the whole faster by at least a third of what it would in
 * the best case; the last addition, which did not even when it was looked at twice (a new connection needs a while to become fast), is taken back. One fast stream gains nothing by company, a server that gives
 * each connection its share gains by each.
 */
export function gainOf(
  { segments: { first, step, most }, measureMs }: Pick<Tuning, 'segments' | 'measureMs'>,
  beganMs: number,
): Gain {
  let count = first
  let before: { readonly count: number; readonly rate: number } | undefined
  let isSettled = count >= most
  let isDoubted = false
  let [sinceMs, sinceBytes] = [beganMs, 0]
  return (nowMs, bytes) => {
    if (isSettled || nowMs - sinceMs < measureMs) return count
    const rate = (bytes - sinceBytes) / (nowMs - sinceMs)
    ;[sinceMs, sinceBytes] = [nowMs, bytes]
    const hoped = before === undefined ? 0 : count / before.count - 1
    if (before !== undefined && rate < before.rate * (1 + hoped / 3)) {
      if (isDoubted) {
        isSettled = true
        count = before.count
      }
      isDoubted = !isSettled
      return count
    }
    isDoubted = false
    if (count >= most) isSettled = true
    else {
      before = { count, rate }
      count = Math.min(most, count + step)
    }
    return count
  }
}
