/** `docker network create`, `inspect`, `ls` and `rm`. */
import { type Call, forEachName, requireJsonFormat } from './call.ts'
import { addressOf, isRunning, networkOf } from './container-details.ts'
import { parseFlags } from './flags.ts'
import { inspectAll } from './images.ts'
import { defaultNetwork, gatewayOf, type Network, newId } from './networks.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import { rfc3339Nano } from './time.ts'
import type { World } from './world.ts'

function findNetwork(world: World, name: string): Network | undefined {
  const all = [...world.networks.values()]
  return all.find(one => one.name === name || one.id === name) ?? all.find(one => name.length > 3 && one.id.startsWith(name))
}

function requireNetwork(world: World, name: string): Network {
  return findNetwork(world, name) ?? refuseByDaemon(`network ${name} not found`)
}

const running = (world: World, network: Network) =>
  [...world.containers.values()].filter(one => isRunning(one) && networkOf(world, one)?.id === network.id)

export function networkCreate(call: Call): number {
  const { world } = call
  const flags = parseFlags(
    { flags: { label: 'list', driver: 'value' }, short: { d: 'driver' } },
    call.argv,
    'docker network create [OPTIONS] NETWORK',
  )
  const [name] = flags.rest
  if (name === undefined || flags.rest.length > 1)
    refuse(
      "docker: 'docker network create' requires 1 argument\n\nUsage:  docker network create [OPTIONS] NETWORK\n\nRun 'docker network create --help' for more information",
    )
  const drivers =
    world.options.os === 'windows'
      ? ['nat', 'transparent', 'l2bridge', 'l2tunnel', 'overlay', 'ics']
      : ['bridge', 'ipvlan', 'macvlan']
  const driver = flags.value('driver') ?? defaultNetwork(world.options)
  if (!drivers.includes(driver)) refuseByDaemon(`plugin ${JSON.stringify(driver)} not found`)
  if ([...world.networks.values()].some(one => one.name === name)) refuseByDaemon(`network with name ${name} already exists`)
  const labels = Object.fromEntries(
    flags.list('label').map(label => [label.split('=')[0] ?? '', label.split('=').slice(1).join('=')]),
  )
  const network: Network = { id: newId(), name, driver, created: world.clock.now(), labels, subnet: 17 + world.networks.size }
  world.networks.set(network.id, network)
  call.out(`${network.id}\n`)
  return 0
}

export function networkInspect(call: Call): number {
  const flags = parseFlags(
    { flags: { format: 'value', verbose: 'switch' }, short: { f: 'format', v: 'verbose' } },
    call.argv,
    'docker network inspect [OPTIONS] NETWORK [NETWORK...]',
  )
  return inspectAll(call, flags.rest, flags.value('format'), name => {
    const network = requireNetwork(call.world, name)
    const members = running(call.world, network).map(one => [
      one.id,
      { Name: one.name, IPv4Address: `${addressOf(call.world, one)}/16` },
    ])
    return {
      Name: network.name,
      Id: network.id,
      Created: rfc3339Nano(network.created),
      Scope: 'local',
      Driver: network.driver,
      EnableIPv6: false,
      IPAM: {
        Driver: 'default',
        Options: {},
        Config: [{ Subnet: `172.${network.subnet}.0.0/16`, Gateway: gatewayOf(call.world.options, network) }],
      },
      Internal: false,
      Containers: Object.fromEntries(members),
      Options: {},
      Labels: network.labels,
    }
  })
}

export function networkLs(call: Call): number {
  const table = {
    flags: { quiet: 'switch', 'no-trunc': 'switch', filter: 'list', format: 'value' },
    short: { q: 'quiet', f: 'filter' },
  } as const
  const flags = parseFlags(table, call.argv, 'docker network ls [OPTIONS]')
  requireJsonFormat(flags.value('format'))
  const fits = (network: Network, filter: string) => {
    const [kind, value = '', ...rest] = filter.split('=')
    if (kind === 'name') return new RegExp(value).test(network.name)
    if (kind === 'id') return network.id.startsWith(value)
    if (kind === 'driver') return network.driver === value
    if (kind === 'label') return rest.length > 0 ? network.labels[value] === rest.join('=') : Object.hasOwn(network.labels, value)
    return refuseByDaemon(`Invalid filter '${kind}'`)
  }
  for (const network of [...call.world.networks.values()].filter(one =>
    flags.list('filter').every(filter => fits(one, filter)),
  )) {
    const id = flags.isOn('no-trunc') ? network.id : network.id.slice(0, 12)
    const labels = Object.entries(network.labels).map(([name, value]) => `${name}=${value}`)
    const row = { ID: id, Name: network.name, Driver: network.driver, Scope: 'local', Labels: labels.join(',') }
    call.out(flags.isOn('quiet') ? `${id}\n` : `${JSON.stringify(row)}\n`)
  }
  return 0
}

export async function networkRm(call: Call): Promise<number> {
  const { rest } = parseFlags(
    { flags: { force: 'switch' }, short: { f: 'force' } },
    call.argv,
    'docker network rm NETWORK [NETWORK...]',
  )
  const exitCode = await forEachName(call, rest, name => {
    const network = requireNetwork(call.world, name)
    if (running(call.world, network).length > 0) {
      refuseByDaemon(`error while removing network: network ${network.name} id ${network.id} has active endpoints`)
    }
    call.world.networks.delete(network.id)
  })
  if (exitCode !== 0) call.err('exit status 1\n')
  return exitCode
}
