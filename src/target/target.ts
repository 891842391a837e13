import type { Image, Node, NodePlan, Observation } from '../contract/values.ts'

/** Which nodes are meant; both given means both must hold. */
export interface Selection {
  readonly containerName: string | undefined
  readonly nodeName: string | undefined
}

/** Where nodes live. */
export interface Target {
  /** The nodes that a selection means, in the order of their names. */
  find(selection: Selection): Promise<readonly Node[]>
  /** Fails where one of the names is taken; changes nothing. */
  prepare(plans: readonly NodePlan[]): Promise<void>
  /** Starts a node, and makes what it shares with others where that is missing. What it makes is owed to the journal. */
  add(plan: NodePlan, image: Image): Promise<Node>
  /** What is seen of a node, again and again until `signal`: at once, on every event, and every `pollMs`. */
  observe(node: Node, pollMs: number, signal: AbortSignal): AsyncIterable<Observation>
  /** The last lines of its log; foreign text. */
  lastWords(node: Node): Promise<readonly string[]>
}
