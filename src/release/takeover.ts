import { messageOf } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { claimJournal, findAbandoned } from '../journal/abandoned.ts'
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
    await host.group('What earlier runs left', () =>
      tidying(host, jobEndLimitMs, cancel, async tidier => {
        for (const remark of remarks) host.log(remark)
        for (const { file, run, isJobOver } of journals) {
          if (host.signal.aborted) return host.log('The rest is left for the next run.')
          const journal = await claimJournal(file, host)
          if (journal) await finish(journal, `The run ${run}`, isJobOver, tidier)
          else host.log(`Another run finishes what the run ${run} owes.`)
        }
      }),
    )
  } catch (error) {
    host.log(`What earlier runs left could not be looked at: ${messageOf(error)}`)
  }
}
