import { StepError } from '../contract/reasons.ts'
import type { JudgedNode } from '../contract/values.ts'
import type { Host } from '../host/host.ts'
import { tellForeign } from './guard.ts'
import { type Result, tellOutputs } from './outputs.ts'
import { renderSummary, type Span, type Story } from './summary.ts'

type Setting = Pick<Story, 'mode' | 'dryRun' | 'context' | 'base' | 'warnings'> & { readonly summary: boolean }

/** Keeps what a step comes to, stage by stage, and tells it at the end, whatever the end is. */
export interface Recorder {
  readonly result: Result
  note(part: Partial<Result>): void
  set(part: Partial<Setting>): void
  /** Runs a stage under its own heading; `percent` is where the step stands when it begins. */
  stage<T>(title: string, percent: number, body: () => Promise<T>): Promise<T>
  /** Outputs and summary first, then the one annotation for the one failure. */
  close(failure: StepError | undefined): Promise<void>
}

export function recorder(host: Host): Recorder {
  const beganMs = host.clock.now()
  const spans: Span[] = []
  let result: Result = {}
  let setting: Setting = { mode: undefined, dryRun: false, context: undefined, base: undefined, warnings: [], summary: true }

  return {
    get result() {
      return result
    },
    note: part => {
      result = { ...result, ...part }
    },
    set: part => {
      setting = { ...setting, ...part }
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
      const nodes = result.nodes ?? []
      if (failure) result = { ...result, verdict: 'failed', reason: failure.code }
      for (const judged of nodes) await tellEvidence(judged, host)
      tellOutputs(result, host)
      if (setting.summary) {
        const { installer, image } = result
        await host.summary(renderSummary({ ...setting, installer, image, nodes, spans, failure }))
      }
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
  if (isCancelled) return new StepError('cancelled', 'The run was cancelled.', { cause: error })
  if (error instanceof StepError) return error
  const { message, code } = error as NodeJS.ErrnoException
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return new StepError('io-failed', `The file system refused: ${message}.`, {
      hint: 'Check the room on the disk and the rights of this user.',
      cause: error,
    })
  return new StepError('internal', `Something unexpected happened: ${message ?? String(error)}.`, {
    hint: 'This is a defect of SHIR Container; please report it with the log.',
    cause: error,
  })
}
