import type { Clock } from '../../src/host/host.ts'
import { fakeClock } from './fake-clock.ts'

export interface RecordingClock extends Clock {
  /** What was slept so far, in milliseconds, one entry a sleep. */
  readonly sleeps: readonly number[]
}

/** A fake clock that keeps what is slept on it; `onSleep` happens in the middle of each sleep. */
export function recordingClock(onSleep: () => void = () => {}, startMs?: number): RecordingClock {
  const clock = fakeClock(startMs)
  const sleeps: number[] = []
  return {
    ...clock,
    sleeps,
    sleep: async (ms, signal) => {
      sleeps.push(ms)
      onSleep()
      await clock.sleep(ms, signal)
    },
  }
}
