import { parseArgs } from 'node:util'
import { groups, modes } from '../contract/input.ts'
import { entryOf, type Key, keys } from '../contract/inputs.ts'
import { looksLikeKey } from '../contract/kinds.ts'
import { StepError } from '../contract/reasons.ts'
import { camel, kebab, nearest } from '../contract/spelling.ts'
import { defaultInWords, spelled } from '../contract/words.ts'

const program = 'shir-container'

/** The inputs that a terminal takes as flags. A secret has none, since the process list would show it; `mode` is the first word. */
const flagKeys = keys.filter(key => key !== 'mode' && !entryOf(key).secret && entryOf(key).hosts?.includes('terminal') !== false)

/** How a terminal's user writes an input: `--node-name`; the key by its variable, the mode by its place. */
export function spellFlag(key: Key): string {
  if (key === 'mode') return key
  const { secret, variable } = entryOf(key)
  return secret && variable ? variable.name : `--${kebab(key)}`
}

export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'step'; readonly inputs: Readonly<Record<string, string>>; readonly keyFromStdin: boolean }

/**
 * Reads what was typed. Flags given twice join as lines, so that lists can be typed piece by piece; a flag of a boolean input may
 * stand alone.
 * @throws StepError `invalid-input` for a flag that does not exist
 */
export function readCommandLine(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): CommandLine {
  const options = Object.fromEntries(flagKeys.map(key => [kebab(key), { type: 'string', multiple: true }] as const))
  const { tokens } = parseArgs({ args: expandBooleans(argv), options, strict: false, tokens: true, allowPositionals: true })
  const inputs: Record<string, string> = {}
  let keyFromStdin = false
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (looksLikeKey(token.value)) throw keyTyped('A key has no place here')
      if (inputs.mode !== undefined)
        throw unknown(
          `"${token.value}" is one word too many`,
          `The first word is the mode; values belong to flags, as in --node-name ${token.value}.`,
        )
      inputs.mode = token.value
    }
    if (token.kind !== 'option') continue
    if (token.name === 'help' || token.name === 'h') return { kind: 'help' }
    if (token.name === 'version') return { kind: 'version' }
    if (token.name === 'auth-key-stdin') keyFromStdin = true
    else {
      const key = flagKeys.find(candidate => candidate === camel(token.name) && kebab(candidate) === token.name)
      if (key === undefined) throw unknownFlag(token)
      if (token.value === undefined) throw unknown(`--${token.name} has no value`, `Write --${token.name} <value>.`)
      inputs[key] = inputs[key] === undefined ? token.value : `${inputs[key]}\n${token.value}`
    }
  }
  // A variable is no statement: other modes are not told that they do not use it.
  for (const key of keys) {
    const { variable, modes: served } = entryOf(key)
    const value = variable && environment[variable.name]
    const isTyped = inputs[key] !== undefined || (key === 'authKey' && keyFromStdin)
    if (value && !isTyped && served.some(mode => mode === inputs.mode)) inputs[key] = value
  }
  return { kind: 'step', inputs, keyFromStdin }
}

/** `--dry-run` alone, before another flag, the mode or the end, means `--dry-run=true`; another word is its value, and refused as such. */
function expandBooleans(argv: readonly string[]): string[] {
  const booleans = new Set(flagKeys.filter(key => entryOf(key).kind.editor === 'boolean').map(key => `--${kebab(key)}`))
  const isAlone = (next: string | undefined) => next === undefined || next.startsWith('-') || modes.some(mode => mode === next)
  return argv.map((word, index) => (booleans.has(word) && isAlone(argv[index + 1]) ? `${word}=true` : word))
}

function unknownFlag({ name, rawName }: { readonly name: string; readonly rawName: string }): StepError {
  if (camel(name) === 'authKey') return keyTyped('--auth-key does not exist')
  if (name === 'mode') return unknown('--mode is no flag', `The mode is the first word: ${program} ${modes.join(' | ')}.`)
  const meant = nearest(name, flagKeys)
  return unknown(
    `${rawName} is no flag${meant ? `; did you mean ${spellFlag(meant as Key)}?` : ''}`,
    `${program} --help lists them.`,
  )
}

function keyTyped(what: string): StepError {
  return unknown(
    `${what}, since the process list would show the key`,
    'Put the key into the variable AUTH_KEY, or pass --auth-key-stdin and write it to standard input.',
  )
}

function unknown(message: string, hint: string): StepError {
  return new StepError('invalid-input', `${message}${/[?.]$/.test(message) ? '' : '.'}`, { hint })
}

/** The text of `--help`, made from the inputs. */
export function helpText(): string {
  const flag = (key: Key) => `  --${kebab(key)}`.padEnd(22)
  const sections = Object.entries(groups).flatMap(([group, title]) => {
    const members = flagKeys.filter(key => entryOf(key).group === group)
    const lines = members.map(
      key =>
        `${flag(key)} ${plain(spelled(entryOf(key).help, spellFlag))}\n${' '.repeat(22)} Allowed: ${entryOf(key).kind.allowed}. Default: ${plain(defaultInWords(key))}.`,
    )
    const variables = keys.flatMap(key => (entryOf(key).group === group && entryOf(key).variable) || [])
    const notes = variables.map(({ name, help }) => `${`  ${name} (variable)`.padEnd(23)} ${help}`)
    return [`${title}:`, ...notes, ...lines, '']
  })
  return [
    `Usage: ${program} <${modes.join('|')}> [flags]`,
    '',
    plain(entryOf('mode').help),
    'A flag that takes lines may be given several times. The outputs are printed to standard output as name=value.',
    '',
    ...sections,
    'Other:',
    '  --help                 This text.',
    '  --version              The version of this program.',
  ].join('\n')
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '')
}
