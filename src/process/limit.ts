import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'

/**
 * Runs `body` with a host whose signal is aborted after `limitMs` at the latest, and when that of `host` is. What hangs on it then fails with
 * `engine-failed` and says that its time was up.
 * @param body is also given the limit alone, which tells whether it was time or the user that ended it
 */
export async function withinLimit<T>(
  limitMs: number,
  host: Host,
  body: (bounded: Host, limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const over = new AbortController()
  void host.clock.sleep(limitMs, over.signal).then(() => over.signal.aborted || limit.abort(timeIsUp(limitMs)))
  try {
    return await body({ ...host, signal: AbortSignal.any([host.signal, limit.signal]) }, limit.signal)
  } finally {
    over.abort()
  }
}

function timeIsUp(limitMs: number): StepError {
  return new StepError('engine-failed', `It was not done in ${limitMs / 1_000} s.`, {
    hint: 'docker ps tells whether the engine still answers; restarting it frees what hangs.',
  })
}
