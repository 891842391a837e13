import { HttpFailure } from '../../net/failure.ts'
import { megabytes } from './progress.ts'
import type { Pace } from './tuning.ts'

/** Watches how fast one connection is. A server that drips is never silent, so that the limit on silence does not find it. */
export interface PaceWatch {
  /** @throws HttpFailure where the connection was too slow for a whole window */
  came(bytes: number, nowMs: number): void
  /** Our disk was behind until now: the window that was open tells nothing about the connection. */
  waited(nowMs: number): void
}

/** @param average bytes that came over a connection until now, on average over all that are open */
export function paceOf({ windowMs, least, behind }: Pace, average: () => number, beganMs: number): PaceWatch {
  let came = 0
  let [sinceMs, sinceAverage] = [beganMs, average()]
  const restart = (nowMs: number) => {
    ;[came, sinceMs, sinceAverage] = [0, nowMs, average()]
  }
  return {
    came: (bytes, nowMs) => {
      came += bytes
      const ms = nowMs - sinceMs
      if (ms < windowMs) return
      const [rate, usual] = [(came * 1_000) / ms, ((average() - sinceAverage) * 1_000) / ms]
      if (rate < least || rate < usual / behind)
        throw new HttpFailure(`The server sends too slowly (${megabytes(rate)}/s over ${Math.round(ms / 1_000)} s)`)
      restart(nowMs)
    },
    waited: restart,
  }
}
