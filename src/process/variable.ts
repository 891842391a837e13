import type { Host } from '../host/host.ts'

/** A variable of the host's environment, or `undefined`. Windows' variables have no letter case: it writes `Path` and `SystemRoot`. */
export function variable(name: string, { environment, machine }: Host): string | undefined {
  if (machine.platform !== 'win32') return environment[name]
  const entry = Object.entries(environment).find(([other]) => other.toUpperCase() === name.toUpperCase())
  return entry?.[1]
}
