/** `docker run -d`. */
import { readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import type { Call } from './call.ts'
import { createContainer } from './container.ts'
import { type ContainerSpec, mergedEnvironment, type RestartPolicy } from './container-spec.ts'
import { type FlagTable, type Parsed, parseFlags } from './flags.ts'
import { healthFlags, isProbing, overriddenCheck } from './health-check.ts'
import type { Image } from './image.ts'
import { pullText } from './images.ts'
import { defaultNetwork, newId } from './networks.ts'
import { speaksApi } from './options.ts'
import { parseReference } from './reference.ts'
import { Refusal, refuse, refuseByDaemon } from './refusal.ts'

const usage = 'docker run [OPTIONS] IMAGE [COMMAND] [ARG...]'
const table = {
  flags: {
    ...{
      detach: 'switch',
      name: 'value',
      hostname: 'value',
      label: 'list',
      env: 'list',
      'env-file': 'list',
      restart: 'value',
      memory: 'value',
      cpus: 'value',
    },
    ...{
      volume: 'list',
      network: 'value',
      'network-alias': 'list',
      isolation: 'value',
      entrypoint: 'value',
      'no-healthcheck': 'switch',
      pull: 'value',
    },
    ...healthFlags,
  },
  short: { d: 'detach', h: 'hostname', l: 'label', e: 'env', m: 'memory', v: 'volume' },
  endsAtArgument: true,
} as const satisfies FlagTable

type RunFlags = Parsed<keyof typeof table.flags>

export function run(call: Call): number {
  const flags = parseFlags(table, call.argv, usage)
  const [imageName, ...command] = flags.rest
  if (imageName === undefined)
    refuse(
      `docker: 'docker run' requires at least 1 argument\n\nUsage:  ${usage}\n\nSee 'docker run --help' for more information`,
    )
  if (flags.value('health-start-interval') !== undefined && !speaksApi(call.world.options, 44)) {
    refuse(
      `"--health-start-interval" requires API version 1.44, but the Docker daemon API version is ${call.world.options.apiVersion}`,
    )
  }
  try {
    return create(call, flags, imageName, command)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.exitCode === 125 && error.message.startsWith('invalid argument')) throw error
    return refuse(`docker: ${error.message}\n\nRun 'docker run --help' for more information`, 125)
  }
}

function create(call: Call, flags: RunFlags, imageName: string, command: readonly string[]): number {
  const { world } = call
  if (!flags.isOn('detach')) refuse("the rehearsal's engine runs containers with --detach alone")
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
  const spec = specOf(call, flags, { id, imageName, image, command, network })
  const holder = [...world.containers.values()].find(other => other.name === spec.name)
  if (holder) {
    refuseByDaemon(
      `Conflict. The container name "/${spec.name}" is already in use by container "${holder.id}". ` +
        'You have to remove (or rename) that container to be able to reuse that name.',
    )
  }
  const container = createContainer(world, id, spec)
  world.containers.set(id, container)
  world.everMade.push(container)
  container.tell('create')
  // A container whose network is missing is made, told and left in the state "created" (measured).
  call.out(`${id}\n`)
  if (!isDefault && ![...world.networks.values()].some(one => one.name === network || one.id === network))
    refuseByDaemon(`network ${network} not found`)
  container.start()
  return 0
}

function findOrPull(call: Call, imageName: string): Image {
  const found = call.world.images.find(imageName)
  if (found) return found
  const reference = parseReference(imageName)
  if ('problem' in reference) return refuse(reference.problem)
  call.err(`Unable to find image '${reference.text}' locally\n`)
  call.err(pullText(call.world, reference).replace(/[^\n]*\n$/, ''))
  return call.world.images.pull(reference).image
}

interface Asked {
  readonly id: string
  readonly imageName: string
  readonly image: Image
  readonly command: readonly string[]
  readonly network: string
}

function specOf(call: Call, flags: RunFlags, { id, imageName, image, command, network }: Asked): ContainerSpec {
  const { options } = call.world
  const isolation = flags.value('isolation') ?? ''
  if (options.os === 'linux' && !['', 'default'].includes(isolation)) {
    refuseByDaemon(`Invalid isolation: ${JSON.stringify(isolation)} - linux only supports 'default'`)
  }
  const name = flags.value('name') ?? `rehearsed_${id.slice(0, 8)}`
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    refuseByDaemon(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`)
  const check = overriddenCheck(image.config.Healthcheck, {
    value: flag => flags.value(flag),
    isOff: flags.isOn('no-healthcheck'),
  })
  const entrypoint = flags.value('entrypoint')
  return {
    name,
    hostname: flags.value('hostname') ?? id.slice(0, 12),
    imageName,
    imageId: image.id,
    imageConfig: { ...image.config, ...(check ? { Healthcheck: check } : {}) },
    environment: mergedEnvironment(
      [
        ...flags.list('env-file').flatMap(file => fileLines(resolve(call.cwd, file))),
        ...flags.list('env').map(entry => valueFromClient(entry, call.environment)),
      ],
      image.config.Env,
    ),
    command: command.length > 0 ? command : (image.config.Cmd ?? []),
    entrypoint: entrypoint === undefined ? image.config.Entrypoint : [entrypoint],
    labels: { ...image.config.Labels, ...Object.fromEntries(flags.list('label').map(label => splitOnce(label))) },
    healthCheck: isProbing(check) ? check : undefined,
    restartPolicy: restartPolicyOf(flags.value('restart') ?? 'no'),
    memoryBytes: memoryOf(flags.value('memory') ?? '0'),
    nanoCpus: Math.round(Number(flags.value('cpus') ?? 0) * 1e9),
    volumes: flags
      .list('volume')
      .map(volume => (isAbsolute(volume) || !volume.startsWith('.') ? volume : resolve(call.cwd, volume))),
    network,
    networkAliases: flags.list('network-alias'),
    isolation: options.os === 'windows' && ['', 'default'].includes(isolation) ? 'process' : isolation,
  }
}

/** `NAME` takes the client's own value; where it has none the bare name stays, and the process does not see it (measured). */
function valueFromClient(entry: string, environment: Readonly<Record<string, string>>): string {
  const value = entry.includes('=') ? undefined : environment[entry]
  return value === undefined ? entry : `${entry}=${value}`
}

/** An env file's lines: a `#` at the beginning is a comment, everything else is as it stands. */
function fileLines(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/)
  return lines.filter(line => line.trim() !== '' && !line.startsWith('#'))
}

function splitOnce(entry: string): readonly [string, string] {
  const at = entry.indexOf('=')
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
}

/** `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`. */
export function restartPolicyOf(text: string): RestartPolicy {
  const [name = '', retries = '0'] = text.split(':')
  if (name === 'on-failure') return { name, maximumRetries: Number(retries) }
  if (name === 'no' || name === 'always' || name === 'unless-stopped') return { name, maximumRetries: 0 }
  return refuseByDaemon(`invalid restart policy '${name}'`)
}

function memoryOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)b?$/i.exec(text)
  if (!match) {
    const suffix = /[a-z]*$/i.exec(text)?.[0] ?? ''
    return refuse(
      `invalid argument ${JSON.stringify(text)} for "-m, --memory" flag: invalid suffix: '${suffix}'\n\nUsage:  ${usage}\n\nRun 'docker run --help' for more information`,
      125,
    )
  }
  const bytes = Math.floor(Number(match[1]) * 1024 ** ' kmgt'.indexOf(match[2]?.toLowerCase() || ' '))
  return match[2]?.toLowerCase() === 'b' ? Number(match[1]) : bytes
}
