import type { Clock } from '../../src/host/host.ts'

/** A clock that stands still until someone sleeps; every sleep is over at once. */
export function fakeClock(startMs = Date.UTC(2026, 0, 1)): Clock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    sleep: async (ms, signal) => {
      if (!signal?.aborted) nowMs += ms
    },
    alarm: () => () => {}, // nothing takes time here
  }
}
