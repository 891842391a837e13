import { spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { isMachineVariable, onlyVariables } from '../contract/machine-variables.ts'
import type { Host } from '../host/host.ts'

export interface RunOptions {
  /** Added to the allowed part of the host's environment. */
  readonly variables?: Readonly<Record<string, string>>
  /** Ends the program: SIGINT first, by force after two seconds. Defaults to the host's own signal. */
  readonly signal?: AbortSignal
  /** Ends the program by force when it runs longer. */
  readonly limitMs?: number
  /** Each line as it comes. Without it the output is only collected. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
}

export interface Finished {
  /** `null` when a signal ended the program. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

/** True for a variable that children see, and may obey. Inputs, tokens of the runner and everything else stay here. */
export function isChildVariable(name: string): boolean {
  return isMachineVariable(name) || name.toUpperCase().startsWith('DOCKER_')
}

export function childEnvironment(environment: Host['environment']): Record<string, string> {
  return onlyVariables(environment, isChildVariable)
}

/** Output beyond this many characters a stream is told line by line, but no longer collected: a build log has no end. */
const mostCollected = 4 * 1024 * 1024
/** A cancelled run has 7.5 s altogether, and what the program began must still be taken back. */
const forceAfterMs = 2_000

/**
 * Runs a program to its end: closed stdin, no shell, arguments as they are. A non-zero exit code is no error here.
 * @throws the spawn error (`ENOENT`, `EACCES`, `E2BIG`), for the caller to put into words
 */
export function runProgram(program: string, args: readonly string[], host: Host, options: RunOptions = {}): Promise<Finished> {
  const signal = options.signal ?? host.signal
  return new Promise((resolve, reject) => {
    // No windowsHide: it takes the child off the console, and Ctrl-C with it.
    const child = spawn(program, args, {
      cwd: host.machine.temp,
      env: { ...childEnvironment(host.environment), ...options.variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stdout = collector(line => options.onLine?.(line, 'stdout'))
    const stderr = collector(line => options.onLine?.(line, 'stderr'))
    child.stdout.on('data', stdout.take)
    child.stderr.on('data', stderr.take)

    const over = new AbortController()
    let timedOut = false
    const force = () => {
      child.kill('SIGKILL')
      // A child of its own could hold these open long after it.
      child.stdout.destroy()
      child.stderr.destroy()
    }
    const stop = () => {
      child.kill('SIGINT')
      void host.clock.sleep(forceAfterMs, over.signal).then(() => over.signal.aborted || force())
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    if (options.limitMs !== undefined) {
      void host.clock.sleep(options.limitMs, over.signal).then(() => {
        if (over.signal.aborted) return
        timedOut = true
        force()
      })
    }
    const finish = () => {
      over.abort()
      signal.removeEventListener('abort', stop)
    }
    child.once('error', error => {
      finish()
      reject(error)
    })
    child.once('close', code => {
      finish()
      resolve({ code, stdout: stdout.end(), stderr: stderr.end(), timedOut })
    })
  })
}

/** A line's rest beyond this is dropped: a line without an end must cost neither memory nor time. The log shows less of it anyway. */
const longestLine = 64 * 1024

/** Gathers a stream's text and tells its lines; any of the three line ends counts, since Docker draws progress with lone returns. */
function collector(onLine: (line: string) => void): { take: (chunk: Buffer) => void; end: () => string } {
  const decoder = new StringDecoder('utf8')
  const kept: string[] = []
  let size = 0
  let line = ''
  let held = '' // a return at a chunk's end, which may be half of a line end
  const take = (text: string) => {
    if (size < mostCollected) kept.push(text)
    size += text.length
    const whole = held + text
    held = whole.endsWith('\r') ? '\r' : ''
    const [first = '', ...others] = whole.slice(0, whole.length - held.length).split(/\r\n|\n|\r/)
    line = (line + first).slice(0, longestLine)
    for (const next of others) {
      onLine(line)
      line = next.slice(0, longestLine)
    }
  }
  return {
    take: chunk => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end())
      if (line !== '' || held !== '') onLine(line)
      return kept.join('')
    },
  }
}
