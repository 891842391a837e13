import type { Asked } from '../contract/parse.ts'
import { StepError } from '../contract/reasons.ts'
import type { JudgedNode, Node } from '../contract/values.ts'
import type { Host } from '../host/host.ts'
import type { Recorder } from '../report/recorder.ts'
import type { Found, Target } from '../target/target.ts'
import { recordLeft } from './record-left.ts'
import { describeSelection, selectionOf } from './selection.ts'
import { unwatched } from './unwatched.ts'

/**
 * Removes the nodes that are meant, one at a time, and the network of a set with its last node. No match is a success, and one that
 * the engine cannot remove keeps no other from it.
 * Containers that no step started are meant only where their name was given.
 * @throws StepError `engine-failed`, `cancelled`; what was removed by then is recorded
 */
export async function removeNodes(
  asked: Asked,
  target: Target,
  host: Host,
  record: Pick<Recorder, 'judged' | 'note' | 'warn'>,
): Promise<void> {
  const selection = selectionOf(asked)
  const found = await target.find(selection)
  const chosen = found.filter(node => isMeant(node, asked))
  for (const { container } of found.filter(node => !isMeant(node, asked)))
    host.log(
      `${container} stays: no step started it. With ${host.spell('containerName')} ${container} it is removed all the same.`,
    )
  if (chosen.length === 0) host.log(`There is no container ${describeSelection(selection)} on this engine: nothing to remove.`)
  const failures: Failure[] = []
  for (const node of chosen)
    await removeNode(node, target, host, record).catch((error: unknown) => {
      // Another code says that the next one would fare no better.
      if (!(error instanceof StepError) || error.code !== 'engine-failed') throw error
      host.log(`${node.container}: could not be removed: ${error.message}`)
      failures.push({ container: node.container, error })
    })

  const sets = [...chosen.map(({ set }) => set), selection.containerName].filter(set => set !== undefined)
  for (const set of new Set(sets)) if (await target.removeNetworks(set)) record.note({ removed: true })
  if (failures.length > 0) throw failureOf(failures)
}

interface Failure {
  readonly container: string
  readonly error: StepError
}

/** The first failure speaks for all. */
function failureOf(failures: readonly Failure[]): StepError {
  const [{ container, error }, ...others] = failures as [Failure, ...Failure[]]
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  return new StepError(error.code, `${container} could not be removed${more}: ${error.message}`, {
    ...(error.hint !== undefined && { hint: error.hint }),
    cause: error,
  })
}

function isMeant({ planned, set }: Found, { given }: Asked): boolean {
  return planned || set !== undefined || given.has('containerName')
}

async function removeNode(
  node: Node,
  target: Target,
  host: Host,
  record: Pick<Recorder, 'judged' | 'note' | 'warn'>,
): Promise<void> {
  const removal = await target.remove(node)
  if (node.planned) return
  if (removal.kind === 'gone') return host.log(`${node.container}: gone already; someone else removed it.`)
  record.judged([removedNode(node)])
  record.note({ removed: true })
  if (removal.wasStarted) record.warn('node-record-left', recordLeft(node.name, host))
}

function removedNode(node: Node): JudgedNode {
  return { node, verdict: { ...unwatched, outcome: 'skipped', message: 'removed', status: 'removed', health: 'none' } }
}
