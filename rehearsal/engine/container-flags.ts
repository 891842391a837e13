/** What `docker run` and `docker create` can be asked for. */
import { readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import type { Call } from './call.ts'
import { type ContainerSpec, mergedEnvironment, type RestartPolicy } from './container-spec.ts'
import type { FlagTable, Parsed } from './flags.ts'
import { healthFlags, isProbing, overriddenCheck } from './health-check.ts'
import type { Image } from './image.ts'
import { refuse, refuseByDaemon } from './refusal.ts'

export const containerTable = {
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
      rm: 'switch',
    },
    ...healthFlags,
  },
  short: { d: 'detach', h: 'hostname', l: 'label', e: 'env', m: 'memory', v: 'volume' },
  endsAtArgument: true,
} as const satisfies FlagTable

export type ContainerFlags = Parsed<keyof typeof containerTable.flags>

export interface Asked {
  /** Of the command that asks. */
  readonly usage: string
  readonly id: string
  readonly imageName: string
  readonly image: Image
  readonly command: readonly string[]
  readonly network: string
}

/** What `docker run` and `docker create` ask for, in the engine's words. */
export function specOf(
  call: Call,
  flags: ContainerFlags,
  { usage, id, imageName, image, command, network }: Asked,
): ContainerSpec {
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
    // Another entry point is not given the image's own arguments.
    command: command.length > 0 || entrypoint !== undefined ? command : (image.config.Cmd ?? []),
    entrypoint: entrypoint === undefined ? image.config.Entrypoint : [entrypoint],
    labels: { ...image.config.Labels, ...Object.fromEntries(flags.list('label').map(label => splitOnce(label))) },
    healthCheck: isProbing(check) ? check : undefined,
    restartPolicy: restartPolicyOf(flags.value('restart') ?? 'no'),
    memoryBytes: memoryOf(flags.value('memory') ?? '0', usage),
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

/** Bytes of `512m`, `4g`, `1073741824`. */
export function memoryOf(text: string, usage: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)b?$/i.exec(text)
  if (!match) {
    const [number = '', , suffix = ''] = /^(\d+(\.\d+)?)?\s*(.*)$/s.exec(text) ?? []
    const problem = /^\d/.test(number) ? `invalid suffix: '${suffix}'` : `invalid size: '${text}'`
    return refuse(
      `invalid argument ${JSON.stringify(text)} for "-m, --memory" flag: ${problem}\n\nUsage:  ${usage}\n\nRun '${usage.split(' [')[0]} --help' for more information`,
      125,
    )
  }
  const bytes = Math.floor(Number(match[1]) * 1024 ** ' kmgt'.indexOf(match[2]?.toLowerCase() || ' '))
  return match[2]?.toLowerCase() === 'b' ? Number(match[1]) : bytes
}
