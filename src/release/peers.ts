import type { Node, NodePlan } from '../contract/values.ts'
import type { Ruling } from '../gate/verdict.ts'
import type { Host } from '../host/host.ts'
import type { Target } from '../target/target.ts'

/** What must hold between the nodes of a set. */
export interface Peers {
  /** A node of an earlier run, which others must find. */
  welcome(plan: NodePlan): void
  /** Asks from inside a node that has just become healthy whether it finds those that did before it: so each pair is asked once. */
  prove(node: Node, plan: NodePlan): Promise<Ruling | undefined>
}

/** Nodes of a set look for each other by hostname: where that fails, each node may be online, and they still form no set. */
export function peersOf(target: Target, host: Host): Peers {
  const healthy: NodePlan[] = []
  return {
    welcome: plan => void healthy.push(plan),
    prove: async (node, plan) => {
      const earlier = [...healthy]
      healthy.push(plan)
      if (earlier.length === 0) return undefined
      const told = earlier.map(({ container, hostname }) => `${container} (${hostname})`)
      const answer = await target.resolve(
        node,
        earlier.map(({ hostname }) => hostname),
      )
      if (answer.kind === 'unknown') {
        host.log(`${node.container}: whether it finds ${told.join(', ')} could not be asked inside the container: ${answer.why}`)
        return undefined
      }
      const lost = told.filter((_, index) => answer.unresolved.includes(String(earlier[index]?.hostname)))
      if (lost.length === 0) {
        if (!node.planned) host.log(`${node.container}: finds ${told.join(', ')}`)
        return undefined
      }
      return {
        outcome: 'failed',
        reason: 'peer-unresolved',
        message: `inside the container the hostname of ${lost.join(', ')} does not resolve`,
      }
    },
  }
}
