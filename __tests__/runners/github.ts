import { randomUUID } from 'node:crypto'
import { delimiter, join } from 'node:path'
import { type JobFolders, machineEnvironment, prepareFolders } from './folders.ts'
import { type Action, holds, inputVariables, readAction } from './github-action.ts'
import { createGithubListener } from './github-commands.ts'
import { createFileCommands } from './github-files.ts'
import { type Journal, openJournal } from './journal.ts'
import { addGithubSecret, createGithubMasker, type Masker } from './masker.ts'
import { endProcessesWith } from './orphans.ts'
import { runScript, type ScriptEnd } from './process.ts'
import type { Outcome, StageRecord, StepRecord, StepRequest } from './record.ts'

/** Tokens that the real runner hands to every JavaScript action, and masks. */
const GITHUB_TOKEN = 'ghs_imitatedGithubTokenOfThisJob00000000'
const RUNTIME_TOKEN = 'imitated.runtime.token'

interface Job {
  readonly request: StepRequest
  readonly action: Action
  readonly folders: JobFolders
  readonly masker: Masker
  readonly trackingId: string
  /** Grows by what the main step writes to GITHUB_ENV and GITHUB_PATH. */
  readonly environment: Record<string, string>
}

/**
 * Runs a JavaScript action as the GitHub Actions runner does on a self-hosted machine, main and then post, and says what came of
 * it. Rejects when the runner could not load or start the action.
 */
export async function runOnGitHub(request: StepRequest): Promise<StepRecord> {
  const action = await readAction(request.folder)
  const folders = await prepareFolders(request)
  const trackingId = `github_${randomUUID()}`
  try {
    const masker = createGithubMasker()
    for (const secret of [...(request.secrets ?? []), GITHUB_TOKEN, RUNTIME_TOKEN]) addGithubSecret(masker, secret.trim())
    const environment = runnerEnvironment(request, folders, trackingId)
    const job = { request, action, folders, masker, trackingId, environment }

    const main = await runStage(job, 'main', action.main, {})
    const wantsPost = request.runPost !== false && holds(action.postIf, main.outcome)
    const post = wantsPost && action.post ? await runStage(job, 'post', action.post, main.state) : undefined
    const orphans = await endProcessesWith(`RUNNER_TRACKING_ID=${trackingId}`)
    return { ...main, warnings: [...main.warnings, ...orphans], post }
  } finally {
    await endProcessesWith(`RUNNER_TRACKING_ID=${trackingId}`)
    await folders.remove()
  }
}

async function runStage(
  job: Job,
  stage: 'main' | 'post',
  script: string,
  state: Readonly<Record<string, string>>,
): Promise<StageRecord> {
  const { request, action, folders, masker, environment } = job
  const journal = openJournal(masker)
  const files = await createFileCommands(folders.temp)
  const listen = createGithubListener({ journal, masker, workspace: folders.workspace, debug: request.debug === true })
  try {
    const end = await runScript({
      node: request.node,
      script: join(request.folder, script),
      workingDirectory: folders.workspace,
      environment: {
        ...environment,
        ...inputVariables(action, request.inputs, expression => contextValue(expression, environment), journal),
        ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
        ...files.environment,
      },
      tracking: `RUNNER_TRACKING_ID=${job.trackingId}`,
      onLine(line, control) {
        if (stage === 'main') request.onLine?.(line, control)
        listen(line)
      },
      onSignal: request.onSignal,
    })
    const { variables, paths } = await files.process(journal, masker)
    Object.assign(environment, Object.fromEntries(variables))
    // The path added last comes first.
    if (paths.length > 0) environment.PATH = [...paths.reverse(), environment.PATH].join(delimiter)
    return journal.close({ ...end, outcome: judge(end, journal) })
  } finally {
    await files.remove()
  }
}

/** A cancelled step is cancelled even if it exits with 0; else the exit code decides, and a command that failed fails the step. */
function judge(end: ScriptEnd, journal: Journal): Outcome {
  if (end.overran) journal.complain('error', 'The imitated runner ended the step: it did not end by itself within the limit.')
  if (end.cancel) {
    journal.complain('error', 'The operation was canceled.')
    return 'cancelled'
  }
  return end.exitCode === 0 && !end.overran && !journal.commandFailed ? 'succeeded' : 'failed'
}

function runnerEnvironment(request: StepRequest, folders: JobFolders, trackingId: string): Record<string, string> {
  const os = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[String(process.platform)] ?? 'Linux'
  return {
    ...machineEnvironment(),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__run',
    GITHUB_ACTION_PATH: request.folder,
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTION_REPOSITORY: 'imitated/action',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_JOB: 'deploy',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octocat/hello-world',
    GITHUB_REPOSITORY_OWNER: 'octocat',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1658821493',
    GITHUB_RUN_NUMBER: '3',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_NAME: 'imitated-runner',
    RUNNER_OS: os,
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.toolCache,
    RUNNER_TRACKING_ID: trackingId,
    RUNNER_WORKSPACE: join(folders.workspace, '..'),
    // The discard port: nothing that a step sends there leaves the machine.
    ACTIONS_RUNTIME_URL: 'http://127.0.0.1:9/',
    ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/',
    ACTIONS_RUNTIME_TOKEN: RUNTIME_TOKEN,
    ...(request.debug ? { RUNNER_DEBUG: '1' } : {}),
    ...request.environment,
  }
}

/** `github.token`, `github.sha`, `runner.temp` and the like, in the default of an input. */
function contextValue(expression: string, environment: Readonly<Record<string, string>>): string {
  if (expression === 'github.token') return GITHUB_TOKEN
  const value = environment[expression.replace('.', '_').toUpperCase()]
  if (!/^(github|runner)\.\w+$/.test(expression) || value === undefined)
    throw new Error(`This imitation does not evaluate the expression '${expression}'.`)
  return value
}
