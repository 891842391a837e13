import type { ContainerFacts } from '../../engine/inspect.ts'
import type { Selection } from '../target.ts'

/** True for a container of that name, or of that name with a node's number; and of that node name, likewise. */
export function isSelected(
  container: Pick<ContainerFacts, 'name' | 'nodeName'>,
  { containerName, nodeName }: Selection,
): boolean {
  return (
    (containerName === undefined || isNumbered(container.name, containerName)) &&
    // The service takes node names without regard to case, as Windows takes computers'; docker does not.
    (nodeName === undefined || isNumbered(container.nodeName.toLowerCase(), nodeName.toLowerCase()))
  )
}

/** 1 for `shir-1`; 0 where the name has no number. */
export function nodeNumber({ name }: Pick<ContainerFacts, 'name'>): number {
  return Number(/-([1-4])$/.exec(name)?.[1] ?? 0)
}

function isNumbered(name: string, base: string): boolean {
  const rest = name.startsWith(base) ? name.slice(base.length) : undefined
  return rest !== undefined && /^(?:-[1-4])?$/.test(rest)
}
