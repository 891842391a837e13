import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { type Account, accountIn } from './account.ts'
import { type EngineDebt, isSame, ledger } from './debt.ts'
import { fileName, journalFolder, readFileName } from './file-name.ts'
import { ownerOf } from './owner.ts'
import { create, type Entry, readJournal } from './records.ts'

/** What a run is about to do, written before it is done, so that the post step or a later run can finish what a killed one owes. */
export interface Journal extends Account {
  /** Names this run on the engine's labels. */
  readonly id: string
  /** True where the journal of another run, beside this one, still owes that: what it owes it would take back. */
  othersOwe(debt: EngineDebt): Promise<boolean>
  /** Resolves when there is a file whose time can say that the owner lives. */
  readonly begun: Promise<void>
  /** Removes a journal that owes nothing. With debts left it stays, for the post step. */
  close(): Promise<void>
}

/** A journal below `root`, whose file is made with the first debt; its path is saved as the host's state before that. */
export function openJournal(root: string, host: Host): Journal {
  const id = randomUUID()
  const file = path.join(journalFolder(root), fileName(id))
  const account = accountIn(file, ledger(), host.clock)
  let beginning: Promise<void> | undefined
  let hasBegun = () => {}
  const begun = new Promise<void>(resolve => {
    hasBegun = resolve
  })

  const begin = async (): Promise<void> => {
    await mkdir(path.dirname(file), { recursive: true })
    host.state.save(file)
    const owner: Entry = { at: host.clock.now(), event: 'owner', owner: await ownerOf(id, host) }
    await create(file, [owner])
    hasBegun()
  }
  return {
    ...account,
    id,
    begun,
    intend: async debt => {
      beginning ??= begin().catch(error => {
        beginning = undefined // closing a journal that could not be begun would hide why
        throw error
      })
      await beginning
      await account.intend(debt)
    },
    othersOwe: async debt => debt.run !== id && owesElsewhere(path.dirname(file), debt),
    close: async () => {
      if (beginning && account.owed().length + account.deferred().length === 0) await rm(file, { force: true })
    },
  }
}

/** What cannot be read owes nothing that anyone would take back. */
async function owesElsewhere(folder: string, debt: EngineDebt): Promise<boolean> {
  const names = await readdir(folder).catch(() => [])
  const theirs = names.filter(name => readFileName(name)?.run === debt.run)
  const read = await Promise.all(theirs.map(name => readJournal(path.join(folder, name)).catch(() => undefined)))
  return read.some(journal => journal?.records.debts.owed().some(one => isSame(one, debt)))
}
