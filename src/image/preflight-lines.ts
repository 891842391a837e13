import type { EngineFacts, Isolation } from '../engine/preflight.ts'
import { type Base, baseSupportEnds } from './base.ts'
import type { Delivery } from './delivery/delivery.ts'
import type { FoundBase } from './found-base.ts'
import type { Login } from './login.ts'
import { registryOf } from './reference.ts'
import { type Room, sizeInWords } from './room.ts'

/** What was found before a build. */
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

/** What a log should say of it, so that it answers most questions by itself. What the engine is was said when it was asked. */
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
    ...(base.os === 'windows' ? [`Windows ${spellWindows(base)}`] : []),
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
  unneeded: 'none expected, on this machine',
  unknown: 'not known; Docker’s settings do not tell',
}

/** One line a registry, whatever is pushed there. */
function loginLines(found: PreflightReport['logins']): readonly string[] {
  const lines = found.map(({ reference, login }) => `Login: ${registryOf(reference)}: ${loginWords[login]}`)
  return [...new Set(lines)]
}
