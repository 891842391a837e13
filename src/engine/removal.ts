import { labelNames } from '../contract/labels.ts'
import type { Host } from '../host/host.ts'
import { inspectNetworkArguments, removeArguments, removeNetworkArguments } from './arguments.ts'
import type { Docker } from './docker.ts'
import { inspectContainers } from './inspect.ts'

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

/** A network that nodes still use stays: the engine refuses to remove it, and those nodes are good. */
export async function removeOwnNetwork({ name, run }: Own, docker: Docker, host: Host): Promise<void> {
  const { code, stdout } = await docker.read(inspectNetworkArguments(name))
  if (code !== 0) return
  const [network] = JSON.parse(stdout) as readonly {
    readonly Id: string
    readonly Labels?: Record<string, string> | null
    readonly Containers?: Record<string, unknown> | null
  }[]
  if (network?.Labels?.[labelNames.run] !== run || Object.keys(network.Containers ?? {}).length > 0) return
  await docker.ask(removeNetworkArguments(network.Id))
  host.log(`Removed the network ${name}.`)
}
