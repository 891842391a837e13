import type { Host } from '../../host/host.ts'
import { follows } from '../build-output.ts'
import type { Offer } from './offer.ts'

/** How far a build is, seen from the step that fetches the installer. */
export type Watch =
  | { readonly phase: 'before' | 'over' }
  /** `limitMs` after `sinceMs` a request must have come. */
  | { readonly phase: 'installing' | 'downloading'; readonly sinceMs: number; readonly limitMs: number }

/** Hyper-V takes its time to start a step's container, and a step of one's own may do something else first. */
const stepLimitMs = 60_000
/** The built-in script asks right after it says so. */
const downloadLimitMs = 10_000

/**
 * What a line of the build's log changes. The classic builder says `Step 7/12 : RUN …`, and the built-in script when it downloads.
 * @param step the step that fetches the installer
 */
export function nextWatch(watch: Watch, line: string, step: number | undefined, nowMs: number): Watch {
  if (watch.phase === 'over') return watch
  const [, begun] = /^Step (\d+)\/\d+ : /.exec(line) ?? []
  if (begun !== undefined) {
    if (Number(begun) === step) return { phase: 'installing', sinceMs: nowMs, limitMs: stepLimitMs }
    return watch.phase === 'before' ? watch : { phase: 'over' }
  }
  if (watch.phase === 'downloading') return watch
  if (/\bdownloading it from INSTALLER_URL\b/.test(line))
    return { phase: 'downloading', sinceMs: nowMs, limitMs: downloadLimitMs }
  // A step from the cache fetches nothing.
  return watch.phase === 'installing' && /^\s*---> Using cache$/.test(line) ? { phase: 'over' } : watch
}

export interface DeliveryWatch {
  /** Takes a line of the build's log. */
  see(line: string): void
  /** True once the step that fetches the installer has begun. */
  hasBegun(): boolean
  /** Ends the watch; call it with the build's end. */
  end(): void
}

/**
 * Watches whether a build that is at the installer asks for it in time.
 * @param step of `installStep`
 * @param onSilence told once, where it does not, why that is bad, in a clause: the build may wait much longer for nothing
 */
export function watchDelivery(
  offer: Pick<Offer, 'requested'>,
  step: number | undefined,
  host: Pick<Host, 'clock' | 'signal'>,
  onSilence: (why: string) => void,
): DeliveryWatch {
  let watch: Watch = { phase: 'before' }
  let last: { readonly step: number; readonly of: number } | undefined
  let hasBegun = false
  let waiting = new AbortController()
  const wait = (limitMs: number, why: string) => {
    const { signal } = waiting
    const either = AbortSignal.any([signal, host.signal])
    void host.clock.sleep(limitMs, either).then(() => {
      if (either.aborted || offer.requested() > 0) return
      watch = { phase: 'over' }
      onSilence(why)
    })
  }
  return {
    see: line => {
      const [, number, of] = /^Step (\d+)\/(\d+) : /.exec(line) ?? []
      if (number !== undefined) {
        const begun = { step: Number(number), of: Number(of) }
        if (!follows(begun, last)) return
        last = begun
      }
      const next = nextWatch(watch, line, step, host.clock.now())
      if (next === watch) return
      watch = next
      waiting.abort()
      waiting = new AbortController()
      if (!('limitMs' in watch)) return
      hasBegun = true
      wait(watch.limitMs, whyOf(watch.phase, watch.limitMs))
    },
    hasBegun: () => hasBegun,
    end: () => {
      watch = { phase: 'over' }
      waiting.abort()
    },
  }
}

function whyOf(phase: 'installing' | 'downloading', limitMs: number): string {
  const since = phase === 'installing' ? 'of the step that installs it' : 'of the download'
  return `nothing asked for it within ${limitMs / 1000} s ${since}`
}

/**
 * True where a build that failed, or was ended, may have failed for want of the installer: it was at the step that fetches it, and
 * has not got it. Before that step, and after a whole delivery, the failure is the build's own, and a copy would not mend it.
 */
export function lacksInstaller(offer: Pick<Offer, 'requested' | 'delivered'>, watch: Pick<DeliveryWatch, 'hasBegun'>): boolean {
  return offer.delivered() === 0 && (watch.hasBegun() || offer.requested() > 0)
}
