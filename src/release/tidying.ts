import type { Host } from '../host/host.ts'

/** The runners leave 7.5 s until they become rude; the rest is for a docker command that must be ended by force, and for the report. */
const cancelledLimitMs = 4_500

/** The moment at which a run was cancelled, for as long as it lasts. */
export interface CancelWatch {
  readonly cancelledAtMs: number | undefined
}

export function watchCancel(host: Host): CancelWatch {
  let cancelledAtMs = host.signal.aborted ? host.clock.now() : undefined
  host.signal.addEventListener('abort', () => {
    cancelledAtMs ??= host.clock.now()
  })
  return {
    get cancelledAtMs() {
      return cancelledAtMs
    },
  }
}

/** Runs `body` with a host that is not cancelled: a cancelled run must still tidy up, within what is left of its seconds. */
export async function tidying<T>(host: Host, limitMs: number, cancel: CancelWatch, body: (host: Host) => Promise<T>): Promise<T> {
  const limit = new AbortController()
  const done = new AbortController()
  const endAfter = (ms: number) => void host.clock.sleep(Math.max(ms, 0), done.signal).then(() => limit.abort())
  const hurry = () => endAfter((cancel.cancelledAtMs ?? host.clock.now()) + cancelledLimitMs - host.clock.now())
  endAfter(limitMs)
  if (host.signal.aborted) hurry()
  else host.signal.addEventListener('abort', hurry, { once: true, signal: done.signal })
  try {
    return await body({ ...host, signal: limit.signal })
  } finally {
    done.abort()
  }
}
