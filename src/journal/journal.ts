import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { type Account, accountIn } from './account.ts'
import { type EngineDebt, isSame, type Ledger, ledger } from './debt.ts'
import { fileName, journalFolder, readFileName } from './file-name.ts'
import { ownerOf } from './owner.ts'
import { create, type Entry, readJournal } from './records.ts'

/** What a run is about to do, written before it is done, so that the post step or a later run can finish what a killed one owes. */
export interface Journal extends Account {
  /** Names this run on the engine's labels. */
  readonly id: string
  /** True where the journal of another run, in any place where this one may lie, still owes that: what it owes it would take back. */
  othersOwe(debt: EngineDebt): Promise<boolean>
  /** Makes the time of a file say that the owner lives, as the journal's own does, until the function that it returns is called. */
  hold(file: string): () => void
  /** Resolves when there is a file whose time can say that the owner lives. */
  readonly begun: Promise<void>
  /** Removes a journal that owes nothing; one that cannot be removed is said. With debts left it stays, for the post step. */
  close(): Promise<void>
}

/**
 * A journal below `root`, whose file is made with the first debt; its path is saved as the host's state before that.
 * @param others where it lies instead, in this order, where nothing can be written below `root`
 */
export function openJournal(root: string, host: Host, others: readonly string[] = []): Journal {
  const id = randomUUID()
  const debts = ledger()
  const held = new Set<string>()
  let { file, account } = accountBelow(root, id, debts, host)
  let beginning: Promise<void> | undefined
  let hasBegun = () => {}
  const begun = new Promise<void>(resolve => {
    hasBegun = resolve
  })
  const hold = (one: string) => {
    held.add(one)
    hasBegun()
    return () => void held.delete(one)
  }

  const begin = async (place: string, [next, ...rest]: readonly string[]): Promise<void> => {
    ;({ file, account } = accountBelow(place, id, debts, host))
    try {
      await mkdir(path.dirname(file), { recursive: true })
      host.state.save(file)
      const owner: Entry = { at: host.clock.now(), event: 'owner', owner: await ownerOf(id, host) }
      await create(file, [owner])
      hold(file)
    } catch (error) {
      if (next === undefined) throw error // whatever the reason is: a place less is no reason to fail
      host.log(`Nothing can be written in ${place}: what this run owes is written down in ${next}.`)
      await begin(next, rest)
    }
  }
  return {
    id,
    hold,
    begun,
    intend: async debt => {
      beginning ??= begin(root, others).catch(error => {
        beginning = undefined // closing a journal that could not be begun would hide why
        throw error
      })
      await beginning
      await account.intend(debt)
    },
    settle: debt => account.settle(debt),
    defer: debt => account.defer(debt),
    owed: debts.owed,
    deferred: debts.deferred,
    touch: async () => {
      const now = new Date(host.clock.now())
      await Promise.allSettled([...held].map(one => utimes(one, now, now)))
    },
    othersOwe: async debt => debt.run !== id && owesElsewhere([root, ...others].map(journalFolder), debt),
    close: async () => {
      if (beginning === undefined || debts.owed().length + debts.deferred().length > 0) return
      // A virus scanner that holds the file, or a disk that went away, must not turn a good run into a failure.
      await rm(file, { force: true, maxRetries: 5 }).catch(({ code }: NodeJS.ErrnoException) =>
        host.log(`This run owes nothing, but its journal could not be removed (${code}).`),
      )
    },
  }
}

/** Its debts are the run's, wherever they come to be written down. */
function accountBelow(root: string, id: string, debts: Ledger, host: Host): { readonly file: string; readonly account: Account } {
  const file = path.join(journalFolder(root), fileName(id))
  return { file, account: accountIn(file, debts, host.clock) }
}

/** What cannot be read owes nothing that anyone would take back. */
async function owesElsewhere(folders: readonly string[], debt: EngineDebt): Promise<boolean> {
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => [])
    const theirs = names.filter(name => readFileName(name)?.run === debt.run)
    const read = await Promise.all(theirs.map(name => readJournal(path.join(folder, name)).catch(() => undefined)))
    if (read.some(journal => journal?.records.debts.owed().some(one => isSame(one, debt)))) return true
  }
  return false
}
