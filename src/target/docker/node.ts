import { labelNames } from '../../contract/labels.ts'
import type { Node } from '../../contract/values.ts'
import type { ContainerFacts } from '../../engine/inspect.ts'

/** A container as the node that it is. It inherits its image's labels, the version among them. */
export function nodeOf({ id, name, nodeName, labels }: ContainerFacts): Node {
  return { planned: false, name: nodeName, container: name, id, version: labels[labelNames.version] }
}
