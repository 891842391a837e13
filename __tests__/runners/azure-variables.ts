import type { Masker } from './masker.ts'

/** The variables of a job: names without case, secrets apart (Agent.Worker/Variables.cs). */
export interface Variables {
  set(name: string, value: string, isSecret: boolean): void
  /** Replaces `$(name)`; an unknown name stays as it is. */
  expand(text: string): string
  /** As a task gets them: public ones by their own name, secret ones as SECRET_*, and both lists of names (Handler.cs). */
  environment(): Record<string, string>
}

export function createVariables(masker: Masker): Variables {
  const variables = new Map<string, { name: string; value: string; isSecret: boolean }>()
  return {
    set(name, value, wantsSecret) {
      // Once secret, always secret.
      const isSecret = wantsSecret || variables.get(name.toLowerCase())?.isSecret === true
      if (isSecret) masker.add(value)
      variables.set(name.toLowerCase(), { name, value, isSecret })
    },
    expand: text => text.replace(/\$\(([^()]+)\)/g, (whole, name: string) => variables.get(name.toLowerCase())?.value ?? whole),
    environment() {
      const all = [...variables.values()]
      const namesOf = (isSecret: boolean) => JSON.stringify(all.filter(one => one.isSecret === isSecret).map(({ name }) => name))
      return {
        ...Object.fromEntries(
          all.map(({ name, value, isSecret }) => [`${isSecret ? 'SECRET_' : ''}${environmentName(name)}`, value]),
        ),
        VSTS_PUBLIC_VARIABLES: namesOf(false),
        VSTS_SECRET_VARIABLES: namesOf(true),
      }
    },
  }
}

/** VarUtil.ConvertToEnvVariableFormat: dots and spaces become `_`, hyphens stay. */
export function environmentName(name: string): string {
  return name.replace(/[. ]/g, '_').toUpperCase()
}
