import type { Host } from '../host/host.ts'

/** What remains of a node whose container is gone: nobody told the service, whose record of it only a person can delete. */
export function recordLeft(node: string, { spell }: Host): string {
  return `The container of node ${node} is removed. If the node had registered, its record stays in the integration runtime and counts as one of its nodes: delete it on the runtime’s page (Nodes), or let it expire (${spell('enableAe')}).`
}
