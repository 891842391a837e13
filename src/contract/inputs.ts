import type { Input, Mode } from './input.ts'
import { containersInputs } from './inputs/containers.ts'
import { gateInputs } from './inputs/gate.ts'
import { imageInputs } from './inputs/image.ts'
import { installerInputs } from './inputs/installer.ts'
import { nodeInputs } from './inputs/node.ts'
import { stepInputs } from './inputs/step.ts'

/** Every input, in the order in which people read them. */
export const inputs = {
  ...stepInputs,
  ...installerInputs,
  ...imageInputs,
  ...nodeInputs,
  ...containersInputs,
  ...gateInputs,
} as const

export type Key = keyof typeof inputs
export const keys = Object.keys(inputs) as readonly Key[]

type ValueOf<I> = I extends Input<infer T, infer D> ? ([D] extends [undefined] ? T | undefined : T) : never

/** What a person said, parsed: defaults applied, secrets wrapped, durations in milliseconds. */
export type Inputs = Omit<{ readonly [K in Key]: ValueOf<(typeof inputs)[K]> }, 'mode'> & { readonly mode: Mode }

/** The entries with their differences forgotten, for code that treats all alike. */
export function entryOf(key: Key): Input<unknown, unknown> {
  return inputs[key] as unknown as Input<unknown, unknown>
}
