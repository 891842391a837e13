import { HttpFailure } from '../../net/failure.ts'
import { megabytes } from './progress.ts'
import type { Pace } from './tuning.ts'

/**
 * Watches one connection: told of each arrival, it throws an HttpFailure where the connection was too slow for a whole window. A
 * server that drips is never silent, so that the limit on silence does not find it.
 * @param average bytes that came over a connection until now, on average over all that are open
 */
export function paceOf(
  { windowMs, least, behind }: Pace,
  average: () => number,
  beganMs: number,
): (bytes: number, nowMs: number) => void {
  let came = 0
  let [sinceMs, sinceAverage] = [beganMs, average()]
  return (bytes, nowMs) => {
    came += bytes
    const ms = nowMs - sinceMs
    if (ms < windowMs) return
    const [rate, usual] = [(came * 1_000) / ms, ((average() - sinceAverage) * 1_000) / ms]
    if (rate < least || rate < usual / behind)
      throw new HttpFailure(`The server sends too slowly (${megabytes(rate)}/s over ${Math.round(ms / 1_000)} s)`)
    ;[came, sinceMs, sinceAverage] = [0, nowMs, average()]
  }
}
