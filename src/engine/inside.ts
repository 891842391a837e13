import { endOf } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { withinLimit } from '../process/limit.ts'
import { execArguments } from './arguments.ts'
import type { Docker } from './docker.ts'

/** What a script said, and how it ended. */
export interface Inside {
  /** `null` where a signal ended the command, or its time was up. */
  readonly code: number | null
  readonly isTimeUp: boolean
  /** Standard output and standard error, in which Docker says why it could not run it. */
  readonly text: string
}

/** PowerShell as the images have it; a script without double quotes needs no quoting on its way. */
export function powerShell(script: string): readonly string[] {
  return ['powershell', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', script]
}

/**
 * Runs a PowerShell script inside a running container, for `limitMs` at most: one that hangs there is not the engine's fault. How it
 * ended is the caller's to judge; an image need not have PowerShell.
 * @throws StepError `engine-unreachable`, `cancelled`
 */
export async function runInside(docker: Docker, id: string, script: string, limitMs: number, host: Host): Promise<Inside> {
  return withinLimit(limitMs, host, async ({ signal }, limit) => {
    const { code, stdout, stderr } = await docker.run(execArguments(id, powerShell(script)), { signal })
    if (host.signal.aborted) throw endOf(host.signal)
    return { code, isTimeUp: limit.aborted, text: [stdout, stderr].filter(text => text !== '').join('\n') }
  })
}

/** The last line that is a JSON object: what the script has to say, whatever else was printed. */
export function answerOf(text: string): Readonly<Record<string, unknown>> | undefined {
  for (const line of text.split(/\r?\n/).reverse()) {
    const answer = line.trimStart().startsWith('{') ? parsed(line) : undefined
    if (typeof answer === 'object' && answer !== null) return answer as Readonly<Record<string, unknown>>
  }
  return undefined
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
