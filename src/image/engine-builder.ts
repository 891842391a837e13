import { mkdir } from 'node:fs/promises'
import { StepError } from '../contract/reasons.ts'
import type { Installer } from '../contract/values.ts'
import { inspectImage } from '../engine/inspect.ts'
import { takeTurn } from '../journal/turn.ts'
import { checkBase, readBase, withOsVersion } from './base.ts'
import { type Built, dropImage, makeImage, nameImage } from './build.ts'
import type { Builder, Prepared } from './builder.ts'
import { imageOf } from './found-image.ts'
import { findByFingerprint, findHere } from './lookup.ts'
import { fingerprintOf, readMaterials, withIds } from './materials.ts'
import type { ImageOrder } from './order.ts'
import { prepareBuild, roomFor } from './preflight.ts'
import { pullImage } from './pull.ts'
import { pushImage } from './pushed-image.ts'
import { requireRoom } from './room.ts'
import type { Workshop } from './workshop.ts'

/** How long another job's build is waited for: a cold one, on a machine that has its base still to pull, takes less. */
const longestBuildMs = 60 * 60 * 1_000

const mostTries = 3

/** Builds with the engine of this machine. */
export function engineBuilder(shop: Workshop): Builder {
  const { docker, engine, host } = shop
  return {
    prepare: order => prepareBuild(order, shop),
    lookUp: async (order, prepared, installer) => {
      const known = await withIds(prepared.bases, shop)
      const digits = await fingerprintOf(order, known, installer.sha256, shop, host.log)
      host.log(`Fingerprint: ${digits}`)
      if (order.rebuild) host.log(`It is built in any case, as ${host.spell('rebuild')} asks for.`)
      const image = order.rebuild ? undefined : await findByFingerprint(order, digits, installer, shop)
      // Only what must be built needs room for it, and before its installer is fetched.
      if (image === undefined) requireRoom(await roomFor(prepared, undefined, shop), engine)
      return { fingerprint: digits, image }
    },
    build: async (order, prepared, installer, digits) => {
      requireRoom(await roomFor(prepared, installer, shop), engine)
      const end = await turnAt(digits, shop)
      try {
        // Another job may have made it since it was looked for.
        const found = order.rebuild ? undefined : await findHere(order, digits, installer, shop)
        return found ? { image: found, times: [] } : await buildNow(order, prepared, installer, digits, shop)
      } finally {
        await end()
      }
    },
    push: (image, order) => pushImage(image, order, shop),
    use: async (reference, isolation) => {
      const facts = (await inspectImage(docker, reference)) ?? (await pullImage(reference, docker, host))
      host.log(`Using ${reference} (${facts.id})`)
      checkBase(withOsVersion(readBase(reference), facts.os, facts.osVersion), engine, isolation)
      return imageOf(reference, facts, { built: false, isNew: false })
    },
  }
}

/**
 * Takes the turn at an image: two jobs that build it at once would make two of it, and a node of the one would be another's to the
 * other. Where no turn can be had it is built all the same, which is said.
 * @returns what ends the turn
 * @throws StepError `cancelled`, or what else `host.signal` was aborted with
 */
async function turnAt(digits: string, { host, journal, turns }: Workshop): Promise<() => Promise<void>> {
  const untilMs = host.clock.now() + longestBuildMs
  const waiting = 'Another job on this machine is building the same image: this one waits for it.'
  for (;;) {
    const turn = await mkdir(turns, { recursive: true })
      .then(() => takeTurn(turns, digits, host, journal, { untilMs, waiting }))
      .catch(() => 'none' as const)
    host.signal.throwIfAborted()
    if (turn === 'over') continue
    if (typeof turn !== 'string') return turn.end
    host.log(
      turn === 'late'
        ? 'The other job still builds it: it is built here as well.'
        : 'Other jobs cannot be told of this build: two that build the same image at once make two of it.',
    )
    return async () => {}
  }
}

/** Builds until what the image was made of is still what its fingerprint says: a folder may be changed, and a tag moved, meanwhile. */
async function buildNow(
  order: ImageOrder,
  { bases, delivery }: Prepared,
  installer: Installer,
  digits: string,
  shop: Workshop,
): Promise<Built> {
  const read = () => readMaterials(order, bases, installer.sha256, shop)
  let materials = await read()
  for (let tries = 1; tries <= mostTries; tries++) {
    const isOther = materials.fingerprint !== digits && !order.rebuild
    const found = isOther ? await findByFingerprint(order, materials.fingerprint, installer, shop) : undefined
    if (found) return { image: found, times: [] }
    const plan = { order, installer, delivery, materials }
    const made = await makeImage(plan, shop)
    materials = await read()
    if (materials.fingerprint === plan.materials.fingerprint) return nameImage(made, plan, shop)
    await dropImage(made, shop)
    if (tries < mostTries) shop.host.log('The context or a base was changed while the image was built: it is built again.')
  }
  throw new StepError('context-invalid', 'The build context or a base changes all the time: no image could be built of it.', {
    hint: 'Build from a folder that nothing writes to meanwhile.',
  })
}
