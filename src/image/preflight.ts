import path from 'node:path'
import type { Installer } from '../contract/values.ts'
import { checkBase, newerBase } from './base.ts'
import type { Prepared } from './builder.ts'
import { decideDelivery } from './delivery/delivery.ts'
import { findBase } from './found-base.ts'
import { missingLogin, registryLogin } from './login.ts'
import type { ImageOrder } from './order.ts'
import { preflightLines } from './preflight-lines.ts'
import { registryOf } from './reference.ts'
import { type Room, readRoom } from './room.ts'
import type { Workshop } from './workshop.ts'

/**
 * Finds out what a build will meet, tells it, and ends a build that could not succeed, before anything is fetched.
 * @throws StepError `engine-os-mismatch`, `os-mismatch`, `delivery-failed`, `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function prepareBuild(order: ImageOrder, shop: Workshop): Promise<Prepared> {
  const { engine, host, warn } = shop
  const { context, isolation, references, isPushed } = order
  // What a tag promises is checked first: an engine for Linux need not ask for a Windows base.
  for (const base of context.bases) checkBase(base, engine, isolation)
  const [copied, own, delivery, logins] = await Promise.all([
    Promise.all(context.copied.map(base => findBase(base, shop))),
    Promise.all(context.bases.map(base => findBase(base, shop))),
    decideDelivery(order, shop),
    Promise.all(
      (isPushed ? references : []).map(async reference => ({ reference, login: await registryLogin(reference, host) })),
    ),
  ])
  // The base that the image is built on stays the last.
  const bases = [...copied, ...own]
  const room = await roomFor({ bases, delivery }, undefined, shop)
  for (const line of preflightLines({ engine, isolation, bases, logins, delivery, room })) host.log(line)
  // Files are copied from an image whatever Windows it is for.
  for (const base of own) checkBase(base, engine, isolation)
  // Once a registry, whatever is pushed there.
  const absent = new Map(logins.filter(({ login }) => login === 'absent').map(one => [registryOf(one.reference), one.reference]))
  const warnings = [...own.map(base => newerBase(base, engine, isolation)), ...[...absent.values()].map(missingLogin)]
  for (const warning of warnings) if (warning) warn(warning.code, warning.message)
  return { bases, delivery }
}

/** The room that a build finds, and needs at least, as far as is known of its installer. */
export function roomFor(
  { bases, delivery }: Prepared,
  installer: Installer | undefined,
  { engine, host }: Workshop,
): Promise<Room> {
  return readRoom(
    {
      engine,
      baseBytes: bases.reduce((sum, { bytes }) => sum + bytes, 0),
      delivery: delivery.kind,
      installerBytes: installer?.size,
      installerFolder: installer ? path.dirname(installer.path) : host.machine.temp,
    },
    host,
  )
}
