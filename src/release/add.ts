import { StepError } from '../contract/reasons.ts'
import type { Image, JudgedNode, NodePlan } from '../contract/values.ts'
import { advice } from '../gate/diagnosis.ts'
import { everyVerdict, gateNode } from '../gate/gate.ts'
import type { Policy } from '../gate/verdict.ts'
import type { Host } from '../host/host.ts'
import type { Target } from '../target/target.ts'

/**
 * Starts nodes and gates them: the first alone until it is proven, then the others together. Where the first fails no other is
 * made. What passed stays, whatever becomes of the rest.
 * @param judged hears of each node as soon as there is a verdict on it
 * @throws StepError `no-health-check`, `cancelled`
 */
export async function addNodes(
  plans: readonly NodePlan[],
  image: Image,
  target: Target,
  policy: Policy,
  host: Host,
  judged: (node: JudgedNode) => Promise<void>,
): Promise<readonly JudgedNode[]> {
  if (!image.hasHealthCheck)
    throw new StepError(
      'no-health-check',
      `The image ${image.reference} has no health check, so nothing could prove its nodes.`,
      {
        hint: String(advice['no-health-check']),
      },
    )
  const addOne = async (plan: NodePlan): Promise<JudgedNode> => {
    const started = await target.add(plan, image).catch((error: unknown) => notStarted(plan, image, error))
    const node = 'verdict' in started ? started : await gateNode(started, target, policy, host)
    await judged(node)
    return node
  }
  const [firstPlan, ...others] = plans
  if (firstPlan === undefined) return []
  const first = await addOne(firstPlan)
  if (first.verdict.outcome === 'failed') {
    if (others.length > 0)
      host.log(`${others.map(({ container }) => container).join(', ')} not started, since the first node failed.`)
    return [first]
  }
  return [first, ...(await everyVerdict(others.map(addOne)))]
}

/** A node that could not even be started is a failed node, so that what is said of the others is not lost. */
function notStarted(plan: NodePlan, image: Image, error: unknown): JudgedNode {
  if (!(error instanceof StepError) || error.code === 'cancelled') throw error
  const node = { planned: false, name: plan.name, container: plan.container, id: '', version: image.shirVersion }
  const { code: reason, message, hint } = error
  return {
    node,
    verdict: { outcome: 'failed', reason, message, hint, status: 'not started', health: 'none', probes: [], lines: [] },
  }
}
