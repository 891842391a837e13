import type { ReasonCode } from '../contract/reasons.ts'
import type { Observation } from '../contract/values.ts'
import { diagnose } from './diagnosis.ts'

/** How long a node may take, and how long it must then stay good. */
export interface Policy {
  readonly healthTimeoutMs: number
  readonly soakMs: number
}

/** What is remembered of the observations so far. */
export interface Watch {
  readonly beganMs: number
  readonly healthySinceMs: number | undefined
  readonly silentSinceMs: number | undefined
  /** Restarts before we looked are another story. */
  readonly restartsBefore: number | undefined
  readonly status: string
  readonly health: string
  readonly lastProbe: string
  readonly lines: readonly string[]
  /** Of the lines, those since the node was last healthy: what it said before that is over. */
  readonly suspect: readonly string[]
}

export interface Ruling {
  readonly outcome: 'healthy' | 'failed' | 'skipped'
  readonly reason: ReasonCode | undefined
  readonly message: string
}

/** How long the engine may say nothing before the gate gives up. */
const longestSilenceMs = 60_000
/** Log lines that are remembered: the telling one stands near the end. */
const mostLines = 1_000

export function beginWatch(nowMs: number): Watch {
  return {
    beganMs: nowMs,
    healthySinceMs: undefined,
    silentSinceMs: undefined,
    restartsBefore: undefined,
    status: 'unknown',
    health: 'none',
    lastProbe: '',
    lines: [],
    suspect: [],
  }
}

/** Folds one observation into what is known; with a ruling as soon as there can be one. Pure. */
export function judge(
  watch: Watch,
  seen: Observation,
  policy: Policy,
): { readonly watch: Watch; readonly ruling: Ruling | undefined } {
  if (seen.kind === 'planned')
    return { watch, ruling: { outcome: 'skipped', reason: undefined, message: 'nothing was gated in a dry run' } }
  if (seen.kind === 'gone') return { watch, ruling: failed('gone', 'the container is gone: someone else removed it') }
  if (seen.kind === 'silent') {
    const silentSinceMs = watch.silentSinceMs ?? seen.atMs
    const isTooLong = seen.atMs - silentSinceMs >= Math.min(longestSilenceMs, policy.healthTimeoutMs)
    return { watch: { ...watch, silentSinceMs }, ruling: isTooLong ? failed('engine-unreachable', seen.why) : undefined }
  }
  const isHealthy = seen.status === 'running' && seen.health === 'healthy'
  const next: Watch = {
    ...watch,
    silentSinceMs: undefined,
    restartsBefore: watch.restartsBefore ?? seen.restartCount,
    healthySinceMs: isHealthy ? (watch.healthySinceMs ?? seen.atMs) : undefined,
    status: seen.status,
    health: seen.health ?? 'none',
    lastProbe: seen.probes.at(-1)?.output.split(/\r?\n/).at(-1) ?? watch.lastProbe,
    lines: [...watch.lines, ...seen.lines].slice(-mostLines),
    suspect: isHealthy ? [] : [...watch.suspect, ...seen.lines].slice(-mostLines),
  }
  return { watch: next, ruling: failure(next, seen, policy) ?? (isHealthy ? success(next, seen.atMs, policy) : undefined) }
}

type Seen = Extract<Observation, { kind: 'seen' }>

function failure(watch: Watch, seen: Seen, policy: Policy): Ruling | undefined {
  const isHealthy = watch.healthySinceMs !== undefined
  const finding = diagnose(watch.suspect)
  if (finding) return failed(finding.code, `the container’s log says: ${finding.line.replace(/[.\s]+$/, '')}`)
  if (seen.restartCount > (watch.restartsBefore ?? 0) || seen.status === 'restarting')
    return failed(
      'restart-loop',
      `the container ended (exit code ${seen.exitCode}) and was restarted ${times(seen.restartCount)}`,
    )
  if (seen.status === 'exited' || seen.status === 'dead')
    return failed('exited', `the container ended with exit code ${seen.exitCode}`)
  if (seen.status === 'removing') return failed('gone', 'someone else is removing the container')
  if (seen.status === 'created') return failed('start-failed', 'the container was made, but never started')
  if (seen.health === undefined) return failed('no-health-check', 'the image has no health check')
  // A paused container's probes fail for that alone: it may go on, or the time-out says that it is paused.
  if (seen.health === 'unhealthy' && seen.status !== 'paused')
    return failed('unhealthy', `its health check fails${watch.lastProbe && `: ${watch.lastProbe}`}`)
  if (!isHealthy && seen.atMs - watch.beganMs >= policy.healthTimeoutMs)
    return failed(
      'timeout',
      `it was not healthy in time (${seen.status}, ${watch.health}${watch.lastProbe && `: ${watch.lastProbe}`})`,
    )
  return undefined
}

function success(watch: Watch, nowMs: number, { soakMs }: Policy): Ruling | undefined {
  return nowMs - (watch.healthySinceMs ?? nowMs) >= soakMs
    ? { outcome: 'healthy', reason: undefined, message: 'healthy' }
    : undefined
}

function failed(reason: ReasonCode, message: string): Ruling {
  return { outcome: 'failed', reason, message }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
