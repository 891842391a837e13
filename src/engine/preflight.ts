import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import type { Docker } from './docker.ts'
import { mayBeStopped, startService } from './service.ts'

/** How Windows containers are kept apart. */
export type Isolation = 'process' | 'hyperv'

/** What this engine is. */
export interface EngineFacts {
  readonly os: 'windows' | 'linux'
  readonly version: string
  readonly apiVersion: string
  /** Windows only: 20348 of `10.0.20348`. */
  readonly windowsBuild: number | undefined
  /** Windows only: 169 of `OS Build 20348.169`, where the engine tells it. */
  readonly windowsRevision: number | undefined
  /** Windows only: what containers get when nothing is said. */
  readonly isolation: Isolation | undefined
  /** The folder on the engine's machine that holds images and containers; empty where it is not told. */
  readonly rootDir: string
  /** What its machine is called; empty where it is not told. */
  readonly name: string
  /** The docker command, with its version. */
  readonly command: string
  readonly description: string
}

/** The first engine whose answers this program was made for: 20.10. */
const oldestApi = '1.41'

/** `docker version`, as far as we read it. */
interface Version {
  readonly Client?: { readonly Version?: string } | undefined
  readonly Server?: Server
}

interface Server {
  readonly Version: string
  readonly ApiVersion: string
  readonly Os: string
}

/** `docker info`, as far as we read it. */
interface Info {
  readonly OSVersion?: string
  readonly OperatingSystem?: string
  readonly Isolation?: string
  readonly DockerRootDir?: string
  readonly Name?: string
}

/**
 * Asks the engine who it is, and logs it: a log that starts so answers most questions. A Windows service that is stopped is started.
 * @param mayStart false where nothing may be changed, not even that
 * @throws StepError `engine-unreachable`, `engine-too-old`, `engine-failed`
 */
export async function examineEngine(docker: Docker, host: Host, mayStart = true): Promise<EngineFacts> {
  const [{ Client, Server }, info] = await askBoth(docker).catch(async (error: unknown) => {
    if (!mayStart || !(error instanceof StepError) || error.code !== 'engine-unreachable') throw error
    if (!(await mayBeStopped(error, host))) throw error
    await startService(docker, error, host)
    return askBoth(docker)
  })
  const command = `${docker.program} ${Client?.Version ?? ''}`.trim()
  const os = Server.Os === 'windows' ? 'windows' : 'linux'
  const description = `Docker ${Server.Version} (API ${Server.ApiVersion}) for ${os} containers on ${info.OperatingSystem ?? 'an unknown system'}`
  host.log(`Command: ${command}`)
  host.log(`Engine: ${description}${info.Isolation ? `, ${info.Isolation} isolation` : ''}`)
  return {
    os,
    version: Server.Version,
    apiVersion: Server.ApiVersion,
    windowsBuild: os === 'windows' ? numberIn(info.OSVersion, /^10\.0\.(\d+)/) : undefined,
    windowsRevision: os === 'windows' ? revisionOf(info) : undefined,
    isolation: os === 'windows' ? (info.Isolation === 'hyperv' ? 'hyperv' : 'process') : undefined,
    rootDir: info.DockerRootDir ?? '',
    name: info.Name ?? '',
    command,
    description,
  }
}

/**
 * Both answers for the time of one. What `version` comes to counts first: an engine that does not answer, or is too old, can fail the
 * other in more ways.
 */
async function askBoth(docker: Docker): Promise<readonly [Version & { readonly Server: Server }, Info]> {
  const ask = async (command: string): Promise<unknown> => JSON.parse(await docker.ask([command, '--format', '{{json .}}']))
  // Neither is left running behind an error of the other.
  const [versionAnswer, infoAnswer] = await Promise.allSettled([ask('version'), ask('info')])
  if (versionAnswer.status === 'rejected') throw versionAnswer.reason
  const { Client, Server } = versionAnswer.value as Version
  if (!Server)
    throw new StepError('engine-unreachable', 'The docker command works, but its engine does not answer.', {
      hint: 'Start the engine.',
    })
  if (!isAtLeast(Server.ApiVersion, oldestApi))
    throw new StepError(
      'engine-too-old',
      `The engine is version ${Server.Version} (API ${Server.ApiVersion}); the oldest supported one is 20.10 (API ${oldestApi}).`,
      { hint: 'Update Docker on this machine.' },
    )
  if (infoAnswer.status === 'rejected') throw infoAnswer.reason
  return [{ Client, Server }, infoAnswer.value as Info]
}

/** `OSVersion` stops at the build; the revision stands in the system's name (moby's windows_os_string.go). */
function revisionOf({ OperatingSystem, OSVersion }: Info): number | undefined {
  return numberIn(OperatingSystem, /\(OS Build \d+\.(\d+)\)/) ?? numberIn(OSVersion, /^10\.0\.\d+\.(\d+)/)
}

function numberIn(text: string | undefined, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Compares API versions such as 1.41 and 1.9 by their numbers. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}
