import { chmod, link, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import { installerFileName } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import { removeFile, renamePatiently, sha256OfFile } from './file.ts'
import type { Proven } from './proof.ts'
import { type Entry, readRecord, writeRecord } from './record.ts'

const tool = 'shir'
const arch = 'x64'

/** An installer and where it lies. */
export interface Kept extends Entry {
  readonly path: string
}

/**
 * Installers that outlive a run: `<root>/5.70.9748-2/x64/IntegrationRuntime_5.70.9748.2.msi`, with `x64/installer.json` beside it
 * to say which hash it has, and `x64.complete`, written last. Other bytes of the same version lie in `x64/<SHA-256>/`.
 */
export interface Store {
  readonly root: string
  /** A kept installer whose bytes have the recorded hash, and the wanted one where one is wanted. A broken one says so. */
  find(version: string, sha256: string | undefined): Promise<Kept | undefined>
  /**
   * Moves a proven file of the same volume in, and makes it read-only, since builds are given links to it. Nobody's file is ever
   * replaced, since another job may be building from it: who comes second with the same bytes takes those that are there, and other
   * bytes get a place of their own, which the record then names. Where it fails, nothing new is left, and the file is where it was.
   */
  keep(file: string, proven: Proven, origin: string): Promise<Kept>
  /** Writes down what was proven of a hit besides. Where that cannot be done, it is proven again the next time. */
  remember(kept: Kept): Promise<void>
}

/**
 * The tool caches' layout without their code: they can neither find four-part versions nor take two writers at once. The fourth
 * part stands behind a dash, so that `tc.find('shir', '5.70.9748-2', 'x64')` finds what we wrote.
 */
export function installerStore(cacheDir: string | undefined, host: Host): Store {
  const root = storeRoot(cacheDir, host)
  return {
    root,
    find: async (version, sha256) => {
      const known = cacheDir === undefined ? await host.findTool(tool, toolVersion(version), arch) : undefined
      const folder = known ?? path.join(root, toolVersion(version), arch)
      return verified(folder, version, sha256, host)
    },
    keep: (file, proven, origin) => keepIn(root, file, { ...proven, origin }, host),
    remember: async ({ path: file, ...entry }) => {
      // Other bytes of the version lie a folder deeper.
      const folder = path.join(root, toolVersion(entry.version), arch)
      if (file.startsWith(folder + path.sep)) await writeRecord(path.join(folder, 'installer.json'), entry, host).catch(() => {})
    },
  }
}

/** Where everything lies that outlives a run: `cacheDir` (relative ones start at the workspace), or a folder among the machine's tools. */
export function storeRoot(cacheDir: string | undefined, host: Host): string {
  return cacheDir === undefined ? path.join(host.machine.tools, tool) : path.resolve(host.machine.workspace, cacheDir)
}

/** Where a run's journal may lie: with the store, or where that is read-only with the machine's tools or its short-lived files. */
export function journalRoots(cacheDir: string | undefined, host: Host): readonly [string, ...string[]] {
  const [first, ...others] = [storeRoot(cacheDir, host), storeRoot(undefined, host), path.join(host.machine.temp, tool)]
  return [first as string, ...new Set(others.filter(other => other !== first))]
}

/** `5.70.9748.2` as semver can hold it: `5.70.9748-2`. */
export function toolVersion(version: string): string {
  const at = version.lastIndexOf('.')
  return `${version.slice(0, at)}-${version.slice(at + 1)}`
}

/** Where a version's installer lies, and where one of other bytes than that. */
function places(folder: string, { version, sha256 }: Proven): readonly [string, string] {
  return [path.join(folder, installerFileName(version)), path.join(folder, sha256, installerFileName(version))]
}

async function keepIn(root: string, part: string, entry: Entry, host: Host): Promise<Kept> {
  const folder = path.join(root, toolVersion(entry.version), arch)
  await mkdir(folder, { recursive: true })
  const { file, undo } = await place(part, folder, entry, host)
  try {
    await writeRecord(path.join(folder, 'installer.json'), entry, host)
    await writeFile(`${folder}.complete`, '')
  } catch (error) {
    await undo().catch(() => {})
    throw error
  }
  // What stays of it goes with the folder that it is in.
  await removeFile(part).catch(() => {})
  await makeReadOnly(file)
  return { ...entry, path: file }
}

/** A drive that knows no rights keeps it as it is. */
async function makeReadOnly(file: string): Promise<void> {
  await chmod(file, 0o444).catch(() => {})
}

/** A file in its place. */
interface Placed {
  readonly file: string
  /** Takes it out again, so that all is as it was before. */
  undo(): Promise<void>
}

/**
 * Puts the part where it belongs. A link, unlike a rename, replaces nothing, and leaves the part; where the disk knows none, nobody
 * else is there.
 */
async function place(part: string, folder: string, proven: Proven, host: Host): Promise<Placed> {
  const [usual, own] = places(folder, proven)
  for (const file of [usual, own]) {
    await mkdir(path.dirname(file), { recursive: true })
    const placed = await placeAt(file, part, proven, host)
    if (placed) return placed
  }
  throw new StepError('io-failed', `${own} is in the way: it is not what its name says.`, {
    hint: 'Remove it, or name another cache folder.',
  })
}

/** @returns `undefined` where something else is there */
async function placeAt(file: string, part: string, { sha256 }: Proven, host: Host): Promise<Placed | undefined> {
  const isThere = async () => (await readableSha256(file, host)) === sha256
  const theirs = { file, undo: async () => {} }
  try {
    await link(part, file)
    return { file, undo: () => removeFile(file) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return (await isThere()) ? theirs : undefined
  }
  try {
    await renamePatiently(part, file, host)
    return { file, undo: () => renamePatiently(file, part, host) }
  } catch (error) {
    // Windows refuses while another job reads its own copy of the same bytes: then that is the one.
    if (await isThere()) return theirs
    throw error
  }
}

async function verified(folder: string, version: string, wanted: string | undefined, host: Host): Promise<Kept | undefined> {
  const isComplete = await readFile(`${folder}.complete`).then(
    () => true,
    () => false,
  )
  if (!isComplete) return undefined
  const record = await readRecord(path.join(folder, 'installer.json'), host)
  if (record?.version !== version) return broken(folder, undefined, host)
  if (wanted !== undefined && record.sha256 !== wanted) {
    host.log(`The store’s ${version} has another SHA-256 than the one that is asked for; it is fetched anew.`)
    return undefined
  }
  // The place of its own first: where it is, the usual one has other bytes.
  for (const file of places(folder, record).toReversed()) {
    const found = await stat(file).catch(() => undefined)
    // The size first: a cut file need not be read.
    if (found?.size !== record.size || (await readableSha256(file, host)) !== record.sha256) continue
    // A restored one has lost it, and on Windows one whose link was removed.
    if ((found.mode & 0o222) !== 0) await makeReadOnly(file)
    return { ...record, path: file }
  }
  return broken(folder, record, host)
}

/** `undefined` where the file cannot be read: that is a broken hit like any other. */
async function readableSha256(file: string, host: Host): Promise<string | undefined> {
  return sha256OfFile(file, host.signal).catch(error => {
    if (host.signal.aborted) throw error
    return undefined
  })
}

/** A broken hit is a miss that says so. What is broken goes, so that the next download finds its place free. */
async function broken(folder: string, record: Proven | undefined, host: Host): Promise<undefined> {
  const found = record && (await Promise.all(places(folder, record).map(file => stat(file).catch(() => undefined)))).some(Boolean)
  const why =
    record === undefined ? 'its record cannot be read' : found ? 'its bytes are not those that were kept' : 'the file is gone'
  host.log(`The store’s copy in ${folder} is not used: ${why}.`)
  for (const file of [`${folder}.complete`, ...(record ? places(folder, record) : [])]) await removeFile(file).catch(() => {})
  return undefined
}
