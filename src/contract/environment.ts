import type { Inputs, Key } from './inputs.ts'
import { entryOf, keys } from './inputs.ts'
import { type Secret, secret } from './secret.ts'

/** One variable of a container. A secret travels by name only: its value is in the environment of the docker command. */
export interface Variable {
  readonly name: string
  readonly value: string | Secret
}

/**
 * The variables of one node, in the order of the inputs: those that were given, the node's own name, and `containerEnv` last.
 * What was not given is left to the image, whose defaults are the documented ones.
 */
export function nodeVariables(inputs: Inputs, given: ReadonlySet<Key>, nodeName: string): readonly Variable[] {
  const mapped = keys.flatMap((key): readonly Variable[] => {
    const name = entryOf(key).env
    if (name === undefined) return []
    if (key === 'nodeName') return [{ name, value: nodeName }]
    const value = inputs[key]
    if (!given.has(key) || value === undefined) return []
    return [{ name, value: typeof value === 'object' ? (value as Secret) : String(value) }]
  })
  // People put passwords into variables: none of these is printed or stands in the process list.
  return [...mapped, ...(inputs.containerEnv ?? []).map(({ name, value }) => ({ name, value: secret(value) }))]
}
