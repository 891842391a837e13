import { endOf } from '../contract/reasons.ts'
import { type Docker, firstLine } from '../engine/docker.ts'
import { asksTooOften, isUnavailable } from '../engine/registry-words.ts'
import type { Host } from '../host/host.ts'
import type { Finished } from '../process/run.ts'
import { inMinutes, watchSilence } from './silence.ts'

/**
 * How long a push or a pull may say nothing. Without a terminal docker tells only when a layer begins and when it is done, so that
 * a single layer must be through in that time.
 */
const longestSilenceMs = 15 * 60_000

/** Docker itself tries a layer five times, but the manifest and the registry's front door once. */
export const mostTries = 4

/**
 * Runs a `docker push` or `docker pull`, which wait for ever where a registry takes a connection and then does nothing: a silence is
 * told, and ends it when it gets too long. `timedOut` then is true; whether it is tried again is the caller's to say.
 * @throws StepError `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function transfer(
  args: readonly string[],
  docker: Docker,
  host: Host,
  onLine: (line: string) => void,
): Promise<Finished> {
  const limit = new AbortController()
  const watch = watchSilence(host, silentMs => {
    host.log(`docker ${args[0]} ${args.at(-1)} has said nothing for ${inMinutes(silentMs)}.`)
    if (silentMs >= longestSilenceMs) limit.abort()
  })
  try {
    const finished = await docker.run(args, {
      signal: AbortSignal.any([host.signal, limit.signal]),
      onLine: line => {
        watch.heard()
        onLine(line)
      },
    })
    if (host.signal.aborted) throw endOf(host.signal)
    return { ...finished, timedOut: limit.signal.aborted && finished.code !== 0 }
  } finally {
    watch.end()
  }
}

/** Why a transfer failed, in a clause. */
export function whyFailed({ stderr, timedOut }: Finished): string {
  return timedOut ? `docker said nothing for ${inMinutes(longestSilenceMs)}` : firstLine(stderr)
}

/** True where the same transfer may well succeed soon. */
export function isTransient({ stderr, timedOut }: Finished): boolean {
  return timedOut || asksTooOften.test(stderr) || isUnavailable.test(stderr)
}
