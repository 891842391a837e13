import type { Host } from '../host/host.ts'
import type { Journal } from './journal.ts'

/** Several beats fit into the time after which an owner is taken for dead. */
const beatMs = 30_000

/** Runs `body`, and says through the times of the journal and of what else the run holds that their owner lives for as long as it does. */
export async function beating<T>(journal: Pick<Journal, 'begun' | 'touch'>, host: Host, body: () => Promise<T>): Promise<T> {
  const over = new AbortController()
  const ended = new Promise<void>(resolve => over.signal.addEventListener('abort', () => resolve(), { once: true }))
  const beat = async () => {
    await Promise.race([journal.begun, ended])
    while (!over.signal.aborted) {
      await host.clock.sleep(beatMs, over.signal)
      if (!over.signal.aborted) await journal.touch().catch(() => {}) // a beat that is missed says nothing yet
      // On a clock whose sleeps take no time, beats that touch nothing would let nobody else have a turn.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  const beats = beat()
  try {
    return await body()
  } finally {
    over.abort()
    await beats
  }
}
