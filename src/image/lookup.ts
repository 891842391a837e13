import { labelNames } from '../contract/labels.ts'
import { StepError } from '../contract/reasons.ts'
import type { Image } from '../contract/values.ts'
import { tagArguments } from '../engine/arguments.ts'
import { type ImageFacts, inspectImage } from '../engine/inspect.ts'
import { askRegistry, type FoundInRegistry, isImage } from '../engine/manifest.ts'
import { imageOf } from './found-image.ts'
import { imageLabels } from './labels.ts'
import { metadataOf } from './metadata.ts'
import { type ImageOrder, type KnownInstaller, namesOf } from './order.ts'
import { pullImage } from './pull.ts'
import { fingerprintReference, listedName, namesRegistry, pushedNames, repositoryOf } from './reference.ts'
import type { Workshop } from './workshop.ts'

/**
 * The image of a fingerprint, where there is one: on this engine, or in the registry of its first name. It then has the names of the
 * order. One that is in its registry by all of them already is not even pulled, unless nodes are to be started from it.
 * @throws StepError `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function findByFingerprint(
  order: ImageOrder,
  fingerprint: string,
  installer: KnownInstaller,
  shop: Workshop,
): Promise<Image | undefined> {
  const here = await findHere(order, fingerprint, installer, shop)
  if (here) return here
  const { docker, engine, host } = shop
  const [first] = namesOf(order, installer.version ?? '')
  if (!order.isPushed && !namesRegistry(first)) return undefined

  const name = fingerprintReference(first, fingerprint)
  const answer = await askRegistry(docker, name, engine, host)
  if (answer.kind === 'unknown')
    host.log(`${repositoryOf(first)} could not be asked for an image of that fingerprint: ${answer.why}`)
  if (answer.kind !== 'found') return undefined
  // Whether it is served only its labels tell, which a manifest does not hold.
  const mayStay = !order.isRun && order.isPushed && order.delivery !== 'serve'
  if (mayStay && (await haveAll(pushedNames(order.references, fingerprint), answer.imageId, shop))) {
    host.log(`Nothing to build: ${name} is in its registry, by all the names that it should have.`)
    return remoteImage(first, answer, order, fingerprint, installer)
  }
  try {
    const pulled = await pullImage(name, docker, host)
    return isWanted(pulled, order, fingerprint) ? await named(name, pulled, order, shop) : undefined
  } catch (error) {
    // What a registry lists and does not give is no reason to fail: everything to build it is here.
    if (!(error instanceof StepError) || error.code !== 'image-missing') throw error
    host.log(`${error.message} It is built instead.`)
    return undefined
  }
}

/** The image of a fingerprint on this engine, by the names of the order. @throws StepError `engine-unreachable`, `engine-failed`, `cancelled` */
export async function findHere(
  order: ImageOrder,
  fingerprint: string,
  installer: KnownInstaller,
  shop: Workshop,
): Promise<Image | undefined> {
  // Without a version the repository is known all the same.
  const [first] = namesOf(order, installer.version ?? '')
  const name = fingerprintReference(first, fingerprint)
  const facts = await inspectImage(shop.docker, name)
  return facts && isWanted(facts, order, fingerprint) ? named(name, facts, order, shop) : undefined
}

/** Whoever tags another image so finds it built anew, and so does who wants no installer in a layer, where there is one. */
function isWanted({ labels }: ImageFacts, { delivery }: ImageOrder, fingerprint: string): boolean {
  const isOurs = labels[labelNames.fingerprint] === fingerprint
  return isOurs && (delivery !== 'serve' || labels[labelNames.delivery] === 'serve')
}

/** The image by the names of the order, which is what a build would have left. */
async function named(name: string, facts: ImageFacts, order: ImageOrder, { docker, host }: Workshop): Promise<Image> {
  const names = namesOf(order, metadataOf(facts.labels, facts).shirVersion)
  const missing = names.filter(one => !facts.repoTags.includes(listedName(one)))
  for (const one of missing) await docker.ask(tagArguments(facts.id, one))
  host.log(`Nothing to build: ${name} has all that was asked for. It is called ${names.join(', ')}.`)
  return imageOf(names[0], facts, { built: false, isNew: false })
}

async function haveAll(names: readonly string[], imageId: string, { docker, engine, host }: Workshop): Promise<boolean> {
  for (const name of names) {
    const answer = await askRegistry(docker, name, engine, host)
    if (!isImage(answer, imageId)) return false
  }
  return true
}

/** What is known of an image that is in its registry alone. */
function remoteImage(
  reference: string,
  { imageId, digest, os, osVersion }: FoundInRegistry,
  { context, labels }: ImageOrder,
  fingerprint: string,
  installer: KnownInstaller,
): Image {
  const { sha256, version } = installer
  const told = imageLabels(context, { installer: { sha256, ...(version && { version }) }, fingerprint }, labels)
  return {
    planned: false,
    reference: `${repositoryOf(reference)}@${digest}`,
    id: imageId,
    digest,
    built: false,
    isNew: false,
    os,
    osVersion,
    // Its manifest does not say; no node is started from it.
    hasHealthCheck: false,
    shirVersion: version,
    metadata: metadataOf(Object.fromEntries(told.map(({ name, value }) => [name, value])), { os, osVersion }),
  }
}
