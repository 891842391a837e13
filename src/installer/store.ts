import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { removeFile, renamePatiently, sha256OfFile } from './file.ts'
import { newPart } from './parts.ts'
import type { Proven } from './proof.ts'

const tool = 'shir'
const arch = 'x64'

/** What `installer.json` says of the installer beside it. */
interface Entry extends Proven {
  /** The address that it came from, without anything secret; `microsoft` for Microsoft's own servers. */
  readonly origin: string
}

/** An installer and where it lies. */
export interface Kept extends Entry {
  readonly path: string
}

export const microsoft = 'microsoft'

/**
 * Installers that outlive a run: `<root>/5.70.9748-2/x64/IntegrationRuntime_5.70.9748.2.msi`, with `x64/installer.json` beside it
 * to say which hash it has, and `x64.complete`, written last. Other bytes of the same version lie in `x64/<SHA-256>/`.
 */
export interface Store {
  readonly root: string
  /** A kept installer whose bytes have the recorded hash, and the wanted one where one is wanted. A broken one says so. */
  find(version: string, sha256: string | undefined): Promise<Kept | undefined>
  /** A new name in the store's own volume for a download, so that keeping it is a rename. */
  partFile(): Promise<string>
  /**
   * Moves a proven file in. Nobody's file is ever replaced, since another job may be building from it: who comes second with the
   * same bytes takes those that are there, and other bytes get a place of their own, which the record then names.
   */
  keep(part: string, proven: Proven, origin: string): Promise<Kept>
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
    partFile: () => newPart(root, host),
    keep: async (part, proven, origin) => {
      const folder = path.join(root, toolVersion(proven.version), arch)
      await mkdir(folder, { recursive: true })
      const file = await place(part, folder, proven, host)
      await writeWhole(path.join(folder, 'installer.json'), `${JSON.stringify({ ...proven, origin }, null, 2)}\n`, host)
      await writeFile(`${folder}.complete`, '')
      return { ...proven, origin, path: file }
    },
  }
}

/** Where everything lies that outlives a run: `cacheDir` (relative ones start at the workspace), or a folder among the machine's tools. */
export function storeRoot(cacheDir: string | undefined, host: Host): string {
  return cacheDir === undefined ? path.join(host.machine.tools, tool) : path.resolve(host.machine.workspace, cacheDir)
}

export function installerName(version: string): string {
  return `IntegrationRuntime_${version}.msi`
}

/** Where a version's installer lies, and where one of other bytes than that. */
function places(folder: string, { version, sha256 }: Proven): readonly [string, string] {
  return [path.join(folder, installerName(version)), path.join(folder, sha256, installerName(version))]
}

/** Puts the part where it belongs. A link, unlike a rename, replaces nothing; where the disk knows none, nobody else is there. */
async function place(part: string, folder: string, proven: Proven, host: Host): Promise<string> {
  const [usual, own] = places(folder, proven)
  for (const file of [usual, own]) {
    await mkdir(path.dirname(file), { recursive: true })
    const error = await link(part, file).then(
      () => undefined,
      (cause: NodeJS.ErrnoException) => cause,
    )
    if (error && error.code !== 'EEXIST')
      await renamePatiently(part, file, host).catch(async cause => {
        // Windows refuses while another job reads its own copy of the same bytes: then that is the one.
        if ((await readableSha256(file, host)) !== proven.sha256) throw cause
      })
    if (error?.code === 'EEXIST' && (await readableSha256(file, host)) !== proven.sha256) continue
    await removeFile(part)
    return file
  }
  throw new StepError('io-failed', `${own} is in the way: it is not what its name says.`, {
    hint: 'Remove it, or name another cache folder.',
  })
}

/** `5.70.9748.2` as semver can hold it: `5.70.9748-2`. */
export function toolVersion(version: string): string {
  const at = version.lastIndexOf('.')
  return `${version.slice(0, at)}-${version.slice(at + 1)}`
}

async function verified(folder: string, version: string, wanted: string | undefined, host: Host): Promise<Kept | undefined> {
  const isComplete = await readFile(`${folder}.complete`).then(
    () => true,
    () => false,
  )
  if (!isComplete) return undefined
  const record = await readRecord(path.join(folder, 'installer.json'))
  if (record?.version !== version) return broken(folder, undefined, host)
  if (wanted !== undefined && record.sha256 !== wanted) {
    host.log(`The store’s ${version} has another SHA-256 than the one that is asked for; it is fetched anew.`)
    return undefined
  }
  // The place of its own first: where it is, the usual one has other bytes.
  for (const file of places(folder, record).toReversed()) {
    const size = (await stat(file).catch(() => undefined))?.size
    // The size first: a cut file need not be read.
    if (size === record.size && (await readableSha256(file, host)) === record.sha256) return { ...record, path: file }
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
  await rm(`${folder}.complete`, { force: true })
  for (const file of record ? places(folder, record) : []) await removeFile(file).catch(() => {})
  return undefined
}

async function readRecord(file: string): Promise<Entry | undefined> {
  try {
    const { version, sha256, size, productVersion, signer, proofs, origin } = JSON.parse(
      await readFile(file, 'utf8'),
    ) as Partial<Entry>
    if (typeof version !== 'string' || typeof sha256 !== 'string' || typeof size !== 'number') return undefined
    // Whoever fills a store by hand need not write the rest: the folder's rights vouch for it.
    return {
      ...{ version, sha256, size, productVersion: String(productVersion ?? version), origin: String(origin ?? microsoft) },
      signer: typeof signer === 'string' ? signer : undefined,
      proofs: Array.isArray(proofs) ? proofs.map(String) : [],
    }
  } catch {
    return undefined
  }
}

async function writeWhole(file: string, text: string, host: Host): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, text)
  await renamePatiently(draft, file, host).catch(async error => {
    await removeFile(draft)
    throw error
  })
}
