import type { Host } from './host/host.ts'
import { readJournal } from './journal/journal.ts'
import { payDebts } from './release/debts.ts'
import { guard } from './report/guard.ts'

/**
 * The post step: finishes what the step owes when it could not do so itself, because it was killed. Never fails the job: what
 * goes wrong here is said, no more.
 */
export async function runUndo(anyHost: Host): Promise<void> {
  const host = guard(anyHost)
  const file = host.state.load()
  if (file === undefined) return host.log('Nothing was begun, nothing is owed.')
  try {
    const journal = await readJournal(file, host)
    const owed = journal.owed().length
    if (owed === 0) return host.log('Nothing is owed.')
    host.log(`The step ended early and owes ${owed} ${owed === 1 ? 'thing' : 'things'}.`)
    await payDebts(journal, host)
    await journal.close()
  } catch (error) {
    host.log(`The journal could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
