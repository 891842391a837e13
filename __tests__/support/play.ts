import path from 'node:path'
import type { Host } from '../../src/host/host.ts'
import type { MemoryHost, MemoryOptions } from '../../src/host/memory.ts'
import { systemClock } from '../../src/host/process-parts.ts'
import { runStep } from '../../src/step.ts'
import type { TestMachine } from './machine.ts'

/** A step that was played, and in which order it said what. */
export interface Played extends MemoryHost {
  readonly order: readonly string[]
}

export interface PlayOptions {
  /** The run is cancelled at the first line that fits. */
  readonly cancelAt?: RegExp
  /** Another day than today. Its hours pass as they do. */
  readonly today?: string
}

/** Plays a whole step on a memory host. */
export async function play(
  machine: Pick<TestMachine, 'host'>,
  given: Pick<MemoryOptions, 'inputs' | 'environment'>,
  { cancelAt, today }: PlayOptions = {},
): Promise<Played> {
  const cancel = new AbortController()
  const aheadMs = today === undefined ? 0 : Date.parse(today) - Date.now()
  const clock = { ...systemClock, now: () => Date.now() + aheadMs }
  const host = machine.host({ ...given, clock, signal: cancel.signal })
  const order: string[] = []
  const listening = inOrder(host, order, line => cancelAt?.test(line) && cancel.abort())
  await runStep(listening, path.resolve('container'))
  return { ...host, order }
}

function inOrder(host: MemoryHost, order: string[], heard: (line: string) => void): Host {
  return {
    ...host,
    log: line => {
      host.log(line)
      heard(line)
    },
    group: (title, body) => {
      order.push(`group ${title}`)
      return host.group(title, body)
    },
    output: (name, value) => {
      if (order.at(-1) !== 'outputs') order.push('outputs')
      host.output(name, value)
    },
    summary: markdown => {
      order.push('summary')
      return host.summary(markdown)
    },
    annotate: annotation => {
      order.push(`annotation ${annotation.level}`)
      host.annotate(annotation)
    },
    fail: () => {
      order.push('fail')
      host.fail()
    },
  }
}
