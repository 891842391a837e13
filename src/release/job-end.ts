import { labelNames } from '../contract/labels.ts'
import { messageOf } from '../contract/reasons.ts'
import { removeArguments } from '../engine/arguments.ts'
import { type Docker, openDocker } from '../engine/docker.ts'
import { type ContainerFacts, inspectContainers } from '../engine/inspect.ts'
import { removeOwnNetwork } from '../engine/removal.ts'
import type { Host } from '../host/host.ts'
import { type Debt, spellDebt } from '../journal/debt.ts'
import { withinLimit } from '../process/limit.ts'
import { removeContainer } from '../target/docker/removal.ts'
import type { Debtor } from './debts.ts'

/** For SHIR to take its leave and the container to end; what has not by then is removed by force. */
const farewellLimitMs = 120_000

/** What the end of a job takes at most: all nodes end at once. */
export const jobEndLimitMs = 150_000

/**
 * Takes away what was to last as long as the job: nodes, each as mode `remove` does, then their network. Never fails: what cannot be
 * taken away is said, and stays owed.
 */
export async function endJob(journal: Debtor, host: Host): Promise<void> {
  const debts = journal.deferred()
  const pay = async (debt: Debt, body: (docker: Docker) => Promise<void>) => {
    try {
      await body(await openDocker(host))
      await journal.settle(debt)
    } catch (error) {
      host.log(`Could not take away the ${spellDebt(debt)}: ${messageOf(error)}`)
    }
  }
  await Promise.all(debts.map(async debt => debt.kind === 'container' && pay(debt, docker => endNode(debt, docker, host))))
  for (const debt of debts) if (debt.kind === 'network') await pay(debt, docker => removeOwnNetwork(debt, docker, host))
}

async function endNode(debt: Exclude<Debt, { readonly kind: 'path' }>, docker: Docker, host: Host): Promise<void> {
  const [container] = await inspectContainers(docker, [debt.name], host)
  // The name alone could be another job's by now.
  if (container === undefined || container.labels[labelNames.run] !== debt.run)
    return host.log(`${debt.name} was to go at the end of its job, and is gone already.`)
  host.log(`${debt.name} goes at the end of its job.`)
  await takeFarewell(container, host).catch(async (error: unknown) => {
    await docker.ask(removeArguments(container.id))
    host.log(`${debt.name}: removed by force: ${messageOf(error)}`)
  })
}

async function takeFarewell({ id, name, nodeName }: ContainerFacts, host: Host): Promise<void> {
  const node = { planned: false, name: nodeName, container: name, id, version: undefined }
  await withinLimit(farewellLimitMs, host, async bounded => removeContainer(node, await openDocker(bounded), bounded))
}
