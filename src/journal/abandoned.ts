import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import type { Debt } from './debt.ts'
import { journalFolder } from './journal.ts'
import { isDead, isJobOver, type Owner, ownerOf, staleMs } from './owner.ts'
import { append, type Records, readRecords } from './records.ts'

/** A journal whose owner is dead and in which something is owed. */
export interface Abandoned {
  readonly file: string
  /** The run that began it. */
  readonly run: string
  /** The job of that run has ended, so that what was meant to last as long is owed as well. */
  readonly isJobOver: boolean
}

/** A journal that is this process's to finish. */
export interface Claimed {
  readonly run: string
  /** By the host's clock: the dead owner's last sign of life. */
  readonly lastSignMs: number
  /** Lines that cannot be read: what they would say counts as never begun. */
  readonly unread: number
  owed(): readonly Debt[]
  deferred(): readonly Debt[]
  settle(debt: Debt): Promise<void>
  defer(debt: Debt): Promise<void>
  /** Removes it where nothing is owed any more, and gives it back otherwise. */
  close(): Promise<void>
}

/** `<run>.jsonl`, and `<run>.<claim>.jsonl` while another process finishes it: the last part names the owner. */
const namePattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?\.jsonl$/

/**
 * The journals below `root` that earlier runs of this machine left, oldest name first, and what is to be said of files that are
 * none. Changes nothing but empty journals, whose runs had begun nothing.
 */
export async function findAbandoned(
  root: string,
  host: Host,
): Promise<{ readonly journals: readonly Abandoned[]; readonly remarks: readonly string[] }> {
  const folder = journalFolder(root)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : Promise.reject(error),
  )
  const self = await ownerOf('', host)
  const journals: Abandoned[] = []
  const remarks: string[] = []
  for (const name of names.sort()) {
    const found = await examine(path.join(folder, name), self, host)
    if (typeof found === 'string') remarks.push(`${name} ${found}; it is left as it is.`)
    else if (found) journals.push(found)
  }
  return { journals, remarks }
}

/** What there is to take over in a file, what is to be said of it, or nothing. */
async function examine(file: string, self: Owner, host: Host): Promise<Abandoned | string | undefined> {
  const [, run, claim] = namePattern.exec(path.basename(file)) ?? []
  if (run === undefined) return 'is no journal'
  const read = await readJournal(file).catch(({ code }: NodeJS.ErrnoException) => ({ code }))
  if ('code' in read) return read.code === 'ENOENT' ? undefined : `cannot be read (${read.code})`
  const { records, text, touchedMs } = read
  const silentMs = host.clock.now() - touchedMs
  if (text === '') {
    // Its owner stands in the first line, which is written before anything is begun.
    if (silentMs > staleMs) await rm(file, { force: true })
    return undefined
  }
  const began = records.owners.find(owner => owner.run === run)
  const owner = records.owners.find(one => one.run === (claim ?? run))
  if (began === undefined || owner === undefined) return 'does not say whose it is'
  // What another machine or another engine owes cannot be judged here.
  if (began.machine !== self.machine || began.engine !== self.engine || !(await isDead(owner, self, silentMs))) return undefined
  const isOver = await isJobOver(began, self)
  if (claim === undefined && records.debts.owed().length === 0 && !isOver && records.debts.deferred().length > 0) return undefined
  return { file, run, isJobOver: isOver }
}

/**
 * Makes an abandoned journal this process's own, by a rename that only one of several can win.
 * @returns `undefined` where another was quicker
 */
export async function claimJournal(file: string, host: Host): Promise<Claimed | undefined> {
  const [, run = '', earlier] = namePattern.exec(path.basename(file)) ?? []
  const claim = randomUUID()
  const [given, own] = [undefined, claim].map(part =>
    path.join(path.dirname(file), [run, part, 'jsonl'].filter(Boolean).join('.')),
  )
  try {
    const { touchedMs } = await readJournal(file)
    // The owner stands in the file before the name says so: there is no moment at which the claim is nobody's.
    await append(file, { at: host.clock.now(), event: 'owner', owner: await ownerOf(claim, host) })
    await rename(file, String(own))
    const { records } = await readJournal(String(own))
    return claimed(String(own), String(given), run, earlier === undefined ? touchedMs : 0, records, host)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function claimed(file: string, given: string, run: string, lastSignMs: number, { debts, unread }: Records, host: Host): Claimed {
  return {
    run,
    lastSignMs,
    unread,
    owed: debts.owed,
    deferred: debts.deferred,
    settle: async debt => {
      await append(file, { at: host.clock.now(), event: 'settled', debt })
      debts.remove(debt)
    },
    defer: async debt => {
      await append(file, { at: host.clock.now(), event: 'deferred', debt })
      debts.defer(debt)
    },
    close: async () => {
      if (debts.owed().length + debts.deferred().length === 0) await rm(file, { force: true })
      else await rename(file, given)
    },
  }
}

/**
 * The journal of this very job, whatever its owner is: the post step comes when the step is over.
 * @param file its first name; a later run may be finishing it under another one
 * @returns `taken` while one does, `undefined` where there is none any more
 */
export async function claimOwn(file: string, host: Host): Promise<Claimed | 'taken' | undefined> {
  const folder = path.dirname(file)
  const begin = `${path.basename(file, '.jsonl')}.`
  const names = await readdir(folder).catch(() => [])
  const name = names.find(one => one.startsWith(begin) && namePattern.test(one))
  if (name === undefined) return undefined
  const place = path.join(folder, name)
  const isFree = place === file || typeof (await examine(place, await ownerOf('', host), host)) === 'object'
  return (isFree ? await claimJournal(place, host) : undefined) ?? 'taken'
}

interface Read {
  readonly text: string
  readonly records: Records
  readonly touchedMs: number
}

async function readJournal(file: string): Promise<Read> {
  const facts = await stat(file)
  // A pipe would be waited for.
  if (!facts.isFile()) throw Object.assign(new Error(`${file} is no file.`), { code: 'it is no file' })
  const text = await readFile(file, 'utf8')
  return { text, records: readRecords(text), touchedMs: facts.mtimeMs }
}
