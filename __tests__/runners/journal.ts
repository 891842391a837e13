import type { Masker } from './masker.ts'
import type { Annotation, Cancel, Command, Outcome, StageRecord } from './record.ts'

/** Both runners keep at most ten issues of each type (`_maxCountPerIssueType`, `_maxIssueCount`); the log has all. */
const ISSUES_PER_LEVEL = 10

/** What a stage has said so far. It is filled while the stage runs and becomes its {@link StageRecord}. */
export interface Journal {
  readonly annotations: Annotation[]
  readonly commands: Command[]
  readonly groups: string[]
  readonly masks: string[]
  readonly outputs: Map<string, string>
  readonly progress: { percent: number; text: string }[]
  readonly state: Map<string, string>
  readonly summaries: string[]
  readonly warnings: string[]
  /** A command that could not be carried out fails the step, whatever the exit code is. */
  commandFailed: boolean
  /** A line of the stored log, masked as it is at that moment. */
  write(line: string): void
  /** An issue that the step raised. */
  annotate(annotation: Annotation): void
  /** An issue that the runner itself raises: in the log, never among the step's annotations. */
  complain(level: 'error' | 'warning', message: string): void
  close(end: { outcome: Outcome; exitCode: number | null; cancel: Cancel | undefined; raw: string }): StageRecord
}

export function openJournal(masker: Masker): Journal {
  const log: string[] = []
  const write = (line: string) => {
    log.push(masker.mask(line))
  }
  const journal: Journal = {
    annotations: [],
    commands: [],
    groups: [],
    masks: [],
    outputs: new Map(),
    progress: [],
    state: new Map(),
    summaries: [],
    warnings: [],
    commandFailed: false,
    write,
    annotate(annotation) {
      const message = masker.mask(annotation.message)
      if (journal.annotations.filter(({ level }) => level === annotation.level).length < ISSUES_PER_LEVEL)
        journal.annotations.push({ ...annotation, message })
      if (message !== '') write(`##[${annotation.level}]${message}`)
    },
    complain(level, message) {
      journal.warnings.push(masker.mask(message))
      write(`##[${level}]${message}`)
    },
    close: ({ outcome, exitCode, cancel, raw }) => ({
      outcome,
      exitCode,
      cancel,
      raw,
      outputs: Object.fromEntries(journal.outputs),
      annotations: journal.annotations,
      groups: journal.groups,
      summary: journal.summaries.join('\n'),
      masks: journal.masks,
      progress: journal.progress,
      state: Object.fromEntries(journal.state),
      log: log.join('\n'),
      commands: journal.commands,
      warnings: journal.warnings,
    }),
  }
  return journal
}
