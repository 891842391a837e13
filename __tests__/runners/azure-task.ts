import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { environmentName, type Variables } from './azure-variables.ts'

/** Best first, as the agent chooses when it is left the choice (HandlerData.Priority in TaskManager.cs). */
const NODE_HANDLERS = ['Node24', 'Node20_1', 'Node16', 'Node10', 'Node']

interface Handler {
  readonly target: string
  readonly platforms?: readonly string[]
}

export interface TaskInput {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly type?: string
  readonly defaultValue?: unknown
  readonly required?: boolean
  readonly visibleRule?: string
}

export interface Task {
  readonly inputs?: readonly TaskInput[]
  readonly outputVariables?: readonly { readonly name: string }[]
  readonly minimumAgentVersion?: string
  readonly execution?: Readonly<Record<string, Handler>>
  readonly postjobexecution?: Readonly<Record<string, Handler>>
  readonly restrictions?: {
    readonly commands?: { readonly mode?: string }
    readonly settableVariables?: { readonly allowed?: readonly string[] }
  }
}

export async function readTask(folder: string): Promise<Task> {
  return JSON.parse((await readFile(join(folder, 'task.json'), 'utf8')).replace(/^\uFEFF/, '')) as Task
}

/** The script of a stage, `undefined` when the task has none. Throws when no handler fits or its target is not there. */
export function scriptOf(folder: string, handlers: Task['execution'], picked: string | undefined): string | undefined {
  if (handlers === undefined) return undefined
  const name = picked ?? NODE_HANDLERS.find(candidate => handlers[candidate])
  const handler = name === undefined ? undefined : handlers[name]
  if (!handler || !NODE_HANDLERS.includes(name ?? ''))
    throw new Error(`The task has no execution handler '${picked ?? NODE_HANDLERS.join("' or '")}'.`)
  const script = join(folder, handler.target)
  if (!existsSync(script)) throw new Error(`File not found: '${script}'`)
  return script
}

/**
 * The values of all inputs by their name: defaults, then what the user gave (an alias counts as the name), trimmed, variables
 * replaced, paths rooted in the sources, where an empty one becomes the sources folder (TaskRunner.cs). An input that the task does
 * not declare is passed on, without a word.
 */
export function inputValues(
  task: Task,
  given: Readonly<Record<string, string>>,
  variables: Variables,
  sources: string,
): Map<string, string> {
  const declared = task.inputs ?? []
  const values = new Map(declared.map(({ name, defaultValue }) => [name, String(defaultValue ?? '')]))
  for (const [key, value] of Object.entries(given)) {
    const isKey = (name: string) => name.toLowerCase() === key.toLowerCase()
    values.set(declared.find(({ name, aliases }) => isKey(name) || aliases?.some(isKey))?.name ?? key, value)
  }
  for (const [name, value] of values) {
    const expanded = variables.expand(value.trim())
    const isPath = declared.some(input => input.name === name && input.type?.toLowerCase() === 'filepath')
    values.set(name, isPath ? resolve(sources, expanded) : expanded)
  }
  return values
}

export function inputVariables(values: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...values].map(([name, value]) => [`INPUT_${environmentName(name)}`, value]))
}

/** Required inputs that are visible and empty: the service refuses such a pipeline before an agent sees it. */
export function missingInputs(task: Task, values: ReadonlyMap<string, string>): string[] {
  return (task.inputs ?? [])
    .filter(({ name, required, visibleRule }) => required && !values.get(name) && isVisible(visibleRule, values))
    .map(({ name }) => name)
}

/** `A = b`, `A != b`, joined by `&&` or by `||`; a rule of another form counts as met. */
function isVisible(rule: string | undefined, values: ReadonlyMap<string, string>): boolean {
  if (!rule) return true
  const terms = rule.split(/&&|\|\|/).map(term => {
    const [, name, operator, wanted] = /^\s*(\w+)\s*(==?|!=)\s*(.*?)\s*$/.exec(term) ?? []
    return name === undefined || ((values.get(name) ?? '').toLowerCase() === wanted?.toLowerCase()) === (operator !== '!=')
  })
  return rule.includes('||') ? terms.some(Boolean) : terms.every(Boolean)
}

/** `restrictions.settableVariables.allowed`: names or patterns with `*` and `?`, without case. */
export function maySet(task: Task, variable: string): boolean {
  const allowed = task.restrictions?.settableVariables?.allowed
  if (allowed === undefined) return true
  return allowed.some(pattern => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
    return new RegExp(`^${source}$`, 'i').test(variable)
  })
}

export function isOlder(version: string, minimum: string): boolean {
  const wanted = minimum.split('.').map(Number)
  const difference = version
    .split('.')
    .map((part, index) => Number(part) - (wanted[index] ?? 0))
    .find(part => part !== 0)
  return (difference ?? 0) < 0
}
