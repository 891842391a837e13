import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { listenOnAzure } from './azure-commands.ts'
import { type AzureListener, RESULTS, worse } from './azure-effects.ts'
import { AGENT_VERSION, fillVariables, stepEnvironment } from './azure-environment.ts'
import { inputValues, inputVariables, isOlder, missingInputs, readTask, scriptOf, type Task } from './azure-task.ts'
import { createVariables, environmentName, type Variables } from './azure-variables.ts'
import { type JobFolders, prepareFolders } from './folders.ts'
import { type Journal, openJournal } from './journal.ts'
import { createAzureMasker, type Masker } from './masker.ts'
import { endProcessesWith } from './orphans.ts'
import { type Patience, runScript, type ScriptEnd, usualPatience } from './process.ts'
import type { Outcome, StageRecord, StepRecord, StepRequest } from './record.ts'

interface Job {
  readonly request: StepRequest
  readonly task: Task
  readonly folders: JobFolders
  readonly masker: Masker
  readonly variables: Variables
  /** Step environment, PATH among it; grows by task.prependpath. */
  readonly environment: Record<string, string>
  readonly inputs: ReadonlyMap<string, string>
  readonly tracking: string
}

/**
 * Runs a Node task as the Azure Pipelines agent does, execution and then postjobexecution, and says what came of it. A task whose
 * inputs or agent version do not fit fails without being started. Rejects when the agent could not load or start the task.
 */
export async function runOnAzure(request: StepRequest): Promise<StepRecord> {
  const task = await readTask(request.folder)
  const main = scriptOf(request.folder, task.execution, request.pickHandler)
  const post = scriptOf(request.folder, task.postjobexecution, request.pickHandler)
  if (main === undefined) throw new Error(`The task in '${request.folder}' has no execution.`)
  const folders = await prepareFolders(request)
  const lookupId = `vsts_${randomUUID()}`
  const tracking = `VSTS_PROCESS_LOOKUP_ID=${lookupId}`
  try {
    const masker = createAzureMasker()
    const variables = createVariables(masker)
    const environment = fillVariables(request, folders, lookupId, masker, variables)
    const inputs = inputValues(task, request.inputs, variables, folders.workspace)
    const refusal = refuse(task, inputs)
    if (refusal.length > 0) return { ...refused(refusal, masker), post: undefined }

    const job = { request, task, folders, masker, variables, environment, inputs, tracking }
    const mainRecord = await runStage(job, 'main', main, {})
    variables.set('Agent.JobStatus', JOB_STATUS[mainRecord.outcome], false)
    const runsPost = post !== undefined && request.runPost !== false
    const postRecord = runsPost ? await runStage(job, 'post', post, mainRecord.state) : undefined
    const orphans = await endProcessesWith(tracking)
    return { ...mainRecord, warnings: [...mainRecord.warnings, ...orphans], post: postRecord }
  } finally {
    await endProcessesWith(tracking)
    await folders.remove()
  }
}

const JOB_STATUS = {
  succeeded: 'Succeeded',
  succeededWithIssues: 'SucceededWithIssues',
  failed: 'Failed',
  cancelled: 'Canceled',
} as const

function refuse(task: Task, inputs: ReadonlyMap<string, string>): string[] {
  const minimum = task.minimumAgentVersion
  if (minimum !== undefined && isOlder(AGENT_VERSION, minimum))
    return [`The task needs agent ${minimum}; this imitates ${AGENT_VERSION}.`]
  return missingInputs(task, inputs).map(name => `Input required: ${name}`)
}

function refused(reasons: readonly string[], masker: Masker): StageRecord {
  const journal = openJournal(masker)
  for (const reason of reasons) journal.complain('error', reason)
  return journal.close({ outcome: 'failed', exitCode: null, cancel: undefined, raw: '' })
}

async function runStage(
  job: Job,
  stage: 'main' | 'post',
  script: string,
  state: Readonly<Record<string, string>>,
): Promise<StageRecord> {
  const { request, task, masker, variables, environment } = job
  const journal = openJournal(masker)
  let release = () => {}
  const listener: AzureListener = {
    task,
    journal,
    masker,
    variables,
    debug: request.debug === true,
    result: undefined,
    summaryFiles: new Set(),
    paths: [],
    release: () => release(),
  }
  const end = await runScript({
    node: request.node,
    script,
    workingDirectory: job.folders.workspace,
    environment: {
      ...environment,
      ...variables.environment(),
      ...stepEnvironment(request),
      PATH: environment.PATH ?? '',
      ...inputVariables(job.inputs),
      ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`VSTS_TASKVARIABLE_${environmentName(name)}`, value])),
    },
    tracking: job.tracking,
    onLine(line, control) {
      release = control.release
      if (stage === 'main') request.onLine?.(line, control)
      listenOnAzure(line, listener)
    },
    onSignal: request.onSignal,
    patience: patienceOf(request),
  })
  for (const file of listener.summaryFiles) await addSummary(file, journal)
  // The path added last comes first.
  environment.PATH = [...listener.paths.reverse(), environment.PATH].join(delimiter)
  return journal.close({ ...end, outcome: judge(end, listener) })
}

/** Two variables of the pipeline, in milliseconds (AgentKnobs.cs; agent #4364). */
function patienceOf({ environment = {} }: StepRequest): Patience {
  const { PROCESS_SIGINT_TIMEOUT, PROCESS_SIGTERM_TIMEOUT } = environment
  return {
    sigintMs: Number(PROCESS_SIGINT_TIMEOUT ?? usualPatience.sigintMs),
    sigtermMs: Number(PROCESS_SIGTERM_TIMEOUT ?? usualPatience.sigtermMs),
  }
}

async function addSummary(file: string, journal: Journal) {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) journal.complain('warning', `The summary '${file}' was gone before the agent could upload it.`)
  else journal.summaries.push(text)
}

/**
 * Cancelled is cancelled and an exit code other than 0 is a failure, whatever the task has told; else the worst that it told
 * (NodeHandler.cs, StepsRunner.cs). A command that failed makes it a failure too.
 */
function judge(end: ScriptEnd, listener: AzureListener): Outcome {
  const { journal } = listener
  if (end.overran) journal.complain('error', 'The imitated agent ended the step: it did not end by itself within the limit.')
  if (end.cancel) {
    journal.complain('error', 'The operation was canceled.')
    return 'cancelled'
  }
  const hasFailed = end.overran || (!end.released && end.exitCode !== 0)
  if (hasFailed) journal.complain('error', `Exit code ${end.exitCode ?? 'of a killed process'} returned from process.`)
  const own = hasFailed ? RESULTS.indexOf('Failed') : (listener.result ?? RESULTS.indexOf('Succeeded'))
  const result = RESULTS[journal.commandFailed ? worse(own, RESULTS.indexOf('Failed')) : own]
  if (result === 'Canceled') return 'cancelled'
  if (result === 'SucceededWithIssues') return 'succeededWithIssues'
  // A record has no word for skipped; such a step does not fail the job.
  return result === 'Succeeded' || result === 'Skipped' ? 'succeeded' : 'failed'
}
