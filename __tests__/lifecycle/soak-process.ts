/** The process in which a soak's steps run, one after the other: it is told a step over IPC, and tells what is left of it. */
import { getEventListeners } from 'node:events'
import { readdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { Machine } from '../../src/host/host.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { systemClock } from '../../src/host/process-parts.ts'
import { runUndo } from '../../src/undo.ts'
import { play } from '../support/play.ts'

export interface SoakStep {
  readonly machine: Machine
  readonly inputs: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  /** A pattern: the step is cancelled at the first line that fits. */
  readonly cancelAt?: string
}

/** What a process holds after a step and its post step. */
export interface Held {
  /** In bytes, after a collection. */
  readonly memory: number
  /** Open files and sockets, timers, children. */
  readonly handles: number
  /** Listeners on the steps' signals, and steps that the collector could not take. */
  readonly listeners: number
  readonly steps: number
}

export interface SoakReport extends Held {
  readonly outputs: Readonly<Record<string, string>>
  readonly said: string
}

declare const gc: () => void

const steps: WeakRef<readonly string[]>[] = []
let listeners = 0
let usual = 0

process.on('message', (step: SoakStep) => void run(step).then(report => process.send?.(report)))

async function run(step: SoakStep): Promise<SoakReport> {
  const { signals, ...ended } = await playWithPost(step)
  return { ...ended, ...(await held(signals)) }
}

/** As a runner does: the post step has the step's state, and a signal of its own. */
async function playWithPost({ machine, inputs, environment, cancelAt }: SoakStep) {
  const options = cancelAt === undefined ? {} : { cancelAt: new RegExp(cancelAt) }
  const bench = { host: (more = {}) => memoryHost({ machine, clock: systemClock, ...more }) }
  const host = await play(bench, { inputs, environment }, options)
  const { signal } = new AbortController()
  await runUndo({ ...host, signal })
  // Whoever holds a host holds its lines.
  steps.push(new WeakRef(host.lines))
  return { signals: [host.signal, signal], outputs: { ...host.outputs }, said: host.lines.join('\n') }
}

async function held(signals: AbortSignal[]): Promise<Held> {
  const handlesNow = () => readdirSync('/proc/self/fd').length + process.getActiveResourcesInfo().length
  const listenersNow = () => signals.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0)
  const stepsNow = () => steps.filter(step => step.deref() !== undefined).length
  const until = async (isDone: () => boolean) => {
    // A socket or a child may go a moment later, and on a busy machine later still. The step goes with the last of them.
    for (let tries = 0; tries < 40 && !isDone(); tries++) {
      await setTimeout(50)
      gc()
    }
  }
  gc()
  await until(() => handlesNow() <= usual && listenersNow() === 0)
  const handles = handlesNow()
  usual = handles
  listeners += listenersNow()
  signals.length = 0
  await until(() => stepsNow() === 0)
  gc()
  const { heapUsed, external } = process.memoryUsage()
  return { memory: heapUsed + external, handles, listeners, steps: stepsNow() }
}
