/** One container: its process plays a node's life, its engine watches, restarts and remembers. */
import { lastWords, type NodeState, nodeAt, nodeLife, type Situation, type Step, stampedLine } from '../node/life.ts'
import {
  type ContainerSpec,
  type ContainerState,
  type LogLine,
  processEnvironment,
  type RestartPolicy,
} from './container-spec.ts'
import { createHealth, type Health } from './health.ts'
import { speaksApi, type World } from './world.ts'

export interface Container {
  readonly id: string
  readonly created: number
  readonly spec: ContainerSpec
  readonly log: readonly LogLine[]
  name: string
  restartPolicy: RestartPolicy
  state(): ContainerState
  /** `State.Health`; undefined without a health check. */
  health(): object | undefined
  /** The node inside and what the service knows of it. */
  node(): NodeState
  registeredAt(): number | undefined
  start(): void
  /** Asks the process to end, and ends it after `timeoutMs` of container time. */
  stop(timeoutMs: number): Promise<void>
  kill(): void
  /** Stops SHIR inside, while the container runs on. */
  stopService(): void
  /** Forgets timers; for `rm` and for the end of the engine. */
  dispose(): void
  tell(action: string, more?: Readonly<Record<string, string>>): void
}

const probeTakesMs = 1500
const firstBackoffMs = 100
/** A run longer than this starts the backoff anew (moby's restartmanager). */
const steadyMs = 10_000

export function createContainer(world: World, id: string, spec: ContainerSpec): Container {
  const { clock, options } = world
  const log: LogLine[] = []
  const timers = new Set<NodeJS.Timeout>()
  const situation = (): Situation => ({
    environment: processEnvironment(spec.environment),
    hostname: spec.hostname,
    isRegistered: registeredAt !== undefined,
  })
  let state: ContainerState = {
    status: 'created',
    exitCode: 0,
    pid: 0,
    startedAt: undefined,
    finishedAt: undefined,
    restartCount: 0,
  }
  let life: readonly Step[] = []
  let registeredAt: number | undefined
  let isServiceStopped = false
  let wasStoppedByHand = false
  let backoffMs = firstBackoffMs
  let ended: (() => void) | undefined

  const later = (containerMs: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, clock.wall(containerMs))
    timers.add(timer)
  }
  const clearTimers = () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }
  const print = (stream: LogLine['stream'], text: string) => void log.push({ at: clock.now(), stream, text })
  const play = (step: Step) => {
    if (step.kind === 'log') print(step.stream, stampedLine(step.text, new Date(clock.now())))
    if (step.kind === 'event') print('stdout', `SHIR-EVENT ${JSON.stringify({ code: step.code })}`)
    if (step.kind === 'service' && step.status === 'Initializing') registeredAt ??= clock.now()
    if (step.kind === 'exit') exited(step.exitCode)
  }
  const node = (): NodeState => {
    if (state.status !== 'running')
      return { ...nodeAt([], 0), status: registeredAt === undefined ? 'NeedRegistration' : 'Offline', exitCode: state.exitCode }
    const now = nodeAt(life, clock.container(clock.now() - (state.startedAt ?? 0)))
    return isServiceStopped ? { ...now, health: { exitCode: 1, output: 'Disconnected' }, status: 'Offline' } : now
  }
  const health: Health | undefined =
    spec.healthCheck === undefined
      ? undefined
      : createHealth(spec.healthCheck, clock, speaksApi(options, 44), {
          probe: () => ({ ...node().health, output: `${node().health.output}\n`, takesMs: probeTakesMs }),
          changed: status => container.tell(`health_status: ${status}`),
          probed: exitCode => {
            const command = spec.healthCheck?.Test.slice(1).join(' ') ?? ''
            if (exitCode !== undefined) return container.tell('exec_die', { exitCode: String(exitCode) })
            container.tell(`exec_create: ${command}`)
            container.tell(`exec_start: ${command}`)
          },
        })

  const exited = (exitCode: number) => {
    clearTimers()
    health?.stop()
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
    life = nodeLife(situation())
    isServiceStopped = false
    state = { ...state, status: 'running', exitCode: 0, pid: 1000 + Math.floor(Math.random() * 30_000), startedAt: clock.now() }
    for (const step of life) later(step.at, () => play(step))
    health?.start()
    container.tell('start')
  }

  const container: Container = {
    id,
    created: clock.now(),
    spec,
    log,
    name: spec.name,
    restartPolicy: spec.restartPolicy,
    state: () => state,
    health: () => health?.details(),
    node,
    registeredAt: () => registeredAt,
    start() {
      wasStoppedByHand = false
      backoffMs = firstBackoffMs
      state = { ...state, restartCount: 0 }
      begin()
    },
    async stop(timeoutMs) {
      wasStoppedByHand = true
      if (state.status === 'restarting') {
        clearTimers()
        state = { ...state, status: 'exited' }
      } else if (state.status === 'running') {
        container.tell('kill', { signal: '15' })
        clearTimers()
        const gone = new Promise<void>(resolve => {
          ended = resolve
        })
        for (const step of lastWords) later(step.at, () => play(step))
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
    stopService() {
      print('stdout', stampedLine('Stop the node connection', new Date(clock.now())))
      isServiceStopped = true
    },
    dispose() {
      clearTimers()
      health?.stop()
    },
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
