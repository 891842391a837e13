import { type ChildProcess, fork, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { CacheService, Found } from './host.ts'

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

/**
 * GitHub's cache service, spoken to by `@actions/cache` in a process of its own: it takes no signal, its sockets and its `tar` outlive
 * every limit, it finds its folders in the environment, and it raises annotations where a miss is meant. A process can be ended.
 * @param program the script `github-cache.mjs`
 */
export function githubCache(program: string): CacheService {
  return {
    find: (key, prefixes, folder, signal) => ask(program, { kind: 'find', key, prefixes, folder }, signal),
    restore: (key, folder, signal) => ask(program, { kind: 'restore', key, prefixes: [], folder }, signal),
    save: (key, folder, signal) => ask(program, { kind: 'save', key, prefixes: [], folder }, signal),
  }
}

function ask(program: string, request: CacheRequest, signal: AbortSignal): Promise<Found> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve({ key: undefined, why: undefined })
    // A path is relative to the workspace and the current folder, in the archive as in the entry's version; archives go to the runner's temp folder.
    const cwd = path.dirname(request.folder)
    const env = { ...process.env, GITHUB_WORKSPACE: cwd, RUNNER_TEMP: cwd }
    // A group of its own, so that it can be ended with its tar.
    const detached = process.platform !== 'win32'
    const child = fork(program, [JSON.stringify(request)], {
      cwd,
      env,
      detached,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const words = listen(child)
    const stop = () => end(child)
    signal.addEventListener('abort', stop, { once: true })
    let answer: CacheAnswer | undefined
    child.on('message', message => {
      answer = message as CacheAnswer
    })
    child.once('exit', () => {
      // What it started may hold these open.
      if (signal.aborted) for (const stream of [child.stdout, child.stderr]) stream?.destroy()
    })
    const finish = (why: string | undefined) => {
      signal.removeEventListener('abort', stop)
      resolve({ key: answer?.key, why: answer?.key === undefined ? why : undefined })
    }
    child.once('error', error => finish(error.message))
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

function end(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    const program = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe')
    spawn(program, ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' }).once('error', () => child.kill())
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
