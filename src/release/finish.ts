import type { Host } from '../host/host.ts'
import type { Claimed } from '../journal/claim.ts'
import { beating } from '../journal/heartbeat.ts'
import { payDebts } from './debts.ts'
import { endJob } from './job-end.ts'

/**
 * Finishes what a run owes whose process is gone; with `endsJob` also what was to last as long as its job. What is still owed then
 * stays in the journal.
 * @param who begins the sentence that says so
 */
export async function finish(journal: Claimed, who: string, endsJob: boolean, host: Host): Promise<void> {
  const owed = journal.owed().length
  if (owed + journal.deferred().length === 0) host.log(`${who} owes nothing any more.`)
  if (owed > 0) host.log(`${who} ended early and owes ${owed} ${owed === 1 ? 'thing' : 'things'}.`)
  if (journal.unread > 0) host.log(`Passed over in its journal: ${journal.unread} lines that cannot be read.`)
  await beating({ begun: Promise.resolve(), touch: journal.touch }, host, async () => {
    await payDebts(journal, host, journal.lastSignMs)
    if (endsJob) await endJob(journal, host)
  })
  await journal.close()
}
