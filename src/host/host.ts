import type { Key } from '../contract/inputs.ts'
import type { OutputName } from '../contract/outputs.ts'

/** Time, for everything: nothing else reads it or sleeps. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after `ms`; at once, without an error, when `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /**
   * Calls `ring` after `ms`, unless what it returns is called before: for limits, which are no part of what a run waits for, so that
   * they do not ring where waiting takes no time.
   */
  alarm(ms: number, ring: () => void): () => void
}

export interface Machine {
  readonly name: string
  /** Tells machines apart that share a folder. */
  readonly id: string
  /** True where the machine ends with the job; `undefined` where there is no job whose end could be meant. */
  readonly isEphemeral: boolean | undefined
  readonly platform: NodeJS.Platform
  /** A folder for short-lived files. */
  readonly temp: string
  /** The folder in which tools outlive a run. */
  readonly tools: string
  /** The checked-out sources, or the terminal's folder: relative paths start here, and programs in it are not trusted. */
  readonly workspace: string
}

/** This run of the pipeline. */
export interface Run {
  readonly id: string
  /** Tells the run's jobs apart. */
  readonly job: string
  /** Its page, where it has one. */
  readonly url: string | undefined
  /** Where the sources are kept, and the commit that was checked out, as far as the host tells. */
  readonly source: string | undefined
  readonly commit: string | undefined
}

export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
}

/**
 * A cache that outlives this machine. Nothing of it throws, since a cache is no reason to fail: each call ends with what it was to
 * bring, or with why not, in foreign words without a full stop. An aborted `signal` ends it at once.
 */
export interface CacheService {
  /**
   * The key under which such a folder was saved: this one, or else the newest of those that begin with one of `prefixes`. The folder's
   * own name is part of what is asked for, here and in `restore`; what it lies in must exist.
   */
  find(key: string, prefixes: readonly string[], folder: string, signal: AbortSignal): Promise<Found>
  /** Puts back what was saved under `key`. Archives lie beside the folder for a while. */
  restore(key: string, folder: string, signal: AbortSignal): Promise<Found>
  /** Saves a folder with all that is in it. What is there under `key` already stays. */
  save(key: string, folder: string, signal: AbortSignal): Promise<Found>
}

/** `key` where all went well. Both are `undefined` where nothing went wrong and nothing is there. */
export interface Found {
  readonly key: string | undefined
  readonly why: string | undefined
}

/** What runs the step. Implementations are dumb: what may leave is decided by `report/guard`, which wraps each of them. */
export interface Host {
  /** By camelCase key; an unknown name as its user wrote it. */
  readonly inputs: Readonly<Record<string, string>>
  /** An input's name as this host's user writes it. */
  spell(key: Key): string
  readonly machine: Machine
  readonly run: Run
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal
  readonly clock: Clock
  /** The environment as it was at the start, without inputs. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** One line. */
  log(line: string): void
  /** Shows the lines that `body` logs under a title. Groups do not nest. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  annotate(annotation: Annotation): void
  /** `percent` from 0 to 100. */
  progress(percent: number, text: string): void
  /** From now on the host hides `value` wherever it prints. */
  mask(value: string): void
  /** Under the name that this host's users know: kebab-case, or camelCase on Azure Pipelines. */
  output(name: OutputName, value: string): void
  /** Markdown, added to the run's page. */
  summary(markdown: string): Promise<void>
  /** One text that the post step can read. */
  readonly state: { load(): string | undefined; save(value: string): void }
  /** The folder of a tool that this machine keeps, or `undefined`. `version` in the notation of semver. */
  findTool(name: string, version: string, arch: string): Promise<string | undefined>
  /** What this host keeps for machines that end with their job; `undefined` where it keeps nothing, or the machine stays. */
  readonly cacheService: CacheService | undefined
  /** The step's end as the host shows it: a failure is already annotated. */
  fail(): void
}
