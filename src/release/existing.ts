import type { Asked } from '../contract/parse.ts'
import { StepError } from '../contract/reasons.ts'
import type { JudgedNode } from '../contract/values.ts'
import { everyVerdict, gateNode } from '../gate/gate.ts'
import type { Policy } from '../gate/verdict.ts'
import type { Host } from '../host/host.ts'
import type { Selection, Target } from '../target/target.ts'

/**
 * Gates the nodes that exist and are meant, all at once; nothing is changed.
 * @throws StepError `not-found`, `cancelled`
 */
export async function gateExisting(asked: Asked, target: Target, policy: Policy, host: Host): Promise<readonly JudgedNode[]> {
  const selection = selectionOf(asked)
  const found = await target.find(selection)
  if (found.length === 0)
    throw new StepError('not-found', `There is no container ${describeSelection(selection)} on this engine.`, {
      hint: 'docker ps --all lists what there is.',
    })
  return everyVerdict(found.map(node => gateNode(node, target, policy, host)))
}

/** A node name alone selects by itself: the default container name must not narrow it. */
export function selectionOf({ inputs, given }: Asked): Selection {
  const isByNode = given.has('nodeName') && !given.has('containerName')
  return { containerName: isByNode ? undefined : inputs.containerName, nodeName: inputs.nodeName }
}

export function describeSelection({ containerName, nodeName }: Selection): string {
  return [containerName && `called ${containerName}`, nodeName && `of node ${nodeName}`].filter(Boolean).join(' and ')
}
