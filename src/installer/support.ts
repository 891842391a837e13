import type { Warning } from '../contract/reasons.ts'
import type { Support } from '../contract/values.ts'
import { parseVersion } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import type { Recorder } from '../report/recorder.ts'
import { type KnownVersion, knownVersion, knownVersions } from './known.ts'

const dayMs = 86_400_000
/** Nothing that runs in containers was built earlier: the third part of 5.2.7713.1. */
const firstBuild = 7713
/** Two monthly releases: time enough to build another image. Microsoft’s own notice comes 90 days ahead. */
const soonDays = 60

/**
 * Notes until when a version is supported, and warns where that is past, near, or where the version was withdrawn. Says it once: the
 * version may be known before the installer is obtained, and is known afterwards.
 * @param version `undefined`, or the text in angle brackets that a dry run has, where it is not known
 */
export function tellSupport(version: string | undefined, record: Recorder, host: Host, known = knownVersions): void {
  if (version === undefined || parseVersion(version) === undefined || record.result.support?.version === version) return
  const nowMs = host.clock.now()
  const support = supportOf(version, nowMs, known)
  record.note({ support })
  if (support.expires !== undefined)
    host.log(
      `Supported until ${support.expires}${support.isEstimate ? ', or some weeks longer (estimated from its number)' : ''}`,
    )
  for (const { code, message } of warningsOf(support, nowMs, known)) record.warn(code, message)
}

/**
 * Until when a version is supported: one year after its publication (Microsoft’s page on SHIR’s automatic update). Where that day is
 * not known, one year after the day on which it was built, which is the earliest that it can be.
 */
export function supportOf(version: string, nowMs: number, known = knownVersions): Support {
  const published = knownVersion(version, known)?.published?.date
  const since = published ?? builtOn(version, nowMs)
  return { version, since, expires: since && oneYearAfter(since), isEstimate: since !== undefined && published === undefined }
}

/** What a person should know of a version before it becomes a node: `withdrawn`, and `expired` or `expires-soon`. */
export function warningsOf(support: Support, nowMs: number, known = knownVersions): readonly Warning[] {
  const withdrawn = knownVersion(support.version, known)?.withdrawn
  return [...(withdrawn ? [takenBack(support.version, withdrawn)] : []), ...windowWarning(support, nowMs)]
}

function takenBack(version: string, { why, source }: NonNullable<KnownVersion['withdrawn']>): Warning {
  return { code: 'withdrawn', message: `Microsoft withdrew version ${version}: ${why} (${source}). Take another version.` }
}

function windowWarning({ version, since, expires, isEstimate }: Support, nowMs: number): readonly Warning[] {
  if (expires === undefined) return []
  const daysLeft = Math.ceil((Date.parse(expires) - nowMs) / dayMs)
  const basis = isEstimate
    ? `one year after ${since}, when it was built by its number; it was published some weeks after that`
    : `one year after ${since}, when it was published`
  if (daysLeft <= 0)
    return [
      {
        code: 'expired',
        message: `The support of version ${version} ${isEstimate ? 'probably ' : ''}ended on ${expires} (${basis}). Nodes of an expired version go offline: take a newer one.`,
      },
    ]
  if (daysLeft > soonDays) return []
  return [
    {
      code: 'expires-soon',
      message: `The support of version ${version} ends on ${expires}${isEstimate ? ' at the earliest' : ''}, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} (${basis}). Build an image of a newer one before that.`,
    },
  ]
}

/**
 * The day on which a version was built, `YYYY-MM-DD`: the third part counts the days since 1 January 2000. No document says so;
 * it holds for every version of `known.json`, each of which was published 10 to 51 days after that day.
 * @returns `undefined` where that day is before the first version for containers, or has not come yet at `nowMs`: no such number is a day
 */
export function builtOn(version: string, nowMs: number): string | undefined {
  const build = parseVersion(version)?.[2] ?? 0
  const ms = Date.UTC(2000, 0, 1) + build * dayMs
  return build < firstBuild || ms > nowMs ? undefined : dayOf(ms)
}

function oneYearAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return dayOf(Date.UTC(year + 1, month - 1, date))
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
