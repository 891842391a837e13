import { mkdir } from 'node:fs/promises'
import type { Installer } from '../contract/values.ts'
import { inspectImage } from '../engine/inspect.ts'
import { takeTurn } from '../journal/turn.ts'
import { checkBase, readBase, withOsVersion } from './base.ts'
import { type Built, buildImage } from './build.ts'
import type { Builder, Prepared } from './builder.ts'
import { fingerprint } from './fingerprint.ts'
import type { FoundBase } from './found-base.ts'
import { digestOf, imageOf } from './found-image.ts'
import { findByFingerprint, findHere } from './lookup.ts'
import type { ImageOrder } from './order.ts'
import { prepareBuild, roomFor } from './preflight.ts'
import { pullImage } from './pull.ts'
import { pushImage } from './pushed-image.ts'
import { requireRoom } from './room.ts'
import type { Workshop } from './workshop.ts'

/** How long another job's build is waited for: a cold one, on a machine that has its base still to pull, takes less. */
const longestBuildMs = 60 * 60 * 1_000

/** Builds with the engine of this machine. */
export function engineBuilder(shop: Workshop): Builder {
  const { docker, engine, host } = shop
  return {
    prepare: order => prepareBuild(order, shop),
    lookUp: async (order, prepared, installer) => {
      const { bases } = prepared
      const known = await Promise.all(bases.map(base => (base.id === undefined ? pulled(base, shop) : base)))
      const digits = await fingerprintOf(order, known, installer.sha256, shop)
      host.log(`Fingerprint: ${digits}`)
      if (order.rebuild) host.log(`It is built in any case, as ${host.spell('rebuild')} asks for.`)
      const image = order.rebuild ? undefined : await findByFingerprint(order, digits, installer, shop)
      // Only what must be built needs room for it, and before its installer is fetched.
      if (image === undefined) requireRoom(await roomFor(prepared, undefined, shop), engine)
      return { fingerprint: digits, image }
    },
    build: async (order, prepared, installer, digits) => {
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
 * other. Where no turn can be had it is built all the same.
 * @returns what ends the turn
 * @throws what `host.signal` was aborted with
 */
async function turnAt(digits: string, { host, journal, turns }: Workshop): Promise<() => Promise<void>> {
  const untilMs = host.clock.now() + longestBuildMs
  const waiting = 'Another job on this machine is building the same image: this one waits for it.'
  for (;;) {
    const turn = await mkdir(turns, { recursive: true })
      .then(() => takeTurn(turns, digits, host, journal, { untilMs, waiting }))
      .catch(() => 'none' as const)
    host.signal.throwIfAborted()
    if (turn !== 'over') return typeof turn === 'string' ? async () => {} : turn.end
  }
}

async function buildNow(
  order: ImageOrder,
  prepared: Prepared,
  installer: Installer,
  digits: string,
  shop: Workshop,
): Promise<Built> {
  const { bases, delivery } = prepared
  requireRoom(await roomFor(prepared, installer, shop), shop.engine)
  const here: FoundBase[] = []
  for (const base of bases) here.push(base.isHere ? base : await pulled(base, shop))
  // A tag may have moved since its registry was asked, and engines have ids of their own for what a registry lists.
  const isSame = here.every(({ id }, index) => id === bases[index]?.id)
  const exact = isSame ? digits : await fingerprintOf(order, here, installer.sha256, shop)
  const plan = { order, installer, baseDigest: here.at(-1)?.digest, fingerprint: exact, delivery }
  return buildImage(plan, shop)
}

/** A base as it is once it was pulled: Docker does not pull what is here meanwhile. */
async function pulled(base: FoundBase, { docker, host }: Workshop): Promise<FoundBase> {
  const { reference } = base
  const facts = (await inspectImage(docker, reference)) ?? (await pullImage(reference, docker, host))
  return { ...base, id: facts.id, digest: digestOf(facts, reference), osVersion: facts.osVersion, isHere: true, bytes: 0 }
}

async function fingerprintOf(
  { context, labels, isolation }: ImageOrder,
  bases: readonly FoundBase[],
  msiSha256: string,
  { host }: Workshop,
): Promise<string> {
  const baseIds = bases.map(({ id, reference }) => id ?? reference)
  return fingerprint({ context, msiSha256, baseIds, labels, isolation: isolation ?? 'default' }, host)
}
