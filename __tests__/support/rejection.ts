import { StepError } from '../../src/contract/reasons.ts'
import { HttpFailure } from '../../src/net/failure.ts'

/** The StepError with which `promise` rejects; fails the test where it does not reject, or with something else. */
export const stepErrorOf = (promise: Promise<unknown>) => rejectionOf(promise, StepError)

/** The same for a request that was given up. */
export const httpFailureOf = (promise: Promise<unknown>) => rejectionOf(promise, HttpFailure)

async function rejectionOf<E extends Error>(promise: Promise<unknown>, kind: abstract new (...args: never[]) => E): Promise<E> {
  const outcome = await promise.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('value' in outcome) throw new Error(`A ${kind.name} was expected, but it resolved with ${JSON.stringify(outcome.value)}.`)
  if (outcome.error instanceof kind) return outcome.error
  throw outcome.error
}
