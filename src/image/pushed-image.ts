import type { Image } from '../contract/values.ts'
import { tagArguments } from '../engine/arguments.ts'
import { askRegistry, isImage } from '../engine/manifest.ts'
import type { Pushed } from './builder.ts'
import type { ImageOrder } from './order.ts'
import { pushAll } from './push.ts'
import { pushedNames, repositoryOf } from './reference.ts'
import type { Workshop } from './workshop.ts'

/**
 * Pushes an image by each of its names that its registry does not know it by, and by its fingerprint, by which later runs find it.
 * The image then is called by the digest that the registry of its first name gave.
 * @throws StepError `push-failed`, `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function pushImage(image: Image, order: ImageOrder, shop: Workshop): Promise<Pushed> {
  const { docker, engine, host } = shop
  const ask = (reference: string) => askRegistry(docker, reference, engine, host)
  const digests = new Map<string, string | undefined>()
  const missing: string[] = []
  const names = pushedNames(order.references, image.metadata.fingerprint)
  const answers = await Promise.all(names.map(async name => [name, await ask(name)] as const))
  for (const [name, answer] of answers) {
    if (isImage(answer, image.id)) {
      host.log(`${name} is in its registry already: ${answer.digest}`)
      digests.set(name, answer.digest)
    } else missing.push(name)
  }
  // It has its own names, but the fingerprint's in one repository alone.
  for (const name of missing) await docker.ask(tagArguments(image.id, name))
  for (const { reference, digest } of await pushAll(image.id, missing, ask, docker, host)) digests.set(reference, digest)
  const [first = ''] = order.references
  const digest = digests.get(first)
  const reference = digest === undefined ? first : `${repositoryOf(first)}@${digest}`
  return { image: { ...image, digest, reference }, changed: missing.length > 0 }
}
