/** One run of the `docker` program, as the engine sees it. */
import { Refusal, refuse } from './refusal.ts'
import type { World } from './world.ts'

export interface Call {
  readonly world: World
  /** What follows the command's words. */
  readonly argv: readonly string[]
  readonly cwd: string
  /** The client's variables, as far as the command line names them. */
  readonly environment: Readonly<Record<string, string>>
  /** Aborted when the client went away. */
  readonly signal: AbortSignal
  out(text: string): void
  err(text: string): void
}

/** Answers with the exit code. */
export type Command = (call: Call) => number | Promise<number>

/** Does `each` for every name, prints the names that worked, and tells the refusals of the others; 1 where there are any. */
export async function forEachName(
  call: Call,
  names: readonly string[],
  each: (name: string) => void | Promise<void>,
): Promise<number> {
  let exitCode = 0
  for (const name of names) {
    try {
      await each(name)
      call.out(`${name}\n`)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      call.err(`${error.message}\n`)
      exitCode = error.exitCode
    }
  }
  return exitCode
}

/** Go's `--format`: the product asks for JSON alone, so that is all this engine knows. */
export function requireJsonFormat(format: string | undefined): void {
  if (format !== undefined && format !== '{{json .}}' && format !== 'json') {
    refuse(`the rehearsal's engine knows --format '{{json .}}' alone, not: ${format}`)
  }
}

/** Waits `ms`; ends the command when the client goes away. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new Refusal('cancelled', 130))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
