import { StepError } from '../contract/reasons.ts'
import type { EngineFacts } from '../engine/preflight.ts'

/** Windows builds by the names that tags have (Microsoft's "Windows container version compatibility"). */
const namedBuilds: Readonly<Record<string, number>> = {
  ltsc2016: 14393,
  ltsc2019: 17763,
  ltsc2022: 20348,
  ltsc2025: 26100,
}
const server2022 = 20348
const windows11 = 22000

/** A base image, as far as its reference tells. */
export interface Base {
  readonly reference: string
  readonly isWindows: boolean
  readonly windowsBuild: number | undefined
}

/** Reads what a reference such as `mcr.microsoft.com/windows/servercore:ltsc2022-KB5094128` says. A digest or a name of one's own says nothing. */
export function readBase(reference: string): Base {
  const [, name = '', tag = ''] = /^([^@]*?)(?::([^:/@]+))?(?:@.*)?$/.exec(reference) ?? []
  const isNamedWindows =
    /^mcr\.microsoft\.com\/windows(?:\/|$)/.test(name) || /(?:^|\/)(?:windowsservercore|servercore|nanoserver)$/.test(name)
  const words = tag.split(/[-_]/)
  const named =
    Object.entries(namedBuilds).find(([word]) => words.includes(word))?.[1] ??
    // Four digits are a Windows release in a Windows image's tag alone.
    (isNamedWindows && words.includes('1809') ? namedBuilds.ltsc2019 : undefined)
  const numbered = /(?:^|-)10\.0\.(\d{5})(?:\.|$)/.exec(tag)?.[1]
  const isWindows = isNamedWindows || named !== undefined || numbered !== undefined
  return { reference, isWindows, windowsBuild: numbered === undefined ? named : Number(numbered) }
}

/**
 * Refuses an engine that cannot run a base, before anything is pulled or built.
 * @throws StepError `engine-os-mismatch`, `os-mismatch`
 */
export function checkBase(base: Base, engine: EngineFacts): void {
  if (!base.isWindows) return
  if (engine.os !== 'windows')
    throw new StepError(
      'engine-os-mismatch',
      `The base image ${base.reference} is for Windows, but this engine runs ${engine.os} containers.`,
      {
        hint: 'Use a Windows machine (GitHub: runs-on: windows-2022); in Docker Desktop: "Switch to Windows containers".',
      },
    )
  if (base.windowsBuild === undefined || engine.windowsBuild === undefined) return
  if (canRun(engine.windowsBuild, base.windowsBuild, engine.isolation)) return
  const fitting = Object.entries({ ltsc2025: 26100, ltsc2022: 20348, ltsc2019: 17763 }).filter(([, build]) =>
    canRun(engine.windowsBuild ?? 0, build, engine.isolation),
  )
  throw new StepError(
    'os-mismatch',
    `The base image ${base.reference} is Windows build ${base.windowsBuild}, which this engine (build ${engine.windowsBuild}, ${engine.isolation} isolation) cannot run.`,
    {
      hint:
        fitting.length > 0
          ? `Use a base that ends in :${fitting.map(([tag]) => tag).join(' or :')}, or another machine.`
          : 'Use a newer machine.',
    },
  )
}

/**
 * Microsoft's table of hosts and images: never a newer image than the host; Hyper-V isolation runs every older one; process
 * isolation only the same build, and from Windows 11 and Server 2025 on also Server 2022's.
 */
export function canRun(hostBuild: number, imageBuild: number, isolation: EngineFacts['isolation']): boolean {
  if (imageBuild >= hostBuild) return imageBuild === hostBuild
  return isolation === 'hyperv' || (hostBuild >= windows11 && imageBuild >= server2022)
}
