/** What a container was asked to be, and how it is: the data behind `docker run` and `docker inspect`. */
import type { HealthCheck, ImageConfig } from './image.ts'

export interface RestartPolicy {
  readonly name: 'no' | 'on-failure' | 'always' | 'unless-stopped'
  /** Of `on-failure`; 0 is without end. */
  readonly maximumRetries: number
}

export interface ContainerSpec {
  readonly name: string
  readonly hostname: string
  /** The reference as it was given to `docker run`. */
  readonly imageName: string
  readonly imageId: string
  readonly imageConfig: ImageConfig
  /** `NAME=value`; a bare `NAME` takes away what the image sets. */
  readonly environment: readonly string[]
  readonly command: readonly string[]
  readonly entrypoint: readonly string[] | null
  readonly labels: Readonly<Record<string, string>>
  readonly healthCheck: HealthCheck | undefined
  readonly restartPolicy: RestartPolicy
  readonly memoryBytes: number
  readonly nanoCpus: number
  readonly volumes: readonly string[]
  readonly network: string
  readonly networkAliases: readonly string[]
  readonly isolation: string
}

/** How a container is. Moments in milliseconds since 1970. */
export interface ContainerState {
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'exited'
  readonly exitCode: number
  readonly pid: number
  readonly startedAt: number | undefined
  readonly finishedAt: number | undefined
  readonly restartCount: number
}

/** All on standard output: the scripts of the image write nothing else. */
export interface LogLine {
  readonly at: number
  readonly text: string
}

/** The environment that the container's process sees. */
export function processEnvironment(environment: readonly string[]): Readonly<Record<string, string>> {
  const pairs = environment.filter(entry => entry.includes('='))
  return Object.fromEntries(pairs.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]))
}

/** The asked environment before the image's own, which counts where a name was not asked for (as measured in `Config.Env`). */
export function mergedEnvironment(asked: readonly string[], ofImage: readonly string[]): readonly string[] {
  const nameOf = (entry: string) => entry.split('=')[0]
  const names = new Set(asked.map(nameOf))
  const last = new Map(asked.map(entry => [nameOf(entry), entry]))
  return [...last.values(), ...ofImage.filter(entry => !names.has(nameOf(entry)))]
}
