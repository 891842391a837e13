import type { Variable } from '../contract/environment.ts'
import type { Pair } from '../contract/kinds.ts'
import type { NodePlan } from '../contract/values.ts'
import { isChildVariable } from '../process/run.ts'

/** What `docker build` is told. Paths are absolute. */
export interface BuildOrder {
  readonly context: string
  readonly dockerfile: string
  readonly args: readonly Pair[]
  readonly labels: readonly Pair[]
  readonly idFile: string
  /** What the steps' containers are on; the engine's default network where nothing is said. */
  readonly network?: string | undefined
  /** Windows only; the engine's own way where nothing is said. */
  readonly isolation?: string | undefined
  /** Of each step's container, in Docker's notation: `4g`. */
  readonly memory?: string | undefined
  /** Every step is run, whatever the engine's cache has. */
  readonly isFresh?: boolean
}

export function buildArguments(order: BuildOrder): readonly string[] {
  return [
    'build',
    '--force-rm', // a failed step leaves its container behind otherwise
    ...['--iidfile', order.idFile],
    ...['--file', order.dockerfile],
    ...(order.network === undefined ? [] : ['--network', order.network]),
    ...(order.isolation === undefined ? [] : ['--isolation', order.isolation]),
    ...(order.memory === undefined ? [] : ['--memory', order.memory]),
    ...(order.isFresh ? ['--no-cache'] : []),
    ...order.args.flatMap(({ name, value }) => ['--build-arg', `${name}=${value}`]),
    ...labelArguments(order.labels),
    // Whatever follows is no option, even when it looks like one.
    ...['--', order.context],
  ]
}

/** What of a start does not come from the node's plan. */
export interface RunSetting {
  /** `--health-start-interval`: engines from API 1.44 know it, older ones refuse it. */
  readonly startInterval: boolean
  /** A file with the lines of `fileVariables`, where there are any. */
  readonly envFile: string | undefined
}

/** Engines that know a start interval probe every 5 s by default, which is heavy for PowerShell and dmgcmd. */
const startInterval = '20s'

export function runArguments(node: NodePlan, image: string, setting: RunSetting): readonly string[] {
  return [
    ...['run', '--detach'],
    ...['--name', node.container],
    ...['--hostname', node.hostname],
    ...labelArguments(node.labels),
    ...node.variables.flatMap(variableArguments),
    ...(setting.envFile === undefined ? [] : ['--env-file', setting.envFile]),
    ...['--restart', node.restartPolicy],
    ...(node.isolation === undefined ? [] : ['--isolation', node.isolation]),
    ...(node.memory === undefined ? [] : ['--memory', node.memory]),
    ...(node.cpus === undefined ? [] : ['--cpus', node.cpus]),
    ...joinArguments(node),
    ...node.volumes.flatMap(volume => ['--volume', volume]),
    ...(setting.startInterval ? ['--health-start-interval', startInterval] : []),
    ...['--', image],
  ]
}

/** Networks that every engine has: Docker allows aliases on none of them. */
const builtInNetworks = ['bridge', 'default', 'host', 'nat', 'none']

function joinArguments({ network, hostname }: NodePlan): readonly string[] {
  if (network === undefined) return []
  // Nodes look for each other by hostname, which Docker's DNS knows only as an alias.
  return ['--network', network, ...(builtInNetworks.includes(network) ? [] : ['--network-alias', hostname])]
}

export function networkArguments(name: string, labels: readonly Pair[], os: 'windows' | 'linux'): readonly string[] {
  return [
    'network',
    'create',
    '--driver',
    os === 'windows' ? 'nat' : 'bridge',
    ...labels.flatMap(label => ['--label', `${label.name}=${label.value}`]),
    '--',
    name,
  ]
}

/** The secrets among a node's variables, for the environment of the docker command: `--env NAME` takes them from there. */
export function secretVariables(node: NodePlan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    node.variables.flatMap(({ name, value }) =>
      typeof value === 'string' || isChildVariable(name) ? [] : [[name, value.reveal()]],
    ),
  )
}

/** The lines of an env file: secrets under names that the docker command would obey itself, such as PATH or HTTPS_PROXY. */
export function fileVariables(node: NodePlan): readonly string[] {
  return node.variables.flatMap(({ name, value }) =>
    typeof value !== 'string' && isChildVariable(name) ? [`${name}=${value.reveal()}`] : [],
  )
}

function variableArguments({ name, value }: Variable): readonly string[] {
  if (typeof value === 'string') return ['--env', `${name}=${value}`]
  return isChildVariable(name) ? [] : ['--env', name]
}

export function pullArguments(reference: string): readonly string[] {
  return ['pull', '--', reference]
}

export function pushArguments(reference: string): readonly string[] {
  return ['push', '--', reference]
}

/**
 * With docker's own account on standard error: it says "no such manifest" to many things, and there which one it was.
 * @param isInsecure also takes plain HTTP, and a certificate that nobody vouches for
 */
export function inspectManifestArguments(reference: string, isInsecure: boolean): readonly string[] {
  return ['--debug', 'manifest', 'inspect', '--verbose', ...(isInsecure ? ['--insecure'] : []), '--', reference]
}

/** Removes an image that has no name. @param id its whole id */
export function removeImageArguments(id: string): readonly string[] {
  return ['image', 'rm', '--', id]
}

/** Gives an image one more name. @param source an id, or another name */
export function tagArguments(source: string, reference: string): readonly string[] {
  return ['tag', '--', source, reference]
}

export function inspectImageArguments(reference: string): readonly string[] {
  return ['image', 'inspect', '--', reference]
}

/** The id of every image, intermediate ones too. */
export function listImagesArguments(): readonly string[] {
  return ['image', 'ls', '--all', '--quiet', '--no-trunc']
}

/** Labels of whatever is made: an image, a container. */
export function labelArguments(labels: readonly Pair[]): readonly string[] {
  return labels.flatMap(({ name, value }) => ['--label', `${name}=${value}`])
}

export function inspectNetworkArguments(id: string): readonly string[] {
  return ['network', 'inspect', '--', id]
}

/** The ids of the networks that fit: `name=^shir-network$` (a pattern), or `label=name=value`. */
export function listNetworksArguments(filter: string): readonly string[] {
  return ['network', 'ls', '--quiet', '--no-trunc', '--filter', filter]
}

/** Takes away what would start a container again, whatever happens to it now. */
export function keepEndedArguments(id: string): readonly string[] {
  return ['update', '--restart=no', '--', id]
}

export function unpauseArguments(id: string): readonly string[] {
  return ['unpause', '--', id]
}

/** The image’s scripts need up to a minute for a clean end; Docker gives 10 s on Linux, 30 s on Windows. */
export function stopArguments(id: string): readonly string[] {
  return ['stop', '-t', '60', '--', id]
}

/** Of one that has ended, with its anonymous volumes. */
export function removeEndedArguments(id: string): readonly string[] {
  return ['rm', '--volumes', '--', id]
}

/** By force, and with its anonymous volumes. */
export function removeArguments(id: string): readonly string[] {
  return ['rm', '--force', '--volumes', '--', id]
}

export function removeNetworkArguments(id: string): readonly string[] {
  return ['network', 'rm', id]
}

/** Every container of the engine, by full id; of those that fit where a filter is named (`label=name=value`, `network=<id>`). */
export function listArguments(filter?: string): readonly string[] {
  return ['ps', '--all', '--quiet', '--no-trunc', ...(filter === undefined ? [] : ['--filter', filter])]
}

export function inspectArguments(ids: readonly string[]): readonly string[] {
  return ['container', 'inspect', '--', ...ids]
}

/** Runs a command inside a running container. */
export function execArguments(id: string, command: readonly string[]): readonly string[] {
  return ['exec', id, ...command]
}

/** What can change a verdict on a container: each probe of the health check tells three events besides. */
const tellingEvents = ['health_status', 'die', 'oom', 'start', 'destroy']

export function eventArguments(id: string): readonly string[] {
  const events = tellingEvents.flatMap(event => ['--filter', `event=${event}`])
  return ['events', '--filter', 'type=container', '--filter', `container=${id}`, ...events, '--format', '{{json .}}']
}

/** Enough for a diagnosis, and a bound on what a flood of output costs. */
const mostLogLines = 400

/** The log since a stamp of Docker's own. */
export function logArguments(id: string, since: string): readonly string[] {
  return ['logs', '--timestamps', '--since', since, '--tail', String(mostLogLines), '--', id]
}

/** The last lines of the log. */
export function lastLogArguments(id: string, count: number): readonly string[] {
  return ['logs', '--timestamps', '--tail', String(count), '--', id]
}

/** A command as a person would type it, for a dry run: quoted where a shell would need it. */
export function spellCommand(args: readonly string[]): string {
  return ['docker', ...args].map(word => (/^[\w@%+=:,./\\<>-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')
}
