import type { Host } from '../host/host.ts'
import { withinLimit } from '../process/limit.ts'

/** The runners leave 7.5 s until they end the process by force; the rest is for a docker command that must be ended by force, and for the report. */
const cancelledLimitMs = 4_000

/** The moment at which a run was cancelled, for as long as it lasts. */
export interface CancelWatch {
  readonly cancelledAtMs: number | undefined
  /** Lets go of the signal, which may outlast the run. */
  end(): void
}

export function watchCancel(host: Host): CancelWatch {
  let cancelledAtMs = host.signal.aborted ? host.clock.now() : undefined
  const note = () => {
    cancelledAtMs ??= host.clock.now()
  }
  host.signal.addEventListener('abort', note)
  return {
    end: () => host.signal.removeEventListener('abort', note),
    get cancelledAtMs() {
      return cancelledAtMs
    },
  }
}

/** Runs `body` with a host that is not cancelled: a cancelled run must still tidy up, within what is left of its seconds. */
export async function tidying<T>(host: Host, limitMs: number, cancel: CancelWatch, body: (host: Host) => Promise<T>): Promise<T> {
  const secondsUp = new AbortController()
  const over = new AbortController()
  const hurry = () => {
    const leftMs = (cancel.cancelledAtMs ?? host.clock.now()) + cancelledLimitMs - host.clock.now()
    void host.clock.sleep(Math.max(leftMs, 0), over.signal).then(() => over.signal.aborted || secondsUp.abort())
  }
  if (host.signal.aborted) hurry()
  else host.signal.addEventListener('abort', hurry, { once: true, signal: over.signal })
  try {
    return await withinLimit(limitMs, { ...host, signal: secondsUp.signal }, body)
  } finally {
    over.abort()
  }
}
