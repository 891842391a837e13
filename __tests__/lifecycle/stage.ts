import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import type { StepBench } from '../engine/step-bench.ts'
import { endProcessesWith } from '../runners/orphans.ts'

/** A machine for the steps of one test, before the real engine, whose docker can be told to do something else first. */
export interface Stage {
  readonly folders: Readonly<Record<'workspace' | 'toolCache' | 'temp' | 'home', string>>
  readonly environment: Readonly<Record<string, string>>
  /** Shell lines that each docker command runs before it becomes docker: `$1` is its first word, `$PPID` the step. */
  before(lines: string): Promise<void>
  /** What this stage's steps have left, in words. */
  leftovers(): Promise<readonly string[]>
  remove(): Promise<void>
}

export async function openStage(bench: StepBench, containerName: string): Promise<Stage> {
  const root = await mkdtemp(path.join(tmpdir(), 'shir-lifecycle-'))
  const at = (name: string) => path.join(root, name)
  const folders = { workspace: at('workspace'), toolCache: at('tools'), temp: at('temp'), home: at('home') }
  for (const folder of [...Object.values(folders), at('bin')]) await mkdir(folder)
  const tracking = `RUNNER_TRACKING_ID=${randomUUID()}`
  const real = (process.env.PATH ?? '').split(':').map(folder => path.join(folder, 'docker'))
  const before = async (lines: string) => {
    const find = real.map(file => `[ -x '${file}' ] && exec '${file}' "$@"`).join('\n')
    await writeFile(at('bin/docker'), `#!/bin/sh\n${lines}\n${find}\n`)
    await chmod(at('bin/docker'), 0o755)
  }
  await before('')
  return {
    folders,
    before,
    environment: {
      ...bench.engine.docker.environment,
      PATH: `${at('bin')}:/usr/bin:/bin`,
      HOME: folders.home,
      XDG_CACHE_HOME: at('tools'),
      TMPDIR: folders.temp,
      AUTH_KEY: rehearsalKey(),
      RUNNER_TRACKING_ID: tracking.slice(tracking.indexOf('=') + 1),
    },
    leftovers: async () => [
      ...(await endProcessesWith(tracking)),
      ...(await bench.containers(containerName)).map(id => `container ${id}`),
      ...(await filesBelow(folders.temp)).filter(name => !/\.md$|\.taskkey$/.test(name)),
      ...(await filesBelow(at('tools'))).filter(name => /(?:^|\/)(?:journal|parts)\/|installer\.json\./.test(name)),
    ],
    remove: () => rm(root, { recursive: true, force: true }),
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter(entry => entry.isFile()).map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
}

export async function journalsBelow({ folders }: Stage): Promise<readonly string[]> {
  const names = (await filesBelow(folders.toolCache)).filter(name => name.includes('journal/'))
  return Promise.all(names.map(name => readFile(path.join(folders.toolCache, name), 'utf8')))
}

export interface Ended {
  readonly code: number | null
  readonly said: string
  /** From the first signal on, in milliseconds. */
  readonly tookMs: number
}

/**
 * Runs the terminal command, and sends it a signal at the first line that fits. The time is taken from there.
 */
export async function runTerminal(
  script: string,
  args: readonly string[],
  stage: Stage,
  signal?: { readonly at: RegExp; readonly name: NodeJS.Signals },
): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: stage.folders.workspace,
    env: { ...stage.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let signalledAt = Number.NaN
  const listen = (stream: NonNullable<ChildProcess['stdout']>) =>
    createInterface(stream).on('line', line => {
      said += `${line}\n`
      if (!signal?.at.test(line) || !Number.isNaN(signalledAt)) return
      signalledAt = performance.now()
      child.kill(signal.name)
    })
  listen(child.stdout)
  listen(child.stderr)
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  return { code, said, tookMs: performance.now() - signalledAt }
}
