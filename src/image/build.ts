import { readFile } from 'node:fs/promises'
import type { Pair } from '../contract/kinds.ts'
import { endOf, StepError } from '../contract/reasons.ts'
import type { BuildTimes, Image, Installer } from '../contract/values.ts'
import { buildArguments, listImagesArguments, removeImageArguments, tagArguments } from '../engine/arguments.ts'
import { idsOf } from '../engine/docker.ts'
import { inspectImage } from '../engine/inspect.ts'
import { effectiveIsolation, memoryUnder } from '../engine/isolation.ts'
import { type BuildEnd, followBuild } from './build-output.ts'
import type { Delivery } from './delivery/delivery.ts'
import { deliveryFailed } from './delivery/failure.ts'
import { handOver } from './delivery/handover.ts'
import { buildFailed, diagnose } from './diagnosis.ts'
import { imageOf } from './found-image.ts'
import { assertInstalled, readInstalled } from './installed.ts'
import { imageLabels, installerArguments } from './labels.ts'
import type { Materials } from './materials.ts'
import { type ImageOrder, namesOf } from './order.ts'
import { fingerprintReference } from './reference.ts'
import { stageContext } from './staging.ts'
import type { Workshop } from './workshop.ts'

/** An image to be built, everything decided. */
export interface BuildPlan {
  readonly order: ImageOrder
  readonly installer: Installer
  readonly delivery: Delivery
  readonly materials: Materials
}

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

/** What one `docker build` came to. */
type Attempt =
  | { readonly kind: 'built'; readonly id: string; readonly times: BuildTimes }
  | { readonly kind: 'undelivered'; readonly why: string }
  | { readonly kind: 'failed'; readonly end: BuildEnd }

/**
 * Builds an image in which what is installed is what the installer said. It is built once more where the cause of a failure is one that
 * passes, and with a copy of the installer where containers cannot fetch it and the order leaves the choice.
 * @throws StepError `build-failed` and the codes of `diagnose`, `delivery-failed`, `image-version-mismatch`
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
  throw new StepError('engine-failed', `The engine does not know the image ${id}, which it has just made.`, {
    hint: 'Was it removed by another job?',
  })
}

async function buildPersistently(plan: BuildPlan, shop: Workshop): Promise<{ readonly id: string; readonly times: BuildTimes }> {
  const { host } = shop
  const { order, installer, materials } = plan
  const provenance = { installer, ...materials, run: host.run, createdMs: host.clock.now() }
  let { delivery } = plan
  for (let isSecond = false; ; ) {
    const labels = imageLabels(order.context, { ...provenance, delivery: delivery.kind }, order.labels)
    const attempt = await buildOnce({ ...plan, delivery }, labels, shop)
    if (attempt.kind === 'built') return attempt
    if (attempt.kind === 'undelivered') {
      if (delivery.kind === 'serve' && !delivery.isChoice) throw deliveryFailed(attempt.why)
      host.log(`The build could not fetch the installer: ${attempt.why}. It is built again with a copy of it in the context.`)
      delivery = { kind: 'copy' }
      continue
    }
    const diagnosis = diagnose(attempt.end.lines)
    if (isSecond || !diagnosis?.isTransient) throw buildFailed(attempt.end)
    host.log(`${diagnosis.cause} That may pass: it is built once more.`)
    isSecond = true
  }
}

async function buildOnce(plan: BuildPlan, labels: readonly Pair[], shop: Workshop): Promise<Attempt> {
  const { order, installer, delivery } = plan
  const { docker, host, journal } = shop
  const { context } = order
  const handover = await handOver(delivery, installer, context, host)
  const staged = await stageContext(context, handover.isCopied ? installer : undefined, host, journal)
  try {
    const args = buildArguments({
      context: staged.folder,
      dockerfile: staged.dockerfile,
      args: [...installerArguments(installer, context.declares.args, context.args), ...handover.args],
      labels,
      idFile: staged.idFile,
      network: handover.network,
      isolation: order.isolation,
      memory: buildMemory(order, shop),
      isFresh: order.rebuild,
    })
    const end = await followBuild(host, onLine =>
      docker.run(args, {
        signal: handover.signal,
        onLine: (line, stream) => {
          handover.see(line)
          onLine(line, stream)
        },
      }),
    )
    if (host.signal.aborted) throw endOf(host.signal)
    if (end.code === 0) return { kind: 'built', id: (await readFile(staged.idFile, 'utf8')).trim(), times: end.times }
    const why = handover.lacking()
    return why === undefined ? { kind: 'failed', end } : { kind: 'undelivered', why: wordsOf(why, end) }
  } finally {
    await handover.end()
    await staged.discard()
  }
}

/** What a context installed is what the image says, whatever its Dockerfile did. An image with another SHIR does not stay. */
async function checkInstalled(
  { id, isNew }: Made,
  installer: Installer,
  { docker, host, journal, warn }: Workshop,
): Promise<void> {
  const installed = await readInstalled(docker, { id }, host, journal)
  if (installed === undefined)
    return warn(
      'version-unread',
      'Which version of SHIR is installed in the image could not be read: it has no C:/SHIR/installed.json, and SHIR in it does not tell.',
    )
  try {
    assertInstalled(installed, installer, host)
  } catch (error) {
    if (isNew) await docker.read(removeImageArguments(id))
    throw error
  }
}

function wordsOf(why: string, { why: said }: BuildEnd): string {
  return said === '' || why.includes(said) ? why : `${why} (${said.replace(/\.$/, '')})`
}

function buildMemory({ isolation, memory }: ImageOrder, { engine, host }: Workshop): string | undefined {
  const effective = effectiveIsolation(isolation, engine)
  if (effective !== 'hyperv') return undefined
  if (memory !== undefined) return memory
  const usual = memoryUnder(effective, 'build')
  host.log(`The build gets ${usual} of memory: under Hyper-V it would have 1 GB otherwise.`)
  return usual
}
