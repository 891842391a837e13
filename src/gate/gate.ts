import { spellDuration } from '../contract/kinds.ts'
import { StepError } from '../contract/reasons.ts'
import type { JudgedNode, Node, Probe, Verdict } from '../contract/values.ts'
import { spelled } from '../contract/words.ts'
import type { Host } from '../host/host.ts'
import type { Target } from '../target/target.ts'
import { advice } from './diagnosis.ts'
import { beginWatch, judge, type Policy, type Ruling, type Watch } from './verdict.ts'

/** Between these, the poll interval is a share of the time-out, so that a short time-out alone makes everything quick. */
const quickestPollMs = 250
const slowestPollMs = 5_000

/**
 * Waits until a node is proven or is known to fail. Only state changes are logged.
 * @param lastProof asked of a node that would pass: what is wrong with it all the same, or nothing
 * @throws StepError `cancelled`
 */
export async function gateNode(
  node: Node,
  target: Target,
  policy: Policy,
  host: Host,
  lastProof: () => Promise<Ruling | undefined> = async () => undefined,
): Promise<JudgedNode> {
  const pollMs = Math.min(slowestPollMs, Math.max(quickestPollMs, policy.healthTimeoutMs / 120))
  const over = new AbortController()
  let watch = beginWatch(host.clock.now())
  let probes: readonly Probe[] = []
  let told = ''
  try {
    for await (const seen of target.observe(node, pollMs, AbortSignal.any([host.signal, over.signal]))) {
      if (seen.kind === 'seen') probes = seen.probes.length > 0 ? seen.probes : probes
      const next = judge(watch, seen, policy)
      watch = next.watch
      const state = describe(watch, policy)
      if (state !== told && next.ruling === undefined) host.log(`${node.container}: ${state}`)
      told = state
      if (next.ruling) {
        const ruling = next.ruling.outcome === 'failed' ? next.ruling : ((await lastProof()) ?? next.ruling)
        const lines = ruling.outcome === 'failed' ? await lastWords(node, target, watch) : []
        return tell({ node, verdict: verdictOf(ruling, watch, probes, lines, host.spell) }, host)
      }
    }
  } finally {
    over.abort()
  }
  throw new StepError('cancelled', `The run was cancelled while ${node.container} was watched.`)
}

/** Awaits the watches of several nodes, each to its end, so that after a cancel none goes on telling. @throws the first error */
export async function allEnded(watches: readonly Promise<void>[]): Promise<void> {
  const broken = (await Promise.allSettled(watches)).find(result => result.status === 'rejected')
  if (broken) throw broken.reason
}

/** One sentence on how a set of nodes did: the first failure speaks for all. */
export function failureOf(judged: readonly JudgedNode[]): StepError | undefined {
  const failing = judged.filter(({ verdict }) => verdict.outcome === 'failed')
  const [first] = failing
  if (first?.verdict.reason === undefined) return undefined
  const others = failing.length > 1 ? ` (and ${failing.length - 1} more failed)` : ''
  const good = judged.flatMap(({ node, verdict }) => (verdict.outcome === 'healthy' ? [node.container] : []))
  const rest = good.length > 0 ? `; ${good.join(', ')} ${good.length === 1 ? 'stays as it is' : 'stay as they are'}` : ''
  const { reason, message, hint } = first.verdict
  return new StepError(
    reason,
    `Node ${first.node.name} (${first.node.container}) is not good: ${message.replace(/\.$/, '')}${others}${rest}.`,
    hint === undefined ? {} : { hint },
  )
}

function verdictOf(
  ruling: Ruling,
  watch: Watch,
  probes: readonly Probe[],
  lines: readonly string[],
  spell: Host['spell'],
): Verdict {
  const hint = ruling.reason && advice[ruling.reason]
  return { ...ruling, hint: hint && spelled(hint, spell), status: watch.status, health: watch.health, probes, lines }
}

function tell(judged: JudgedNode, host: Host): JudgedNode {
  const { node, verdict } = judged
  if (verdict.outcome === 'skipped') return judged
  host.log(
    `${node.container}: ${verdict.outcome === 'healthy' ? 'passed its gate' : `failed its gate (${verdict.reason}): ${verdict.message}`}`,
  )
  return judged
}

function describe(watch: Watch, policy: Policy): string {
  if (watch.silentSinceMs !== undefined) return 'the engine does not answer; waiting'
  const probe = watch.lastProbe && ` (${watch.lastProbe})`
  return watch.healthySinceMs === undefined
    ? `${watch.status}, ${watch.health}${probe}`
    : `healthy${probe}${policy.soakMs > 0 ? `; watching for ${spellDuration(policy.soakMs)}` : ''}`
}

/** The log itself may be gone with the container or the engine: then what was seen of it must do. */
async function lastWords(node: Node, target: Target, watch: Watch): Promise<readonly string[]> {
  const words = await target.lastWords(node).catch(() => [])
  return words.length > 0 ? words : watch.lines.slice(-50)
}
