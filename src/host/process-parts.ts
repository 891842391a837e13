import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { access } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Clock } from './host.ts'

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (signal?.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal?.addEventListener('abort', end, { once: true })
    }),
  alarm: (ms, ring) => {
    const timer = setTimeout(ring, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Aborted by the signals with which runners cancel a job: SIGINT (Ctrl-C on Windows), then SIGTERM or Ctrl-Break; SIGHUP where a terminal closes. A second one
 * ends the process at once: whoever sends it has stopped waiting.
 */
export function cancelSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
    if (name === 'SIGBREAK' && process.platform !== 'win32') continue
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130)
      controller.abort()
    })
  }
  return controller.signal
}

/** The same for every process of this machine, over restarts too; another one where a folder is shared with other machines. */
export function machineId(): string {
  return createHash('sha256')
    .update(JSON.stringify([os.hostname().toLowerCase(), installation()]))
    .digest('hex')
    .slice(0, 16)
}

/** What tells clones of one name apart: systemd's id, or the serial number of the system's volume. */
function installation(): string {
  try {
    if (process.platform === 'linux') return readFileSync('/etc/machine-id', 'utf8').trim()
    return String(statSync(process.platform === 'win32' ? `${process.env.SystemDrive ?? 'C:'}\\` : '/').dev)
  } catch {
    return ''
  }
}

/**
 * Takes the inputs out of the environment, so that no child can inherit them: `INPUT_<NAME>` each, as both runners pass them.
 * @returns by the name's part after `INPUT_`, as it stood
 */
export function takeInputVariables(): Readonly<Record<string, string>> {
  const taken: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.toUpperCase().startsWith('INPUT_')) continue
    if (value !== undefined) taken[name.slice('INPUT_'.length)] = value
    delete process.env[name]
  }
  return taken
}

/** A tool in a folder that is laid out as both runners' tool caches are. */
export async function findToolIn(root: string, name: string, version: string, arch: string): Promise<string | undefined> {
  const folder = path.join(root, name, version, arch)
  return access(`${folder}.complete`).then(
    () => folder,
    () => undefined,
  )
}
