import { inspectImage } from '../engine/inspect.ts'
import { fingerprint } from './fingerprint.ts'
import type { FoundBase } from './found-base.ts'
import { digestOf } from './found-image.ts'
import type { ImageOrder } from './order.ts'
import { pullImage } from './pull.ts'
import type { Workshop } from './workshop.ts'

/** What an image is made of, at one moment. */
export interface Materials {
  /** Over all of it; 64 hexadecimal digits. */
  readonly fingerprint: string
  /** The last base's, where a registry gave it one. */
  readonly baseDigest: string | undefined
}

/**
 * Reads what an image would be made of now: the context's files, and each base as this engine has it, which is pulled where it is not
 * here. A tag may have moved since its registry was asked, and engines have ids of their own for what a registry lists.
 * @throws StepError `image-missing`, `context-invalid`, `engine-failed`; what `host.signal` was aborted with
 */
export async function readMaterials(
  order: ImageOrder,
  bases: readonly FoundBase[],
  msiSha256: string,
  shop: Workshop,
): Promise<Materials> {
  const here: FoundBase[] = []
  for (const base of bases) here.push(await asItIs(base, shop))
  return { fingerprint: await fingerprintOf(order, here, msiSha256, shop), baseDigest: here.at(-1)?.digest }
}

/**
 * The bases with an id each: one whose registry did not tell is pulled for it, one after the other, as a build would.
 * @throws as `readMaterials`
 */
export async function withIds(bases: readonly FoundBase[], shop: Workshop): Promise<readonly FoundBase[]> {
  const known: FoundBase[] = []
  for (const base of bases) known.push(base.id === undefined ? await asItIs(base, shop) : base)
  return known
}

/** A base as it is on this engine, once it was pulled: Docker does not pull what is here meanwhile. */
async function asItIs(base: FoundBase, { docker, host }: Workshop): Promise<FoundBase> {
  const { reference } = base
  if (reference === 'scratch') return base
  const facts = (await inspectImage(docker, reference)) ?? (await pullImage(reference, docker, host))
  return { ...base, id: facts.id, digest: digestOf(facts, reference), osVersion: facts.osVersion, isHere: true, bytes: 0 }
}

/** The fingerprint of an image that is made of these bases. @param tell hears what the user should know of it */
export async function fingerprintOf(
  { context, labels, isolation }: ImageOrder,
  bases: readonly FoundBase[],
  msiSha256: string,
  { host }: Workshop,
  tell?: (sentence: string) => void,
): Promise<string> {
  const baseIds = bases.map(({ id, reference }) => id ?? reference)
  return fingerprint({ context, msiSha256, baseIds, labels, isolation: isolation ?? 'default' }, host, tell)
}
