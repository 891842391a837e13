import { rm } from 'node:fs/promises'
import { messageOf } from '../contract/reasons.ts'
import { type Docker, openDocker } from '../engine/docker.ts'
import type { Host } from '../host/host.ts'
import { type Debt, type EngineDebt, spellDebt } from '../journal/debt.ts'
import type { Journal } from '../journal/journal.ts'
import { takeBackContainer, takeBackNetworks, usedByOwed } from '../target/docker/owed.ts'
import { recordLeft } from './record-left.ts'

/** What is paid: a journal of this run, or one that was taken over. */
export type Debtor = Pick<Journal, 'owed' | 'deferred' | 'settle' | 'defer'>

/** What the end of a step takes at most. */
export const payLimitMs = 60_000

/**
 * A docker command that was ended, or whose step was, may have told the engine what it does only later, and a Windows container takes
 * seconds to be made. One that comes after that is nobody’s: the next run would take it for proven.
 */
const engineLagMs = 30_000
const lookAgainMs = 250
/** An engine may be busy with a container, and Ctrl-C reaches every docker command on its terminal, that of the tidying too. */
const mostTries = 3

/**
 * Takes back what a run still owes: containers that never passed their gate, all at once since a cancelled run has few seconds, then
 * the rest, newest first: staging folders, a network without nodes. Never fails: what cannot be taken back is said, and stays owed.
 * @param lastSignMs where the run was ended from outside: its last sign of life. The engine may carry out its last command only later
 * @returns the names of the containers that were removed
 */
export async function payDebts(journal: Debtor, host: Host, lastSignMs?: number): Promise<readonly string[]> {
  const removed: string[] = []
  const failures = new Map<Debt, { readonly tries: number; readonly why: string }>()
  const isNode = ({ kind }: Debt) => kind === 'container'
  const isGivenUp = (debt: Debt) => (failures.get(debt)?.tries ?? 0) >= mostTries
  // A sign of life in the future is a clock's that was set back.
  const certainAtMs = lastSignMs === undefined ? 0 : Math.min(lastSignMs, host.clock.now()) + engineLagMs
  let docker: Promise<Docker> | undefined
  const pay = async (debt: Debt, isCertain: boolean): Promise<void> => {
    if (debt.kind === 'path') {
      await rm(debt.path, { recursive: true, force: true, maxRetries: 5 })
      return journal.settle(debt)
    }
    docker ??= openDocker(host)
    if (debt.kind === 'container') {
      const isRemoved = await takeBack(debt, await docker, host)
      if (isRemoved) removed.push(debt.name)
      return isRemoved || isCertain ? journal.settle(debt) : undefined
    }
    // The nodes that use it last until the job ends.
    if (journal.deferred().some(isNode)) return journal.defer(debt)
    const fate = await takeBackNetworks(debt, await docker, host)
    const containers = journal.owed().filter(isNode)
    // One that proven nodes are on was made, and stays; one that a node of this run may be on goes after that.
    if (fate === 'used' && containers.length > 0) {
      if (containers.every(isGivenUp)) throw new Error(usedByOwed)
      return
    }
    return fate !== 'none' || isCertain ? journal.settle(debt) : undefined
  }
  const attempt = async (debt: Debt, isCertain: boolean): Promise<void> => {
    if (isGivenUp(debt) || host.signal.aborted) return
    await pay(debt, isCertain).catch((error: unknown) => {
      failures.set(debt, { tries: (failures.get(debt)?.tries ?? 0) + 1, why: messageOf(error) })
    })
  }
  while (true) {
    const isCertain = host.clock.now() >= certainAtMs
    await Promise.all(
      journal
        .owed()
        .filter(isNode)
        .map(debt => attempt(debt, isCertain)),
    )
    for (const debt of journal.owed().filter(debt => !isNode(debt))) await attempt(debt, isCertain)
    if (journal.owed().every(isGivenUp)) break
    await host.clock.sleep(lookAgainMs, host.signal)
    if (host.signal.aborted) break
  }
  for (const debt of journal.owed()) {
    const why = failures.get(debt)?.why
    host.log(
      why === undefined
        ? `The engine may still be making the ${spellDebt(debt)}: the post step or the next run looks again.`
        : `Could not take back the ${spellDebt(debt)}: ${why}`,
    )
  }
  return removed
}

/** @returns whether there was one */
async function takeBack(debt: EngineDebt, docker: Docker, host: Host): Promise<boolean> {
  const removal = await takeBackContainer(debt, docker, host)
  if (removal.kind === 'gone') return false
  if (removal.kind === 'look-removed') {
    host.log(`Removed ${debt.name}, which only served to look into an image.`)
    return true
  }
  host.log(`Removed ${debt.name}, which never passed its gate.`)
  if (removal.wasStarted) host.log(recordLeft(removal.node, host))
  return true
}
