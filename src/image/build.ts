import { StepError } from '../contract/reasons.ts'
import type { BuildTimes, Image, Installer } from '../contract/values.ts'
import { listImagesArguments, removeImageArguments, tagArguments } from '../engine/arguments.ts'
import { idsOf } from '../engine/docker.ts'
import { inspectImage } from '../engine/inspect.ts'
import { attemptBuild, type BuildPlan } from './attempt.ts'
import { deliveryFailed } from './delivery/failure.ts'
import { buildFailed } from './diagnosis.ts'
import { imageOf } from './found-image.ts'
import { assertInstalled, readInstalled } from './installed.ts'
import { imageLabels } from './labels.ts'
import { namesOf } from './order.ts'
import { fingerprintReference } from './reference.ts'
import type { Workshop } from './workshop.ts'

/** An image without a name. */
export interface Made {
  readonly id: string
  /** False where the engine had it already. */
  readonly isNew: boolean
  readonly times: BuildTimes
}

export interface Built {
  readonly image: Image
  readonly times: BuildTimes
}

/**
 * Builds an image in which what is installed is what the installer said. It is built once more where the cause of a failure is one that
 * passes, and with a copy of the installer where containers cannot fetch it and the order leaves the choice.
 * @throws StepError `build-failed` and the codes of `diagnose`, `delivery-failed`, `image-version-mismatch`, `context-invalid`,
 * `disk-full`, `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function makeImage(plan: BuildPlan, shop: Workshop): Promise<Made> {
  const { docker } = shop
  const before = new Set(idsOf(await docker.ask(listImagesArguments())))
  const { id, times } = await buildPersistently(plan, shop)
  const made = { id, isNew: !before.has(id), times }
  await checkInstalled(made, plan.installer, shop)
  return made
}

/** Gives an image the names of its order, and that of its fingerprint. */
export async function nameImage({ id, isNew, times }: Made, plan: BuildPlan, { docker }: Workshop): Promise<Built> {
  const [first, ...others] = namesOf(plan.order, plan.installer.version)
  const mark = fingerprintReference(first, plan.materials.fingerprint)
  for (const name of [first, ...others, mark]) await docker.ask(tagArguments(id, name))
  const facts = await inspectImage(docker, id)
  if (facts) return { image: imageOf(first, facts, { built: true, isNew }), times }
  throw removedMeanwhile(id)
}

/** Removes an image that came to nothing, which nobody would find again. What the engine has besides stays, and so does what is in use. */
export async function dropImage({ id, isNew }: Made, { docker }: Workshop): Promise<void> {
  if (isNew) await docker.read(removeImageArguments(id))
}

async function buildPersistently(plan: BuildPlan, shop: Workshop): Promise<{ readonly id: string; readonly times: BuildTimes }> {
  const { host } = shop
  const { order, installer, materials } = plan
  const provenance = { installer, ...materials, run: host.run, createdMs: host.clock.now() }
  let { delivery } = plan
  for (let isSecond = false; ; ) {
    const labels = imageLabels(order.context, { ...provenance, delivery: delivery.kind }, order.labels)
    const attempt = await attemptBuild({ ...plan, delivery }, labels, shop)
    if (attempt.kind === 'built') return attempt
    if (attempt.kind === 'undelivered') {
      if (delivery.kind === 'serve' && !delivery.isChoice) throw deliveryFailed(attempt.why, host, { lines: attempt.end.lines })
      host.log(`The build could not fetch the installer: ${attempt.why}. It is built again with a copy of it in the context.`)
      delivery = { kind: 'copy' }
      continue
    }
    const { diagnosis, end } = attempt
    if (isSecond || !diagnosis?.isTransient) throw buildFailed(end, diagnosis)
    host.log(`${diagnosis.cause} That may pass: it is built once more.`)
    isSecond = true
  }
}

/** What a context installed is what the image says, whatever its Dockerfile did. An image with another SHIR does not stay. */
async function checkInstalled(made: Made, installer: Installer, shop: Workshop): Promise<void> {
  const { docker, host, journal, warn } = shop
  const installed = await readInstalled(docker, made, host, journal)
  if (installed === undefined) {
    if ((await inspectImage(docker, made.id)) === undefined) throw removedMeanwhile(made.id)
    return warn(
      'version-unread',
      'Which version of SHIR is installed in the image could not be read: it has no C:/SHIR/installed.json, and SHIR in it does not tell.',
    )
  }
  try {
    assertInstalled(installed, installer, host)
  } catch (error) {
    await dropImage(made, shop)
    throw error
  }
}

function removedMeanwhile(id: string): StepError {
  return new StepError('engine-failed', `The engine does not know the image ${id}, which it has just made.`, {
    hint: 'Was it removed by another job, such as one that runs docker image prune?',
  })
}
