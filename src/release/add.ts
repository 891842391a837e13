import { StepError } from '../contract/reasons.ts'
import type { Image, JudgedNode, Node, NodePlan } from '../contract/values.ts'
import { advice } from '../gate/diagnosis.ts'
import { everyVerdict, gateNode } from '../gate/gate.ts'
import type { Policy } from '../gate/verdict.ts'
import type { Host } from '../host/host.ts'
import type { Recorder } from '../report/recorder.ts'
import type { Standing, Target } from '../target/target.ts'
import { peersOf } from './peers.ts'

/** Hears what becomes of nodes as soon as it is known. */
export interface Listener {
  judged(node: JudgedNode): Promise<void>
  /** What the user should know of nodes that were there before. */
  readonly warn: Recorder['warn']
}

/**
 * Keeps the nodes that exist just as planned, starts the others and gates them: the first alone until it is proven, unless one is
 * kept, then the rest together. Where the first fails no other is made. What passed stays, whatever becomes of the rest.
 * @throws StepError `already-exists`, `no-health-check`, `cancelled`
 */
export async function addNodes(
  plans: readonly NodePlan[],
  image: Image,
  target: Target,
  policy: Policy,
  host: Host,
  { judged, warn }: Listener,
): Promise<readonly JudgedNode[]> {
  const peers = peersOf(target, host)
  const { standing, surplus } = await target.prepare(plans, image)
  const kept: JudgedNode[] = []
  for (const plan of plans) {
    const node = standing.find(({ container }) => container === plan.container)
    if (node === undefined) continue
    host.log(`${node.container}: kept; it is healthy, and of this image and configuration.`)
    if (node.endsWith !== undefined && node.endsWith !== host.run.id) warn('node-ends-early', endsEarly(node, host))
    peers.welcome(plan)
    kept.push(keptNode(node))
  }
  for (const { container } of surplus) warn('node-surplus', isSurplus(container, plans.length, host))
  for (const node of kept) await judged(node)
  const missing = plans.filter(({ container }) => !kept.some(({ node }) => node.container === container))
  if (missing.length === 0) return kept
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
    const node = 'verdict' in started ? started : await gateNode(started, target, policy, host, () => peers.prove(started, plan))
    await judged(node)
    return node
  }
  if (kept.length > 0) return [...kept, ...(await everyVerdict(missing.map(addOne)))]
  const [firstPlan, ...others] = missing
  if (firstPlan === undefined) return []
  const first = await addOne(firstPlan)
  if (first.verdict.outcome === 'failed') {
    if (others.length > 0)
      host.log(`${others.map(({ container }) => container).join(', ')} not started, since the first node failed.`)
    return [first]
  }
  return [first, ...(await everyVerdict(others.map(addOne)))]
}

/** A node of an earlier run has passed its gate then, and is healthy now: it is not watched again. */
function keptNode(node: Node): JudgedNode {
  const verdict = { outcome: 'healthy', reason: undefined, message: 'healthy', hint: undefined, probes: [], lines: [] } as const
  return { node, verdict: { ...verdict, status: 'running', health: 'healthy' }, isKept: true }
}

function endsEarly({ container, endsWith }: Standing, { spell }: Host): string {
  return `${container} is kept, but goes when the job of run ${endsWith} ends, which started it (${spell('cleanup')}). Start it from a job whose nodes stay, or under another ${spell('containerName')}.`
}

function isSurplus(container: string, planned: number, { spell }: Host): string {
  return `${container} is of this set too and stays as it is, though ${spell('nodeCount')} is ${planned}. It goes with ${spell('mode')} remove and ${spell('containerName')} ${container}.`
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
