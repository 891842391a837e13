import { inspectImage } from '../engine/inspect.ts'
import { askRegistry } from '../engine/manifest.ts'
import { type Base, withOsVersion } from './base.ts'
import { digestOf } from './found-image.ts'
import type { Workshop } from './workshop.ts'

/** A base as it was found, on this engine or in its registry. */
export interface FoundBase extends Base {
  /** The image's id, which says what it is whatever it is called; `undefined` where neither would tell. */
  readonly id: string | undefined
  readonly digest: string | undefined
  /** Such as `10.0.20348.4405`; `undefined` where nobody told, and for Linux. */
  readonly osVersion: string | undefined
  readonly isHere: boolean
  /** What a pull fetches, compressed; 0 where nothing is pulled, or nobody told. */
  readonly bytes: number
  /** Why nothing more is known, where that is so. */
  readonly why: string | undefined
}

/**
 * Looks for a base where a build would take it from: this engine first, then its registry.
 * @throws StepError `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function findBase(base: Base, { docker, engine, host }: Workshop): Promise<FoundBase> {
  const { reference } = base
  const nothing = { id: undefined, digest: undefined, osVersion: undefined, isHere: false, bytes: 0, why: undefined }
  // Docker's word for the empty image.
  if (reference === 'scratch') return { ...base, ...nothing, id: 'scratch', isHere: true }
  const facts = await inspectImage(docker, reference)
  if (facts) {
    const { id, os, osVersion } = facts
    const found = { id, digest: digestOf(facts, reference), osVersion, isHere: true }
    return { ...withOsVersion(base, os, osVersion), ...nothing, ...found }
  }
  const answer = await askRegistry(docker, reference, engine, host)
  if (answer.kind !== 'found')
    return { ...base, ...nothing, why: answer.kind === 'unknown' ? answer.why : 'its registry has none of that name' }
  const { imageId: id, digest, os, osVersion, bytes } = answer
  return { ...withOsVersion(base, os, osVersion), ...nothing, ...{ id, digest, osVersion, bytes } }
}
