import { link, lstat, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { whyOf } from '../contract/reasons.ts'
import { installerFileName } from '../contract/version.ts'
import type { CacheService, Found, Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { withinLimit } from '../process/limit.ts'
import { partsFolder } from './parts.ts'
import { passingFolder } from './passing-folder.ts'
import type { Proven } from './proof.ts'
import type { Kept } from './record.ts'

/** A look-up is one small request; one that takes longer costs more than it can bring. */
const lookupLimitMs = 10_000
/** A cache that is slower than this for a gigabyte is slower than any download. */
const restoreLimitMs = 10 * 60 * 1_000
const slowestBytesAMs = 2_000

/** The folder that is saved: the service knows it by its name, which is the same everywhere. */
const innerName = 'shir-installer'

/** Names an installer in every cache: its version and bytes, and nothing that varies from run to run. */
export function cacheKey(version: string, sha256: string): string {
  return `shir-${version}-${sha256.slice(0, 16)}`
}

/** What is asked of the cache service, and what came of it. */
export interface Restored {
  readonly key: string
  readonly file: string
  readonly proven: Proven
  discard(): Promise<void>
}

/**
 * The installer of a version from the host's cache service, into the volume of `root`: without a known hash the newest of that
 * version. What comes is proven like a download, and must be what its key says. Every other end is a miss that says why.
 * @returns `unusable` where the service is not to be asked again in this run
 * @throws what `host.signal` was aborted with; the journal's error
 */
export async function restoreInstaller(
  service: CacheService,
  { version, sha256 }: { readonly version: string; readonly sha256: string | undefined },
  root: string,
  prove: (file: string) => Promise<Proven>,
  host: Host,
  journal: Journal,
): Promise<Restored | 'absent' | 'unusable'> {
  const beginning = cacheKey(version, '')
  const exact = sha256 === undefined ? undefined : cacheKey(version, sha256)
  const own = await passingFolder(partsFolder(root), host, journal)
  const folder = path.join(own.folder, innerName)
  const miss = async (end: 'absent' | 'unusable', sentence: string) => {
    if (!host.signal.aborted) host.log(sentence)
    await own.discard()
    host.signal.throwIfAborted()
    return end
  }

  const trouble = await mkdir(own.folder, { recursive: true }).then(() => undefined, whyOf)
  if (trouble !== undefined) return miss('unusable', `The cache service is not used: ${trouble}.`)
  const found = await limited(host, lookupLimitMs, signal =>
    service.find(exact ?? beginning, exact === undefined ? [beginning] : [], folder, signal),
  )
  if (found.why !== undefined) return miss('unusable', `The cache service is not used: ${found.why}.`)
  if (found.key === undefined) return miss('absent', `The cache service has no installer of version ${version}.`)
  host.log(`Restoring ${found.key} from the cache service`)
  const { key, why } = await limited(host, restoreLimitMs, signal => service.restore(String(found.key), folder, signal))
  if (key === undefined) return miss('unusable', `The cache service’s ${found.key} was not restored: ${why ?? 'it is gone'}.`)
  try {
    const file = path.join(folder, installerFileName(version))
    // A link could lead to a file that is changed after its proof, or is someone else’s.
    if (!(await lstat(folder)).isDirectory()) throw new Error(`${innerName} is not a folder`)
    if (!(await lstat(file)).isFile()) throw new Error(`${path.basename(file)} is not a file`)
    const proven = await prove(file)
    if (cacheKey(proven.version, proven.sha256) === key) return { key, file, proven, discard: own.discard }
    throw new Error(`its bytes are those of ${cacheKey(proven.version, proven.sha256)}`)
  } catch (error) {
    return miss('absent', `The cache service’s ${key} is not used: ${whyOf(error)}.`)
  }
}

/**
 * Saves a kept installer for other machines. What could not be saved is said, no more.
 * @throws what `host.signal` was aborted with; the journal's error
 */
export async function saveInstaller(
  service: CacheService,
  kept: Kept,
  root: string,
  host: Host,
  journal: Journal,
): Promise<void> {
  const key = cacheKey(kept.version, kept.sha256)
  const own = await passingFolder(partsFolder(root), host, journal)
  const folder = path.join(own.folder, innerName)
  try {
    await mkdir(folder, { recursive: true })
    await link(kept.path, path.join(folder, installerFileName(kept.version)))
    const limitMs = 60_000 + kept.size / slowestBytesAMs
    const saved = await limited(host, limitMs, signal => service.save(key, folder, signal))
    host.log(
      saved.key
        ? `Saved as ${key} in the cache service`
        : `Not saved in the cache service: ${saved.why ?? 'it did not say why'}.`,
    )
  } catch (error) {
    host.log(`Not saved in the cache service: ${whyOf(error)}.`)
  }
  await own.discard()
  host.signal.throwIfAborted()
}

/** Ends a call after a while, and when the run is cancelled. One that fails is one that brings nothing, as the port has it. */
async function limited(host: Host, ms: number, call: (signal: AbortSignal) => Promise<Found>): Promise<Found> {
  return withinLimit(ms, host, async ({ signal }, limit) => {
    const found = await answered(() => call(signal))
    if (found.key !== undefined || !limit.aborted) return found
    return { key: undefined, why: `it did not end within ${Math.round(ms / 1_000)} s${found.why ? ` (${found.why})` : ''}` }
  })
}

async function answered(call: () => Promise<Found>): Promise<Found> {
  try {
    return await call()
  } catch (error) {
    return { key: undefined, why: whyOf(error) }
  }
}
