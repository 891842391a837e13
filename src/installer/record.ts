import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { canonicalVersion } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import { readText } from '../journal/text.ts'
import { writeText } from './file.ts'
import type { Proven } from './proof.ts'

/** What `installer.json` says of the installer beside it. */
export interface Entry extends Proven {
  /** The address that it came from, without anything secret; `microsoft` for Microsoft's own servers. */
  readonly origin: string
}

/** An installer and where it lies. */
export interface Kept extends Entry {
  readonly path: string
}

export const microsoft = 'microsoft'

/**
 * True where the folder's rights vouch for what a record says of its file. A machine that ends with its job has its store from a cache,
 * for which nobody vouches: its word on what was proven counts for nothing.
 */
export function isVouchedFor({ machine }: Host): boolean {
  return machine.isEphemeral !== true
}

/**
 * The record of a kept installer, or `undefined` where it cannot be read, or one of its fields cannot be what it is called. Whoever fills a store by hand need write no more than
 * version, hash (in either letter case) and size.
 */
export async function readRecord(file: string, host: Host): Promise<Entry | undefined> {
  try {
    const read = JSON.parse(await readText(file)) as Partial<Entry>
    const { version, sha256, size, productVersion, origin, signer, proofs } = read
    // Version and hash become names of folders and files.
    const canonical = typeof version === 'string' ? canonicalVersion(version) : undefined
    if (canonical === undefined) return undefined
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256)) return undefined
    if (!Number.isSafeInteger(size) || Number(size) < 0) return undefined
    return {
      version: canonical,
      sha256: sha256.toLowerCase(),
      size: Number(size),
      productVersion: String(productVersion ?? canonical),
      origin: String(origin ?? microsoft),
      signer: typeof signer === 'string' && isVouchedFor(host) ? signer : undefined,
      proofs: Array.isArray(proofs) && isVouchedFor(host) ? proofs.map(String) : [],
    }
  } catch {
    return undefined
  }
}

/** Writes the record, whole or not at all, into a folder that it makes. */
export async function writeRecord(file: string, entry: Entry, host: Host): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeText(file, `${JSON.stringify(entry, null, 2)}\n`, host)
}
