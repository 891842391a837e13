import { readdir, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { Clock } from '../host/host.ts'
import type { Debt, Ledger } from './debt.ts'
import { readFileName } from './file-name.ts'
import { append } from './records.ts'

/** Debts that stand in a journal's file. What changes is written before it counts. */
export interface Account {
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
  /** Says through the file's time that its owner lives. */
  touch(): Promise<void>
}

export function accountIn(file: string, debts: Ledger, clock: Clock): Account {
  const write = (event: 'intend' | 'settled' | 'deferred', debt: Debt) => append(file, { at: clock.now(), event, debt })
  // Where the file is gone, and not taken over, nobody can come to pay what it said: what is known here is enough.
  const writeIfThere = (event: 'settled' | 'deferred', debt: Debt) =>
    write(event, debt).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' || (await isTakenOver(file))) throw error
    })
  return {
    intend: async debt => {
      await write('intend', debt)
      debts.add(debt)
    },
    settle: async debt => {
      if (!debts.has(debt)) return
      await writeIfThere('settled', debt)
      debts.remove(debt)
    },
    defer: async debt => {
      if (!debts.has(debt)) return
      await writeIfThere('deferred', debt)
      debts.defer(debt)
    },
    owed: debts.owed,
    deferred: debts.deferred,
    touch: async () => {
      const now = new Date(clock.now())
      await utimes(file, now, now)
    },
  }
}

async function isTakenOver(file: string): Promise<boolean> {
  const names = await readdir(path.dirname(file)).catch(() => [])
  return names.some(name => readFileName(name)?.run === readFileName(file)?.run)
}
