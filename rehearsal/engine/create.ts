/** `docker create`, and the making of a container that `docker run` shares with it. */
import type { Call } from './call.ts'
import { type Container, createContainer } from './container.ts'
import { type ContainerFlags, containerTable, specOf } from './container-flags.ts'
import { parseFlags } from './flags.ts'
import { healthFlags } from './health-check.ts'
import type { Image } from './image.ts'
import { pullText, requireReference } from './images.ts'
import { defaultNetwork, newId } from './networks.ts'
import { speaksApi } from './options.ts'
import { refuse, refuseByDaemon } from './refusal.ts'

const usage = 'docker create [OPTIONS] IMAGE [COMMAND] [ARG...]'

export function create(call: Call): number {
  const { flags, imageName, command } = readContainerFlags(call, usage)
  call.out(`${makeContainer(call, flags, { usage, imageName, command }).id}\n`)
  return 0
}

/** Reads the command line of `docker create` or `docker run`, and refuses what the client refuses by itself. */
export function readContainerFlags(call: Call, usage: string) {
  const flags = parseFlags(containerTable, call.argv, usage)
  const [imageName, ...command] = flags.rest
  const name = usage.split(' [')[0]
  if (imageName === undefined)
    return refuse(
      `docker: '${name}' requires at least 1 argument\n\nUsage:  ${usage}\n\nSee '${name} --help' for more information`,
    )
  const { options } = call.world
  if (flags.value('health-start-interval') !== undefined && !speaksApi(options, 44)) {
    refuse(`"--health-start-interval" requires API version 1.44, but the Docker daemon API version is ${options.apiVersion}`)
  }
  return { flags, imageName, command }
}

interface Wanted {
  readonly usage: string
  readonly imageName: string
  readonly command: readonly string[]
}

/** Makes a container that is not started yet, and pulls its image where it is missing. */
export function makeContainer(call: Call, flags: ContainerFlags, { usage, imageName, command }: Wanted): Container {
  const { world } = call
  if (
    flags.isOn('no-healthcheck') &&
    Object.keys(healthFlags).some(name => flags.value(name as keyof typeof healthFlags) !== undefined)
  ) {
    refuse('--no-healthcheck conflicts with --health-* options')
  }
  const network = flags.value('network') ?? 'default'
  const isDefault = ['default', defaultNetwork(world.options), 'host', 'none'].includes(network)
  if (isDefault && flags.list('network-alias').length > 0)
    refuse('network-scoped aliases are only supported for user-defined networks')

  const image = findOrPull(call, imageName)
  const id = newId()
  const spec = specOf(call, flags, { usage, id, imageName, image, command, network })
  if (spec.command.length === 0 && (spec.entrypoint ?? []).length === 0) refuseByDaemon('No command specified')
  const holder = [...world.containers.values()].find(other => other.name === spec.name)
  if (holder) {
    refuseByDaemon(
      `Conflict. The container name "/${spec.name}" is already in use by container "${holder.id}". ` +
        'You have to remove (or rename) that container to be able to reuse that name.',
    )
  }
  const container = createContainer(world, id, spec)
  world.containers.set(id, container)
  container.tell('create')
  return container
}

function findOrPull(call: Call, imageName: string): Image {
  const found = call.world.images.find(imageName)
  if (found) return found
  const reference = requireReference(imageName)
  call.err(`Unable to find image '${reference.text}' locally\n`)
  call.err(pullText(call.world, reference).replace(/[^\n]*\n$/, ''))
  return call.world.images.pull(reference).image
}
