import path from 'node:path'
import type { Installer } from '../contract/values.ts'
import type { EngineFacts, Isolation } from '../engine/preflight.ts'
import { type Base, baseSupportEnds, checkBase, newerBase } from './base.ts'
import type { Prepared } from './builder.ts'
import { type Delivery, decideDelivery } from './delivery/delivery.ts'
import { type FoundBase, findBase } from './found-base.ts'
import { type Login, missingLogin, registryLogin } from './login.ts'
import type { ImageOrder } from './order.ts'
import { registryOf } from './reference.ts'
import { type Room, readRoom, sizeInWords } from './room.ts'
import type { Workshop } from './workshop.ts'

/** What was found before a build; a part is `undefined` where it was not asked for. */
export interface PreflightReport {
  readonly engine: EngineFacts
  /** The isolation that was asked for. */
  readonly isolation: Isolation | undefined
  readonly bases: readonly FoundBase[]
  /** By the reference that is to be pushed. */
  readonly logins: readonly { readonly reference: string; readonly login: Login }[]
  readonly delivery: Delivery
  readonly room: Room
}

/**
 * Finds out what a build will meet, tells it, and ends a build that could not succeed, before anything is fetched.
 * @throws StepError `engine-os-mismatch`, `os-mismatch`, `disk-full`, `delivery-failed`
 */
export async function prepareBuild(order: ImageOrder, shop: Workshop): Promise<Prepared> {
  const { engine, host, warn } = shop
  const { context, isolation, references, isPushed } = order
  // What a tag promises is checked first: an engine for Linux need not ask for a Windows base.
  for (const base of context.bases) checkBase(base, engine, isolation)
  const [bases, delivery, logins] = await Promise.all([
    Promise.all(context.bases.map(base => findBase(base, shop))),
    decideDelivery(order, shop),
    Promise.all(
      (isPushed ? references : []).map(async reference => ({ reference, login: await registryLogin(reference, host) })),
    ),
  ])
  const room = await roomFor({ bases, delivery }, undefined, shop)
  for (const line of preflightLines({ engine, isolation, bases, logins, delivery, room })) host.log(line)
  for (const base of bases) checkBase(base, engine, isolation)
  const warnings = [
    ...bases.map(base => newerBase(base, engine, isolation)),
    ...logins.map(({ reference, login }) => (login === 'absent' ? missingLogin(reference) : undefined)),
  ]
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

export function preflightLines({ engine, isolation, bases, room, logins, delivery }: PreflightReport): readonly string[] {
  return [
    ...(engine.os === 'windows' ? [`Windows: ${spellWindows(engine)}`, isolationLine(engine, isolation)] : []),
    ...bases.map(baseLine),
    ...roomLines(room),
    ...(delivery.kind === 'serve' ? [`Installer: offered to the build at ${delivery.place.address}`] : []),
    ...loginLines(logins),
  ]
}

function isolationLine(engine: EngineFacts, asked: Isolation | undefined): string {
  const own = engine.isolation ?? 'unknown'
  return asked === undefined
    ? `Isolation: ${own} (the engine’s default)`
    : `Isolation: ${asked}, as asked for (the engine’s default is ${own})`
}

function baseLine(base: FoundBase): string {
  const { reference, isHere, bytes, why } = base
  if (reference === 'scratch') return 'Base: scratch, which is empty'
  const ends = baseSupportEnds(base)
  const toPull = bytes > 0 ? `to be pulled, ${sizeInWords(bytes)}` : 'to be pulled'
  const facts = [
    base.digest ?? (isHere ? 'never pulled nor pushed' : 'digest not known'),
    ...(base.isWindows ? [`Windows ${spellWindows(base)}`] : []),
    isHere ? 'on this engine' : `${toPull}${why === undefined ? '' : ` (${why})`}`,
    ...(ends === undefined ? [] : [`updated by Microsoft until ${ends}`]),
  ]
  return `Base: ${reference} (${facts.join('; ')})`
}

/** `10.0.20348.5499`, as far as it is known. */
function spellWindows({ windowsBuild, windowsRevision }: Pick<Base, 'windowsBuild' | 'windowsRevision'>): string {
  if (windowsBuild === undefined) return 'build not known'
  return `10.0.${windowsBuild}${windowsRevision === undefined ? ', revision not known' : `.${windowsRevision}`}`
}

function roomLines({ disks, unasked }: Room): readonly string[] {
  return [
    ...disks.map(
      ({ folders, freeBytes, neededBytes }) =>
        `Room: ${sizeInWords(freeBytes)} free on the disk of ${folders.join(' and ')}; at least ${sizeInWords(neededBytes)} needed`,
    ),
    ...unasked,
  ]
}

const loginWords: Readonly<Record<Login, string>> = {
  present: 'in Docker’s settings',
  absent: 'none in Docker’s settings',
  unneeded: 'none needed, on this machine',
  unknown: 'not known; Docker’s settings do not tell',
}

/** One line a registry, whatever is pushed there. */
function loginLines(found: PreflightReport['logins']): readonly string[] {
  const lines = found.map(({ reference, login }) => `Login: ${registryOf(reference)}: ${loginWords[login]}`)
  return [...new Set(lines)]
}
