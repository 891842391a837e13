import type { Image } from '../contract/values.ts'
import type { ImageFacts } from '../engine/inspect.ts'
import { metadataOf } from './metadata.ts'
import { listedName, repositoryOf } from './reference.ts'

/** An image of this engine as the other rooms see it. */
export function imageOf(reference: string, facts: ImageFacts, how: Pick<Image, 'built' | 'isNew'>): Image {
  const metadata = metadataOf(facts.labels, facts)
  return {
    planned: false,
    reference,
    id: facts.id,
    digest: digestOf(facts, reference),
    ...how,
    os: facts.os,
    osVersion: facts.osVersion,
    hasHealthCheck: facts.hasHealthCheck,
    shirVersion: metadata.shirVersion || undefined,
    metadata,
  }
}

/** The digest that a registry gave for this repository, or `undefined` before a push. */
export function digestOf(facts: Pick<ImageFacts, 'repoDigests'>, reference: string): string | undefined {
  const repository = repositoryOf(listedName(repositoryOf(reference)))
  return facts.repoDigests.find(entry => entry.startsWith(`${repository}@`))?.slice(repository.length + 1)
}
