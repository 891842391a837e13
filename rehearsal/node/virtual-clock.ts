/** Time that jumps to whatever comes next as soon as nobody is at work, so that a node's hour takes no time. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Does something `ms` from now, unless that is cancelled with what it returns. Of two things due at once the older comes first. */
  later(ms: number, act: () => void): () => void
  /** Lets `ms` pass, or less where nothing is left to come or `isOver` says so. */
  pass(ms: number, isOver?: () => boolean): Promise<void>
}

export function createVirtualClock(startMs: number): VirtualClock {
  let now = startMs
  const pending = new Set<{ readonly due: number; readonly act: () => void }>()
  return {
    now: () => now,
    later(ms, act) {
      const one = { due: now + ms, act }
      pending.add(one)
      return () => void pending.delete(one)
    },
    async pass(ms, isOver = () => false) {
      const until = now + ms
      for (;;) {
        await everyoneSleeps()
        const [first, ...rest] = pending
        if (!first || isOver()) return
        const next = rest.reduce((best, one) => (one.due < best.due ? one : best), first)
        if (next.due > until) break
        pending.delete(next)
        now = next.due
        next.act()
      }
      now = until
    },
  }
}

/** After every promise that was kept has been followed as far as it goes. */
function everyoneSleeps(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
