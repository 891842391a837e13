import { randomUUID } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { examine } from './abandoned.ts'
import { type Account, accountIn } from './account.ts'
import { fileName, readFileName } from './file-name.ts'
import { ownerOf, placeOf } from './owner.ts'
import { append, readJournal } from './records.ts'

/** A journal that is this process's to finish. */
export interface Claimed extends Omit<Account, 'intend'> {
  readonly run: string
  /** By the host's clock: the dead owner's last sign of life. */
  readonly lastSignMs: number
  /** Lines that cannot be read: what they would say counts as never begun. */
  readonly unread: number
  /** Removes it where nothing is owed any more, and gives it back otherwise. */
  close(): Promise<void>
}

/**
 * Makes an abandoned journal this process's own, by a rename that only one of several can win.
 * @returns `undefined` where another was quicker
 */
export async function claimJournal(file: string, host: Host): Promise<Claimed | undefined> {
  const named = readFileName(file)
  if (named === undefined) return undefined
  const claim = randomUUID()
  const place = (name: string) => path.join(path.dirname(file), name)
  const [given, own] = [place(fileName(named.run)), place(fileName(named.run, claim))]
  try {
    const { touchedMs } = await readJournal(file)
    // The owner stands in the file before the name says so: there is no moment at which the claim is nobody's.
    await append(file, { at: host.clock.now(), event: 'owner', owner: await ownerOf(claim, host) })
    await rename(file, own)
    const { debts, unread } = (await readJournal(own)).records
    const account = accountIn(own, debts, host.clock)
    return {
      ...account,
      run: named.run,
      // An earlier claim's signs of life are its own: what the run itself began was over before that.
      lastSignMs: named.claim === undefined ? touchedMs : 0,
      unread,
      close: () => (account.owed().length + account.deferred().length === 0 ? rm(own, { force: true }) : rename(own, given)),
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * The journal of this very job, whatever its owner is: the post step comes when the step is over.
 * @param file its first name; a later run may be finishing it under another one
 * @returns `taken` while one does, `undefined` where there is none any more
 */
export async function claimOwn(file: string, host: Host): Promise<Claimed | 'taken' | undefined> {
  const folder = path.dirname(file)
  const run = readFileName(file)?.run
  const names = await readdir(folder).catch(() => [])
  const name = names.find(one => run !== undefined && readFileName(one)?.run === run)
  if (name === undefined) return undefined
  const place = path.join(folder, name)
  const isFree = place === file || (await examine(place, await placeOf(host), host)).kind === 'abandoned'
  return (isFree ? await claimJournal(place, host) : undefined) ?? 'taken'
}
