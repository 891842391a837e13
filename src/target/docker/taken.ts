import { labelNames } from '../../contract/labels.ts'
import { StepError } from '../../contract/reasons.ts'
import type { Image, NodePlan } from '../../contract/values.ts'
import type { ContainerFacts } from '../../engine/inspect.ts'
import type { Host } from '../../host/host.ts'

/** A container that has the name of a planned node. */
export interface Taken {
  readonly facts: ContainerFacts
  readonly plan: NodePlan
  /** False while another run still waits for its verdict, and would take the container back. */
  readonly isProven: boolean
}

/** A container that cannot stay, and why. */
interface Refused {
  readonly facts: ContainerFacts
  readonly reasons: readonly string[]
}

const unproven = 'not proven yet by the run that started it'

/** True for what a step of this program made. */
function isOurs({ labels }: Pick<ContainerFacts, 'labels'>): boolean {
  return labels[labelNames.set] !== undefined
}

/** Why a container cannot stay as the planned node, beginning with its status; none where it can. Before there is an image, that is not compared. */
export function differences({ facts, plan, isProven }: Taken, image: Image | undefined): readonly string[] {
  if (!isOurs(facts)) return [facts.status, 'not started by this step']
  const configuration = plan.labels.find(({ name }) => name === labelNames.config)?.value
  const isRunning = facts.status === 'running'
  const reasons = [
    ...(facts.health === 'healthy' || !isRunning ? [] : [facts.health ?? 'without a health check']),
    ...(isProven ? [] : [unproven]),
    ...(facts.labels[labelNames.config] === configuration ? [] : ['another configuration']),
    // A removal that was cancelled has switched it off, and may still be ending the node.
    ...(facts.restartPolicy === plan.restartPolicy ? [] : ['another restart policy']),
    ...(image === undefined || facts.imageId === image.id ? [] : ['another image']),
  ]
  return isRunning && reasons.length === 0 ? [] : [facts.status, ...reasons]
}

/** The refusal that names each container that cannot stay, what differs, and the ways out; `undefined` where all can. */
export function alreadyExists(taken: readonly Taken[], image: Image | undefined, host: Host): StepError | undefined {
  const refused = taken
    .map(one => ({ facts: one.facts, reasons: differences(one, image) }))
    .filter(({ reasons }) => reasons.length > 0)
  if (refused.length === 0) return undefined
  const names = refused.map(({ facts, reasons }) => `${facts.name} (${reasons.join(', ')})`).join(', ')
  return new StepError(
    'already-exists',
    `${refused.length === 1 ? 'A container of that name exists' : 'Containers of those names exist'} already: ${names}.`,
    {
      hint: waysOut(refused, host),
    },
  )
}

function waysOut(refused: readonly Refused[], host: Host): string {
  const foreign = refused
    .map(({ facts }) => facts)
    .filter(facts => !isOurs(facts))
    .map(({ name }) => name)
  const ours = foreign.length < refused.length
  const isOnItsWay = refused.every(({ facts, reasons }) => facts.health === 'starting' || reasons.includes(unproven))
  const ways = [
    ...(isOnItsWay ? [`wait until it is healthy (${host.spell('mode')} gate) and run the step again`] : []),
    ...(ours ? [`remove the set (${host.spell('mode')} remove)`] : []),
    ...(foreign.length > 0 ? [`remove what is not the step’s (docker rm -f ${foreign.join(' ')})`] : []),
    `choose another ${host.spell('containerName')}`,
  ]
  const kept = ours ? 'Only healthy nodes with the same image and configuration are kept. ' : ''
  return `${kept}${sentence(ways)}`
}

function sentence(ways: readonly string[]): string {
  const text = `${ways.slice(0, -1).join(', ')}, or ${ways.at(-1)}.`
  return text.charAt(0).toUpperCase() + text.slice(1)
}
