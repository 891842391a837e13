/** A container in the words of `docker container inspect`. */
import type { Container } from './container.ts'
import { defaultNetwork, gatewayOf, type Network } from './networks.ts'
import { rfc3339Nano } from './time.ts'
import type { World } from './world.ts'

export function containerDetails(world: World, container: Container): object {
  const { spec } = container
  const state = container.state()
  const health = container.health()
  const process = [...(spec.entrypoint ?? []), ...spec.command]
  const isUp = ['running', 'paused', 'restarting'].includes(state.status)
  return {
    Id: container.id,
    Created: rfc3339Nano(container.created),
    Path: process[0] ?? '',
    Args: process.slice(1),
    State: {
      Status: state.status,
      Running: isUp,
      Paused: state.status === 'paused',
      Restarting: state.status === 'restarting',
      OOMKilled: false,
      Dead: false,
      Pid: state.pid,
      ExitCode: state.exitCode,
      Error: '',
      StartedAt: rfc3339Nano(state.startedAt),
      FinishedAt: rfc3339Nano(state.finishedAt),
      ...(health ? { Health: health } : {}),
    },
    Image: spec.imageId,
    Name: `/${container.name}`,
    RestartCount: state.restartCount,
    Driver: world.options.os === 'windows' ? 'windowsfilter' : 'overlay2',
    Platform: world.options.os,
    HostConfig: {
      Binds: spec.volumes.length > 0 ? spec.volumes : null,
      NetworkMode: spec.network,
      RestartPolicy: { Name: container.restartPolicy.name, MaximumRetryCount: container.restartPolicy.maximumRetries },
      AutoRemove: false,
      Isolation: spec.isolation,
      Memory: spec.memoryBytes,
      NanoCpus: spec.nanoCpus,
    },
    Mounts: spec.volumes.map(mountOf),
    Config: {
      Hostname: spec.hostname,
      Domainname: '',
      User: spec.imageConfig.User,
      Env: spec.environment,
      Cmd: spec.command.length > 0 ? spec.command : null,
      ...(spec.imageConfig.Healthcheck ? { Healthcheck: spec.imageConfig.Healthcheck } : {}),
      Image: spec.imageName,
      WorkingDir: spec.imageConfig.WorkingDir,
      Entrypoint: spec.entrypoint,
      Labels: spec.labels,
    },
    NetworkSettings: { Networks: networksOf(world, container) },
  }
}

/** `source:target[:mode]`; a source of one letter before the colon is a Windows drive. */
function mountOf(volume: string): object {
  const [, source = '', destination = '', mode = ''] =
    /^((?:[A-Za-z]:)?[^:]+):((?:[A-Za-z]:)?[^:]+)(?::(\w+))?$/.exec(volume) ?? []
  return { Type: 'bind', Source: source, Destination: destination, Mode: mode, RW: mode !== 'ro', Propagation: '' }
}

/** A paused container has its place and its names. */
export function isRunning(container: Container): boolean {
  return ['running', 'paused'].includes(container.state().status)
}

/** The network that a container is on; undefined where it is missing. */
export function networkOf(world: World, container: Container): Network | undefined {
  const name = container.spec.network === 'default' ? defaultNetwork(world.options) : container.spec.network
  return [...world.networks.values()].find(network => network.name === name || network.id === name)
}

/** A container's address: its place among those that were ever made. */
export function addressOf(world: World, container: Container): string {
  const place = [...world.containers.keys()].indexOf(container.id) + 2
  return `172.${networkOf(world, container)?.subnet ?? 17}.0.${place}`
}

function networksOf(world: World, container: Container): object {
  const network = networkOf(world, container)
  if (!network) return {}
  const isUp = isRunning(container)
  const isUserDefined = container.spec.network === network.name && network.name !== defaultNetwork(world.options)
  return {
    [network.name]: {
      Aliases: isUserDefined ? [...container.spec.networkAliases, container.id.slice(0, 12)] : null,
      NetworkID: network.id,
      Gateway: isUp ? gatewayOf(world.options, network) : '',
      IPAddress: isUp ? addressOf(world, container) : '',
      IPPrefixLen: isUp ? 16 : 0,
    },
  }
}
