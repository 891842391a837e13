import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { rehearsedInstaller } from '../../rehearsal/installer.ts'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { type HostName, repository } from './copies.ts'
import { type findings, formsOf, type Trial } from './findings.ts'
import type { Inputs, Stage, StageOptions } from './stage.ts'

export const { version, sha256: msiSha256 } = rehearsedInstaller
export const installer = path.join(repository, 'rehearsal', 'installer', `IntegrationRuntime_${version}.msi`)

type Findings = Awaited<ReturnType<typeof findings>>

/** One row of the table: what the user has and writes, and what must come of it on either host. */
export interface Scenario {
  readonly name: string
  readonly stage?: StageOptions
  /** In camelCase. */
  readonly inputs: Inputs | ((stage: Stage, host: HostName) => Inputs)
  /** Besides the key. */
  readonly secrets?: readonly string[]
  /** The workspace has the installer, as `installer.msi`. `again` runs the step itself, once more. */
  readonly prepare?: (stage: Stage, again: (inputs: Inputs) => Promise<unknown>) => Promise<unknown>
  /** Where it is not what every success, or every failure, comes to. */
  readonly expected: Partial<Findings>
  readonly also?: (trial: Trial) => void | Promise<void>
  /** Of the job, besides the runner's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** A run with RUNNER_DEBUG, System.Debug. */
  readonly debug?: boolean
  /** Run on Node 24 too. */
  readonly onNode24?: boolean
}

const always: Partial<Findings> = {
  missingOutputs: [],
  foreignOutputs: [],
  errorsWithoutHint: [],
  stackTraces: [],
  warnings: [],
  complaintsOfRunner: [],
  progressFalls: false,
  post: { outcome: 'succeeded', annotations: [], outputs: {}, summary: '' },
  changesByPost: [],
  containers: [],
  leftInTemp: [],
  workspaceIsAsBefore: true,
  connectionsOutside: 0,
  childrenSaw: [],
  secretsIn: [],
}

export function expectedFindings({ expected }: Scenario): Partial<Findings> {
  const ending: Partial<Findings> = expected.reason
    ? { outcome: 'failed', verdict: 'failed', errors: 1, summary: 'failure first' }
    : { outcome: 'succeeded', reason: '', verdict: 'healthy', errors: 0, summary: 'success' }
  return { ...always, ...ending, ...expected }
}

/** What nobody may read, of these inputs. */
export function secretsOf(inputs: Inputs, more: readonly string[] = []): readonly string[] {
  const keys = (inputs.authKey ?? '').split('\n').map(line => line.replaceAll('"', '').trim())
  return [...keys.filter(key => key.length > 7), ...more].flatMap(formsOf)
}

export async function furnish({ folders }: Stage): Promise<void> {
  await copyFile(installer, path.join(folders.workspace, 'installer.msi'))
}

/** Mode `run` with a node of this life, quickly gated. */
export function runInputs(life: string | undefined, more: Inputs = {}): Inputs {
  const authKey = rehearsalKey(life === undefined ? 'rehearsal' : `rehearsal-${life}`)
  return { mode: 'run', authKey, msiPath: 'installer.msi', msiSha256, healthTimeout: '15s', soak: '0s', ...more }
}

export function buildInputs(more: Inputs = {}): Inputs {
  return { mode: 'build', msiPath: 'installer.msi', msiSha256, ...more }
}

/** Writes files below the workspace. */
export async function write(stage: Stage, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(stage.folders.workspace, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

/** The image of the built-in context, made by the user: without the step. */
export async function makeImage(stage: Stage, reference: string): Promise<void> {
  const folder = path.join(stage.folders.systemTemp, 'context')
  await cp(path.join(repository, 'container'), folder, { recursive: true })
  await succeed(stage, 'build', '--tag', reference, '--', folder)
  await rm(folder, { recursive: true })
}

/** A container of the user's own; with high availability, since an integration runtime takes a second node in no other way. */
export async function makeContainer(stage: Stage, name: string, image: string, ...flags: readonly string[]): Promise<void> {
  await succeed(stage, 'run', '--detach', '--name', name, '--env', 'AUTH_KEY', '--env', 'ENABLE_HA=true', ...flags, '--', image)
}

async function succeed(stage: Stage, ...argv: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await stage.docker(...argv)
  if (exitCode !== 0) throw new Error(`docker ${argv.join(' ')}: ${stderr}`)
}

/** The rehearsal's engine for Linux leaves the record of the installation at a path that is no Windows' one. */
export const unreadOnLinux: string = expect.stringContaining('could not be read: it has no C:/SHIR/installed.json')
