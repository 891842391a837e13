import type { Image, Node, NodePlan, Observation } from '../contract/values.ts'

/** Which nodes are meant; both given means both must hold. */
export interface Selection {
  readonly containerName: string | undefined
  readonly nodeName: string | undefined
}

/** A node that exists. */
export interface Found extends Node {
  /** The set that it belongs to, by our label; `undefined` where no step of this program started it. */
  readonly set: string | undefined
}

/** A node that exists just as planned. */
export interface Standing extends Node {
  /** The job that takes it away at its end, as its host names it; `undefined` where it outlives its job. */
  readonly endsWithJob: string | undefined
}

/** What there is of a set before nodes are added to it. */
export interface Present {
  /** These stay as they are: ours, healthy, of this configuration and, once there is an image, of that. */
  readonly standing: readonly Standing[]
  /** Further nodes of the same set, which no plan names. */
  readonly surplus: readonly Node[]
}

/** How a node's removal went; `gone`: someone else was quicker. */
export type Removal =
  | { readonly kind: 'gone' }
  /** `node`: its node's name; `wasStarted`: once at least, so that the integration runtime may know it. */
  | { readonly kind: 'removed'; readonly node: string; readonly wasStarted: boolean }

/** Which names resolve inside a node; `unknown` where its image has no means to tell. */
export type Resolution =
  | { readonly kind: 'known'; readonly unresolved: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string }

/** Where nodes live. */
export interface Target {
  /** The nodes that a selection means, in the order of their names. */
  find(selection: Selection): Promise<readonly Found[]>
  /** Lists which nodes of a set exist. Changes nothing. @throws StepError `already-exists` where a name is taken by anything that cannot stay */
  survey(plans: readonly NodePlan[], image?: Image): Promise<Present>
  /** Starts a node, and makes what it shares with others where that is missing. What it makes is owed to the journal. */
  add(plan: NodePlan, image: Image): Promise<Node>
  /** What is seen of a node, again and again until `signal`: at once, on every event, and every `pollMs`. */
  observe(node: Node, pollMs: number, signal: AbortSignal): AsyncIterable<Observation>
  /** Asks from inside a node which hostnames resolve there. */
  resolve(node: Node, hostnames: readonly string[]): Promise<Resolution>
  /** Ends a node as cleanly as its image and its state allow, which is said, and removes its container. */
  remove(node: Node): Promise<Removal>
  /** Removes the networks that were made for a set of which no node is left. @returns whether there was one */
  removeNetworks(set: string): Promise<boolean>
  /** The last lines of its log; foreign text. */
  lastWords(node: Node): Promise<readonly string[]>
}
