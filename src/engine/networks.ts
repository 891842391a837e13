import type { Pair } from '../contract/kinds.ts'
import { labelNames } from '../contract/labels.ts'
import {
  inspectNetworkArguments,
  listArguments,
  listNetworksArguments,
  networkArguments,
  removeNetworkArguments,
} from './arguments.ts'
import { type Docker, engineFailed, idsOf } from './docker.ts'

/** What is looked at in an answer to `network inspect`. */
interface NetworkFacts {
  readonly Id: string
  /** RFC 3339. */
  readonly Created: string
  /** By id, those that run. */
  readonly Containers?: Readonly<Record<string, unknown>> | null
  readonly IPAM?: { readonly Config?: readonly { readonly Gateway?: string }[] | null } | null
}

/** The ids of the networks of that name: engines allow several, when two jobs make them at once. */
export async function networksCalled(docker: Docker, name: string): Promise<readonly string[]> {
  return idsOf(await docker.ask(listNetworksArguments(`name=^${name.replaceAll('.', '\\.')}$`)))
}

/** The same ids by age. Those that are gone meanwhile are left out. */
export async function oldestFirst(docker: Docker, ids: readonly string[]): Promise<readonly string[]> {
  const networks = (await Promise.all(ids.map(id => inspectNetwork(docker, id)))).filter(facts => facts !== undefined)
  // Without its zone, since the engine leaves out a fraction's last zeros: `.5` stands before `.51` then.
  const age = ({ Id, Created }: NetworkFacts) => `${Created.replace(/Z$|[+-]\d\d:\d\d$/, '')} ${Id}`
  return networks.sort((a, b) => (age(a) < age(b) ? -1 : 1)).map(({ Id }) => Id)
}

/** The gateways of a network, by its name; none where it is not there, or names none. */
export async function gatewaysOf(docker: Docker, name: string): Promise<readonly string[]> {
  const configurations = (await inspectNetwork(docker, name))?.IPAM?.Config ?? []
  return configurations.flatMap(({ Gateway }) => (Gateway ? [Gateway] : []))
}

/** @returns `undefined` where the network is gone */
async function inspectNetwork(docker: Docker, id: string): Promise<NetworkFacts | undefined> {
  const { code, stdout } = await docker.read(inspectNetworkArguments(id))
  return code === 0 ? (JSON.parse(stdout) as readonly NetworkFacts[])[0] : undefined
}

function containersOn({ Containers }: NetworkFacts): number {
  return Object.keys(Containers ?? {}).length
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

/** Removes a network on which there is no container, not even one that has ended: without it that one could not start again. @returns whether it did */
export async function removeUnusedNetwork(docker: Docker, id: string): Promise<boolean> {
  const network = await inspectNetwork(docker, id)
  if (network === undefined || containersOn(network) > 0) return false
  // The network itself knows only those that run.
  if (idsOf(await docker.ask(listArguments(`network=${id}`))).length > 0) return false
  const removal = await docker.read(removeNetworkArguments(id))
  // In the meantime another job has removed it, or started a node on it.
  if (removal.code !== 0 && !/not found|no such network|active endpoints/i.test(removal.stderr))
    throw engineFailed('network rm', removal.stderr)
  return removal.code === 0
}
