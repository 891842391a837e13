import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import type { Docker } from './docker.ts'

/** What this engine is. */
export interface EngineFacts {
  readonly os: 'windows' | 'linux'
  readonly version: string
  readonly apiVersion: string
  /** Windows only: 20348 of `10.0.20348`. */
  readonly windowsBuild: number | undefined
  /** Windows only: what containers get when nothing is said. */
  readonly isolation: 'process' | 'hyperv' | undefined
  readonly description: string
}

/** The first engine whose answers this program was made for: 20.10. */
const oldestApi = '1.41'

/**
 * Asks the engine who it is, and logs it: a log that starts so answers most questions.
 * @throws StepError `engine-unreachable`, `engine-too-old`
 */
export async function examineEngine(docker: Docker, host: Host): Promise<EngineFacts> {
  const version = JSON.parse(await docker.ask(['version', '--format', '{{json .}}'])) as {
    Client?: { Version?: string }
    Server?: { Version: string; ApiVersion: string; Os: string }
  }
  if (!version.Server)
    throw new StepError('engine-unreachable', 'The docker command works, but its engine does not answer.', {
      hint: 'Start the engine.',
    })
  const info = JSON.parse(await docker.ask(['info', '--format', '{{json .}}'])) as {
    OSVersion?: string
    OperatingSystem?: string
    Isolation?: string
  }
  const { Version, ApiVersion, Os } = version.Server
  if (!isAtLeast(ApiVersion, oldestApi))
    throw new StepError(
      'engine-too-old',
      `The engine is version ${Version} (API ${ApiVersion}); the oldest supported one is 20.10 (API ${oldestApi}).`,
      {
        hint: 'Update Docker on this machine.',
      },
    )
  const os = Os === 'windows' ? 'windows' : 'linux'
  const build = /^10\.0\.(\d+)/.exec(info.OSVersion ?? '')?.[1]
  const description = `Docker ${Version} (API ${ApiVersion}) for ${os} containers on ${info.OperatingSystem ?? 'an unknown system'}`
  host.log(`Command: ${docker.program} ${version.Client?.Version ?? ''}`.trim())
  host.log(`Engine: ${description}${info.Isolation ? `, ${info.Isolation} isolation` : ''}`)
  return {
    os,
    version: Version,
    apiVersion: ApiVersion,
    windowsBuild: os === 'windows' && build !== undefined ? Number(build) : undefined,
    isolation: os === 'windows' ? (info.Isolation === 'hyperv' ? 'hyperv' : 'process') : undefined,
    description,
  }
}

/** Compares API versions such as 1.41 and 1.9 by their numbers. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}
