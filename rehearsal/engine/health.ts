/** Docker's health state machine, as moby's daemon/health.go has it. */
import type { HealthCheck } from './image.ts'
import { type Clock, rfc3339Nano } from './time.ts'

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy'

export interface ProbeResult {
  readonly exitCode: number
  readonly output: string
  /** How long the probe takes, in container time. */
  readonly takesMs: number
}

export interface Health {
  /** The container started: probes begin, earlier results stay in the log. */
  start(): void
  /** The container ended: without an event it counts as unhealthy. */
  stop(): void
  /** `State.Health` in inspect. */
  details(): object
}

export interface HealthHooks {
  /** Asks the node, now. */
  probe(): ProbeResult
  changed(status: HealthStatus): void
  probed(exitCode: number | undefined): void
}

interface ProbeRecord {
  readonly start: number
  readonly end: number
  readonly exitCode: number
  readonly output: string
}

/** `hasStartInterval`: engines from API 1.44 on probe every 5 s (or `StartInterval`) while the start period lasts. */
export function createHealth(check: HealthCheck, clock: Clock, hasStartInterval: boolean, hooks: HealthHooks): Health {
  const ms = (nanoseconds: number | undefined, otherwise: number) => (nanoseconds ? nanoseconds / 1e6 : otherwise)
  const interval = ms(check.Interval, 30_000)
  const timeout = ms(check.Timeout, 30_000)
  const startPeriod = ms(check.StartPeriod, 0)
  const startInterval = ms(check.StartInterval, 5000)
  const retries = check.Retries || 3

  let status: HealthStatus = 'starting'
  let failingStreak = 0
  let log: readonly ProbeRecord[] = []
  let startedAt = 0
  let timer: NodeJS.Timeout | undefined

  const inStartPeriod = (at: number) => clock.container(at - startedAt) < startPeriod
  const schedule = () => {
    const isEarly = hasStartInterval && status === 'starting' && inStartPeriod(clock.now())
    timer = setTimeout(begin, clock.wall(isEarly ? startInterval : interval))
  }
  const begin = () => {
    const start = clock.now()
    const answer = hooks.probe()
    hooks.probed(undefined)
    const isLate = answer.takesMs > timeout
    const exitCode = isLate ? -1 : answer.exitCode
    const output = isLate ? `Health check exceeded timeout (${timeout / 1000}s)` : answer.output
    timer = setTimeout(
      () => {
        hooks.probed(exitCode)
        take({ start, end: clock.now(), exitCode, output })
        schedule()
      },
      clock.wall(Math.min(answer.takesMs, timeout)),
    )
  }
  const take = (record: ProbeRecord) => {
    log = [...log, record].slice(-5)
    const before = status
    if (record.exitCode === 0) {
      failingStreak = 0
      status = 'healthy'
    } else if (status !== 'starting' || !inStartPeriod(record.start)) {
      failingStreak++
      if (failingStreak >= retries) status = 'unhealthy'
    }
    if (status !== before) hooks.changed(status)
  }

  return {
    start() {
      status = 'starting'
      failingStreak = 0
      startedAt = clock.now()
      schedule()
    },
    stop() {
      clearTimeout(timer)
      status = 'unhealthy'
    },
    details: () => ({
      Status: status,
      FailingStreak: failingStreak,
      Log: log.map(({ start, end, exitCode, output }) => ({
        Start: rfc3339Nano(start),
        End: rfc3339Nano(end),
        ExitCode: exitCode,
        Output: output.slice(0, 4096),
      })),
    }),
  }
}
