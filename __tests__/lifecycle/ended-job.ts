import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { type Copies, type HostName, spelled } from '../bundles/copies.ts'
import type { StepBench } from '../engine/step-bench.ts'
import { runOnAzure } from '../runners/azure.ts'
import { runOnGitHub } from '../runners/github.ts'
import type { StepControl, StepRecord, StepRequest } from '../runners/record.ts'
import type { Stage } from './stage.ts'

/** Where a step stands: at a line that it says, at its first docker of that word, or at what someone else sees of it. */
export type Moment =
  | { readonly line: RegExp }
  | { readonly docker: string }
  /** Calls `then` at that moment; the answer ends the watch. */
  | { readonly seen: (then: () => void) => () => void }

export interface EndedJob {
  readonly record: StepRecord
  /** Containers, networks, folders, files and processes that are there when the job is over. */
  readonly left: readonly string[]
}

export interface JobOrder {
  readonly host: HostName
  /** In camelCase. */
  readonly inputs: Readonly<Record<string, string>>
  readonly at: Moment
  /** What becomes of the step there. */
  readonly act: (control: StepControl) => unknown
  /** Shell lines that each docker runs first; see {@link Stage.before}. */
  readonly before?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly onSignal?: StepRequest['onSignal'] | undefined
}

/** Runs a job as its host's runner does, the post step too, and does something to its step in the midst of it. */
export async function endedJob(bench: StepBench, copies: Copies, stage: Stage, name: string, order: JobOrder): Promise<EndedJob> {
  const { host, at, act, before = '', environment, onSignal } = order
  const { workspace, toolCache, temp, home } = stage.folders
  const { RUNNER_TRACKING_ID: _, ...own } = stage.environment
  let control: StepControl | undefined
  let hasActed = false
  const reached = () => {
    if (hasActed || control === undefined) return
    hasActed = true
    act(control)
  }
  await stage.before(`${'docker' in at ? `[ "$1" = ${at.docker} ] && : > '${path.join(home, 'reached')}'` : ''}\n${before}`)
  const watchers = ['docker' in at && whenThereIs(home, 'reached', reached), 'seen' in at && at.seen(reached)].filter(
    one => one !== false,
  )
  try {
    const request = {
      inputs: Object.fromEntries(Object.entries(order.inputs).map(([key, value]) => [spelled(host, key), value])),
      ...{ node: process.execPath, environment: { ...own, ...environment }, workspace, toolCache, temp, onSignal },
      onLine: (line: string, its: StepControl) => {
        control = its
        if ('line' in at && at.line.test(line)) reached()
      },
    } satisfies Partial<StepRequest>
    const folder = copies.folder[host]
    const record = await (host === 'github' ? runOnGitHub({ folder, ...request }) : runOnAzure({ folder, ...request }))
    if (!hasActed) throw new Error(`The step was never there:\n${record.raw}`)
    return { record, left: await leftOf(bench, stage, name) }
  } finally {
    for (const stop of watchers) stop()
  }
}

function whenThereIs(folder: string, file: string, then: () => void): () => void {
  const watcher = watch(folder, (_, changed) => {
    if (changed === file) then()
  })
  return () => watcher.close()
}

/** The engine says that it has made a container of that name. */
export function whenMade(bench: StepBench, container: string, then: () => void): () => void {
  const filters = ['type=container', 'event=create', `container=${container}`].flatMap(filter => ['--filter', filter])
  const child = spawn('docker', ['events', '--since', String(Math.floor(Date.now() / 1_000)), ...filters], {
    env: { ...bench.engine.docker.environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  createInterface(child.stdout).on('line', then)
  return () => child.kill()
}

/** What a job of that name has left on the engine and on the disk, in words. */
async function leftOf(bench: StepBench, stage: Stage, name: string): Promise<readonly string[]> {
  const ids = async (...argv: readonly string[]) =>
    (await bench.engine.docker(...argv)).stdout.split('\n').filter(id => id !== '')
  // The engine ends what a build step runs a moment after it was told; the label is the Dockerfile's.
  const building = ['ps', '-a', '-q', '--filter', `label=building=${name}`]
  for (const id of await ids(...building)) await bench.engine.docker('wait', id)
  return [
    ...(await stage.leftovers()),
    ...(await ids(...building, '--filter', 'status=running')).map(id => `build container ${id}`),
    ...(await ids('network', 'ls', '-q', '--filter', `name=${name}`)).map(id => `network ${id}`),
    ...(await readdir(stage.folders.temp)).filter(entry => /^shir-(?:build|env)-/.test(entry)).map(entry => `folder ${entry}`),
  ]
}
