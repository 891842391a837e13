import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { StageRecord, StepRecord } from '../runners/record.ts'
import { type Copies, type HostName, spelled } from './copies.ts'
import type { Child, Stage } from './stage.ts'

export type Argv = readonly string[]

/** One run of one step, and what there was to see. */
export interface Trial {
  readonly host: HostName
  readonly copies: Copies
  readonly stage: Stage
  readonly record: StepRecord
  /** The docker commands of the main step, and those that came after its last line. */
  readonly calls: { readonly main: readonly Argv[]; readonly post: readonly Argv[] }
  /** What the workspace held before. */
  readonly workspace: Readonly<Record<string, string>>
  /** Texts that nobody may read anywhere. */
  readonly secrets: readonly string[]
}

export function output({ host, record }: Trial, name: string): string | undefined {
  return record.outputs[spelled(host, name)]
}

/** What must hold of every run, as one value, so that a test shows all that is wrong at once. */
export async function findings(trial: Trial) {
  const { host, copies, stage, record } = trial
  const { post } = record
  const errors = record.annotations.filter(({ level }) => level === 'error')
  const said = (record.raw + post?.raw).split('\n')
  return {
    outcome: record.outcome,
    reason: output(trial, 'reason'),
    verdict: output(trial, 'verdict'),
    missingOutputs: copies.outputs[host].filter(name => record.outputs[name] === undefined),
    foreignOutputs: Object.keys(record.outputs).filter(name => !copies.outputs[host].includes(name)),
    errors: errors.length,
    errorsWithoutHint: errors.filter(({ message }) => message.trim().split('\n').length < 2),
    stackTraces: said.filter(line => /^\s*(?:%0A)?\s+at .*:\d+:\d+\)?$|%0A\s+at /.test(line)),
    warnings: record.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message),
    complaintsOfRunner: [...record.warnings, ...(post?.warnings ?? [])],
    summary: summaryKind(trial),
    progressFalls: record.progress.some(({ percent }, index) => percent < (record.progress[index - 1]?.percent ?? 0)),
    post: { outcome: post?.outcome, annotations: post?.annotations, outputs: post?.outputs, summary: post?.summary },
    changesByPost: changesIn(trial.calls.post),
    containers: await containerNames(stage),
    leftInTemp: await leftovers(stage, host),
    workspaceIsAsBefore: JSON.stringify(await contents(stage.folders.workspace)) === JSON.stringify(trial.workspace),
    connectionsOutside: stage.connections(),
    childrenSaw: (await stage.children()).flatMap(child => forbidden(child, trial.secrets)),
    secretsIn: await secretsIn(trial),
  }
}

/** Every container of the stage's engine, running or not. */
export async function containerNames({ docker }: Stage): Promise<readonly string[]> {
  const { stdout } = await docker('ps', '--all', '--format', '{{json .}}')
  const lines = stdout.split('\n').filter(line => line !== '')
  return lines.map(line => (JSON.parse(line) as { readonly Names: string }).Names).sort()
}

/**
 * The docker commands that change something, without their arguments. What a build does besides is part of it: its base is pulled,
 * what it made is looked into, and gets its names.
 */
export function changesIn(calls: readonly Argv[]): readonly string[] {
  const own = calls.filter(argv => !argv.some(word => word.startsWith('shir-look-') || word === 'manifest'))
  const words = own.map(argv => argv.slice(0, ['network', 'image', 'container'].includes(argv[0] ?? '') ? 2 : 1).join(' '))
  return words.filter(command => !/^(?:version|info|ps|logs|events|pull|tag)$|inspect$|ls$/.test(command))
}

/** A failure stands in the page's first heading, by its reason. */
function summaryKind(trial: Trial): 'none' | 'success' | 'failure first' {
  const [heading = ''] = trial.record.summary.trimStart().split('\n')
  const reason = output(trial, 'reason')
  if (!heading.startsWith('#')) return 'none'
  return reason && heading.includes(reason) ? 'failure first' : 'success'
}

/**
 * Everything in the temporary folders. On Azure the agent has yet to upload the page, and task-lib keeps the key of its vault there
 * until the agent empties the folder.
 */
async function leftovers({ folders }: Stage, host: HostName): Promise<readonly string[]> {
  const names = await Promise.all([folders.temp, folders.systemTemp, folders.home].map(folder => readdir(folder)))
  return names.flat().filter(name => !(host === 'azure' && (name.endsWith('.md') || name === '.taskkey')))
}

const jobsOwn = /^(?:INPUT|STATE|SECRET|ENDPOINT|VSTS_TASKVARIABLE)_|^ACTIONS_|^GITHUB_(?:TOKEN|OUTPUT|STATE|ENV|PATH)$/

/** What a docker saw that is the step's business alone. Its key is in the environment of the command that starts a node. */
function forbidden({ argv, environment }: Child, secrets: readonly string[]): readonly string[] {
  const needsKey = argv[0] === 'run' || argv[0] === 'create'
  const variables = Object.entries(environment).filter(
    ([name, value]) => jobsOwn.test(name) || (holds(value, secrets) && !(needsKey && name === 'AUTH_KEY')),
  )
  return [...variables.map(([name]) => `${argv[0]}: ${name}`), ...argv.filter(word => holds(word, secrets))]
}

function holds(text: string, secrets: readonly string[]): boolean {
  return secrets.some(secret => text.includes(secret))
}

/** The key as a whole, its last part, even where a line was cut in its midst, and both in base64 at each offset and in UTF-16. */
export function formsOf(secret: string): readonly string[] {
  const last = secret.slice(secret.lastIndexOf('@') + 1)
  return [...new Set([secret, last])].flatMap(text => [
    text,
    last.slice(0, 24),
    encodeURIComponent(text),
    ...[0, 1, 2].map(shift => base64Inside(text, shift)),
    Buffer.from(text, 'utf16le').toString('base64').slice(0, -4),
  ])
}

/** The base64 digits that do not depend on what stands before and after. */
function base64Inside(text: string, shift: number): string {
  const encoded = Buffer.from('x'.repeat(shift) + text).toString('base64')
  return encoded.slice(shift === 0 ? 0 : 4, -4)
}

async function secretsIn({ record, stage, secrets }: Trial): Promise<readonly string[]> {
  const stages = { main: record, post: record.post }
  const told = Object.entries(stages).flatMap(([name, one]) =>
    one === undefined ? [] : Object.entries(written(one)).map(([part, text]) => [`${name} ${part}`, text] as const),
  )
  const kept = await Promise.all(
    (['toolCache', 'temp', 'systemTemp', 'home'] as const).map(async name => Object.entries(await contents(stage.folders[name]))),
  )
  return [...told, ...kept.flat()].filter(([, text]) => holds(text, secrets)).map(([place]) => place)
}

/** All that left the step; the lines that ask the runner to mask must hold the secret. */
function written({ raw, summary, outputs, state, annotations, progress }: StageRecord): Record<string, string> {
  const lines = raw.split('\n').filter(line => !/^::add-mask::|^##vso\[task\.setsecret\]/.test(line))
  return {
    raw: lines.join('\n'),
    // Lines that a narrow console would have wrapped.
    unwrapped: lines.map(line => line.replace(/^│ /, '')).join(''),
    summary,
    outputs: JSON.stringify(outputs),
    state: JSON.stringify(state),
    annotations: JSON.stringify([annotations, progress]),
  }
}

/** Every file below a folder, by its path in it. */
export async function contents(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name))
  const texts = await Promise.all(
    files.sort().map(async file => [path.relative(folder, file), await readFile(file, 'latin1')] as const),
  )
  return Object.fromEntries(texts)
}
