import type { Inputs } from '../contract/inputs.ts'
import type { Pair } from '../contract/kinds.ts'
import type { Installer } from '../contract/values.ts'
import type { Isolation } from '../engine/preflight.ts'
import type { Context } from './context.ts'

/** An image that is wanted, and everything that its user said of it. */
export interface ImageOrder {
  readonly context: Context
  /** Its names; without any it is called `shir:<version>`. */
  readonly references: readonly string[]
  readonly labels: readonly Pair[]
  /** `undefined` where the engine decides. */
  readonly isolation: Isolation | undefined
  /** What each node gets, as docker spells it; a build under Hyper-V takes it too. */
  readonly memory: string | undefined
  readonly delivery: Inputs['installerDelivery']
  readonly isPushed: boolean
  /** Nodes are started from it, so that it must be on this engine, and not in its registry alone. */
  readonly isRun: boolean
  /** Built even where there is one of the same fingerprint. */
  readonly rebuild: boolean
}

/** What is known of an installer before a byte of it is here. */
export type KnownInstaller = Pick<Installer, 'sha256'> & { readonly version: string | undefined }

/** The names that an image of that version gets. */
export function namesOf({ references }: Pick<ImageOrder, 'references'>, version: string): readonly [string, ...string[]] {
  const [first = `shir:${version}`, ...others] = references
  return [first, ...others]
}
