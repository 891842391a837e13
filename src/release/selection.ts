import type { Asked } from '../contract/parse.ts'
import type { Selection } from '../target/target.ts'

/** A node name alone selects by itself: the default container name must not narrow it. */
export function selectionOf({ inputs, given }: Asked): Selection {
  const isByNode = given.has('nodeName') && !given.has('containerName')
  return { containerName: isByNode ? undefined : inputs.containerName, nodeName: inputs.nodeName }
}

export function describeSelection({ containerName, nodeName }: Selection): string {
  return [containerName && `called ${containerName}`, nodeName && `of node ${nodeName}`].filter(Boolean).join(' and ')
}
