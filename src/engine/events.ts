import type { Host } from '../host/host.ts'
import { eventArguments } from './arguments.ts'
import type { Docker } from './docker.ts'

/** Wakes a waiter when something happens. */
export interface Bell {
  /** Resolves at the next ring, at once where it rang since the last wait, or when `signal` ends the wait. */
  rung(signal: AbortSignal): Promise<void>
  /** The same, after `limitMs` at the latest. */
  rungWithin(limitMs: number, signal: AbortSignal): Promise<void>
}

/**
 * Rings whenever the engine reports an event of a container, until `signal`. Events only shorten the wait: they say nothing when
 * a container exits and its health flips with it, nor when the engine restarts, so that polling goes on beside them.
 */
export function watchEvents(docker: Docker, container: string, host: Host, signal: AbortSignal): Bell {
  let isRung = false
  let wake: (() => void) | undefined
  const ring = () => {
    isRung = true
    wake?.()
  }
  // An engine that breaks off the stream is found out by the poll, which says why.
  void docker
    .run(eventArguments(container), { signal, onLine: ring })
    .catch(() => host.log('The engine’s events broke off; the node is watched by polling alone.'))
  const rung: Bell['rung'] = async signal => {
    if (!isRung && !signal.aborted) {
      await new Promise<void>(resolve => {
        wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    // A wait that was given up has heard nothing: the ring is the next one's.
    if (!signal.aborted) isRung = false
    wake = undefined
  }
  return {
    rung,
    rungWithin: async (limitMs, signal) => {
      const pause = new AbortController()
      const over = AbortSignal.any([signal, pause.signal])
      await Promise.race([rung(over), host.clock.sleep(limitMs, over)])
      pause.abort()
    },
  }
}
