import { existsSync } from 'node:fs'
import { maySet, type Task } from './azure-task.ts'
import type { Variables } from './azure-variables.ts'
import type { Journal } from './journal.ts'
import type { Masker } from './masker.ts'
import type { Command } from './record.ts'

export interface AzureListener {
  readonly task: Task
  readonly journal: Journal
  readonly masker: Masker
  readonly variables: Variables
  readonly debug: boolean
  /** The worst result that task.complete has told so far, as its place in {@link RESULTS}. */
  result: number | undefined
  /** Files of task.uploadsummary; the agent uploads them later, so they are read when the stage has ended. */
  readonly summaryFiles: Set<string>
  /** Directories of task.prependpath, for the steps that follow. */
  readonly paths: string[]
  readonly release: () => void
}

export type Effect = (command: Command, listener: AzureListener) => void

/** TaskResult of the service; `Cancelled`, as task-lib spells it, is not among them. */
export const RESULTS: readonly string[] = ['Succeeded', 'SucceededWithIssues', 'Failed', 'Canceled', 'Skipped', 'Abandoned']

/** What each command does; `issue` is an alias. */
export const EFFECTS: Readonly<Record<string, Effect>> = {
  'task.complete'({ properties }, listener) {
    const text = properties.result ?? ''
    const result = /^[0-5]$/.test(text) ? Number(text) : RESULTS.indexOf(text)
    if (result < 0) throw new Error("Command doesn't have valid result value.")
    listener.result = worse(listener.result, result)
    if (/^(true|1|yes|y|\$true)$/i.test(properties.done ?? '')) listener.release()
  },
  'task.logissue': logIssue,
  'task.issue': logIssue,
  'task.setprogress'({ properties, data }, { journal }) {
    const value = /^\s*[+-]?\d+\s*$/.test(properties.value ?? '') ? Number(properties.value) : 0
    journal.progress.push({ percent: Math.min(Math.max(value, 0), 100), text: data })
  },
  'task.setsecret'({ data }, { journal, masker }) {
    journal.masks.push(data)
    masker.add(data)
  },
  'task.setvariable': setVariable,
  'task.settaskvariable'({ properties, data }, { journal, masker }) {
    const { variable, issecret } = properties
    if (!variable) throw new Error("Required field 'variable' is missing in ##vso[task.settaskvariable] command.")
    if (isTrue(issecret)) refuseLines(data)
    if (isTrue(issecret)) masker.add(data)
    journal.state.set(variable, data)
  },
  'task.debug'({ data }, { journal, debug }) {
    if (debug) journal.write(`##[debug]${data}`)
  },
  'task.uploadsummary': uploadSummary,
  'build.uploadsummary': uploadSummary,
  'task.uploadfile': ({ data }) => checkFile(data),
  'task.addattachment'({ properties, data }) {
    if (!properties.type || !properties.name) throw new Error('Attachment type and name are required.')
    checkFile(data)
  },
  'task.prependpath'({ data }, { task, journal, paths }) {
    if (!maySet(task, 'PATH')) return refuseVariable('PATH', journal)
    if (data === '') throw new Error('prependpath needs a value.')
    paths.push(data)
  },
}
/** Known to the agent, and of no effect on what is recorded here. */
export const QUIET: ReadonlySet<string> = new Set([
  'task.logdetail',
  'task.setendpoint',
  'artifact.associate',
  'artifact.upload',
  'build.uploadlog',
  'build.updatebuildnumber',
  'build.addbuildtag',
  'release.updatereleasename',
  'results.publish',
  'codecoverage.publish',
  'telemetry.publish',
])
/** `AllowedInRestrictedMode` (TaskCommandExtension.cs, TelemetryCommandExtension.cs). */
export const ALLOWED_WHEN_RESTRICTED: ReadonlySet<string> = new Set([
  'task.complete',
  'task.logissue',
  'task.issue',
  'task.setprogress',
  'task.setsecret',
  'task.setvariable',
  'task.settaskvariable',
  'task.debug',
  'task.prependpath',
  'task.logdetail',
  'telemetry.publish',
])
/** TaskResultUtil.MergeTaskResults: what is worse than Failed stays. */
export function worse(current: number | undefined, coming: number): number {
  if (current === undefined) return coming
  return current > RESULTS.indexOf('Failed') ? current : Math.max(current, coming)
}

function isTrue(text: string | undefined): boolean {
  return text?.trim().toLowerCase() === 'true'
}

function refuseLines(secret: string) {
  if (secret.includes('\n')) throw new Error('Secrets cannot contain multiple lines')
}

function refuseVariable(name: string, journal: Journal) {
  journal.complain('warning', `Setting variable '${name}' has been disabled by the task or build definition.`)
}

function setVariable({ properties, data }: Command, { task, journal, masker, variables }: AzureListener) {
  const { variable, issecret, isoutput } = properties
  if (!variable) throw new Error("Required field 'variable' is missing in ##vso[task.setvariable] command.")
  if (isTrue(issecret)) {
    refuseLines(data)
    journal.masks.push(data)
    masker.add(data)
  }
  if (!maySet(task, variable)) return refuseVariable(variable, journal)
  const isDeclared = task.outputVariables?.some(({ name }) => name.toLowerCase() === variable.toLowerCase())
  if (isTrue(isoutput) || isDeclared) journal.outputs.set(variable, data)
  else variables.set(variable, data, isTrue(issecret))
}

function logIssue({ properties, data }: Command, { journal }: AzureListener) {
  const level = properties.type?.toLowerCase()
  if (level === undefined) return journal.complain('warning', "Can't create TaskIssue from logging event.")
  if (level !== 'error' && level !== 'warning') throw new Error(`issue type ${level} is not an expected issue type.`)
  journal.annotate({ level, message: data })
}

function checkFile(path: string) {
  if (!existsSync(path))
    throw new Error('Cannot upload task attachment file, attachment file location is not specified or does not exist.')
}

function uploadSummary({ data }: Command, { summaryFiles }: AzureListener) {
  checkFile(data)
  summaryFiles.add(data)
}
