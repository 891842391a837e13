import type { Participant, Timer, VirtualTime } from './virtual-time.ts'

/** Time as it passes outside, only `speed` times faster: for scripts that run in a real container, beside a real engine's clock. */
export function createOutsideTime(speed: number): VirtualTime & { close(): void } {
  const began = Date.now()
  const timers = new Set<NodeJS.Timeout>()
  const after = (ms: number, act: () => void): Timer => {
    if (ms === Number.POSITIVE_INFINITY) return { cancel: () => undefined }
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms / speed)
    timers.add(timer)
    return { cancel: () => clearTimeout(timer) }
  }
  const now = () => began + (Date.now() - began) * speed
  return {
    now,
    seconds: () => (now() - began) / 1000,
    at: (seconds, action) => void after(seconds * 1000, () => void action()),
    enter: (): Participant => {
      const own = new Set<Timer>()
      const follow = (timer: Timer) => {
        own.add(timer)
        return timer
      }
      return {
        sleep: (ms, wake) => follow(after(ms, wake)),
        timer: (ms, fire) => follow(after(ms, fire)),
        leave() {
          for (const timer of own) timer.cancel()
        },
      }
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
