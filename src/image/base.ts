import { StepError, type Warning } from '../contract/reasons.ts'
import type { EngineFacts, Isolation } from '../engine/preflight.ts'

/** Windows builds by the names that tags have (Microsoft's "Windows container version compatibility"). */
const namedBuilds: Readonly<Record<string, number>> = {
  ltsc2016: 14393,
  ltsc2019: 17763,
  ltsc2022: 20348,
  ltsc2025: 26100,
}
/** The last day of extended support, until which fixes are made for security (Microsoft's "Base image servicing lifecycles"). */
const supportEnds: Readonly<Record<number, string>> = { 17763: '2029-01-09', 20348: '2031-10-14', 26100: '2034-10-10' }
const server2022 = 20348
const windows11 = 22000

/** A base image, as far as its reference tells, or itself once it is known. */
export interface Base {
  readonly reference: string
  /** `undefined` where nothing tells it. */
  readonly os: 'windows' | 'linux' | undefined
  /** 20348 of `10.0.20348.5499`. */
  readonly windowsBuild: number | undefined
  /** 5499 of it. */
  readonly windowsRevision: number | undefined
}

/** Reads what a reference such as `mcr.microsoft.com/windows/servercore:ltsc2022-KB5094128` says. A digest or a name of one's own says nothing. */
export function readBase(reference: string): Base {
  const { name, tag } = partsOf(reference)
  const isNamedWindows = isMicrosoftWindows(name) || /(?:^|\/)(?:windowsservercore|servercore|nanoserver)$/.test(name)
  const words = tag.split(/[-_]/)
  const named =
    Object.entries(namedBuilds).find(([word]) => words.includes(word))?.[1] ??
    // Four digits are a Windows release in a Windows image's tag alone.
    (isNamedWindows && words.includes('1809') ? namedBuilds.ltsc2019 : undefined)
  const [, build, revision] = /(?:^|-)10\.0\.(\d{5})(?:\.(\d+))?(?:[.-]|$)/.exec(tag) ?? []
  const isWindows = isNamedWindows || named !== undefined || build !== undefined
  const os = isWindows ? 'windows' : undefined
  return { reference, os, windowsBuild: numberOf(build) ?? named, windowsRevision: numberOf(revision) }
}

/**
 * The base as its image says itself, here or at its registry: that goes before what its tag promises.
 * @param os empty where the registry does not tell
 * @param osVersion `os.version` of its configuration or manifest: `10.0.20348.5499`
 */
export function withOsVersion(base: Base, os: string, osVersion: string | undefined): Base {
  if (os !== 'windows' && os !== 'linux') return base
  const [, build, revision] = (os === 'windows' && /^10\.0\.(\d+)(?:\.(\d+))?/.exec(osVersion ?? '')) || []
  return { reference: base.reference, os, windowsBuild: numberOf(build), windowsRevision: numberOf(revision) }
}

/**
 * Refuses an engine that cannot run a base, before anything is pulled or built.
 * @param asked the isolation that was asked for; the engine's own otherwise
 * @throws StepError `engine-os-mismatch`, `os-mismatch`
 */
export function checkBase(base: Base, engine: EngineFacts, asked?: Isolation): void {
  if (engine.os === 'windows') checkForWindows(base)
  else checkForLinux(base, engine, asked)
  const { windowsBuild: host } = engine
  const isolation = asked ?? engine.isolation
  if (base.windowsBuild === undefined || host === undefined) return
  if (canRun(host, base.windowsBuild, isolation)) return
  const fitting = ['ltsc2025', 'ltsc2022', 'ltsc2019'].filter(tag => canRun(host, Number(namedBuilds[tag]), isolation))
  const ways = [
    ...(fitting.length > 0 ? [`a base that ends in :${fitting.join(' or :')}`] : []),
    ...(canRun(host, base.windowsBuild, 'hyperv') ? ['Hyper-V isolation, where this machine has Hyper-V'] : []),
  ]
  throw new StepError(
    'os-mismatch',
    `The base image ${base.reference} is Windows build ${base.windowsBuild}, which this engine (build ${host}, ${isolation} isolation) cannot run.`,
    { hint: ways.length > 0 ? `Use ${ways.join(', ')}, or another machine.` : 'Use a newer machine.' },
  )
}

function checkForWindows({ os, reference }: Base): void {
  if (os === 'linux')
    throw new StepError(
      'engine-os-mismatch',
      `The base image ${reference} is for Linux, but this engine runs windows containers.`,
      { hint: 'SHIR needs Windows: use a base such as mcr.microsoft.com/windows/servercore:ltsc2022.' },
    )
}

function checkForLinux(base: Base, { os }: EngineFacts, asked: Isolation | undefined): void {
  if (base.os === 'windows')
    throw new StepError(
      'engine-os-mismatch',
      `The base image ${base.reference} is for Windows, but this engine runs ${os} containers.`,
      {
        hint: 'Use a Windows machine (GitHub: runs-on: windows-2022); in Docker Desktop: "Switch to Windows containers".',
      },
    )
  if (asked !== undefined)
    throw new StepError(
      'engine-os-mismatch',
      `The isolation ${asked} is for Windows containers, but this engine runs ${os} containers.`,
      { hint: 'Leave the isolation at its default, or build from a Windows base on a Windows machine.' },
    )
}

/**
 * A warning, `base-newer`, where the base has the machine's build and a newer revision. Processes of the container then meet an older
 * kernel than they were made with: containers ended with 0xc0370106 (actions/runner-images #11582), or programs in them failed until
 * the machine was updated (microsoft/nav-docker #616). With Hyper-V isolation a container brings its own kernel.
 */
export function newerBase(base: Base, engine: EngineFacts, asked?: Isolation): Warning | undefined {
  const { windowsBuild: build, windowsRevision: revision } = engine
  if (build === undefined || base.windowsBuild !== build || (asked ?? engine.isolation) === 'hyperv') return undefined
  if (revision === undefined || base.windowsRevision === undefined || base.windowsRevision <= revision) return undefined
  const { name } = partsOf(base.reference)
  const repository = isMicrosoftWindows(name) ? name : 'mcr.microsoft.com/windows/servercore'
  const named = Object.entries(namedBuilds).find(([, other]) => other === build)?.[0]
  const byKb = named === undefined ? '' : `, or the tag ${named}-KB… of the same month,`
  return {
    code: 'base-newer',
    message: `The base image ${base.reference} is Windows 10.0.${build}.${base.windowsRevision}, newer than this machine’s 10.0.${build}.${revision}: containers may end at once (0xc0370106), or programs in them fail. Use ${repository}:10.0.${build}.${revision}${byKb} or update this machine’s Windows.`,
  }
}

/** Until when Microsoft updates this Windows as a base image, `YYYY-MM-DD`; `undefined` where that is not known. */
export function baseSupportEnds({ windowsBuild }: Base): string | undefined {
  return windowsBuild === undefined ? undefined : supportEnds[windowsBuild]
}

/**
 * Microsoft's table of hosts and images ("Windows container version compatibility", as of August 2026; p: process, h: Hyper-V):
 *
 * | host                      | ltsc2019 | ltsc2022 | ltsc2025 |
 * | Server 2019 (17763)       | p h      |          |          |
 * | Server 2022 (20348)       | h        | p h      |          |
 * | Server 2025 (26100)       | h        | p h      | p h      |
 * | Windows 10 (19045)        | h        |          |          |
 * | Windows 11 (22000…)       | h        | p h      |          |
 * | Windows 11 24H2 (26100…)  | h        | p h      | p h      |
 *
 * So never a newer image than the host; Hyper-V isolation runs every older one; process isolation only the same build, and from
 * Windows 11 and Server 2025 on also Server 2022's and later ones.
 */
export function canRun(hostBuild: number, imageBuild: number, isolation: Isolation | undefined): boolean {
  if (imageBuild >= hostBuild) return imageBuild === hostBuild
  return isolation === 'hyperv' || (hostBuild >= windows11 && imageBuild >= server2022)
}

function partsOf(reference: string): { readonly name: string; readonly tag: string } {
  const [, name = '', tag = ''] = /^([^@]*?)(?::([^:/@]+))?(?:@.*)?$/.exec(reference) ?? []
  return { name, tag }
}

function isMicrosoftWindows(name: string): boolean {
  return /^mcr\.microsoft\.com\/windows(?:\/|$)/.test(name)
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}
