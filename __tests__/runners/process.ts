import { type ChildProcess, spawn } from 'node:child_process'
import { endProcessesWith } from './orphans.ts'
import type { Cancel, StepControl } from './record.ts'

/** How long a cancel's signals are given, each until the next one comes. */
export interface Patience {
  readonly sigintMs: number
  readonly sigtermMs: number
}

/** Of both runners, unless their user says otherwise. */
export const usualPatience: Patience = { sigintMs: 7_500, sigtermMs: 2_500 }
/** Both runners read on for five seconds after node has ended, when a child still holds its output open. */
const DRAIN_MS = 5_000
const LIMIT_MS = 120_000

export interface ScriptRun {
  readonly node: string
  readonly script: string
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string>>
  /** The `NAME=value` by which the runner finds the processes of this job. It must be in the environment. */
  readonly tracking: string
  readonly onLine: (line: string, control: ScriptControl) => void
  /** Called after each signal of a cancel. */
  readonly onSignal?: ((signal: NodeJS.Signals, control: StepControl) => void) | undefined
  readonly patience?: Patience
  /** Where the imitation gives up and kills everything. Default 120 s. */
  readonly limitMs?: number
}

export interface ScriptControl extends StepControl {
  /** Azure's `done=true`: five seconds later the step is over, whether or not the process is. */
  release(): void
}

export interface ScriptEnd {
  readonly exitCode: number | null
  readonly raw: string
  /** What a cancel took; `undefined` where nobody cancelled. */
  readonly cancel: Cancel | undefined
  readonly released: boolean
  readonly overran: boolean
}

/**
 * Runs a script under the runner's node, hands over each line, and plays the runner's part in ending it
 * (ProcessInvoker.cs of both runners). Rejects if node cannot be started or `onLine` throws.
 */
export function runScript(run: ScriptRun): Promise<ScriptEnd> {
  const posix = process.platform !== 'win32'
  const child = spawn(run.node, [run.script], {
    cwd: run.workingDirectory,
    env: { ...run.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the hard limit reaches the whole tree.
    detached: posix,
  })
  const timers = new Set<NodeJS.Timeout>()
  let finished = false
  const after = (ms: number, action: () => void) => {
    if (!finished) timers.add(setTimeout(action, ms))
  }
  const { sigintMs, sigtermMs } = run.patience ?? usualPatience
  const end = { released: false, overran: false }

  return new Promise((resolve, reject) => {
    let raw = ''
    let failure: { readonly error: unknown } | undefined
    let cancelledAtMs: number | undefined
    let endedAtMs = Number.NaN
    const signals: NodeJS.Signals[] = []
    const finish = () => {
      finished = true
      for (const timer of timers) clearTimeout(timer)
      for (const reader of readers) reader.flush()
      child.stdout.destroy()
      child.stderr.destroy()
      const cancel = cancelledAtMs === undefined ? undefined : { signals, tookMs: endedAtMs - cancelledAtMs }
      if (failure) reject(failure.error)
      else resolve({ exitCode: child.exitCode, raw, cancel, ...end })
    }
    const send = (signal: NodeJS.Signals) => {
      if (hasEnded(child)) return
      child.kill(signal)
      signals.push(signal)
      run.onSignal?.(signal, control)
    }
    const control: ScriptControl = {
      kill: () => child.kill('SIGKILL'),
      freeze: () => child.kill('SIGSTOP'),
      thaw: () => child.kill('SIGCONT'),
      cancel() {
        if (cancelledAtMs !== undefined || hasEnded(child)) return
        cancelledAtMs = performance.now()
        after(sigintMs, () => send('SIGTERM'))
        after(sigintMs + sigtermMs, () => send('SIGKILL'))
        send('SIGINT')
      },
      release() {
        after(DRAIN_MS, () => {
          end.released = true
          finish()
        })
      },
    }
    const readers = [child.stdout, child.stderr].map(stream => {
      const decoder = new TextDecoder()
      const lines = createLineReader(line => {
        if (failure || end.released) return
        try {
          run.onLine(line, control)
        } catch (error) {
          failure = { error }
          child.kill('SIGKILL')
        }
      })
      stream.on('data', (chunk: Buffer) => {
        const text = decoder.decode(chunk, { stream: true })
        raw += text
        lines.add(text)
      })
      return lines
    })

    after(run.limitMs ?? LIMIT_MS, () => {
      end.overran = true
      if (posix && child.pid !== undefined && !hasEnded(child)) process.kill(-child.pid, 'SIGKILL')
      endProcessesWith(run.tracking).catch(reject)
    })
    child.once('error', error => {
      failure = { error }
      finish()
    })
    child.once('exit', () => {
      endedAtMs = performance.now()
      after(DRAIN_MS, finish)
    })
    child.once('close', finish)
  })
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Lines as .NET's StreamReader.ReadLine cuts them: `\n`, `\r\n`, and a lone `\r` too. */
export function createLineReader(onLine: (line: string) => void): { add(text: string): void; flush(): void } {
  let rest = ''
  return {
    add(text) {
      // A `\r` at the end waits for the next chunk, which may begin with its `\n`.
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    },
    flush() {
      const last = rest.replace(/\r$/, '')
      if (rest !== '') onLine(last)
      rest = ''
    },
  }
}
