import type { Host } from '../host/host.ts'

/**
 * Runs `body` with a host that is cancelled after `limitMs` at the latest, and when its run is.
 * @param body is also given the limit alone, which tells whether it was time or the user that ended it
 */
export async function withinLimit<T>(
  limitMs: number,
  host: Host,
  body: (bounded: Host, limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const over = new AbortController()
  void host.clock.sleep(limitMs, over.signal).then(() => over.signal.aborted || limit.abort())
  try {
    return await body({ ...host, signal: AbortSignal.any([host.signal, limit.signal]) }, limit.signal)
  } finally {
    over.abort()
  }
}
