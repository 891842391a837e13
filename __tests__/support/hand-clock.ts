import type { Clock } from '../../src/host/host.ts'

export interface HandClock extends Clock {
  /** Moves on, and lets those go on whose sleep is over. */
  advance(ms: number): Promise<void>
  /** How many sleep. */
  sleepers(): number
}

/** A clock that stands still until its test moves it on. */
export function handClock(startMs = Date.UTC(2026, 0, 1)): HandClock {
  let nowMs = startMs
  const sleeping = new Map<() => void, number>()
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise(resolve => {
        if (signal?.aborted) return resolve()
        const wake = () => {
          sleeping.delete(wake)
          resolve()
        }
        sleeping.set(wake, nowMs + ms)
        signal?.addEventListener('abort', wake, { once: true })
      }),
    alarm: (ms, ring) => {
      sleeping.set(ring, nowMs + ms)
      return () => void sleeping.delete(ring)
    },
    advance: async ms => {
      nowMs += ms
      for (const [wake, atMs] of sleeping) if (atMs <= nowMs && sleeping.delete(wake)) wake()
      await new Promise(resolve => setImmediate(resolve))
    },
    sleepers: () => sleeping.size,
  }
}
