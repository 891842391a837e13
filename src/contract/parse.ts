import { entryOf, type Inputs, type Key, keys } from './inputs.ts'
import { looksLikeKey } from './kinds.ts'
import { StepError } from './reasons.ts'
import { checkRules } from './rules.ts'
import { nearest } from './spelling.ts'

/** How a host's user writes an input's name: `node-name`, `nodeName`, `--node-name`. */
export type Spell = (key: Key) => string

export interface Asked {
  readonly inputs: Inputs
  /** The inputs that were given, as opposed to defaulted. */
  readonly given: ReadonlySet<Key>
  readonly warnings: readonly string[]
}

/** What is shorter than this in the box of a secret is found in ordinary words too. */
const shortestSecret = 12

/**
 * Parses what a person wrote. Each input is parsed alone; rules between inputs run on those that parsed; everything that is
 * wrong is told together, before any side effect.
 * @param raw by camelCase key; a name that is nearly an input is an error, any other one a warning, since runners also pass variables
 * of the user's whose names happen to begin with INPUT_. An empty text counts as not given.
 * @throws StepError `invalid-input`, one line for each fault, none of which shows a secret
 */
export async function parseInputs(raw: Readonly<Record<string, string>>, spell: Spell): Promise<Asked> {
  const faults: string[] = []
  const values = new Map<Key, unknown>()
  const given = new Set<Key>()

  const secrets = keys
    .flatMap(key => (entryOf(key).secret && raw[key]?.trim()) || [])
    .filter(text => text.length >= shortestSecret)

  const unknown = Object.keys(raw).filter(name => !keys.includes(name as Key) && raw[name]?.trim())
  for (const name of unknown) {
    const meant = nearest(name, keys)
    if (meant) faults.push(`${name} is no input; did you mean ${spell(meant as Key)}?`)
  }
  for (const key of keys) {
    const text = raw[key]?.trim() ?? ''
    if (text === '') {
      values.set(key, entryOf(key).default)
      if (entryOf(key).required) faults.push(`${spell(key)} is missing; allowed is ${entryOf(key).kind.allowed}.`)
      continue
    }
    given.add(key)
    // Azure leaves the macro of an undefined variable as it was written; a path could be called that, and nobody means it.
    if (/^\$\([^()]*\)$/.test(text)) {
      faults.push(`${spell(key)} is the unresolved text of a pipeline variable: that variable is not defined.`)
      continue
    }
    // Elsewhere it would be printed, cut or changed beyond what masking finds.
    if (!entryOf(key).secret && (looksLikeKey(text) || secrets.some(secret => text.includes(secret)))) {
      faults.push(`${spell(key)} holds an authentication key, which belongs to ${spell('authKey')} alone.`)
      continue
    }
    const result = entryOf(key).kind.schema.safeParse(text)
    if (result.success) values.set(key, result.data)
    else faults.push(faultOf(key, text, customIssues(result.error.issues), spell))
  }

  const unparsed = new Set(keys.filter(key => !values.has(key)))
  // Rules read only what parsed: checkRules skips those that name an input in `unparsed`.
  const inputs = Object.fromEntries(values) as unknown as Inputs
  const verdict = await checkRules({ inputs, given, unparsed, spell })
  faults.push(...verdict.faults)
  if (faults.length > 0) throw invalid(faults)
  return { inputs, given, warnings: [...unknown.map(name => `${name} is no input and is not used.`), ...verdict.warnings] }
}

function invalid(faults: readonly string[]): StepError {
  const message =
    faults.length === 1
      ? String(faults[0])
      : `${faults.length} things are wrong with the inputs:\n${faults.map(fault => `- ${fault}`).join('\n')}`
  return new StepError('invalid-input', message, { hint: 'Correct the inputs and run the step again; nothing was done yet.' })
}

function faultOf(key: Key, text: string, issues: readonly string[], spell: Spell): string {
  const entry = entryOf(key)
  const shown =
    entry.secret || entry.mayHoldSecret ? 'what was given' : JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
  const meant = entry.kind.options && nearest(text, entry.kind.options)
  const why = issues.length > 0 ? ` (${issues.join('; ')})` : ''
  return `${spell(key)}: ${shown} is not allowed${why}; allowed is ${entry.kind.allowed}.${meant ? ` Did you mean ${meant}?` : ''}`
}

/** Our own words; zod's are about code, not about the person's text. */
function customIssues(issues: readonly { readonly code: string; readonly message: string }[]): readonly string[] {
  return issues.filter(issue => issue.code === 'custom' && issue.message !== 'Invalid input').map(issue => issue.message)
}
