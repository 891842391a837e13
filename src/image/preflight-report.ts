import type { EngineFacts, Isolation } from '../engine/preflight.ts'
import type { Host } from '../host/host.ts'
import { type Base, baseSupportEnds } from './base.ts'
import type { Login } from './login.ts'
import { registryOf } from './reference.ts'
import { type Room, sizeInWords } from './room.ts'

/** A base as it was found before the build. */
export interface FoundBase extends Base {
  /** `sha256:…`, where the engine or the registry tells it. */
  readonly digest: string | undefined
  /** Compressed bytes that must be pulled; 0 where the engine has it; `undefined` where that is not known. */
  readonly missingBytes: number | undefined
}

/** What was found before a build; a part is `undefined` where it was not asked for. */
export interface PreflightReport {
  readonly engine: EngineFacts
  /** The isolation that was asked for. */
  readonly isolation: Isolation | undefined
  readonly bases: readonly FoundBase[]
  readonly room: Room | undefined
  /** By the reference that is to be pushed. */
  readonly logins: readonly { readonly reference: string; readonly login: Login }[]
}

/** Logs it all in one group, so that a log answers most questions by itself. */
export async function tellPreflight(report: PreflightReport, host: Host): Promise<void> {
  await host.group('Preflight', async () => {
    for (const line of preflightLines(report)) host.log(line)
  })
}

export function preflightLines({ engine, isolation, bases, room, logins }: PreflightReport): readonly string[] {
  return [
    `Command: ${engine.command}`,
    `Engine: ${engine.description}`,
    ...(engine.os === 'windows' ? [`Windows: ${spellWindows(engine)}`, isolationLine(engine, isolation)] : []),
    ...bases.map(baseLine),
    ...(room ? roomLines(room) : []),
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
  if (base.reference === 'scratch') return 'Base: scratch (an empty image)'
  const ends = baseSupportEnds(base)
  const facts = [
    base.digest ?? 'digest not known',
    ...(base.isWindows ? [`Windows ${spellWindows(base)}`] : []),
    base.missingBytes === 0
      ? 'on this engine'
      : `to be pulled${base.missingBytes === undefined ? '' : `, ${sizeInWords(base.missingBytes)}`}`,
    ...(ends === undefined ? [] : [`updated by Microsoft until ${ends}`]),
  ]
  return `Base: ${base.reference} (${facts.join('; ')})`
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
