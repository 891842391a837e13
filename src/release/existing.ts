import type { Asked } from '../contract/parse.ts'
import { StepError } from '../contract/reasons.ts'
import { allEnded, gateNode } from '../gate/gate.ts'
import type { Policy } from '../gate/verdict.ts'
import type { Host } from '../host/host.ts'
import type { Recorder } from '../report/recorder.ts'
import type { Target } from '../target/target.ts'
import { describeSelection, selectionOf } from './selection.ts'

/**
 * Gates the nodes that exist and are meant, all at once; nothing is changed.
 * @throws StepError `not-found`, `cancelled`
 */
export async function gateExisting(
  asked: Asked,
  target: Target,
  policy: Policy,
  host: Host,
  record: Pick<Recorder, 'judged'>,
): Promise<void> {
  const selection = selectionOf(asked)
  const found = await target.find(selection)
  if (found.length === 0)
    throw new StepError('not-found', `There is no container ${describeSelection(selection)} on this engine.`, {
      hint: 'docker ps --all lists what there is.',
    })
  // Each verdict as soon as it is known, so that an early end loses none.
  await allEnded(found.map(async node => record.judged([await gateNode(node, target, policy, host)])))
}
