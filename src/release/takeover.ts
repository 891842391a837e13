import { messageOf } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { type Abandoned, findAbandoned } from '../journal/abandoned.ts'
import { claimJournal } from '../journal/claim.ts'
import { finish } from './finish.ts'
import { jobEndLimitMs } from './job-end.ts'
import { type CancelWatch, tidying } from './tidying.ts'

/**
 * Finishes what earlier runs on this machine owe whose process is gone, and says so. What belongs to a run that lives, to another
 * machine or to nobody is left. Never fails the step.
 */
export async function takeOver(root: string, host: Host, cancel: CancelWatch): Promise<void> {
  try {
    const { journals, remarks } = await findAbandoned(root, host)
    if (journals.length + remarks.length === 0) return
    await host.group('What earlier runs left', async () => {
      for (const remark of remarks) host.log(remark)
      await tidying(host, jobEndLimitMs, cancel, async bounded => {
        for (const journal of journals) {
          if (host.signal.aborted || bounded.signal.aborted) return host.log('The rest is left for the next run.')
          await takeOne(journal, bounded)
        }
      })
    })
  } catch (error) {
    host.log(`What earlier runs left could not be looked at: ${messageOf(error)}`)
  }
}

/** One that cannot be taken over, since its file is held or not ours to write, must not keep the others from it. */
async function takeOne({ file, run, isJobOver }: Abandoned, host: Host): Promise<void> {
  try {
    const journal = await claimJournal(file, host)
    if (journal) await finish(journal, `The run ${run}`, isJobOver, host)
    else host.log(`Another run finishes what the run ${run} owes.`)
  } catch (error) {
    host.log(`What the run ${run} owes is left for the next run: ${messageOf(error)}`)
  }
}
