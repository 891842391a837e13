import { messageOf } from '../contract/reasons.ts'
import { type Docker, openDocker } from '../engine/docker.ts'
import type { Host } from '../host/host.ts'
import { type Debt, spellDebt } from '../journal/debt.ts'
import { annotateWarning } from '../report/recorder.ts'
import { endNode, takeBackNetworks, usedByOwed } from '../target/docker/owed.ts'
import type { Debtor } from './debts.ts'
import { recordLeft } from './record-left.ts'

/** What the end of a job takes at most: all nodes end at once. */
export const jobEndLimitMs = 150_000

/**
 * Takes back what was to last as long as the job: nodes, each as mode `remove` does, then their network. Never fails: what cannot be
 * taken back is said, and stays owed.
 */
export async function endJob(journal: Debtor, host: Host): Promise<void> {
  const debts = journal.deferred()
  if (debts.length === 0) return
  const docker = openDocker(host)
  const pay = async (debt: Debt, body: (docker: Docker) => Promise<void>) => {
    try {
      await body(await docker)
      await journal.settle(debt)
    } catch (error) {
      host.log(`Could not take back the ${spellDebt(debt)}: ${messageOf(error)}`)
    }
  }
  const containers = debts.filter(debt => debt.kind === 'container')
  const networks = debts.filter(debt => debt.kind === 'network')
  await Promise.all(
    containers.map(debt =>
      pay(debt, async docker => {
        host.log(`${debt.name} goes at the end of its job.`)
        const removal = await endNode(debt, docker, host)
        if (removal.kind === 'gone') return host.log(`${debt.name} is gone already.`)
        annotateWarning('node-record-left', recordLeft(removal.node, host), host)
      }),
    ),
  )
  for (const debt of networks)
    await pay(debt, async docker => {
      const fate = await takeBackNetworks(debt, docker, host)
      const isLeft = [...journal.owed(), ...journal.deferred()].some(({ kind }) => kind === 'container')
      if (fate === 'used' && isLeft) throw new Error(usedByOwed)
    })
}
