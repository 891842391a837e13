import { rm } from 'node:fs/promises'
import { messageOf } from '../contract/reasons.ts'
import { type Docker, openDocker } from '../engine/docker.ts'
import { networksOfRun } from '../engine/networks.ts'
import { removeOwnContainer, removeOwnNetwork } from '../engine/removal.ts'
import type { Host } from '../host/host.ts'
import { type Debt, spellDebt } from '../journal/debt.ts'
import type { Journal } from '../journal/journal.ts'

/** What is paid: a journal of this run, or one that was taken over. */
export type Debtor = Pick<Journal, 'owed' | 'deferred' | 'settle' | 'defer'>

/** What the end of a step takes at most. */
export const payLimitMs = 60_000

/** A docker command that was ended, or whose step was, may have told the engine what it does only later. */
const engineLagMs = 10_000
const lookAgainMs = 250

/**
 * Takes back what a run still owes, newest first: staging folders, containers that never passed their gate, a network without
 * nodes. Never fails: what cannot be taken back is said, and stays owed.
 * @param lastSignMs where the run was ended from outside: its last sign of life. What it began then may come to be a little later
 * @returns the names of the containers that were removed
 */
export async function payDebts(journal: Debtor, host: Host, lastSignMs?: number): Promise<readonly string[]> {
  const removed: string[] = []
  let docker: Docker | undefined
  for (const debt of journal.owed()) {
    try {
      if (debt.kind === 'network' && journal.deferred().some(({ kind }) => kind === 'container')) {
        await journal.defer(debt) // the nodes that use it last until the job ends
        continue
      }
      if (debt.kind === 'path') await rm(debt.path, { recursive: true, force: true, maxRetries: 5 })
      else {
        docker ??= await openDocker(host)
        const end = await removeOwn(debt, docker, host, lastSignMs)
        if (end === 'removed') removed.push(debt.name)
        if (end === 'unsure') {
          host.log(`The engine may still be making the ${spellDebt(debt)}: the post step or the next run looks again.`)
          continue
        }
      }
      await journal.settle(debt)
    } catch (error) {
      host.log(`Could not take back the ${spellDebt(debt)}: ${messageOf(error)}`)
    }
  }
  return removed
}

/** @returns `unsure` where time is up before the engine can be taken at its word that there is none */
async function removeOwn(
  debt: Exclude<Debt, { readonly kind: 'path' }>,
  docker: Docker,
  host: Host,
  lastSignMs: number | undefined,
): Promise<'removed' | 'none' | 'unsure'> {
  while (!host.signal.aborted) {
    const isLast = lastSignMs === undefined || host.clock.now() - lastSignMs > engineLagMs
    if (debt.kind === 'container' && (await removeOwnContainer(debt, docker, host))) return 'removed'
    if (debt.kind === 'network' && (isLast || (await networksOfRun(docker, debt.run)).length > 0)) {
      await removeOwnNetwork(debt, docker, host)
      return 'none'
    }
    if (isLast) return 'none'
    await host.clock.sleep(lookAgainMs, host.signal)
  }
  return 'unsure'
}
