import { constants } from 'node:fs'
import { appendFile, open, readFile, stat } from 'node:fs/promises'
import { type Debt, type Ledger, ledger, readDebt } from './debt.ts'
import { type Owner, readOwner } from './owner.ts'

/** One line of a journal. */
export type Entry =
  | { readonly at: number; readonly event: 'owner'; readonly owner: Owner }
  | { readonly at: number; readonly event: 'intend' | 'settled' | 'deferred'; readonly debt: Debt }

/** What a journal's text says. */
export interface Records {
  /** In the order in which they came: the one who began it, then those who took it over. */
  readonly owners: readonly Owner[]
  readonly debts: Ledger
  /** Lines that say nothing: torn ones, since their writer was killed, and foreign ones. */
  readonly unread: number
}

export function readRecords(text: string): Records {
  const owners: Owner[] = []
  const debts = ledger()
  let unread = 0
  for (const line of text.split('\n').filter(part => part.trim() !== '')) {
    const entry = readEntry(line)
    if (entry === undefined) unread++
    else if (entry.event === 'owner') owners.push(entry.owner)
    else if (entry.event === 'intend') debts.add(entry.debt)
    else if (entry.event === 'settled') debts.remove(entry.debt)
    else debts.defer(entry.debt)
  }
  return { owners, debts, unread }
}

/** What a journal's file says, and when its owner last gave a sign of life. @throws what the file system refuses */
export async function readJournal(
  file: string,
): Promise<{ readonly records: Records; readonly isEmpty: boolean; readonly touchedMs: number }> {
  const facts = await stat(file)
  // A pipe would be waited for.
  if (!facts.isFile()) throw Object.assign(new Error(`${file} is no file.`), { code: 'it is no file' })
  const text = await readFile(file, 'utf8')
  return { records: readRecords(text), isEmpty: text === '', touchedMs: facts.mtimeMs }
}

function readEntry(line: string): Entry | undefined {
  try {
    const { at, event, owner, debt } = (JSON.parse(line) ?? {}) as Readonly<Record<string, unknown>>
    if (typeof at !== 'number') return undefined
    if (event === 'owner') {
      const read = readOwner(owner)
      return read && { at, event, owner: read }
    }
    if (event !== 'intend' && event !== 'settled' && event !== 'deferred') return undefined
    const read = readDebt(debt)
    return read && { at, event, debt: read }
  } catch {
    return undefined
  }
}

/** Makes a journal of these lines. @throws where there is one of that name */
export async function create(file: string, entries: readonly Entry[]): Promise<void> {
  await write(file, 'wx', entries.map(spell).join(''))
}

/** Adds a line to a journal, whose last one may be torn. @throws `ENOENT` where it is gone: what was removed, or renamed by its new owner, must not come back */
export async function append(file: string, entry: Entry): Promise<void> {
  await write(file, constants.O_WRONLY | constants.O_APPEND, `${before(entry)}${spell(entry)}`)
}

/** A new owner does not know whether the last one was killed in the midst of a line. */
function before({ event }: Entry): string {
  return event === 'owner' ? '\n' : ''
}

function spell(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`
}

async function write(file: string, flags: string | number, text: string): Promise<void> {
  const handle = await open(file, flags, 0o600)
  try {
    await appendFile(handle, text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
