/** What is known of one image. */

/** Durations in nanoseconds, as everywhere in Docker's JSON. */
export interface HealthCheck {
  readonly Test: readonly string[]
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly StartInterval?: number
  readonly Retries?: number
}

export interface ImageConfig {
  readonly Env: readonly string[]
  readonly Entrypoint: readonly string[] | null
  readonly Cmd: readonly string[] | null
  readonly Labels: Readonly<Record<string, string>>
  readonly Healthcheck?: HealthCheck
  readonly WorkingDir: string
  readonly User: string
  readonly ExposedPorts?: Readonly<Record<string, object>>
}

export interface Installer {
  /** Without folders. */
  readonly name: string
  /** 64 small hexadecimal digits. */
  readonly sha256: string
}

export interface Image {
  /** `sha256:` and 64 digits. */
  readonly id: string
  readonly parent: string
  readonly created: number
  readonly size: number
  readonly os: string
  readonly osVersion: string
  readonly config: ImageConfig
  /** What is known of the files in it: text by path, without the drive. */
  readonly files: Readonly<Record<string, string>>
  /** The one that was copied into it, until build.ps1 takes it away. */
  readonly installer: Installer | undefined
  /** What the builder's cache knows it by. */
  readonly cacheKey?: string
}
