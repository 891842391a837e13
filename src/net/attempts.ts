import { endOf, StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { afterAttempts, classify, type HttpFailure, isWorthAnotherTry } from './failure.ts'

const backoffBaseMs = 1_000
const backoffCapMs = 30_000
/** A server's wish to be left alone for longer than this is not granted. */
const longestWaitMs = 120_000

/**
 * Asks again, up to `tries` times in all, where that may change the answer.
 * @throws HttpFailure where it gives up; StepError as it is, `cancelled` where the run was
 */
export async function persistently<T>(host: Host, tries: number, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      const failure = failureOf(error, host)
      if (attempt >= tries || !isWorthAnotherTry(failure)) throw afterAttempts(failure, attempt)
      await waitForNext(failure.message, backoffMs(failure, attempt), attempt, tries, host)
    }
  }
}

/**
 * Says why attempt number `attempt` of `tries` failed, and waits for the next one.
 * @param why a sentence without its full stop
 * @throws StepError `cancelled`
 */
export async function waitForNext(why: string, waitMs: number, attempt: number, tries: number, host: Host): Promise<void> {
  host.log(`${why}; trying again in ${Math.ceil(waitMs / 1_000)} s (${attempt} of ${tries})`)
  await host.clock.sleep(waitMs, host.signal)
  if (host.signal.aborted) throw endOf(host.signal)
}

/**
 * The error of an attempt as a failure of HTTP.
 * @throws StepError `cancelled` where the run was; StepErrors, which are nobody's connection, pass as they are
 */
export function failureOf(error: unknown, host: Host): HttpFailure {
  if (host.signal.aborted) throw endOf(host.signal)
  if (error instanceof StepError) throw error
  return classify(error)
}

/**
 * How long to wait after failure number `attempt` (from 1), in milliseconds: longer and longer, with full jitter. A server's wish comes
 * on top of that: it is never asked earlier, and of many jobs that heard it at once not by all at once.
 */
export function backoffMs({ retryAfterMs = 0 }: Pick<HttpFailure, 'retryAfterMs'>, attempt: number): number {
  const jitterMs = Math.random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt)
  return Math.min(retryAfterMs, longestWaitMs) + jitterMs
}
