import { labelNames } from '../contract/labels.ts'
import type { Host } from '../host/host.ts'
import { removeArguments } from './arguments.ts'
import type { Docker } from './docker.ts'
import { inspectContainers } from './inspect.ts'
import { networksOfRun, removeUnusedNetwork } from './networks.ts'

/** What a run made on the engine: its name, and the run's label that must confirm it. */
export interface Own {
  readonly name: string
  readonly run: string
}

/** @returns false where there is none that is this run's. The engine's label confirms that the container is this run's: the name alone could be another job's. */
export async function removeOwnContainer({ name, run }: Own, docker: Docker, host: Host): Promise<boolean> {
  const [container] = await inspectContainers(docker, [name], host)
  if (container === undefined || container.labels[labelNames.run] !== run) return false
  await docker.ask(removeArguments(container.id))
  host.log(`Removed ${name}, which never passed its gate.`)
  return true
}

/** A network that nodes still use stays: those nodes are good. Looked up by the run's label, since names need not be unique. */
export async function removeOwnNetwork({ name, run }: Own, docker: Docker, host: Host): Promise<void> {
  for (const id of await networksOfRun(docker, run))
    if (await removeUnusedNetwork(docker, id)) host.log(`Removed the network ${name}.`)
}
