import type { RunOptions } from '../process/run.ts'
import { lastLogArguments, logArguments } from './arguments.ts'
import type { Docker } from './docker.ts'

/** The log lines of a container that `since` (Docker's own notation) does not leave out, oldest first, and where the next read begins. */
export interface LogPart {
  readonly lines: readonly string[]
  readonly next: string
}

/** Docker starts the process first and notes the time then: lines stand in the log up to 5 ms earlier (measured, 20.10). */
const headStartMs = 100

/**
 * The moment from which a container that was started at `startedAt` can have written, as a stamp. No earlier life reaches into
 * it: Docker waits those 100 ms at least before a restart.
 */
export function shortlyBefore(startedAt: string): string {
  return new Date(Date.parse(startedAt) - headStartMs).toISOString().replace('Z', '000000Z')
}

/** Reads what a container wrote since `since`. A log driver that cannot be read gives no lines. */
export async function readLog(docker: Docker, container: string, since: string, options: RunOptions = {}): Promise<LogPart> {
  const { code, stdout, stderr } = await docker.read(logArguments(container, since), options)
  if (code !== 0) return { lines: [], next: since }
  const stamped = inOrder(stdout, stderr).filter(({ stamp }) => stamp > since)
  return { lines: stamped.map(({ line }) => line), next: stamped.at(-1)?.stamp ?? since }
}

export async function lastLines(docker: Docker, container: string, count: number): Promise<readonly string[]> {
  const { code, stdout, stderr } = await docker.read(lastLogArguments(container, count))
  if (code !== 0) return []
  return inOrder(stdout, stderr)
    .map(({ line }) => line)
    .slice(-count)
}

interface Stamped {
  readonly stamp: string
  readonly line: string
}

function inOrder(stdout: string, stderr: string): readonly Stamped[] {
  const stamped = [...splitStamped(stdout), ...splitStamped(stderr)]
  return stamped.sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0))
}

/** Docker stamps each line: `2026-11-22T10:00:00.123456789Z text`. The fraction always has nine digits, so stamps sort as text. */
function splitStamped(text: string): readonly Stamped[] {
  return text.split('\n').flatMap(raw => {
    const [, stamp, written] = /^(\d{4}-\d\d-\d\dT\S+) ?(.*)$/s.exec(raw) ?? []
    if (stamp === undefined || written === undefined) return []
    // What a console draws over itself with a lone return is several lines to a reader.
    return written.split(/\r|\u2028|\u2029/).flatMap((line, index) => (line === '' && index > 0 ? [] : [{ stamp, line }]))
  })
}
