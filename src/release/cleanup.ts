import type { Inputs } from '../contract/inputs.ts'
import type { Host } from '../host/host.ts'
import type { Debt } from '../journal/debt.ts'
import type { Journal } from '../journal/journal.ts'

/** What becomes of the nodes of a job. */
export interface Cleanup {
  /** Nodes that passed their gate go at the end of the job. */
  readonly endsWithJob: boolean
  /** Nodes stay even where they did not pass. */
  readonly keepsFailed: boolean
  /** The decision and why, where there is a job that ends. */
  readonly sentence: string | undefined
}

export function decideCleanup({ cleanup }: Pick<Inputs, 'cleanup'>, { machine, spell }: Host): Cleanup {
  if (cleanup === 'never')
    return { endsWithJob: false, keepsFailed: true, sentence: `Nodes stay, proven or not, since ${spell('cleanup')} is never.` }
  const endsWithJob = cleanup === 'always' || machine.isEphemeral === true
  const why =
    cleanup === 'always'
      ? `since ${spell('cleanup')} is always`
      : `since this machine ${machine.isEphemeral ? 'ends with it' : 'outlives the job'} (${spell('cleanup')} auto)`
  const what = endsWithJob
    ? 'Nodes that this step starts and that pass their gate go at the end of the job'
    : 'Nodes that pass their gate stay'
  return { endsWithJob, keepsFailed: false, sentence: machine.isEphemeral === undefined ? undefined : `${what}, ${why}.` }
}

/** A journal in which nodes and their network are owed as decided. */
export function journalFor({ keepsFailed }: Cleanup, journal: Journal): Journal {
  if (!keepsFailed) return journal
  return { ...journal, intend: async debt => (debt.kind === 'path' ? journal.intend(debt) : undefined) }
}

/** A node has passed its gate. */
export async function passed(container: string, { endsWithJob }: Cleanup, journal: Journal): Promise<void> {
  const debt: Debt = { kind: 'container', name: container, run: journal.id }
  await (endsWithJob ? journal.defer(debt) : journal.settle(debt))
}
