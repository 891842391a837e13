import { rm } from 'node:fs/promises'
import type { Host } from '../host/host.ts'
import type { Journal } from './journal.ts'

/** A file or a folder that is owed until it is discarded. */
export interface OwedPath {
  /** Removes it. What is held stays, is owed on, and is no failure; that is said. */
  discard(): Promise<void>
}

/**
 * Owes a path that is about to be made.
 * @param what begins the sentence that says that it could not be removed
 */
export async function owePath(path: string, what: string, host: Host, journal: Journal): Promise<OwedPath> {
  const debt = { kind: 'path', path } as const
  await journal.intend(debt)
  return {
    discard: async () => {
      // A virus scanner that holds a file must not turn a good run into a failure.
      const isGone = await rm(path, { recursive: true, force: true, maxRetries: 5 }).then(
        () => true,
        () => false,
      )
      if (isGone) await journal.settle(debt)
      else host.log(`${what} could not be removed yet.`)
    },
  }
}
