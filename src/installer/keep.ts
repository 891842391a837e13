import { link, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { makeReadOnly, readableSha256, removeFile, renamePatiently, writeText } from './file.ts'
import type { Proven } from './proof.ts'
import { type Entry, type Kept, writeRecord } from './record.ts'
import { markOf, places, recordOf } from './store-layout.ts'

/**
 * Moves a proven file into the store's folder of its version, as `Store.keep` has it.
 * @throws StepError `io-failed`; the file system's errors
 */
export async function keepIn(folder: string, part: string, entry: Entry, host: Host): Promise<Kept> {
  const [, own] = places(folder, entry)
  await mkdir(path.dirname(own), { recursive: true }) // its record lies there, wherever it lies itself
  const { file, undo } = await place(part, folder, entry, host)
  try {
    await writeRecord(recordOf(folder, entry.sha256), entry, host)
    await writeRecord(recordOf(folder), entry, host)
    await writeText(markOf(folder), '', host)
  } catch (error) {
    for (const back of undo ? [undo, () => removeFile(recordOf(folder, entry.sha256))] : []) await back().catch(() => {})
    throw error
  }
  // What stays of it goes with the folder that it is in.
  await removeFile(part).catch(() => {})
  await makeReadOnly(file)
  return { ...entry, path: file }
}

/** A file in its place. */
interface Placed {
  readonly file: string
  /** Takes it out again, so that all is as it was before. Not where it was there already. */
  readonly undo?: () => Promise<void>
}

async function place(part: string, folder: string, proven: Proven, host: Host): Promise<Placed> {
  const [usual, own] = places(folder, proven)
  const placed = (await placeAt(usual, part, proven, host)) ?? (await placeAt(own, part, proven, host))
  if (placed) return placed
  throw new StepError('io-failed', `${own} is in the way: it is not what its name says.`, {
    hint: 'Remove it, or name another cache folder.',
  })
}

/**
 * Puts the part where it belongs. A link, unlike a rename, replaces nothing, and leaves the part; where the disk knows none, nobody
 * else is there.
 * @returns `undefined` where something else is there
 */
async function placeAt(file: string, part: string, { sha256 }: Proven, host: Host): Promise<Placed | undefined> {
  const isThere = async () => (await readableSha256(file, host)) === sha256
  try {
    await link(part, file)
    return { file, undo: () => removeFile(file) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return (await isThere()) ? { file } : undefined
  }
  try {
    await renamePatiently(part, file, host)
    return { file, undo: () => renamePatiently(file, part, host) }
  } catch (error) {
    // Windows refuses while another job reads its own copy of the same bytes: then that is the one.
    if (await isThere()) return { file }
    throw error
  }
}
