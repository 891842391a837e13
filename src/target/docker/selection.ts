import type { ContainerFacts } from '../../engine/inspect.ts'
import type { Selection } from '../target.ts'

/** True for a container of that name, or of that name with a node's number; and of that node name, likewise. */
export function isSelected(
  container: Pick<ContainerFacts, 'name' | 'nodeName'>,
  { containerName, nodeName }: Selection,
): boolean {
  return (
    (containerName === undefined || isNumbered(container.name, containerName)) &&
    (nodeName === undefined || isNumbered(container.nodeName, nodeName))
  )
}

/** 1 for `shir-1`; 0 where the name has no number. */
export function nodeNumber({ name }: Pick<ContainerFacts, 'name'>): number {
  return Number(/-([1-4])$/.exec(name)?.[1] ?? 0)
}

function isNumbered(name: string, base: string): boolean {
  const rest = name.toLowerCase().startsWith(base.toLowerCase()) ? name.slice(base.length) : undefined
  return rest !== undefined && /^(?:-[1-4])?$/.test(rest)
}
