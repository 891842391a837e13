import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { removeFile, renamePatiently, sha256OfFile } from './file.ts'
import type { Proven } from './proof.ts'

const tool = 'shir'
const arch = 'x64'

/** What lies beside a kept installer: `installer.json`. */
interface Record {
  readonly version: string
  readonly sha256: string
  readonly size: number
  readonly proofs: readonly string[]
}

export interface Kept extends Record {
  readonly path: string
}

/** Installers that outlive a run: `<root>/5.70.9748-2/x64/IntegrationRuntime_5.70.9748.2.msi`, `x64.complete` written last. */
export interface Store {
  readonly root: string
  /** A kept installer whose bytes have the recorded hash, and the wanted one where one is wanted. A broken one says so. */
  find(version: string, sha256: string | undefined): Promise<Kept | undefined>
  /** A new name in the store's own volume for a download, so that keeping it is a rename. */
  partFile(): Promise<string>
  /** Moves a proven file in. Two jobs at once: the bytes are the same, whoever renames last. */
  keep(part: string, proven: Proven): Promise<Kept>
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
    partFile: async () => {
      const folder = path.join(root, 'parts')
      await mkdir(folder, { recursive: true })
      return path.join(folder, `${randomUUID()}.part`)
    },
    keep: async (part, proven) => {
      const folder = path.join(root, toolVersion(proven.version), arch)
      const { version, sha256, size, proofs } = proven
      await mkdir(folder, { recursive: true })
      const file = path.join(folder, installerName(version))
      await renamePatiently(part, file, host)
      await writeWhole(
        path.join(folder, 'installer.json'),
        `${JSON.stringify({ version, sha256, size, proofs }, null, 2)}\n`,
        host,
      )
      await writeFile(`${folder}.complete`, '')
      return { version, sha256, size, proofs, path: file }
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

/** `5.70.9748.2` as semver can hold it: `5.70.9748-2`. */
export function toolVersion(version: string): string {
  const at = version.lastIndexOf('.')
  return `${version.slice(0, at)}-${version.slice(at + 1)}`
}

async function verified(folder: string, version: string, wanted: string | undefined, host: Host): Promise<Kept | undefined> {
  const file = path.join(folder, installerName(version))
  const isComplete = await readFile(`${folder}.complete`).then(
    () => true,
    () => false,
  )
  if (!isComplete) return undefined
  const record = await readRecord(path.join(folder, 'installer.json'))
  if (record?.version !== version) return broken(folder, 'its record cannot be read', host)
  if (wanted !== undefined && record.sha256 !== wanted) {
    host.log(`The store’s ${version} has another SHA-256 than the one that is asked for; it is fetched anew.`)
    return undefined
  }
  const size = (await stat(file).catch(() => undefined))?.size
  if (size === undefined) return broken(folder, 'the file is gone', host)
  // The size first: a cut file need not be read.
  const actual = size === record.size ? await readableSha256(file, host) : undefined
  if (actual !== record.sha256) return broken(folder, 'its bytes are not those that were kept', host)
  return { ...record, path: file }
}

/** `undefined` where the file cannot be read: that is a broken hit like any other. */
async function readableSha256(file: string, host: Host): Promise<string | undefined> {
  return sha256OfFile(file, host.signal).catch(error => {
    if (host.signal.aborted) throw error
    return undefined
  })
}

/** A broken hit is a miss that says so. The mark goes, the files are overwritten by the next download. */
async function broken(folder: string, why: string, host: Host): Promise<undefined> {
  host.log(`The store’s copy in ${folder} is not used: ${why}.`)
  await rm(`${folder}.complete`, { force: true })
  return undefined
}

async function readRecord(file: string): Promise<Record | undefined> {
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as Partial<Record>
    const { version, sha256, size, proofs } = record
    const isWhole = typeof version === 'string' && typeof sha256 === 'string' && typeof size === 'number'
    if (!isWhole || !Array.isArray(proofs) || !proofs.every(proof => typeof proof === 'string')) return undefined
    return { version, sha256, size, proofs }
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
