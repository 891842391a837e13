import { randomUUID } from 'node:crypto'
import { mkdir, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { type Debt, ledger } from './debt.ts'
import { ownerOf } from './owner.ts'
import { append, create, type Entry } from './records.ts'

/** What a run is about to do, written before it is done, so that the post step or a later run can finish what a killed one owes. */
export interface Journal {
  /** Names this run on the engine's labels. */
  readonly id: string
  /** Must be awaited before the side effect. */
  intend(debt: Debt): Promise<void>
  /** The debt is owed no more: taken back, or meant to stay. */
  settle(debt: Debt): Promise<void>
  /** The debt is good for as long as the job lasts, and owed at its end. */
  defer(debt: Debt): Promise<void>
  /** What is still owed, newest first. */
  owed(): readonly Debt[]
  /** What is owed at the end of the job, newest first. */
  deferred(): readonly Debt[]
  /** Resolves when there is a file whose time can say that the owner lives. */
  readonly begun: Promise<void>
  touch(): Promise<void>
  /** Removes a journal that owes nothing. With debts left it stays, for the post step. */
  close(): Promise<void>
}

/** Where the journals of all runs lie. */
export function journalFolder(root: string): string {
  return path.join(root, 'journal')
}

/** A journal below `root`, whose file is made with the first debt; its path is saved as the host's state before that. */
export function openJournal(root: string, host: Host): Journal {
  const id = randomUUID()
  const file = path.join(journalFolder(root), `${id}.jsonl`)
  const debts = ledger()
  let beginning: Promise<void> | undefined
  let hasBegun = () => {}
  const begun = new Promise<void>(resolve => {
    hasBegun = resolve
  })

  const write = (event: 'intend' | 'settled' | 'deferred', debt: Debt) => append(file, { at: host.clock.now(), event, debt })
  const begin = async (): Promise<void> => {
    await mkdir(path.dirname(file), { recursive: true })
    host.state.save(file)
    const owner: Entry = { at: host.clock.now(), event: 'owner', owner: await ownerOf(id, host) }
    await create(file, [owner])
    hasBegun()
  }
  return {
    id,
    intend: async debt => {
      beginning ??= begin().catch(error => {
        beginning = undefined // closing a journal that could not be begun would hide why
        throw error
      })
      await beginning
      await write('intend', debt)
      debts.add(debt)
    },
    settle: async debt => {
      if (!debts.has(debt)) return
      await write('settled', debt)
      debts.remove(debt)
    },
    defer: async debt => {
      if (!debts.has(debt)) return
      await write('deferred', debt)
      debts.defer(debt)
    },
    owed: debts.owed,
    deferred: debts.deferred,
    begun,
    touch: async () => {
      const now = new Date(host.clock.now())
      await utimes(file, now, now)
    },
    close: async () => {
      if (beginning && debts.owed().length + debts.deferred().length === 0) await rm(file, { force: true })
    },
  }
}
