import { readFile } from 'node:fs/promises'
import { labelNames } from '../contract/labels.ts'
import { StepError } from '../contract/reasons.ts'
import type { Image } from '../contract/values.ts'
import { buildArguments, listImagesArguments, pullArguments } from '../engine/arguments.ts'
import { type Docker, firstLine, idsOf } from '../engine/docker.ts'
import { type ImageFacts, inspectImage } from '../engine/inspect.ts'
import type { EngineFacts } from '../engine/preflight.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { tellForeign } from '../report/guard.ts'
import { checkBase, readBase, withOsVersion } from './base.ts'
import { followBuild } from './build-output.ts'
import type { Builder, ImageOrder } from './builder.ts'
import { buildFailed } from './diagnosis.ts'
import { imageLabels, installerArguments } from './labels.ts'
import { pushAll, type RegistryAnswer } from './push.ts'
import { stageContext } from './staging.ts'

/** Builds with the engine of this machine. */
export function engineBuilder(docker: Docker, engine: EngineFacts, host: Host, journal: Journal): Builder {
  return {
    prepare: async context => {
      for (const base of context.bases) checkBase(base, engine)
    },
    build: order => build(order, docker, host, journal),
    push: async (image, references) => {
      const pushed = await pushAll(image.id, references, reference => rememberedAnswer(reference, docker), docker, host)
      const digest = pushed.find(({ reference }) => reference === image.reference)?.digest
      return { ...image, digest, reference: digest === undefined ? image.reference : `${withoutTag(image.reference)}@${digest}` }
    },
    use: async reference => {
      const facts = (await inspectImage(docker, reference)) ?? (await pull(reference, docker, host))
      const image = imageOf(reference, facts, { built: false, isNew: false })
      host.log(`Using ${reference} (${facts.id})`)
      checkBase(withOsVersion(readBase(reference), facts.os, facts.osVersion), engine)
      return image
    },
  }
}

async function build(order: ImageOrder, docker: Docker, host: Host, journal: Journal): Promise<Image> {
  const staged = await stageContext(order.context, order.installer, host, journal)
  try {
    const args = buildArguments({
      context: staged.folder,
      dockerfile: staged.dockerfile,
      references: order.references,
      args: installerArguments(order.installer, order.context.declares.args, order.context.args),
      labels: imageLabels(order.installer, order.context.bases, order.labels),
      idFile: staged.idFile,
    })
    const before = new Set(idsOf(await docker.ask(listImagesArguments())))
    const end = await followBuild(host, onLine => docker.run(args, { onLine }))
    if (end.code !== 0) throw buildFailed(end)
    const id = (await readFile(staged.idFile, 'utf8')).trim()
    if (before.has(id)) host.log(`Nothing was built anew: the image ${id} was there before.`)
    return imageOf(String(order.references[0]), await factsOf(id, docker), { built: true, isNew: !before.has(id) })
  } finally {
    await staged.discard()
  }
}

async function pull(reference: string, docker: Docker, host: Host): Promise<ImageFacts> {
  host.log(`${reference} is not on this engine; pulling it.`)
  const { code, stderr } = await docker.run(pullArguments(reference), { onLine: line => tellPull(line, host) })
  const facts = code === 0 ? await inspectImage(docker, reference) : undefined
  if (facts) return facts
  throw new StepError(
    'image-missing',
    `The image ${reference} is not on this engine and could not be pulled: ${firstLine(stderr)}`,
    {
      hint: `Check the reference, log in to its registry, or build the image with ${host.spell('mode')} build.`,
    },
  )
}

/** A pull redraws a line for each layer all the time; only what completes is worth telling. */
function tellPull(line: string, host: Host): void {
  if (/complete|^Digest|^Status|error|denied/i.test(line)) tellForeign(host, line)
}

/** What the engine remembers of a registry's answer to a push. */
async function rememberedAnswer(reference: string, docker: Docker): Promise<RegistryAnswer> {
  const facts = await factsOf(reference, docker)
  const digest = digestOf(facts, reference)
  return digest === undefined
    ? { kind: 'unknown', why: 'the engine remembers no digest' }
    : { kind: 'found', digest, imageId: facts.id }
}

async function factsOf(reference: string, docker: Docker): Promise<ImageFacts> {
  const facts = await inspectImage(docker, reference)
  if (facts) return facts
  throw new StepError('engine-failed', `The engine does not know the image ${reference}, which it has just made.`, {
    hint: 'Was it removed by another job?',
  })
}

function imageOf(reference: string, facts: ImageFacts, how: Pick<Image, 'built' | 'isNew'>): Image {
  return {
    planned: false,
    reference,
    id: facts.id,
    digest: digestOf(facts, reference),
    ...how,
    os: facts.os,
    osVersion: facts.osVersion,
    hasHealthCheck: facts.hasHealthCheck,
    shirVersion: facts.labels[labelNames.version],
  }
}

/** The digest that a registry gave for this repository, or `undefined` before a push. */
function digestOf(facts: ImageFacts, reference: string): string | undefined {
  // Docker's own registry is left out of the names that it lists.
  const repository = withoutTag(reference).replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '')
  return facts.repoDigests.find(entry => entry.startsWith(`${repository}@`))?.slice(repository.length + 1)
}

function withoutTag(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
}
