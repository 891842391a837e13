/** One container: its process is the entry point of a node, its engine watches, restarts and remembers. */

import { type RunningProcess, startProcess } from '../node/process.ts'
import { powerShellStartsMs, runContainer, shirSettingsOf } from '../node/situation.ts'
import { checkHealth } from '../scripts/health-check.ts'
import { createMachine, type Machine, type Process, shutdownExitCode } from '../shir/machine.ts'
import {
  type ContainerSpec,
  type ContainerState,
  type LogLine,
  processEnvironment,
  type RestartPolicy,
} from './container-spec.ts'
import type { EventLog } from './event-log.ts'
import { createHealth, type Health } from './health.ts'
import { type EngineOptions, speaksApi } from './options.ts'
import type { Runtime, Runtimes } from './runtimes.ts'
import type { Clock } from './time.ts'

export interface Container {
  readonly id: string
  readonly created: number
  readonly spec: ContainerSpec
  readonly log: readonly LogLine[]
  /** Where its key leads. */
  readonly runtime: Runtime
  /** What is inside; undefined until it is started for the first time. */
  readonly machine: Machine | undefined
  name: string
  restartPolicy: RestartPolicy
  state(): ContainerState
  /** `State.Health`; undefined without a health check. */
  health(): object | undefined
  start(): void
  /** Asks the process to end, and ends it after `timeoutMs` of container time. */
  stop(timeoutMs: number): Promise<void>
  kill(): void
  /** Only what is seen and asked of it changes: the program inside goes on. */
  pause(): void
  unpause(): void
  /** Runs another program inside, which ends with the container at the latest. */
  execute(program: (machine: Machine, process: Process) => Promise<number>, print: (line: string) => void): Promise<number>
  /** Forgets timers; for `rm` and for the end of the engine. */
  dispose(): void
  tell(action: string, more?: Readonly<Record<string, string>>): void
}

/** What a container needs of its engine. */
export interface Surroundings {
  readonly options: EngineOptions
  readonly clock: Clock
  readonly events: EventLog
  readonly runtimes: Runtimes
}

const firstBackoffMs = 100
/** A run longer than this starts the backoff anew (moby's restartmanager). */
const steadyMs = 10_000

export function createContainer(world: Surroundings, id: string, spec: ContainerSpec): Container {
  const { clock, options } = world
  const log: LogLine[] = []
  const timers = new Set<NodeJS.Timeout>()
  const environment = processEnvironment(spec.environment)
  const runtime = world.runtimes.of(environment.AUTH_KEY)
  let state: ContainerState = {
    status: 'created',
    exitCode: 0,
    pid: 0,
    startedAt: undefined,
    finishedAt: undefined,
    restartCount: 0,
  }
  let machine: Machine | undefined
  let main: RunningProcess | undefined
  const others = new Set<RunningProcess>()
  let wasStoppedByHand = false
  let backoffMs = firstBackoffMs
  let ended: (() => void) | undefined

  const later = (containerMs: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, clock.wall(containerMs))
    timers.add(timer)
    return () => {
      clearTimeout(timer)
      timers.delete(timer)
    }
  }
  const startProgram = (program: (process: Process) => Promise<number>, print: (line: string) => void) =>
    startProcess(program, {
      // Time is the container's, but for the moments in front of log lines: as all of the engine's, these are outside's.
      now: () => clock.container(clock.now()),
      date: () => new Date(clock.now()),
      ...{ later, print, shutdownExitCode: options.os === 'windows' ? shutdownExitCode : 143 },
    })
  /** Whatever runs inside is gone with the container. */
  const clear = () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    for (const process of [main, ...others]) process?.kill()
    main = undefined
    machine?.shir.kill()
    health?.stop()
  }
  const health: Health | undefined =
    spec.healthCheck === undefined
      ? undefined
      : createHealth(spec.healthCheck, clock, speaksApi(options, 44), {
          probe() {
            if (!machine) throw new Error('a container is probed only while it runs')
            const { exitCode, lines, takesMs } = checkHealth(machine)
            return { exitCode, output: lines.map(line => `${line}\n`).join(''), takesMs: powerShellStartsMs + takesMs }
          },
          changed: status => container.tell(`health_status: ${status}`),
          probed: exitCode => {
            const command = spec.healthCheck?.Test.slice(1).join(' ') ?? ''
            if (exitCode !== undefined) return container.tell('exec_die', { exitCode: String(exitCode) })
            container.tell(`exec_create: ${command}`)
            container.tell(`exec_start: ${command}`)
          },
        })

  const exited = (exitCode: number) => {
    clear()
    const finishedAt = clock.now()
    const ranMs = clock.container(finishedAt - (state.startedAt ?? finishedAt))
    const isRestarted = !wasStoppedByHand && restarts(container.restartPolicy, exitCode, state.restartCount)
    const restartCount = state.restartCount + (isRestarted ? 1 : 0)
    state = { ...state, status: isRestarted ? 'restarting' : 'exited', exitCode, pid: 0, finishedAt, restartCount }
    if (isRestarted) {
      backoffMs = ranMs > steadyMs ? firstBackoffMs : Math.min(60_000, backoffMs * (restartCount > 1 ? 2 : 1))
      later(backoffMs, begin)
    }
    container.tell('die', { exitCode: String(exitCode) })
    ended?.()
  }
  const begin = () => {
    state = { ...state, status: 'running', exitCode: 0, pid: 1000 + Math.floor(Math.random() * 30_000), startedAt: clock.now() }
    const inside = startMachine()
    const process = startProgram(
      own => runContainer(runtime.scenario, inside, own, later),
      text => void log.push({ at: clock.now(), text }),
    )
    main = process
    void process.exitCode.then(exitCode => main === process && exited(exitCode))
    health?.start()
    container.tell('start')
  }
  const startMachine = () => {
    if (machine) machine.shir.containerRestarted()
    else {
      const { service, scenario } = runtime
      const shirClock = { now: () => clock.container(clock.now()) }
      const settings = shirSettingsOf(scenario)
      machine = createMachine({ clock: shirClock, service, hostname: spec.hostname, environment, settings })
    }
    return machine
  }

  const container: Container = {
    id,
    created: clock.now(),
    spec,
    log,
    runtime,
    get machine() {
      return machine
    },
    name: spec.name,
    restartPolicy: spec.restartPolicy,
    state: () => state,
    health: () => health?.details(),
    start() {
      wasStoppedByHand = false
      backoffMs = firstBackoffMs
      state = { ...state, restartCount: 0 }
      begin()
    },
    async stop(timeoutMs) {
      wasStoppedByHand = true
      if (state.status === 'restarting') {
        clear()
        state = { ...state, status: 'exited' }
      } else if (state.status === 'running' || state.status === 'paused') {
        container.tell('kill', { signal: '15' })
        const gone = new Promise<void>(resolve => {
          ended = resolve
        })
        main?.shutDown()
        later(timeoutMs, () => container.kill())
        await gone
      }
      container.tell('stop')
    },
    kill() {
      wasStoppedByHand = true
      container.tell('kill', { signal: '9' })
      exited(137)
    },
    pause() {
      state = { ...state, status: 'paused' }
      health?.stop()
      container.tell('pause')
    },
    unpause() {
      state = { ...state, status: 'running' }
      health?.start()
      container.tell('unpause')
    },
    async execute(program, print) {
      const inside = machine
      if (!inside) throw new Error('a container runs nothing before it is started')
      const process = startProgram(own => program(inside, own), print)
      others.add(process)
      const exitCode = await process.exitCode
      others.delete(process)
      return exitCode
    },
    dispose: clear,
    tell: (action, more = {}) =>
      world.events.tell(action, id, { ...spec.labels, image: spec.imageName, name: container.name, ...more }),
  }
  return container
}

function restarts(policy: RestartPolicy, exitCode: number, restartCount: number): boolean {
  if (policy.name === 'no') return false
  if (policy.name === 'on-failure') return exitCode !== 0 && (policy.maximumRetries === 0 || restartCount < policy.maximumRetries)
  return true
}
