import { parseInputs } from './contract/parse.ts'
import { messageOf } from './contract/reasons.ts'
import type { Host } from './host/host.ts'
import { type Claimed, claimOwn } from './journal/claim.ts'
import { decideCleanup } from './release/cleanup.ts'
import { finish } from './release/finish.ts'
import { jobEndLimitMs } from './release/job-end.ts'
import { tidying, watchCancel } from './release/tidying.ts'
import { guard, maskInputs } from './report/guard.ts'

/**
 * The post step: finishes what the step owes when it could not do so itself, because it was killed, and what is owed at the end of
 * the job. Never fails the job: what goes wrong here is said, no more.
 */
export async function runUndo(anyHost: Host): Promise<void> {
  const host = guard(anyHost)
  const file = host.state.load()
  if (file === undefined) return host.log('Nothing was begun, nothing is owed.')
  const cancel = watchCancel(host)
  try {
    maskInputs(host)
    await tellCleanup(host)
    await tidying(host, jobEndLimitMs, cancel, async bounded => {
      const journal = await awaitOwn(file, bounded)
      if (journal === undefined) return host.log('Nothing is owed.')
      if (journal === 'taken') return host.log('It has not finished yet; what it leaves is for the next run.')
      await finish(journal, 'The step', true, bounded)
    })
  } catch (error) {
    host.log(`What the step owes could not be finished: ${messageOf(error)}`)
  } finally {
    cancel.end()
  }
}

/** A run that came later may be finishing what this one owes: it gives back what is left. */
async function awaitOwn(file: string, host: Host): Promise<Claimed | 'taken' | undefined> {
  for (let told = false; ; told = true) {
    const journal = await claimOwn(file, host)
    if (journal !== 'taken') return journal
    if (!told) host.log('Another run on this machine is finishing what this step owes.')
    await host.clock.sleep(1_000, host.signal)
    if (host.signal.aborted) return 'taken'
  }
}

/** The step has decided the same from the same inputs; where they cannot be read it has said so. */
async function tellCleanup(host: Host): Promise<void> {
  const inputs = await parseInputs(host.inputs, host.spell).then(
    asked => asked.inputs,
    () => undefined,
  )
  const sentence = inputs?.mode === 'run' ? decideCleanup(inputs, host).sentence : undefined
  if (sentence) host.log(sentence)
}
