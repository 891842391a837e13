import type { Host } from '../../host/host.ts'

const tellEveryMs = 5_000
const showEveryMs = 1_000

/** Tells how far a download is. */
export interface Progress {
  /** Bytes that came just now. */
  came(bytes: number): void
  /** How it was, when all is there: what came, in which time, at which rate. */
  told(): string
}

/**
 * A line every five seconds, and the host's own progress once a second: how much of how much, the rate of the last seconds, and the
 * time left at that rate.
 * @param already what an earlier run has fetched, in bytes
 */
export function progressOf(host: Host, already: number, size: number | undefined): Progress {
  const beganMs = host.clock.now()
  let have = already
  let fetched = 0
  let [lineAtMs, shownAtMs] = [beganMs, beganMs]
  let shownPercent = -1
  let [rateSinceMs, rateSinceBytes] = [beganMs, 0]

  /** @param share how much of the file, for a line of the log: a host's own progress shows a percentage already, the step's */
  const text = (nowMs: number, share = '') => {
    const rate = ((fetched - rateSinceBytes) * 1_000) / Math.max(1, nowMs - rateSinceMs)
    const parts = [
      size === undefined ? megabytes(have) : `${megabytes(have)} of ${megabytes(size)}${share}`,
      `${megabytes(rate)}/s`,
    ]
    if (size !== undefined && rate > 0) parts.push(`${duration(((size - have) * 1_000) / rate)} left`)
    return parts.join(', ')
  }
  const percent = () => (size ? Math.min(100, Math.floor((have * 100) / size)) : 0)

  return {
    came: bytes => {
      have += bytes
      fetched += bytes
      const nowMs = host.clock.now()
      if (nowMs - shownAtMs < showEveryMs) return
      shownAtMs = nowMs
      const isLine = nowMs - lineAtMs >= tellEveryMs
      const line = text(nowMs, ` (${percent()} %)`)
      if (size !== undefined && percent() !== shownPercent) {
        shownPercent = percent()
        host.progress(shownPercent, `Installer: ${text(nowMs)}`)
      }
      if (!isLine) return
      host.log(line)
      ;[lineAtMs, rateSinceMs, rateSinceBytes] = [nowMs, nowMs, fetched]
    },
    told: () => {
      const ms = host.clock.now() - beganMs
      const rate = ms < 1_000 ? '' : `, ${megabytes((fetched * 1_000) / ms)}/s`
      return `${megabytes(fetched)} in ${duration(ms)}${rate}`
    },
  }
}

/** Bytes as a person reads them. */
export function megabytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} KB`
  return bytes < 10_000_000_000 ? `${(bytes / 1_000_000).toFixed(0)} MB` : `${(bytes / 1_000_000_000).toFixed(0)} GB`
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
