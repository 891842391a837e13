/**
 * Virtual time: it stands still while any script is at work, and jumps to what comes next as soon as all of them sleep. So an hour
 * of sleeping takes no time, and what happens in which order does not hang on how quick a process is.
 */
export interface VirtualTime {
  /** Milliseconds since 1970. */
  now(): number
  /** Seconds since the beginning. */
  seconds(): number
  /** Does something `seconds` from now, and awaits it before time goes on (but not before scripts that the action itself started). */
  at(seconds: number, action: () => unknown): void
  /** Someone takes part: time waits for them unless they sleep. */
  enter(): Participant
}

export interface Participant {
  /** Sleeps and calls back; cancelled, it is awake at once and is not called. */
  sleep(ms: number, wake: () => void): Timer
  /** Calls back, and does not sleep meanwhile. */
  timer(ms: number, fire: () => void): Timer
  /** Takes part no more; its timers are cancelled. */
  leave(): void
}

export interface Timer {
  cancel(): void
}

interface Pending {
  readonly due: number
  readonly fire: () => void
}

interface Doing {
  /** Who came in since it began: only while one of them is there may time go on before the action is done. */
  readonly entered: Set<Participant>
}

/** `onError` is told what an action threw. */
export function createVirtualTime(startMs: number, onError: (error: unknown) => void): VirtualTime {
  let now = startMs
  let isAdvancing = false
  const pending = new Set<Pending>()
  const sleeping = new Map<Participant, number>()
  const doing = new Set<Doing>()

  const isStill = () =>
    sleeping.size === 0 || [...sleeping.values()].some(sleeps => sleeps === 0) || [...doing].some(one => one.entered.size === 0)

  function advance(): void {
    if (isAdvancing) return
    isAdvancing = true
    // `pending` is in order of arrival, so that of two things due at once the older comes first.
    while (!isStill()) {
      const [first, ...rest] = pending
      if (!first) break
      const next = rest.reduce((best, one) => (one.due < best.due ? one : best), first)
      if (next.due === Number.POSITIVE_INFINITY) break
      pending.delete(next)
      now = Math.max(now, next.due)
      next.fire()
    }
    isAdvancing = false
  }

  function plan(ms: number, fire: () => void): Timer {
    const one = { due: now + ms, fire }
    pending.add(one)
    return { cancel: () => void pending.delete(one) }
  }

  async function perform(action: () => unknown): Promise<void> {
    const one = { entered: new Set<Participant>() }
    doing.add(one)
    try {
      await action()
    } catch (error) {
      onError(error)
    } finally {
      doing.delete(one)
      advance()
    }
  }

  function enter(): Participant {
    const timers = new Set<Timer>()
    const follow = (timer: Timer) => {
      timers.add(timer)
      return timer
    }
    const count = (change: number) => {
      const sleeps = sleeping.get(participant)
      if (sleeps !== undefined) sleeping.set(participant, sleeps + change)
    }
    const participant: Participant = {
      sleep(ms, wake) {
        let isOver = false
        const end = () => {
          if (isOver) return false
          isOver = true
          count(-1)
          return true
        }
        const timer = plan(ms, () => end() && wake())
        count(1)
        queueMicrotask(advance)
        return follow({
          cancel() {
            timer.cancel()
            end()
          },
        })
      },
      timer: (ms, fire) => follow(plan(ms, fire)),
      leave() {
        for (const timer of timers) timer.cancel()
        sleeping.delete(participant)
        for (const one of doing) one.entered.delete(participant)
        queueMicrotask(advance)
      },
    }
    sleeping.set(participant, 0)
    for (const one of doing) one.entered.add(participant)
    return participant
  }

  return {
    now: () => now,
    seconds: () => (now - startMs) / 1000,
    at: (seconds, action) => void plan(seconds * 1000, () => void perform(action)),
    enter,
  }
}
