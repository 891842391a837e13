import { lstat, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { makeReadOnly, readableSha256, removeFile } from './file.ts'
import { type Entry, type Kept, readRecord } from './record.ts'
import { markOf, places, recordOf } from './store-layout.ts'

/** A file as it was looked at. */
interface Seen {
  readonly file: string
  /** Another one of the same name has others. */
  readonly traits: string
}

/**
 * What a version's folder has: the bytes that are wanted, or else those that were kept last. A hit is a file whose bytes have the
 * recorded hash; a broken one is a miss that says so, and goes, so that the next download finds its place free.
 */
export async function hitIn(folder: string, version: string, wanted: string | undefined, host: Host): Promise<Kept | undefined> {
  const mark = await look(markOf(folder))
  if (mark === undefined) return undefined
  const last = await readRecord(recordOf(folder), host)
  if (wanted !== undefined && last?.sha256 !== wanted) {
    const other = await readRecord(recordOf(folder, wanted), host)
    if (other?.version === version && other.sha256 === wanted) return verified(folder, other, path.join(folder, wanted), [], host)
  }
  if (last?.version !== version) return broken(folder, 'its record cannot be read', [mark], host)
  if (wanted === undefined || last.sha256 === wanted) return verified(folder, last, folder, [mark], host)
  host.log(`The store’s ${version} has another SHA-256 than the one that is asked for; it is fetched anew.`)
  return undefined
}

/**
 * @param shown where it is said to lie
 * @param marks what goes with it where it is broken
 */
async function verified(
  folder: string,
  record: Entry,
  shown: string,
  marks: readonly Seen[],
  host: Host,
): Promise<Kept | undefined> {
  const [usual, own] = places(folder, record)
  const wrong: Seen[] = []
  let isThere = false
  // The place of its own first: where it is, the usual one has other bytes.
  for (const file of [own, usual]) {
    const seen = await look(file)
    if (seen === undefined) continue
    const found = await stat(file).catch(() => undefined)
    // The size first: a cut file need not be read.
    if (found?.size === record.size && (await readableSha256(file, host)) === record.sha256) {
      // A restored one has lost it, and on Windows one whose link was removed.
      if ((found.mode & 0o222) !== 0) await makeReadOnly(file)
      return { ...record, path: file }
    }
    isThere ||= found !== undefined
    if (file === own || !(await isRecorded(folder, file, host))) wrong.push(seen)
  }
  return broken(shown, isThere ? 'its bytes are not those that were kept' : 'the file is gone', [...wrong, ...marks], host)
}

/** True where a file has bytes of the version that are kept too: it is the installer of another record. */
async function isRecorded(folder: string, file: string, host: Host): Promise<boolean> {
  const sha256 = await readableSha256(file, host)
  return sha256 !== undefined && (await readRecord(recordOf(folder, sha256), host))?.sha256 === sha256
}

/** What was found to be broken goes. What took its place meanwhile is another job's, and stays. */
async function broken(shown: string, why: string, judged: readonly Seen[], host: Host): Promise<undefined> {
  host.log(`The store’s copy in ${shown} is not used: ${why}.`)
  for (const { file, traits } of judged) if ((await look(file))?.traits === traits) await removeFile(file).catch(() => {})
  return undefined
}

/** A link itself, and not where it leads. */
async function look(file: string): Promise<Seen | undefined> {
  const facts = await lstat(file).catch(() => undefined)
  return facts && { file, traits: [facts.dev, facts.ino, facts.size, facts.mtimeMs].join() }
}
