import { type ReasonCode, StepError } from '../contract/reasons.ts'
import { asksTooOften, isUnavailable } from '../engine/registry-words.ts'
import type { BuildEnd } from './build-output.ts'

/** Why a build failed, where its words are those of a known cause. */
export interface Diagnosis {
  readonly code: ReasonCode
  /** One sentence. */
  readonly cause: string
  /** What to do. */
  readonly hint: string
  /** True where the same build may well succeed at once. */
  readonly isTransient: boolean
}

interface Known extends Diagnosis {
  readonly text: RegExp
  /**
   * True where only the engine's own words count, not what a command of the Dockerfile prints: that may name a network or a
   * manifest of its own.
   */
  readonly isEngines?: boolean
}

const patchHint =
  'Update Windows on this machine, or choose a base that is not newer: a tag such as ltsc2022-KBnnnnnnn or 10.0.20348.nnnn names one month’s patches.'

/** The first that fits counts, so that the more exact ones come first. Each text is one that was seen, where the comment says. */
const known: readonly Known[] = [
  {
    // hcsshim::ImportLayer … (0x70): windows-docker-machine #48. write …: docker/for-win #14425. Linux: moby #32811.
    text: /There is not enough space on the disk|no space left on device|\(0x70\)/i,
    code: 'disk-full',
    cause: 'A disk is full: the engine’s, or that of the container in which the step ran.',
    hint: 'Free room where the engine keeps its images (docker system df, docker image prune). Where that has room, the container’s own disk is too small: 20 GB unless the engine’s storage-opts say more.',
    isTransient: false,
  },
  {
    // hcs::System::Start: … exited unexpectedly: hcsshim #917. By a base that is newer than its host: Windows-Containers #591, runner-images #11582.
    text: /0xc0370106|The virtual machine or container exited unexpectedly/i,
    code: 'os-mismatch',
    cause: 'Windows ended the container as it started, as it does where the base image is patched further than this machine.',
    hint: patchHint,
    isTransient: false,
  },
  {
    // Both orders of the words: service-fabric #1000, moby #36735.
    text: /0xc0370101|The container operating system does not match the host operating system|The operating system of the container does not match the operating system of the host/i,
    code: 'os-mismatch',
    cause: 'The base image’s Windows is not one that this machine’s can run in this isolation.',
    hint: 'Choose the base of this machine’s Windows (ltsc2022 runs on Windows Server 2022 and 2025), or another isolation where the machine has a hypervisor.',
    isTransient: false,
  },
  {
    // What the engine itself refuses to pull: jcefbuild #15, moby #40215.
    text: /a Windows version \S+-based image is incompatible with a \S+ host/i,
    code: 'os-mismatch',
    cause: 'The base image’s Windows is newer than this machine’s, and the engine does not pull it.',
    hint: 'Choose an older base, or a machine with the base’s Windows; another isolation changes nothing here.',
    isTransient: false,
  },
  {
    // dotnet/core #3349, official-images #3835.
    text: /no matching manifest for linux\//i,
    isEngines: true,
    code: 'engine-os-mismatch',
    cause: 'The engine runs Linux containers, and the base image has no Linux.',
    hint: 'Use a Windows machine whose engine runs Windows containers (Docker Desktop: Switch to Windows containers).',
    isTransient: false,
  },
  {
    // windows/amd64 10.0.17134: docker/for-win #6128. windows/amd64 alone: #1894. unknown: dotnet-docker #1040.
    text: /no matching manifest for (?:windows\/|unknown)/i,
    isEngines: true,
    code: 'os-mismatch',
    cause: 'The base image has nothing for this machine’s Windows.',
    hint: 'Choose a base that is published for it, by a tag that names the Windows: ltsc2022, ltsc2025.',
    isTransient: false,
  },
  {
    // docker/for-win #1477, #2710.
    text: /No hypervisor is present on this system|0xc0351000/i,
    code: 'build-failed',
    cause: 'The build asks for Hyper-V isolation, and this machine has no hypervisor.',
    hint: 'Build with process isolation, on a base of this machine’s Windows; hosted machines have no other.',
    isTransient: false,
  },
  {
    // hcsshim #1077, navcontainerhelper #1253. One build in ten on a registry's builders: Azure/acr #511.
    text: /hcs(?:shim)?::System::\w+: context deadline exceeded|(?:hcsshim|hcs::)[^\n]*context deadline exceeded/i,
    code: 'build-failed',
    cause: 'Windows did not start a container in the time that the engine gives it.',
    hint: 'That passes on a machine with less to do. Where it does not, restart the engine, and look for a virus scanner that watches its folder.',
    isTransient: true,
  },
  {
    // The layer is taken in while a scanner reads it: docker/for-win #657, hcsshim #2553.
    text: /hcsshim::\w+[^\n]*\(0x20\)|(?:failed to register layer|re-exec error)[^\n]*being used by another process/i,
    code: 'build-failed',
    cause: 'Another program held a file of a layer while the engine wrote it.',
    hint: 'Exclude the engine’s folder (C:\\ProgramData\\docker) from virus scanners.',
    isTransient: true,
  },
  {
    // With 0x3, 0x2 and 0x5: hcsshim #368, #835, #879; moby #35988. Many of them were full disks, some a driver that watches files.
    text: /hcsshim::ImportLayer/i,
    code: 'build-failed',
    cause: 'Windows could not take in a layer, which mostly means a full disk, or a program that watches files.',
    hint: 'Look at the room where the engine keeps its images, exclude its folder from virus scanners and from Sysmon, and remove old images (docker image prune).',
    isTransient: false,
  },
  {
    // navcontainerhelper #870, #1093.
    text: /The paging file is too small for this operation to complete|0x800705af|Not enough memory resources are available|cannot allocate memory|System\.OutOfMemoryException/i,
    code: 'build-failed',
    cause: 'There was not enough memory.',
    hint: 'With Hyper-V isolation a container has 1 GB unless it is told more; else end what else runs on this machine, or enlarge its paging file.',
    isTransient: false,
  },
  {
    text: asksTooOften,
    isEngines: true,
    code: 'build-failed',
    cause: 'The registry of the base image answers that it is asked too often.',
    hint: 'Log in to it before this step: most registries count those who are known apart. Or wait.',
    isTransient: true,
  },
  {
    text: isUnavailable,
    isEngines: true,
    code: 'build-failed',
    cause: 'The connection to the registry of the base image failed.',
    hint: 'Where it fails again and again, look at the proxy and the firewall between the engine and the registry.',
    isTransient: true,
  },
]

/** A command of the Dockerfile ran and ended badly: what the step printed is the command's. */
const commandFailed = /returned a non-zero code: \d+/

/** Finds the cause that the last lines of a failed build tell, or `undefined` where they are nobody's but the Dockerfile's. */
export function diagnose(lines: readonly string[]): Diagnosis | undefined {
  const isCommands = lines.some(line => commandFailed.test(line))
  const found = known.find(({ text, isEngines }) => !(isEngines && isCommands) && lines.some(line => text.test(line)))
  if (found === undefined) return undefined
  const { code, cause, hint, isTransient } = found
  return { code, cause, hint, isTransient }
}

/** What a build that failed comes to: its step, its own words, and what is known about them. */
export function buildFailed({ step, why, lines }: BuildEnd, diagnosis: Diagnosis | undefined): StepError {
  const message = `docker build failed${step ? ` at ${step}` : ''}: ${why}`
  return new StepError(diagnosis?.code ?? 'build-failed', diagnosis ? `${message} (${diagnosis.cause})` : message, {
    hint: `${diagnosis ? `${diagnosis.hint} ` : ''}The step’s last lines:\n${lines.join('\n')}`,
  })
}
