/** Docker's spellings of moments and durations, both ways. Moments are milliseconds since 1970, with fractions. */

/** Wall clock, and container time that runs `speed` times faster. */
export interface Clock {
  /** Now; never the same moment twice, so that a list of happenings can be sorted by it. */
  now(): number
  /** A container's duration in wall time. */
  wall(containerMs: number): number
  /** A wall duration in container time. */
  container(wallMs: number): number
}

export function createClock(speed: number): Clock {
  let last = 0
  return {
    now() {
      last = Math.max(Date.now(), last + 0.001)
      return last
    },
    wall: containerMs => containerMs / speed,
    container: wallMs => wallMs * speed,
  }
}

/** `2026-11-22T23:55:01.842309000Z`; undefined is Go's zero time. */
export function rfc3339Nano(at: number | undefined): string {
  if (at === undefined) return '0001-01-01T00:00:00Z'
  const whole = Math.floor(at)
  const nanos = Math.min(999_999, Math.round((at - whole) * 1e6))
  return `${new Date(whole).toISOString().slice(0, -1)}${String(nanos).padStart(6, '0')}Z`
}

const unitsMs: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Go's `time.ParseDuration` (`1m30s`, `500ms`) in milliseconds; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (!/^(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g))
    total += Number(amount) * (unitsMs[unit ?? ''] ?? 0)
  return total
}

/** `--since` and `--until`: seconds since 1970, RFC 3339, or a duration before now; undefined where it is none of them. */
export function parseMoment(text: string, now: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const duration = parseDuration(text)
  if (duration !== undefined) return now - duration
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  if (!match) return undefined
  const whole = Date.parse(`${match[1]}${match[3] ?? 'Z'}`)
  return Number.isNaN(whole) ? undefined : whole + Number(`0.${match[2] ?? '0'}`) * 1000
}
