import { StepError } from '../../src/contract/reasons.ts'

/** The StepError with which `promise` rejects; fails the test where it does not reject, or with something else. */
export async function stepErrorOf(promise: Promise<unknown>): Promise<StepError> {
  const outcome = await promise.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('value' in outcome) throw new Error(`A StepError was expected, but it resolved with ${JSON.stringify(outcome.value)}.`)
  if (outcome.error instanceof StepError) return outcome.error
  throw outcome.error
}
