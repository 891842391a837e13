import { createHash, randomUUID } from 'node:crypto'
import { lstat, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { numbersOf, takeTurn } from '../journal/turn.ts'
import { removeFile, renamePatiently } from './file.ts'
import { unsigned } from './unsigned.ts'

/** No download takes a day: an older part is one that nobody went on with. */
const oldestMs = 24 * 60 * 60 * 1_000

/** A part of a download that is this run's alone. */
export interface Claim {
  /** Where the download goes. What an earlier one left there may be gone on with, by the record `<part>.json` beside it. */
  readonly part: string
  /** Gives it up. What was fetched stays for the next one only where that one could go on with it. */
  release(keepsPart: boolean): Promise<void>
}

/** Where everything lies that is on its way into the store, in its volume. */
export function partsFolder(root: string): string {
  return path.join(root, 'parts')
}

/** What a part is of. */
export interface PartOf {
  readonly version: string | undefined
  /** Lower-case hexadecimal, where it is known beforehand. */
  readonly sha256: string | undefined
  /** Where it is fetched from, with all that tells one file from another there; may hold a secret. */
  readonly url: string
}

/** What a part is called: of two files that are not one for certain each has its own. Nothing can be read in it but the version. */
export function partKey({ version, sha256 = '', url }: PartOf): string {
  const which = createHash('sha256')
    .update(`${unsigned(url)}\n${sha256}`)
    .digest('hex')
  return `${version ?? 'unknown'}-${which.slice(0, 16)}`
}

/**
 * Claims the part of a download below `root`, so that of several jobs on a machine one fetches and the others wait for it. Whoever has
 * the turn `n` goes on with the part `<key>.<n>.part`, to which what an earlier turn left is renamed. None of it is needed for what is
 * kept to be right: where there is no turn to be had, the run goes on with a part that nobody shares.
 * @returns `undefined` where another job had the part and is done with it: the store must be looked at again
 * @throws the file system's error where there can be no part; what `host.signal` was aborted with
 */
export async function claimPart(
  root: string,
  key: string,
  host: Host,
  journal: Journal,
  untilMs: number,
): Promise<Claim | undefined> {
  const folder = partsFolder(root)
  await mkdir(folder, { recursive: true })
  await sweep(folder, host)
  const turn = await takeTurn(folder, key, host, journal, {
    untilMs,
    waiting: 'Another job on this machine is fetching the same installer: this one waits for it.',
  })
  if (turn === 'over') return undefined
  if (turn === 'late') host.log('Another job on this machine is still fetching the same installer: this one fetches it too.')
  if (turn === 'late' || turn === 'none') return unshared(folder, key)
  const part = (await adopt(folder, key, turn.number, host)) ?? path.join(folder, `${key}.${randomUUID()}.part`)
  return claimed(part, turn.end)
}

/** A part that nobody waits for. It is made at once: where that fails nothing can be kept here. */
async function unshared(folder: string, key: string): Promise<Claim> {
  const part = path.join(folder, `${key}.${randomUUID()}.part`)
  await writeFile(part, '', { flag: 'wx' })
  return claimed(part, async () => {})
}

function claimed(part: string, end: () => Promise<void>): Claim {
  return {
    part,
    release: async keepsPart => {
      // What cannot be removed now is swept when it is old enough.
      for (const file of keepsPart ? [] : [part, `${part}.json`]) await removeFile(file).catch(() => {})
      await end()
    },
  }
}

/**
 * What an earlier owner fetched goes on under our number: one that was dead by mistake finds it no more.
 * @returns the part; `undefined` where something lies in its place, or in that of its record, that is no file: a pipe would be waited for
 */
async function adopt(folder: string, key: string, number: number, host: Host): Promise<string | undefined> {
  const left = Math.max(0, ...(await numbersOf(folder, key, 'part')))
  const [from, to] = [left, number].map(one => path.join(folder, `${key}.${one}.part`)) as [string, string]
  if (!(await isFree(from)) || !(await isFree(to))) return undefined
  if (left === 0) return to
  try {
    // The record first: without its part it means nothing, while a part with a foreign record would.
    if (left !== number) {
      await renamePatiently(`${from}.json`, `${to}.json`, host)
      await renamePatiently(from, to, host)
    }
    host.log('An earlier download of this installer was left unfinished here.')
  } catch {
    // Without a record nobody can go on with it; or Windows holds it for a process that still lives.
    await removeFile(from).catch(() => {})
  }
  return to
}

/** True where a part and what is written beside it are files, or are not there. A link is no file: it leads to what is not ours. */
async function isFree(part: string): Promise<boolean> {
  const found = await Promise.all([part, `${part}.json`, `${part}.json.new`].map(file => lstat(file).catch(() => undefined)))
  return found.every(facts => facts === undefined || facts.isFile())
}

/** What cannot be removed waits for the next run: another one may be sweeping, and a part that stays hurts nobody. */
async function sweep(folder: string, host: Host): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const part = path.join(folder, name)
    const found = await stat(part).catch(() => undefined)
    if (found?.isFile() && host.clock.now() - found.mtimeMs > oldestMs) await removeFile(part).catch(() => {})
  }
}
