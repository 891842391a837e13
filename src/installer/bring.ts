import { access, mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Inputs } from '../contract/inputs.ts'
import { isDiskFull, isFileSystemError, StepError, whyOf } from '../contract/reasons.ts'
import { installerFileName } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { restoreInstaller, saveInstaller } from './cache-service.ts'
import { diskFull } from './disk-full.ts'
import { renamePatiently } from './file.ts'
import { type Claim, claimPart, partKey, partsFolder } from './parts.ts'
import { type PassingFolder, passingFolder } from './passing-folder.ts'
import type { Proven } from './proof.ts'
import { type Entry, type Kept, microsoft } from './record.ts'
import { installerStore, type Store, storeRoot } from './store.ts'

/** How long another job's download is waited for: by then one of our own would be done. */
const longestWaitMs = 15 * 60 * 1_000

/** What is to be brought, and how it is fetched where nobody has it. */
export interface Bringing {
  /** `undefined` where only the bytes tell: nothing can be looked up then. */
  readonly version: string | undefined
  /** Lower-case hexadecimal, where it is known beforehand. */
  readonly sha256: string | undefined
  /** True where a hit's record tells less than is asked, such as no signature where only one can vouch: it is proven again. */
  needsProof(record: Entry): boolean
  /** Where it is fetched from. May hold a secret. */
  readonly url: string
  /** The same without anything secret. */
  readonly address: string
  /** Whose it is, as the store remembers it. */
  readonly origin: string
  /** Fetches it into `part`, which may hold what an earlier run fetched, and proves it. */
  fetch(part: string): Promise<Proven>
  /** Proves a file from a cache: one of which nothing is known, or one whose bytes have the hash of `record`. */
  prove(file: string, record?: Entry): Promise<Proven>
}

export interface Brought {
  readonly kept: Kept
  readonly cacheHit: boolean
  /** Where it came from, in words. */
  readonly source: string
}

/**
 * An installer from the nearest place that has it: this machine's store, the host's cache service, its address. What was fetched is
 * kept in both. Of several jobs on a machine one fetches; the others wait for it.
 * @throws what `fetch` throws; StepError `disk-full`; the file system's errors
 */
export async function bringInstaller(
  wanted: Pick<Inputs, 'cache' | 'cacheDir'>,
  asked: Bringing,
  host: Host,
  journal: Journal,
): Promise<Brought> {
  if (wanted.cache === 'off') return passing(asked, host, journal)
  const store = installerStore(wanted.cacheDir, host)
  const untilMs = host.clock.now() + (asked.version === undefined ? 0 : longestWaitMs)
  for (;;) {
    const hit = await found(store, asked, host)
    if (hit) return hit
    const claim = await claimPart(store.root, partKey(asked), host, journal, untilMs).catch(error => {
      if (!canDoWithout(error)) throw explained(error, store.root, host)
      host.log(`Nothing can be kept in ${store.root} (${whyOf(error)}): the installer is fetched for this run alone.`)
      return 'none' as const
    })
    if (claim === 'none') return passing(asked, host, journal)
    if (claim === undefined) continue
    // Who had the claim before may have kept the file since it was looked for.
    const late = await found(store, asked, host).catch(async (error: unknown) => {
      await claim.release(true)
      throw error
    })
    if (late === undefined) return filled(wanted, store, claim, asked, host, journal)
    await claim.release(false)
    return late
  }
}

/** What a dry run says instead. */
export function planBringing(
  { cache, cacheDir }: Pick<Inputs, 'cache' | 'cacheDir'>,
  version: string,
  address: string,
  proofs: string,
  host: Host,
): void {
  if (cache === 'off') {
    host.log(`Would fetch ${address} into ${host.machine.temp} for this run alone, and prove it (${proofs}).`)
    return
  }
  const root = storeRoot(cacheDir, host)
  host.log(`Would take version ${version} from ${root}, if it is there and its bytes are intact.`)
  if (cache === 'auto' && host.cacheService)
    host.log('Otherwise would look for it in the cache service, and prove what that has.')
  host.log(`Otherwise would fetch ${address}, prove it (${proofs}) and keep it there.`)
}

async function found(store: Store, asked: Bringing, host: Host): Promise<Brought | undefined> {
  if (asked.version === undefined) return undefined
  const kept = await store.find(asked.version, asked.sha256)
  if (kept === undefined) return undefined
  const source = `the store ${store.root}${kept.origin === microsoft ? '' : `, where it was put from ${kept.origin}`}`
  if (!asked.needsProof(kept))
    return { kept: { ...kept, proofs: [...kept.proofs, 'The same bytes as when that was proven'] }, cacheHit: true, source }
  try {
    const proven = { ...kept, ...(await asked.prove(kept.path, kept)) }
    await store.remember(proven)
    return { kept: proven, cacheHit: true, source }
  } catch (error) {
    host.signal.throwIfAborted()
    host.log(`The store’s copy in ${path.dirname(kept.path)} is not used: ${(error as Error).message}`)
    return undefined
  }
}

/** Fills the store: from the cache service, or else from its address. */
async function filled(
  { cache }: Pick<Inputs, 'cache'>,
  store: Store,
  claim: Claim,
  asked: Bringing,
  host: Host,
  journal: Journal,
): Promise<Brought> {
  const { version, sha256 } = asked
  const service = cache === 'auto' && version !== undefined ? host.cacheService : undefined
  let kept: Kept
  let restored: Awaited<ReturnType<typeof restoreInstaller>> = 'unusable'
  let goesOn = false
  try {
    if (service)
      restored = await restoreInstaller(service, { version: String(version), sha256 }, store.root, asked.prove, host, journal)
    if (typeof restored === 'object') {
      kept = await keptOrLent(store, restored.file, restored.proven, 'the cache service', host, journal)
      await restored.discard()
      return { kept, cacheHit: true, source: `the cache service, ${restored.key}` }
    }
    const proven = await asked.fetch(claim.part)
    kept = await keptOrLent(store, claim.part, proven, asked.origin, host, journal)
  } catch (error) {
    goesOn = await canGoOn(error, claim.part)
    throw explained(error, store.root, host)
  } finally {
    await claim.release(goesOn)
  }
  if (service && restored === 'absent') await saveInstaller(service, kept, store.root, host, journal)
  return { kept, cacheHit: false, source: asked.address }
}

/** Keeps a proven file in the store; where its place there does not take it, it is this run's alone. */
async function keptOrLent(
  store: Store,
  file: string,
  proven: Proven,
  origin: string,
  host: Host,
  journal: Journal,
): Promise<Kept> {
  try {
    return await store.keep(file, proven, origin)
  } catch (error) {
    if (!canDoWithout(error)) throw error
    host.log(`The installer cannot be kept in ${store.root} (${whyOf(error)}): it is used for this run alone.`)
  }
  // Where parts can be written, and in their volume: a gigabyte need not be copied.
  const own = await passingFolder(partsFolder(store.root), host, journal)
  return lent(own, origin, host, async () => ({ file, proven }))
}

/** True for what a store refuses: it is no reason to fail. That the disk is full is one, since an image needs more than an installer. */
function canDoWithout(error: unknown): boolean {
  return (isFileSystemError(error) || (error instanceof StepError && error.code === 'io-failed')) && !isDiskFull(error)
}

/** An installer of this run alone, in a folder that is owed until the step ends. */
async function passing(asked: Bringing, host: Host, journal: Journal): Promise<Brought> {
  const own = await passingFolder(host.machine.temp, host, journal)
  try {
    const file = path.join(own.folder, 'installer.part')
    const kept = await lent(own, asked.origin, host, async () => ({ file, proven: await asked.fetch(file) }))
    return { kept, cacheHit: false, source: asked.address }
  } catch (error) {
    throw explained(error, own.folder, host)
  }
}

/** Makes a folder that is owed, and moves into it what `bring` brings, under the name that an installer has. */
async function lent(
  { folder, discard }: PassingFolder,
  origin: string,
  host: Host,
  bring: () => Promise<{ readonly file: string; readonly proven: Proven }>,
): Promise<Kept> {
  try {
    await mkdir(folder, { recursive: true })
    const { file, proven } = await bring()
    const place = path.join(folder, installerFileName(proven.version))
    await renamePatiently(file, place, host)
    return { ...proven, origin, path: place }
  } catch (error) {
    await discard()
    throw error
  }
}

/** True where the next run can go on with a part: the network failed, and what came is described. */
async function canGoOn(error: unknown, part: string): Promise<boolean> {
  return (
    error instanceof StepError &&
    error.code === 'download-failed' &&
    (await access(`${part}.json`).then(
      () => true,
      () => false,
    ))
  )
}

function explained(error: unknown, folder: string, host: Host): unknown {
  if ((error instanceof StepError && error.code === 'disk-full') || !isDiskFull(error)) return error
  return diskFull(folder, host, { cause: error })
}
