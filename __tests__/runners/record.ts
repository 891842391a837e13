/** What a test asks of an imitated runner. */
export interface StepRequest {
  /** The action's checkout or the task's folder (where action.yml or task.json lies). Used as it is, never written to. */
  readonly folder: string
  /** As the user wrote them in YAML: kebab-case for GitHub, camelCase for Azure. */
  readonly inputs: Readonly<Record<string, string>>
  /** Path of the node program that the runner uses. */
  readonly node: string
  /**
   * Added to the runner's own environment, and stronger than it. On Azure a key `SECRET_X` is the secret variable `X`:
   * it is masked, and an input `$(X)` is replaced by it.
   */
  readonly environment?: Readonly<Record<string, string>>
  /** Checked-out sources and the working directory. Made, and removed again, when absent; so are the next two. */
  readonly workspace?: string
  readonly toolCache?: string
  readonly temp?: string
  /** Registered with the runner beforehand, as repository secrets and secret variables are. */
  readonly secrets?: readonly string[]
  /** RUNNER_DEBUG=1, System.Debug=true. */
  readonly debug?: boolean
  /** Called for each raw line of the main step, before the runner interprets it. */
  readonly onLine?: (line: string, control: StepControl) => void
  /** Called after each signal that the runner sends to a cancelled main step. */
  readonly onSignal?: ((signal: NodeJS.Signals, control: StepControl) => void) | undefined
  /** Whether the post step runs after the main one, however that one ended. Default true. */
  readonly runPost?: boolean
  /** Azure: the execution handler, `Node20_1` or `Node24`; the agent's own choice when absent. */
  readonly pickHandler?: string
}

export interface StepControl {
  /** The runner's own sequence: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL, each to the node process only. */
  cancel(): void
  /** SIGKILL to the node process, at once. */
  kill(): void
  /** SIGSTOP to the node process: it hears no signal but SIGKILL until it is thawed. */
  freeze(): void
  /** SIGCONT: what it was sent meanwhile comes all at once. */
  thaw(): void
}

/** How a runner ended a step that was cancelled. */
export interface Cancel {
  /** The signals that it took, in order; one sent to a process that has ended is none. */
  readonly signals: readonly NodeJS.Signals[]
  /** From the first signal to the end of the node process. */
  readonly tookMs: number
}

export type Outcome = 'succeeded' | 'succeededWithIssues' | 'failed' | 'cancelled'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
}

/** One workflow or logging command. `name` is `add-mask` on GitHub and `task.setsecret` on Azure, in lower case. */
export interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** What a runner knows of one stage, main or post, after it ended. */
export interface StageRecord {
  readonly outcome: Outcome
  /** `null` when a signal ended the process, or when it was never started. */
  readonly exitCode: number | null
  /** `undefined` where nobody cancelled it. */
  readonly cancel: Cancel | undefined
  readonly outputs: Readonly<Record<string, string>>
  /** What the step itself raised, masked; the runner keeps ten of each level. The runner's own words are in `warnings`. */
  readonly annotations: readonly Annotation[]
  readonly groups: readonly string[]
  /** Markdown. GitHub masks it, Azure does not. */
  readonly summary: string
  /** What the step asked to be masked. */
  readonly masks: readonly string[]
  /** Azure only. */
  readonly progress: readonly { readonly percent: number; readonly text: string }[]
  readonly state: Readonly<Record<string, string>>
  /** The stage's part of the stored log: commands executed and removed, secrets masked, `##[error]` and `##[group]` tags kept. */
  readonly log: string
  /** Every byte that the stage wrote to stdout and stderr, in order of arrival. */
  readonly raw: string
  /** Every command that the parser executed, and those that it did not know. */
  readonly commands: readonly Command[]
  /** What the runner itself complains of. */
  readonly warnings: readonly string[]
}

export interface StepRecord extends StageRecord {
  readonly post: StageRecord | undefined
}
