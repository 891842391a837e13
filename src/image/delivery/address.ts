import os from 'node:os'
import type { Docker } from '../../engine/docker.ts'
import { gatewaysOf } from '../../engine/networks.ts'
import type { EngineFacts } from '../../engine/preflight.ts'

/** Where the installer can be offered to a build's containers, and the network that these must be on for it. */
export interface DeliveryPlace {
  readonly address: string
  /** For `docker build --network`; `undefined` for the engine's default one. */
  readonly network: 'host' | undefined
}

/** What tells this machine from others. */
export interface LocalMachine {
  readonly name: string
  readonly addresses: readonly string[]
}

export function thisMachine(): LocalMachine {
  const interfaces = Object.values(os.networkInterfaces()).flatMap(addresses => addresses ?? [])
  return { name: os.hostname(), addresses: interfaces.map(({ address }) => address) }
}

/**
 * Finds the address of this machine that a build's containers can reach, where the engine runs on it: on Windows the gateway of the
 * engine's network `nat`, on Linux loopback.
 * @returns or why there is none, in a clause
 * @throws StepError `engine-unreachable`, `engine-failed`
 */
export async function deliveryAddress(
  docker: Docker,
  engine: Pick<EngineFacts, 'os' | 'name'>,
  machine: () => LocalMachine = thisMachine,
): Promise<DeliveryPlace | { readonly why: string }> {
  return engine.os === 'windows' ? natGateway(docker, machine()) : loopback(engine.name, machine())
}

/** An engine elsewhere has a gateway too, but that is no address of this machine. */
async function natGateway(docker: Docker, { addresses }: LocalMachine): Promise<DeliveryPlace | { readonly why: string }> {
  const gateways = await gatewaysOf(docker, 'nat')
  const address = gateways.find(gateway => addresses.includes(gateway))
  if (address !== undefined) return { address, network: undefined }
  if (gateways.length === 0) return { why: 'the engine has no network called nat with a gateway' }
  return { why: `the gateway of the engine’s network nat, ${gateways.join(', ')}, is no address of this machine` }
}

/**
 * On Linux the gateway tells nothing: an idle engine's bridge is down and then not among Node's interfaces, 20.10 names its gateway
 * only from its second start on (both seen here), and elsewhere it is 172.17.0.1 as well. But an engine tells the name of the
 * machine whose network it has: another one in a virtual machine (`docker-desktop`), or when this process is in a container.
 */
function loopback(engineName: string, { name }: LocalMachine): DeliveryPlace | { readonly why: string } {
  if (engineName.toLowerCase() === name.toLowerCase()) return { address: '127.0.0.1', network: 'host' }
  return { why: `the engine is on ${engineName || 'a machine without a name'}, and this is ${name}` }
}
