import type { Pair } from '../contract/kinds.ts'
import { labelNames } from '../contract/labels.ts'
import { inspectNetworkArguments, listNetworksArguments, networkArguments, removeNetworkArguments } from './arguments.ts'
import { type Docker, engineFailed, idsOf } from './docker.ts'

/** The ids of the networks of that name: engines allow several, when two jobs make them at once. */
export async function networksCalled(docker: Docker, name: string): Promise<readonly string[]> {
  return idsOf(await docker.ask(listNetworksArguments(`name=^${name.replaceAll('.', '\\.')}$`)))
}

/** The ids of the networks that a run made. */
export async function networksOfRun(docker: Docker, run: string): Promise<readonly string[]> {
  return idsOf(await docker.ask(listNetworksArguments(`label=${labelNames.run}=${run}`)))
}

/** The ids of the networks that were made for a set of nodes. */
export async function networksOfSet(docker: Docker, set: string): Promise<readonly string[]> {
  return idsOf(await docker.ask(listNetworksArguments(`label=${labelNames.set}=${set}`)))
}

/** Makes a network and answers with its id. @throws StepError `engine-failed` */
export async function makeNetwork(
  docker: Docker,
  name: string,
  labels: readonly Pair[],
  os: 'windows' | 'linux',
): Promise<string> {
  return String(idsOf(await docker.ask(networkArguments(name, labels, os)))[0])
}

/** Removes a network that no container uses; @returns false where one does, or where it is gone. */
export async function removeUnusedNetwork(docker: Docker, id: string): Promise<boolean> {
  const { code, stdout } = await docker.read(inspectNetworkArguments(id))
  if (code !== 0) return false
  const [network] = JSON.parse(stdout) as readonly { readonly Containers?: Record<string, unknown> | null }[]
  if (Object.keys(network?.Containers ?? {}).length > 0) return false
  const removal = await docker.read(removeNetworkArguments(id))
  // In the meantime another job has removed it, or started a node on it.
  if (removal.code !== 0 && !/not found|no such network|active endpoints/i.test(removal.stderr))
    throw engineFailed('network rm', removal.stderr)
  return removal.code === 0
}
