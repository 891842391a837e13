import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Journal } from './journal.ts'
import type { Outcome } from './record.ts'

/** The JavaScript runtimes that the runner knows (ActionManifestManager.cs 467-518). */
const KNOWN_RUNTIMES = ['node12', 'node16', 'node20', 'node24']

export interface Action {
  readonly inputs: Readonly<Record<string, { default?: unknown; deprecationMessage?: string } | null>>
  readonly main: string
  readonly post: string | undefined
  readonly postIf: string
}

/** Reads action.yml or action.yaml; throws on what the runner would refuse to load. */
export async function readAction(folder: string): Promise<Action> {
  const file = ['action.yml', 'action.yaml'].map(name => join(folder, name)).find(path => existsSync(path))
  if (file === undefined) throw new Error(`Can't find 'action.yml' or 'action.yaml' under '${folder}'.`)
  const manifest = parse(await readFile(file, 'utf8')) as { inputs?: Action['inputs']; runs?: Readonly<Record<string, string>> }
  const { using, main, post, 'post-if': postIf = 'always()' } = manifest.runs ?? {}
  if (!KNOWN_RUNTIMES.includes(String(using).toLowerCase()))
    throw new Error(`'using: ${using}' is not supported, use ${KNOWN_RUNTIMES.join(', ')} instead.`)
  if (!main) throw new Error(`You are using a JavaScript Action but there is not an entry JavaScript file provided in ${file}.`)
  for (const script of post ? [main, post] : [main])
    if (!existsSync(join(folder, script))) throw new Error(`File not found: '${join(folder, script)}'`)
  return { inputs: manifest.inputs ?? {}, main, post, postIf }
}

/**
 * INPUT_* of every declared input, empty when it has neither value nor default, and of every other one that the user gave.
 * `required` means nothing to this runner. Input names are without case (ActionRunner.cs).
 */
export function inputVariables(
  action: Action,
  given: Readonly<Record<string, string>>,
  context: (expression: string) => string,
  journal: Journal,
): Record<string, string> {
  const declared = new Map(Object.entries(action.inputs).map(([name, input]) => [name.toLowerCase(), input]))
  const values = new Map<string, string>()
  for (const [name, input] of declared) values.set(name, evaluate(String(input?.default ?? ''), context))
  for (const [name, value] of Object.entries(given)) {
    const message = declared.get(name.toLowerCase())?.deprecationMessage
    if (message !== undefined) journal.complain('warning', `Input '${name}' has been deprecated with message: ${message}`)
    values.set(name.toLowerCase(), value)
  }
  const unexpected = Object.keys(given).filter(name => !declared.has(name.toLowerCase()))
  if (unexpected.length > 0) {
    const valid = Object.keys(action.inputs).join("', '")
    journal.complain('warning', `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`)
  }
  return Object.fromEntries([...values].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]))
}

function evaluate(text: string, context: (expression: string) => string): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => context(expression))
}

/** `post-if`, of which the status functions with `!`, `&&`, `||` and parentheses are understood; anything else throws. */
export function holds(condition: string, status: Outcome): boolean {
  const text = condition.replace(/^\s*\$\{\{|\}\}\s*$/g, '')
  const tokens = text.match(/(?:always|success|failure|cancelled)\(\)|&&|\|\||[!()]/g) ?? []
  if (tokens.join('') !== text.replaceAll(/\s/g, ''))
    throw new Error(`This imitation does not evaluate the condition '${condition}'.`)
  const values: Readonly<Record<string, boolean>> = {
    'always()': true,
    'success()': status === 'succeeded',
    'failure()': status === 'failed',
    'cancelled()': status === 'cancelled',
  }
  const take = (token: string) => tokens[0] === token && tokens.shift() !== undefined
  const either = (): boolean => {
    let value = both()
    while (take('||')) value = both() || value
    return value
  }
  const both = (): boolean => {
    let value = one()
    while (take('&&')) value = one() && value
    return value
  }
  const one = (): boolean => {
    if (take('!')) return !one()
    if (take('(')) {
      const value = either()
      if (!take(')')) throw new Error(`Unbalanced condition '${condition}'.`)
      return value
    }
    const value = values[tokens.shift() ?? '']
    if (value === undefined) throw new Error(`Malformed condition '${condition}'.`)
    return value
  }
  const value = either()
  if (tokens.length > 0) throw new Error(`Malformed condition '${condition}'.`)
  return value
}
