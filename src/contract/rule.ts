import type { Inputs, Key } from './inputs.ts'

/** What a rule between inputs can see. */
export interface Facts {
  readonly inputs: Inputs
  readonly given: ReadonlySet<Key>
  readonly unparsed: ReadonlySet<Key>
  readonly spell: (key: Key) => string
}

/** One rule between inputs, in the voice of the parser. */
export interface Rule {
  /** The inputs that it reads; it is skipped where one of them did not parse. */
  readonly reads: readonly Key[]
  readonly level: 'fault' | 'warning'
  /** The sentence to say, or `undefined` where the rule holds. */
  readonly check: (facts: Facts) => string | undefined | Promise<string | undefined>
}
