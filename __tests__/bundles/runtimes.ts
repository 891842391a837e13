import { existsSync } from 'node:fs'

/** A Node that the runners use, and the task's handler of that name. */
export interface Runtime {
  readonly name: string
  readonly program: string
  readonly handler: string
}

interface Wanted {
  readonly major: number
  /** The variable that names its program, where jest runs on another one. */
  readonly variable: string
  readonly handler: string
}

const wanted: readonly Wanted[] = [
  { major: 20, variable: 'NODE20', handler: 'Node20_1' },
  { major: 24, variable: 'NODE24', handler: 'Node24' },
]

/**
 * One `describe` for each Node of the runners. One that this machine lacks is skipped with a loud line, or fails where
 * SKIPS_FORBIDDEN is 1.
 */
export function describeOnEach(body: (runtime: Runtime) => void): void {
  for (const { major, variable, handler } of wanted) {
    const name = `Node ${major}`
    const program = programOf(major, variable)
    if (program !== undefined) {
      describe(name, () => body({ name, program, handler }))
      continue
    }
    const lack = `${name} is not here: name its program in the variable ${variable}.`
    if (process.env.SKIPS_FORBIDDEN === '1') {
      describe(name, () => {
        test(`${variable} names a program`, () => {
          throw new Error(`${lack} SKIPS_FORBIDDEN is 1.`)
        })
      })
    } else {
      process.stderr.write(`SKIPPED: ${lack}\n`)
      describe.skip(name, () => body({ name, program: '', handler }))
    }
  }
}

function programOf(major: number, variable: string): string | undefined {
  const named = process.env[variable]
  if (named && existsSync(named)) return named
  return process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined
}
