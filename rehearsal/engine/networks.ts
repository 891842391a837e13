/** The networks of an engine; containers are attached to one each. */
import { randomBytes } from 'node:crypto'
import type { EngineOptions } from './options.ts'
import type { Clock } from './time.ts'

export interface Network {
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly created: number
  readonly labels: Readonly<Record<string, string>>
  /** The second number of its addresses: 172.<n>.0.0/16. */
  readonly subnet: number
}

/** The network of containers that name none. */
export function defaultNetwork(options: EngineOptions): string {
  return options.os === 'windows' ? 'nat' : 'bridge'
}

export function createNetworks(options: EngineOptions, clock: Clock): Map<string, Network> {
  const builtIn = options.os === 'windows' ? ['nat', 'none'] : ['bridge', 'host', 'none']
  const networks = builtIn.map((name, index) => {
    const driver = name === 'none' ? 'null' : name
    return { id: newId(), name, driver, created: clock.now(), labels: {}, subnet: 17 + index }
  })
  return new Map(networks.map(network => [network.id, network]))
}

/** 64 hexadecimal digits, as all of the engine's ids. */
export function newId(): string {
  return randomBytes(32).toString('hex')
}

/**
 * The address at which containers reach this machine. On the network of containers that name none it is one that the machine really
 * has: a step offers its installer there.
 */
export function gatewayOf(options: EngineOptions, { name, subnet }: Network): string {
  return name === defaultNetwork(options) ? '127.0.0.1' : `172.${subnet}.0.1`
}
