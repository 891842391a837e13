import { StepError } from '../contract/reasons.ts'
import type { Image, JudgedNode, NodePlan } from '../contract/values.ts'
import { advice } from '../gate/diagnosis.ts'
import { allEnded, gateNode } from '../gate/gate.ts'
import type { Policy } from '../gate/verdict.ts'
import type { Host } from '../host/host.ts'
import type { Recorder } from '../report/recorder.ts'
import type { Present, Target } from '../target/target.ts'
import { type Peers, peersOf } from './peers.ts'
import { endsEarly, isSurplus } from './present.ts'
import { unwatched } from './unwatched.ts'

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
  listener: Listener,
): Promise<void> {
  const peers = peersOf(target, host)
  const present = await target.survey(plans, image)
  const missing = await keepStanding(plans, present, peers, host, listener)
  if (missing.length === 0) return
  if (!image.hasHealthCheck)
    throw new StepError(
      'no-health-check',
      `The image ${image.reference} has no health check, so nothing could prove its nodes.`,
      { hint: String(advice['no-health-check']) },
    )
  const addOne = async (plan: NodePlan): Promise<JudgedNode> => {
    const started = await target.add(plan, image).catch((error: unknown) => notStarted(plan, image, error))
    const judged =
      'verdict' in started ? started : await gateNode(started, target, policy, host, () => peers.prove(started, plan))
    await listener.judged(judged)
    return judged
  }
  await addMissing(missing, missing.length < plans.length, addOne, host)
}

/** Tells what was there before. @returns the plans that no node fulfils yet */
async function keepStanding(
  plans: readonly NodePlan[],
  { standing, surplus }: Present,
  peers: Peers,
  host: Host,
  { judged, warn }: Listener,
): Promise<readonly NodePlan[]> {
  const missing: NodePlan[] = []
  for (const plan of plans) {
    const node = standing.find(({ container }) => container === plan.container)
    if (node === undefined) {
      missing.push(plan)
      continue
    }
    host.log(`${node.container}: kept; it is healthy, and of this image and configuration.`)
    if (node.endsWithJob !== undefined && node.endsWithJob !== host.run.job) warn('node-ends-early', endsEarly(node, host))
    peers.welcome(plan)
    // It passed its gate then, and is healthy now: it is not watched again.
    await judged({
      node,
      verdict: { ...unwatched, outcome: 'healthy', message: 'healthy', status: 'running', health: 'healthy' },
      isKept: true,
    })
  }
  for (const { container } of surplus) warn('node-surplus', isSurplus(container, plans.length, host))
  return missing
}

/** @param isOneProven then all are started at once; else the first must be proven before the others */
async function addMissing(
  missing: readonly NodePlan[],
  isOneProven: boolean,
  addOne: (plan: NodePlan) => Promise<JudgedNode>,
  host: Host,
): Promise<void> {
  const [first] = missing
  const rest = isOneProven ? missing : missing.slice(1)
  if (!isOneProven && first !== undefined && (await addOne(first)).verdict.outcome === 'failed') {
    if (rest.length > 0)
      host.log(`${rest.map(({ container }) => container).join(', ')} not started, since the first node failed.`)
    return
  }
  await allEnded(rest.map(async plan => void (await addOne(plan))))
}

/** A node that could not even be started is a failed node, so that what is said of the others is not lost. */
function notStarted(plan: NodePlan, image: Image, error: unknown): JudgedNode {
  if (!(error instanceof StepError) || error.code === 'cancelled') throw error
  const node = { planned: false, name: plan.name, container: plan.container, id: '', version: image.shirVersion }
  const { code: reason, message, hint } = error
  return { node, verdict: { ...unwatched, outcome: 'failed', reason, message, hint, status: 'not started', health: 'none' } }
}
