import type { Probe } from '../contract/values.ts'
import type { Host } from '../host/host.ts'
import type { RunOptions } from '../process/run.ts'
import { inspectArguments, inspectImageArguments } from './arguments.ts'
import { type Docker, engineFailed } from './docker.ts'

/** `docker image inspect`, as far as we read it. */
export interface ImageFacts {
  readonly id: string
  readonly os: string
  readonly osVersion: string | undefined
  readonly repoDigests: readonly string[]
  /** Its names on this engine, with their tags; Docker Hub's without its address. */
  readonly repoTags: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly hasHealthCheck: boolean
}

/** `docker container inspect`, as far as we read it. */
export interface ContainerFacts {
  readonly id: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly imageId: string
  /** The variable NODE_NAME; the hostname where there is none. */
  readonly nodeName: string
  readonly status: string
  readonly exitCode: number
  readonly restartCount: number
  readonly startedAt: string
  /** Started with `--rm`: it goes when it ends. */
  readonly removesItself: boolean
  /** As `--restart` spells it: `no`, `always`, `unless-stopped`, `on-failure`, `on-failure:3`. */
  readonly restartPolicy: string
  readonly health: string | undefined
  readonly probes: readonly Probe[]
}

/** The image's facts, or `undefined` where this engine has no such image. @throws StepError `engine-failed` */
export async function inspectImage(docker: Docker, reference: string): Promise<ImageFacts | undefined> {
  const { code, stdout, stderr } = await docker.read(inspectImageArguments(reference))
  if (code !== 0) {
    if (/no such image/i.test(stderr)) return undefined
    throw engineFailed('image inspect', stderr)
  }
  const [image] = JSON.parse(stdout) as readonly RawImage[]
  if (!image) return undefined
  const test = image.Config?.Healthcheck?.Test ?? []
  return {
    id: image.Id,
    os: image.Os,
    osVersion: image.OsVersion,
    repoDigests: image.RepoDigests ?? [],
    repoTags: image.RepoTags ?? [],
    labels: image.Config?.Labels ?? {},
    hasHealthCheck: test.length > 0 && test[0] !== 'NONE',
  }
}

/** One answer holds some 10 KB a container, and Windows' command line 32 K characters. */
const mostAtOnce = 50

/** The facts of those containers that exist. A container's key becomes a secret of the host: it stands in what Docker answers. */
export async function inspectContainers(
  docker: Docker,
  ids: readonly string[],
  host: Host,
  options: RunOptions = {},
): Promise<readonly ContainerFacts[]> {
  const facts: ContainerFacts[] = []
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    // Exit code 1 says that some are gone; the others are told all the same.
    const { stdout, stderr, code } = await docker.read(inspectArguments(ids.slice(from, from + mostAtOnce)), options)
    if (code !== 0 && !/no such container/i.test(stderr)) throw engineFailed('container inspect', stderr)
    facts.push(...(JSON.parse(stdout || '[]') as readonly RawContainer[]).map(raw => containerFacts(raw, host)))
  }
  return facts
}

function containerFacts(raw: RawContainer, host: Host): ContainerFacts {
  const variables = new Map(
    (raw.Config.Env ?? []).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  const key = variables.get('AUTH_KEY')
  if (key) host.mask(key)
  const { State: state } = raw
  return {
    id: raw.Id,
    name: raw.Name.replace(/^\//, ''),
    labels: raw.Config.Labels ?? {},
    imageId: raw.Image ?? '',
    // As in the container itself: an empty variable says nothing.
    nodeName: variables.get('NODE_NAME') || raw.Config.Hostname,
    status: state.Status,
    exitCode: state.ExitCode,
    restartCount: raw.RestartCount ?? 0,
    startedAt: state.StartedAt,
    removesItself: raw.HostConfig?.AutoRemove ?? false,
    restartPolicy: spellRestartPolicy(raw.HostConfig?.RestartPolicy),
    health: state.Health && state.Health.Status !== 'none' ? state.Health.Status : undefined,
    // Docker keeps the log of an earlier start: only probes of this one tell something.
    probes: (state.Health?.Log ?? [])
      .filter(probe => Date.parse(probe.Start) >= Date.parse(state.StartedAt))
      .map(probe => ({ startedAt: probe.Start, exitCode: probe.ExitCode, output: probe.Output.trim() })),
  }
}

function spellRestartPolicy(
  { Name, MaximumRetryCount = 0 }: { Name: string; MaximumRetryCount?: number } = { Name: 'no' },
): string {
  return MaximumRetryCount > 0 ? `${Name}:${MaximumRetryCount}` : Name || 'no'
}

interface RawImage {
  readonly Id: string
  readonly Os: string
  readonly OsVersion?: string
  readonly RepoDigests?: readonly string[] | null
  readonly RepoTags?: readonly string[] | null
  readonly Config?: {
    readonly Labels?: Record<string, string> | null
    readonly Healthcheck?: { readonly Test?: readonly string[] } | null
  } | null
}

interface RawContainer {
  readonly Id: string
  readonly Name: string
  readonly Image?: string
  readonly RestartCount?: number
  readonly HostConfig?: {
    readonly AutoRemove?: boolean
    readonly RestartPolicy?: { readonly Name: string; readonly MaximumRetryCount?: number }
  }
  readonly Config: {
    readonly Hostname: string
    readonly Env?: readonly string[] | null
    readonly Labels?: Record<string, string> | null
  }
  readonly State: {
    readonly Status: string
    readonly ExitCode: number
    readonly StartedAt: string
    readonly Health?: {
      readonly Status: string
      readonly Log?: readonly { readonly Start: string; readonly ExitCode: number; readonly Output: string }[] | null
    } | null
  }
}
