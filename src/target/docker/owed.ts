import { labelNames } from '../../contract/labels.ts'
import { messageOf } from '../../contract/reasons.ts'
import { removeArguments } from '../../engine/arguments.ts'
import { type Docker, openDocker } from '../../engine/docker.ts'
import { type ContainerFacts, inspectContainers } from '../../engine/inspect.ts'
import { networksOfRun, removeUnusedNetwork } from '../../engine/networks.ts'
import type { Host } from '../../host/host.ts'
import type { EngineDebt } from '../../journal/debt.ts'
import { withinLimit } from '../../process/limit.ts'
import type { Removal } from '../target.ts'
import { nodeOf } from './node.ts'
import { isDone, removeContainer, untilGone } from './removal.ts'

/** For SHIR to end and the container after it; what has not by then is removed by force. */
const endLimitMs = 120_000

/** The container of a debt; `undefined` where there is none that the engine's label says is this run's: the name could be another job's. */
async function ownContainer({ name, run }: EngineDebt, docker: Docker, host: Host): Promise<ContainerFacts | undefined> {
  const [container] = await inspectContainers(docker, [name], host)
  return container?.labels[labelNames.run] === run ? container : undefined
}

/** A container that only served to look into an image was to be no node: nobody else knows of it. */
export type TakenBack = Removal | { readonly kind: 'look-removed' }

/** Removes a container that is owed, at once. */
export async function takeBackContainer(debt: EngineDebt, docker: Docker, host: Host): Promise<TakenBack> {
  const container = await ownContainer(debt, docker, host)
  if (container === undefined) return { kind: 'gone' }
  await removeByForce(container, docker, host)
  if (container.labels[labelNames.look] !== undefined) return { kind: 'look-removed' }
  return { kind: 'removed', node: container.nodeName, wasStarted: container.status !== 'created' }
}

/**
 * Removes the networks that are owed and that no node needs. Looked up by the run's label, since names need not be unique.
 * @returns `none` where there was none, `used` where a node still needs one
 */
export async function takeBackNetworks(
  { name, run }: EngineDebt,
  docker: Docker,
  host: Host,
): Promise<'removed' | 'used' | 'none'> {
  const removed = await Promise.all((await networksOfRun(docker, run)).map(id => removeUnusedNetwork(docker, id)))
  if (removed.includes(true)) host.log(`Removed the network ${name}.`)
  if (removed.includes(false)) return 'used'
  return removed.length > 0 ? 'removed' : 'none'
}

/** Why a network stays owed for as long as a container of its run does: settled before that, it would be nobody’s. */
export const usedByOwed = 'a container that could not be taken back is on it'

/** A command of the run that was ended may be removing it already. */
async function removeByForce({ id, name }: ContainerFacts, docker: Docker, host: Host): Promise<void> {
  if (!isDone(await docker.read(removeArguments(id)), 'rm')) await untilGone(id, name, docker, host)
}

/** Ends a node that is owed as mode `remove` does, and by force where that fails or takes too long. */
export async function endNode(debt: EngineDebt, docker: Docker, host: Host): Promise<Removal> {
  const container = await ownContainer(debt, docker, host)
  if (container === undefined) return { kind: 'gone' }
  const removing = withinLimit(endLimitMs, host, async bounded =>
    removeContainer(nodeOf(container), await openDocker(bounded), bounded),
  )
  return removing.catch(async (error: unknown): Promise<Removal> => {
    if (host.signal.aborted) throw error
    await removeByForce(container, docker, host)
    host.log(`${debt.name}: removed by force: ${messageOf(error)}`)
    return { kind: 'removed', node: container.nodeName, wasStarted: true }
  })
}
