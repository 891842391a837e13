import { isDiskFull, isFileSystemError, messageOf, type ReasonCode, StepError } from '../contract/reasons.ts'
import type { JudgedNode } from '../contract/values.ts'
import type { Host } from '../host/host.ts'
import { tellForeign } from './guard.ts'
import { type Result, tellOutputs } from './outputs.ts'
import { renderSummary, type Span, type Story } from './summary.ts'

/** What a step comes to, and what it was asked; partial until its end. */
type Record = Result &
  Partial<Pick<Story, 'mode' | 'dryRun' | 'context' | 'base' | 'buildTimes' | 'warnings'>> & { readonly summary?: boolean }

/** Keeps what a step comes to, stage by stage, and tells it at the end, whatever the end is. */
export interface Recorder {
  readonly result: Result
  note(part: Record): void
  /** Nodes as soon as they are judged, so that an early end loses none. */
  judged(nodes: readonly JudgedNode[]): void
  /** Containers that were taken back, by name: their nodes are told so. */
  removed(containers: readonly string[]): void
  /** Something that the user should know, though the step goes on: told at once, and on the page. */
  warn(code: ReasonCode, message: string): void
  /** Runs a stage under its own heading; `percent` is where the step stands when it begins. */
  stage<T>(title: string, percent: number, body: () => Promise<T>): Promise<T>
  /** Outputs and summary first, then the one annotation for the one failure. Never fails. */
  close(failure: StepError | undefined): Promise<void>
}

export function recorder(host: Host): Recorder {
  const beganMs = host.clock.now()
  const spans: Span[] = []
  let record: Record = {}

  return {
    get result() {
      return record
    },
    note: part => {
      record = { ...record, ...part }
    },
    judged: added => {
      const nodes = [...(record.nodes ?? []), ...added].sort((a, b) => a.node.container.localeCompare(b.node.container))
      const isStarted = record.mode === 'run' && nodes.some(({ verdict, isKept }) => verdict.outcome === 'healthy' && !isKept)
      record = { ...record, nodes, verdict: overallVerdict(nodes), started: isStarted }
    },
    removed: containers => {
      const isGone = ({ node }: JudgedNode) => containers.includes(node.container)
      record = { ...record, nodes: (record.nodes ?? []).map(judged => (isGone(judged) ? asRemoved(judged) : judged)) }
    },
    warn: (code, message) => {
      record = { ...record, warnings: [...(record.warnings ?? []), message] }
      annotateWarning(code, message, host)
    },
    stage: async (title, percent, body) => {
      const fromMs = host.clock.now()
      host.progress(percent, title)
      try {
        return await host.group(title, body)
      } finally {
        spans.push({ title, fromMs: fromMs - beganMs, ms: host.clock.now() - fromMs })
      }
    },
    close: async failure => {
      if (failure) record = { ...record, verdict: 'failed', reason: failure.code }
      await telling('What the nodes said last', host, async () => {
        for (const judged of record.nodes ?? []) await tellEvidence(judged, host)
      })
      await telling('The outputs', host, async () => tellOutputs(record, host))
      if (record.summary !== false)
        await telling('The summary', host, () => host.summary(renderSummary(storyOf(record, spans, failure))))
      if (!failure) return host.progress(100, 'Done')
      host.annotate({
        level: 'error',
        title: `SHIR Container: ${failure.code}`,
        message: [failure.message, failure.hint].filter(Boolean).join('\n'),
      })
      host.fail()
    },
  }
}

/** Shows a warning with its code, as every host's user sees it. */
export function annotateWarning(code: ReasonCode, message: string, host: Host): void {
  host.annotate({ level: 'warning', title: `SHIR Container: ${code}`, message })
}

/** A page or an output that cannot be written must not hide how the step ended. */
async function telling(what: string, host: Host, body: () => Promise<void>): Promise<void> {
  try {
    await body()
  } catch (error) {
    host.log(`${what} could not be told: ${messageOf(error)}`)
  }
}

function storyOf(record: Record, spans: readonly Span[], failure: StepError | undefined): Story {
  const { mode, dryRun = false, context, base, buildTimes = [], warnings = [], installer, support, image, nodes = [] } = record
  return { mode, dryRun, context, base, buildTimes, warnings, installer, support, image, nodes, spans, failure }
}

function overallVerdict(nodes: readonly JudgedNode[]): 'healthy' | 'failed' | 'skipped' {
  return (['failed', 'skipped'] as const).find(outcome => nodes.some(({ verdict }) => verdict.outcome === outcome)) ?? 'healthy'
}

function asRemoved({ node, verdict }: JudgedNode): JudgedNode {
  return { node, verdict: { ...verdict, status: 'removed', health: 'none' } }
}

/** What a failed node said last; a node that is good needs no words. */
async function tellEvidence({ node, verdict }: JudgedNode, host: Host): Promise<void> {
  if (verdict.outcome !== 'failed' || node.id === '') return
  await host.group(`What ${node.container} said last`, async () => {
    host.log(verdict.probes.length > 0 ? 'Health check:' : 'The health check gave no answer yet.')
    for (const { exitCode, output } of verdict.probes) tellForeign(host, `exit ${exitCode}: ${output || '(nothing)'}`)
    host.log(verdict.lines.length > 0 ? 'Log:' : 'The log is empty.')
    for (const line of verdict.lines) tellForeign(host, line)
  })
}

/** Any error as one that can be told: what the file system refuses has a code of its own, the rest is a defect of ours. */
export function asStepError(error: unknown, isCancelled: boolean): StepError {
  if (isCancelled) return new StepError('cancelled', 'The run was cancelled.', { hint: 'Run the step again.', cause: error })
  if (error instanceof StepError) return error
  if (isFileSystemError(error) && isDiskFull(error))
    return new StepError('disk-full', `There is no room left: ${error.message}.`, {
      hint: 'Make room on the disk of that path; the build context and what is built from it lie in the temp folder for a while.',
      cause: error,
    })
  if (isFileSystemError(error))
    return new StepError('io-failed', `The file system refused: ${error.message}.`, {
      hint: 'Check that path and the rights of this user.',
      cause: error,
    })
  return new StepError('internal', `Something unexpected happened: ${messageOf(error)}.`, {
    hint: 'This is a defect of SHIR Container; please report it with the log.',
    cause: error,
  })
}
