import type { ReasonCode } from '../contract/reasons.ts'
import type { Docker } from '../engine/docker.ts'
import type { EngineFacts } from '../engine/preflight.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'

/** What every part of a build works with. */
export interface Workshop {
  readonly docker: Docker
  readonly engine: EngineFacts
  readonly host: Host
  readonly journal: Journal
  /** A folder that all jobs of this machine share, in which they take turns. */
  readonly turns: string
  /** Something that the user should know, though the step goes on. */
  warn(code: ReasonCode, message: string): void
}
