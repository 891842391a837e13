/** dmgcmd.exe as a process: how long it takes, that it may hang, and that a script may have no patience with it. */
import type { Participant } from './virtual-time.ts'

export interface Programs {
  /** A program has been started; `end` is called when it has done its work, and never where it hangs. */
  start(program: StartedProgram, end: () => void): RunningProgram
  /** What becomes of a process within `timeoutMs`. `unknown` where no such process has shown itself (yet). */
  wait(processId: number, timeoutMs: number): Promise<'ended' | 'timed-out' | 'unknown'>
}

export interface StartedProgram {
  readonly processId: number
  readonly takesMs: number
  readonly hangs: boolean
}

export interface RunningProgram {
  /** It was killed, or its script was. */
  gone(): void
}

/**
 * Real time in which a script that waits for a program with a time-out says so. One that does not simply waits, and counts as
 * asleep; if it counted so too soon, a time-out would sometimes come too late.
 */
const graceMs = 1000
/** Real time for a new process to show itself. */
const arrivalMs = 50

/** The programs of one script, which takes part in virtual time as `participant`. */
export function createPrograms(participant: Participant): Programs {
  const running = new Map<number, { isOver: boolean; watch(over: () => void): void }>()
  const arrivals = new Set<() => void>()

  return {
    start({ processId, takesMs, hangs }, end) {
      const watchers: (() => void)[] = []
      const program = {
        isOver: false,
        watch(over: () => void) {
          clearTimeout(grace)
          asleep?.cancel()
          watchers.push(over)
        },
      }
      const finish = () => {
        if (program.isOver) return
        program.isOver = true
        clearTimeout(grace)
        asleep?.cancel()
        work?.cancel()
        for (const over of watchers) over()
      }
      const work = hangs
        ? undefined
        : participant.timer(takesMs, () => {
            finish()
            end()
          })
      let asleep: { cancel(): void } | undefined
      const grace = setTimeout(() => {
        asleep = participant.sleep(Number.POSITIVE_INFINITY, () => {})
      }, graceMs)
      running.set(processId, program)
      for (const arrived of arrivals) arrived()
      return { gone: finish }
    },
    async wait(processId, timeoutMs) {
      if (!running.has(processId)) await arrival(arrivals)
      const program = running.get(processId)
      if (!program) return 'unknown'
      if (program.isOver) return 'ended'
      return new Promise(resolve => {
        const patience = participant.sleep(timeoutMs, () => resolve('timed-out'))
        program.watch(() => {
          patience.cancel()
          resolve('ended')
        })
      })
    },
  }
}

function arrival(arrivals: Set<() => void>): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      arrivals.delete(done)
      resolve()
    }
    const timer = setTimeout(done, arrivalMs)
    arrivals.add(done)
  })
}
