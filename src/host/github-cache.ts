import { type ChildProcess, fork, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { isMachineVariable, onlyVariables } from '../contract/machine-variables.ts'
import { messageOf } from '../contract/reasons.ts'
import type { CacheService, Found, Host } from './host.ts'

/** What the process that speaks to the cache service is asked, as JSON in its first argument. */
export interface CacheRequest {
  readonly kind: 'find' | 'restore' | 'save'
  readonly key: string
  readonly prefixes: readonly string[]
  readonly folder: string
}

/** What it answers, as its one message. Why something went wrong stands in the last line that it said. */
export interface CacheAnswer {
  readonly key: string | undefined
}

/** Where the process runs. */
export interface CacheMachine {
  readonly platform: NodeJS.Platform
  readonly environment: Host['environment']
}

/**
 * GitHub's cache service, spoken to by `@actions/cache` in a process of its own: it takes no signal, its sockets and its `tar` outlive
 * every limit, it finds its folders in the environment, and it raises annotations where a miss is meant. A process can be ended.
 * @param program the script `github-cache.mjs`
 */
export function githubCache(program: string, machine: CacheMachine): CacheService {
  return {
    find: (key, prefixes, folder, signal) => ask(program, machine, { kind: 'find', key, prefixes, folder }, signal),
    restore: (key, folder, signal) => ask(program, machine, { kind: 'restore', key, prefixes: [], folder }, signal),
    save: (key, folder, signal) => ask(program, machine, { kind: 'save', key, prefixes: [], folder }, signal),
  }
}

/** What `@actions/cache` 6.3.0 reads of the environment, and Node beside what is the machine's; no other token, and no input. */
const libraryVariables = new Set([
  'ACTIONS_CACHE_MODE',
  'ACTIONS_CACHE_SERVICE_V2',
  'ACTIONS_CACHE_URL',
  'ACTIONS_ORCHESTRATION_ID',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_RUNTIME_TOKEN',
  'CACHE_UPLOAD_CHUNK_SIZE',
  'CACHE_UPLOAD_CONCURRENCY',
  'GITHUB_REF',
  'GITHUB_SERVER_URL',
  'RUNNER_DEBUG',
  'SEGMENT_DOWNLOAD_TIMEOUT_MINS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
])

async function ask(program: string, machine: CacheMachine, request: CacheRequest, signal: AbortSignal): Promise<Found> {
  if (signal.aborted) return { key: undefined, why: undefined }
  let child: ChildProcess
  try {
    child = start(program, machine, request)
  } catch (error) {
    return { key: undefined, why: messageOf(error) }
  }
  return answerOf(child, machine, signal)
}

function start(program: string, { platform, environment }: CacheMachine, request: CacheRequest): ChildProcess {
  // A path is relative to the workspace and the current folder, in the archive as in the entry's version; archives go to the runner's temp folder.
  const cwd = path.dirname(request.folder)
  const passed = onlyVariables(environment, name => isMachineVariable(name) || libraryVariables.has(name.toUpperCase()))
  return fork(program, [JSON.stringify(request)], {
    cwd,
    env: { ...passed, GITHUB_WORKSPACE: cwd, RUNNER_TEMP: cwd },
    // A group of its own, so that it can be ended with its tar.
    detached: platform !== 'win32',
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

function answerOf(child: ChildProcess, machine: CacheMachine, signal: AbortSignal): Promise<Found> {
  return new Promise(resolve => {
    const words = listen(child)
    const stop = () => end(child, machine)
    signal.addEventListener('abort', stop, { once: true })
    let answer: CacheAnswer | undefined
    child.on('message', message => {
      answer = message as CacheAnswer
    })
    const finish = (why: string | undefined) => {
      signal.removeEventListener('abort', stop)
      resolve({ key: answer?.key, why: answer?.key === undefined ? why : undefined })
    }
    // Also where it could not be ended.
    child.on('error', error => finish(error.message))
    child.once('close', code => finish(words.last() ?? (answer === undefined ? `its process ended with ${code}` : undefined)))
  })
}

/** The last thing that was said, as a person reads it; what was asked to be masked is taken out. */
function listen(child: ChildProcess): { last(): string | undefined } {
  const masked: string[] = []
  let last: string | undefined
  const hear = (line: string) => {
    const [, command, said = ''] = /^::([\w-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? []
    if (command === 'add-mask') masked.push(commandValue(said))
    // What it does, and how far it is, says nothing of why it failed.
    else if (
      command !== 'debug' &&
      !/^(?:\[command\]|Cache (?:hit|Size|restored|saved)|Lookup only|Received |Sent )/.test(line) &&
      line.trim() !== ''
    )
      last = command === undefined ? line : commandValue(said)
  }
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', hear)
  return {
    last: () => {
      const [sentence] = masked.reduce((text, value) => text?.replaceAll(value, '***'), last)?.split('\n') ?? []
      return sentence?.trim().replace(/\.$/, '')
    },
  }
}

/** The values of workflow commands are written with `%0A` and the like. */
function commandValue(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

/** Ends a process with what it started. Nobody waits for what is left of either: a process that holds its output open may be out of reach. */
function end(child: ChildProcess, { platform, environment }: CacheMachine): void {
  for (const stream of [child.stdout, child.stderr]) stream?.destroy()
  child.unref()
  if (child.pid === undefined) return
  const itself = () => void child.kill('SIGKILL')
  if (platform === 'win32') {
    const program = path.join(environment.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe')
    const taskkill = spawn(program, ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' })
    // Whatever it says: it fails for the whole tree where one of it is gone or may not be ended.
    taskkill.once('error', itself).once('exit', itself)
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    itself() // its group has ended
  }
}
