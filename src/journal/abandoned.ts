import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { journalFolder, readFileName } from './file-name.ts'
import { isDead, isJobOver, type Place, placeOf, staleMs } from './owner.ts'
import { readJournal } from './records.ts'

/** A journal whose owner is dead and in which something is owed. */
export interface Abandoned {
  readonly file: string
  /** The run that began it. */
  readonly run: string
  /** The job of that run has ended, so that what was meant to last as long is owed as well. */
  readonly isJobOver: boolean
}

/** What there is to a file among the journals: something to take over, something to say of it, or neither. */
type Finding =
  | { readonly kind: 'abandoned'; readonly journal: Abandoned }
  | { readonly kind: 'strange'; readonly why: string }
  | { readonly kind: 'none' }

/**
 * The journals below `root` that earlier runs of this machine left, and what is to be said of files that are none. Changes nothing but
 * empty journals, whose runs had begun nothing.
 */
export async function findAbandoned(
  root: string,
  host: Host,
): Promise<{ readonly journals: readonly Abandoned[]; readonly remarks: readonly string[] }> {
  const folder = journalFolder(root)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : Promise.reject(error),
  )
  const here = await placeOf(host)
  const journals: Abandoned[] = []
  const remarks: string[] = []
  for (const name of names.sort()) {
    const finding = await examine(path.join(folder, name), here, host)
    if (finding.kind === 'strange') remarks.push(`${name} ${finding.why}; it is left as it is.`)
    else if (finding.kind === 'abandoned') journals.push(finding.journal)
  }
  return { journals, remarks }
}

/** Judges one file among the journals, as seen from `here`. */
export async function examine(file: string, here: Place, host: Host): Promise<Finding> {
  const named = readFileName(file)
  if (named === undefined) return { kind: 'strange', why: 'is no journal' }
  const { run, claim } = named
  const read = await readJournal(file).catch(({ code }: NodeJS.ErrnoException) => ({ code }))
  if ('code' in read) return read.code === 'ENOENT' ? { kind: 'none' } : { kind: 'strange', why: `cannot be read (${read.code})` }
  const { records, isEmpty, touchedMs } = read
  const silentMs = host.clock.now() - touchedMs
  if (isEmpty) {
    // Its owner stands in the first line, which is written before anything is begun.
    if (silentMs > staleMs) await rm(file, { force: true })
    return { kind: 'none' }
  }
  const began = records.owners.find(owner => owner.run === run)
  const owner = records.owners.find(one => one.run === (claim ?? run))
  if (began === undefined || owner === undefined) return { kind: 'strange', why: 'does not say whose it is' }
  // What another machine or another engine owes cannot be judged here.
  if (began.machine !== here.machine || began.engine !== here.engine) return { kind: 'none' }
  if (!(await isDead(owner, here, silentMs))) return { kind: 'none' }
  const isOver = await isJobOver(began, here)
  const waitsForJob = claim === undefined && records.debts.owed().length === 0 && records.debts.deferred().length > 0
  if (waitsForJob && !isOver) return { kind: 'none' }
  return { kind: 'abandoned', journal: { file, run, isJobOver: isOver } }
}
