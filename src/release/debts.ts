import { rm } from 'node:fs/promises'
import type { Docker } from '../engine/docker.ts'
import { openDocker } from '../engine/docker.ts'
import { removeOwnContainer, removeOwnNetwork } from '../engine/removal.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'

const limitMs = 60_000
const cancelledLimitMs = 5_000

/**
 * Takes back what a run still owes, newest first: staging folders, containers that never passed their gate, a network without
 * nodes. Never fails: what cannot be taken back is said, and stays owed.
 * @returns the names of the containers that were removed
 */
export async function payDebts(journal: Pick<Journal, 'owed' | 'settle'>, debtor: Host): Promise<readonly string[]> {
  if (journal.owed().length === 0) return []
  const removed: string[] = []
  const { host, release } = withOwnSignal(debtor)
  let docker: Docker | undefined
  for (const debt of journal.owed()) {
    try {
      if (debt.kind === 'path') await rm(debt.path, { recursive: true, force: true, maxRetries: 5 })
      else {
        docker ??= await openDocker(host)
        if (debt.kind === 'network') await removeOwnNetwork(debt, docker, host)
        else if (await removeOwnContainer(debt, docker, host)) removed.push(debt.name)
      }
      await journal.settle(debt)
    } catch (error) {
      host.log(
        `Could not take back the ${debt.kind} ${debt.kind === 'path' ? debt.path : debt.name}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  release()
  return removed
}

/** A cancelled run must still be able to tidy up, within the seconds that the runners leave (7.5 s until SIGTERM). */
function withOwnSignal(host: Host): { readonly host: Host; readonly release: () => void } {
  const limit = new AbortController()
  const done = new AbortController()
  const endAfter = (ms: number) => void host.clock.sleep(ms, done.signal).then(() => limit.abort())
  const hurry = () => endAfter(cancelledLimitMs)
  endAfter(limitMs)
  if (host.signal.aborted) hurry()
  else host.signal.addEventListener('abort', hurry, { once: true, signal: done.signal })
  return { host: { ...host, signal: limit.signal }, release: () => done.abort() }
}
