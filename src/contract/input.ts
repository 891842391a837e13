import type { Kind } from './kinds.ts'

export const modes = ['build', 'run', 'gate', 'remove'] as const
export type Mode = (typeof modes)[number]

export const groups = {
  step: 'Step',
  installer: 'Installer',
  image: 'Image',
  node: 'Node',
  containers: 'Containers',
  gate: 'Gate',
} as const
export type Group = keyof typeof groups

/** Who can take an input; all of them where an entry says nothing. */
export type HostName = 'github' | 'azure' | 'terminal'

/** One input: all there is to say of it. Parser, manifests, tables and flags are made from this. */
export interface Input<T, D extends T | undefined = undefined> {
  readonly kind: Kind<T>
  /** Applied by the parser and told in descriptions; manifests carry none, since a default there looks like a choice. */
  readonly default: D
  /** Where the default is not a plain value: the words for it. */
  readonly otherwise?: string
  readonly group: Group
  readonly modes: readonly Mode[]
  readonly label: string
  readonly help: string
  /** Masked, never echoed, and without a flag on the terminal. */
  readonly secret?: true
  /** Its text may hold a credential somewhere: errors about it do not repeat it. */
  readonly mayHoldSecret?: true
  /** The terminal's environment variable that it may be given in, since the process list shows flags; a secret has no other place. */
  readonly variable?: { readonly name: string; readonly help: string }
  /** The container's environment variable that it maps onto. */
  readonly env?: string
  readonly required?: true
  readonly hosts?: readonly HostName[]
}

type Rest<T> = Omit<Input<T>, 'default'>

export function input<T>(entry: Rest<T> & { readonly default: NoInfer<T> }): Input<T, T>
export function input<T>(entry: Rest<T>): Input<T>
export function input<T>(entry: Rest<T> & { readonly default?: T }): Input<T, T | undefined> {
  return { ...entry, default: entry.default }
}
