/**
 * The life of a node as a timeline: the entry point is run over the state machine in virtual time, and what it prints, what its health
 * check says and how it ends is written down. For whoever cannot run the state machine itself, such as the real engine's twin of a
 * node (`__tests__/engine`). Offsets are milliseconds on the time scale of a real SHIR. No line ever holds the key.
 */
import { checkHealth } from '../scripts/health-check.ts'
import { runStopScript } from '../scripts/stop-script.ts'
import { createMachine, type Machine, type Process, shutdownExitCode } from '../shir/machine.ts'
import { type RunningProcess, startProcess } from './process.ts'
import { rehearsalKey, type Scenario } from './scenario.ts'
import { createRuntime, runContainer, shirSettingsOf } from './situation.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'

export type Step =
  | { readonly at: number; readonly kind: 'line'; readonly stamp: Stamp; readonly text: string }
  /** What a health check is answered from now on. */
  | { readonly at: number; readonly kind: 'health'; readonly exitCode: number; readonly output: string }
  /** From now on the container takes itself for registered, over restarts. */
  | { readonly at: number; readonly kind: 'registered' }
  | { readonly at: number; readonly kind: 'exit'; readonly exitCode: number }

/** How the moment stands in front of a line: as our scripts write it, as upstream's do, or not at all. */
export type Stamp = 'ours' | 'upstream' | 'none'

export interface LifeOptions {
  readonly node: string
  /** The high-availability port; undefined without high availability. */
  readonly port: string | undefined
  /** The one of the scenario, unless told. */
  readonly key?: string
  /** The life of the container's second start, after it was ended in its first. */
  readonly isSecondStart?: boolean
  /** Another node of the same set has been registered before this one. */
  readonly isSecondNode?: boolean
}

/** Long enough for every ending; a life that has none goes on for ever as it is then. */
const lengthMs = 400_000

/** The timeline of one start of a container, in order of time. It ends with an exit, or goes on for ever. */
export async function scenarioLife(scenario: Scenario, options: LifeOptions): Promise<readonly Step[]> {
  const stage = setStage(scenario, options)
  const first = await stage.start()
  if (!options.isSecondStart) return first.steps
  first.end()
  stage.machine.shir.containerRestarted()
  return (await stage.start()).steps
}

/** What a healthy node does when Windows ends it (`docker stop`); offsets from that request. */
export async function shutdownLife(): Promise<readonly Step[]> {
  const stage = setStage('healthy', { node: 'node', port: undefined })
  const running = await stage.start(120_000)
  running.shutDown()
  return running.next()
}

/** What stop.ps1 says and when it ends, and what the container still does after that; offsets from either's beginning. */
export async function stopLife(): Promise<{ readonly script: readonly Step[]; readonly container: readonly Step[] }> {
  const stage = setStage('healthy', { node: 'node', port: undefined })
  const running = await stage.start(120_000)
  const script = record(stage.clock, process => runStopScript(stage.machine, process))
  const steps = await running.next()
  const endsAt = script.steps.at(-1)?.at ?? 0
  const health = steps.filter(step => step.kind === 'health')
  const rest = steps.filter(step => step.kind !== 'health').map(step => ({ ...step, at: Math.max(0, step.at - endsAt) }))
  return { script: [...health, ...script.steps].sort((a, b) => a.at - b.at), container: rest }
}

interface Stage {
  readonly machine: Machine
  readonly clock: VirtualClock
  /** Starts the container and lets that much time pass. */
  start(ms?: number): Promise<Running>
}

interface Running {
  readonly steps: readonly Step[]
  shutDown(): void
  /** What comes after this moment, with offsets from it. */
  next(): Promise<readonly Step[]>
  end(): void
}

function setStage(scenario: Scenario, options: LifeOptions): Stage {
  const { node, port, key = rehearsalKey(`rehearsal-${scenario}`), isSecondNode = false } = options
  const clock = createVirtualClock(Date.UTC(2026, 0, 1))
  const service = createRuntime(scenario, key, clock)
  const other = { key, name: 'other', machine: 'OTHER', remoteAccess: true, expirySeconds: undefined }
  if (isSecondNode) service.register(other)
  const ha = port === undefined ? {} : { ENABLE_HA: 'true', HA_PORT: port }
  const environment = { AUTH_KEY: key, NODE_NAME: node, ...ha }
  const machine = createMachine({ clock, service, hostname: 'machine', environment, settings: shirSettingsOf(scenario) })

  async function start(ms = lengthMs): Promise<Running> {
    const recording = record(clock, process => {
      const later = (afterMs: number, act: () => void) => clock.later(afterMs, () => !recording.isOver() && act())
      return runContainer(scenario, machine, process, later)
    })
    watch(machine, recording, clock)
    await clock.pass(ms, recording.isOver)
    return {
      steps: recording.steps,
      shutDown: recording.process.shutDown,
      async next() {
        recording.restart()
        await clock.pass(lengthMs, recording.isOver)
        return recording.steps
      },
      end: recording.process.kill,
    }
  }
  return { machine, clock, start }
}

interface Recording {
  readonly steps: readonly Step[]
  readonly process: RunningProcess
  add(step: Watched): void
  isOver(): boolean
  /** Forgets what has been, and counts time from now on. */
  restart(): void
}

/** Starts a script and writes down what it prints and how it ends. */
function record(clock: VirtualClock, script: (process: Process) => Promise<number>): Recording {
  const steps: Step[] = []
  let began = clock.now()
  let isOver = false
  const at = () => clock.now() - began
  const process = startProcess(script, {
    now: clock.now,
    date: () => new Date(clock.now()),
    print: line => steps.push(lineStep(at(), line)),
    later: clock.later,
    shutdownExitCode,
  })
  void process.exitCode.then(exitCode => {
    steps.push({ at: at(), kind: 'exit', exitCode })
    isOver = true
  })
  return {
    steps,
    process,
    add: step => steps.push({ ...step, at: at() }),
    isOver: () => isOver,
    restart() {
      steps.length = 0
      began = clock.now()
    },
  }
}

type Watched = { readonly kind: 'health'; readonly exitCode: number; readonly output: string } | { readonly kind: 'registered' }

/** Looks at a node once a second for as long as it is recorded. */
function watch(machine: Machine, recording: Recording, clock: VirtualClock): void {
  const isRegistered = () => machine.memory.registration === 'registered'
  let word = ''
  let wasRegistered = isRegistered()
  const look = () => {
    if (recording.isOver()) return
    const { exitCode, lines } = checkHealth(machine)
    const output = lines.join('\n')
    if (output !== word) recording.add({ kind: 'health', exitCode, output })
    if (!wasRegistered && isRegistered()) recording.add({ kind: 'registered' })
    word = output
    wasRegistered = isRegistered()
    clock.later(1_000, look)
  }
  look()
}

const stamps = { ours: /^\[\d{4}-[\d-]+T[\d:]+Z\] /, upstream: /^\[\d\d\/\d\d\/\d{4} [\d:]+\] / } as const

function lineStep(at: number, line: string): Step {
  const stamp = stamps.ours.test(line) ? 'ours' : stamps.upstream.test(line) ? 'upstream' : 'none'
  return { at, kind: 'line', stamp, text: stamp === 'none' ? line : line.replace(stamps[stamp], '') }
}
