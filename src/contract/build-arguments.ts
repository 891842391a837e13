import type { Inputs, Key } from './inputs.ts'
import type { Pair } from './kinds.ts'

/** Inputs that become a build argument, and its name. */
export const argumentNames = {
  installJdk: 'INSTALL_JDK',
  jdkUrl: 'JDK_URL',
  jdkSha256: 'JDK_SHA256',
  certificates: 'INSTALL_CERT',
} as const satisfies Partial<Record<Key, string>>

export type ArgumentKey = keyof typeof argumentNames
export const argumentKeys = Object.keys(argumentNames) as readonly ArgumentKey[]

/** A build argument, and the input that asks for it. */
export interface InputArgument extends Pair {
  readonly key: ArgumentKey
}

/** The build arguments that the inputs ask for. What was not given is left to the Dockerfile, whose defaults are its own matter. */
export function inputArguments(inputs: Pick<Inputs, ArgumentKey>): readonly InputArgument[] {
  const { installJdk, jdkUrl, jdkSha256, certificates } = inputs
  const values: Readonly<Record<ArgumentKey, string | undefined>> = {
    installJdk: installJdk ? 'true' : undefined,
    jdkUrl: installJdk ? jdkUrl : undefined,
    jdkSha256: installJdk ? jdkSha256?.toLowerCase() : undefined,
    certificates: certificates === undefined ? undefined : 'true',
  }
  return argumentKeys.flatMap(key => {
    const value = values[key]
    return value === undefined ? [] : [{ key, name: argumentNames[key], value }]
  })
}
