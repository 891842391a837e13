import type { Clock } from '../host/host.ts'
import { HttpFailure } from './failure.ts'

export interface Limits {
  /**
   * How long a server, or a proxy, may say nothing while we are ready to read, in milliseconds: while it is connected to, before its
   * answer, within it.
   */
  readonly idleMs: number
  /**
   * How long a connection, a proxy's answer and the head of an answer may take, each as a whole, in milliseconds, whatever comes
   * meanwhile: who sends byte by byte is never silent.
   */
  readonly headMs: number
}

/**
 * Calls `end` after `ms`, whatever has come until then: what comes byte by byte is never silent.
 * @returns lifts the limit
 */
export function limitTime(clock: Clock, ms: number, end: () => void): () => void {
  let isLifted = false
  const forget = clock.alarm(ms, async () => {
    // After a pause of this whole process its alarms ring before what came meanwhile is read, which gets its turn first.
    await new Promise(resolve => setImmediate(resolve))
    if (!isLifted) end()
  })
  return () => {
    isLifted = true
    forget()
  }
}

/** @param what did not happen in its time */
export function tooLate(what: string, ms: number): HttpFailure {
  return new HttpFailure(`${what} within ${ms / 1_000} s (timeout)`)
}
