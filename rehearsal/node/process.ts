/** A process of a machine: a script at work, on whatever clock. */
import { type Process, Shutdown } from '../shir/machine.ts'

export interface RunningProcess {
  /** Resolves when it has ended, however that came. */
  readonly exitCode: Promise<number>
  /** Asks it to end, as Windows does. */
  shutDown(): void
  /** Ends it at once. */
  kill(): void
}

export interface ProcessOptions extends Omit<Process, 'sleep' | 'startedAt'> {
  /** Does something `ms` from now, unless that is cancelled with what it returns. */
  later(ms: number, act: () => void): () => void
  /** Of a process that was asked to end, and did. */
  readonly shutdownExitCode: number
}

const killedExitCode = 137

/** Starts a program at once. */
export function startProcess(
  program: (process: Process) => Promise<number>,
  { now, date, print, later, shutdownExitCode }: ProcessOptions,
): RunningProcess {
  let wakeNoMore = () => {}
  let interrupt: (reason: Shutdown) => void = () => {}
  let end: (exitCode: number) => void = () => {}
  const sleep = (ms: number) =>
    new Promise<void>((resolve, reject) => {
      interrupt = reject
      wakeNoMore = later(ms, resolve)
    })
  const exitCode = new Promise<number>((resolve, reject) => {
    end = resolve
    const failed = (error: unknown) => (error instanceof Shutdown ? resolve(shutdownExitCode) : reject(error))
    program({ startedAt: now(), now, date, print, sleep }).then(resolve, failed)
  })
  return {
    exitCode,
    shutDown() {
      wakeNoMore()
      interrupt(new Shutdown())
    },
    kill() {
      wakeNoMore()
      end(killedExitCode)
    },
  }
}
