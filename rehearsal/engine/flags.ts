/** Docker's command line: which flags a command knows, and the arguments read by them. */
import { refuse } from './refusal.ts'

/** `value`: takes one, the last counts. `list`: may be given again. `switch`: takes none, or `=true` and `=false`. */
export type FlagKind = 'value' | 'list' | 'switch'

/** Long names, and one-letter names as `{ e: 'env' }`. */
export interface FlagTable<Name extends string = string> {
  readonly flags: Readonly<Record<Name, FlagKind>>
  readonly short?: Readonly<Record<string, NoInfer<Name>>>
  /** True for commands whose flags end at the first argument (`run`, `exec`). */
  readonly endsAtArgument?: boolean
}

export interface Parsed<Name extends string> {
  readonly rest: readonly string[]
  value(name: Name): string | undefined
  list(name: Name): readonly string[]
  isOn(name: Name): boolean
}

/** Reads `argv` by `table`; `usage` is the command's own, such as `docker run [OPTIONS] IMAGE`. Unknown flags end with 125. */
export function parseFlags<Name extends string>(table: FlagTable<Name>, argv: readonly string[], usage: string): Parsed<Name> {
  const given = new Map<Name, string[]>()
  const rest: string[] = []
  const command = usage.split(' [')[0] ?? usage
  const fail = (text: string): never => refuse(`${text}\n\nUsage:  ${usage}\n\nRun '${command} --help' for more information`, 125)
  const kindOf = (name: string): FlagKind | undefined =>
    Object.hasOwn(table.flags, name) ? table.flags[name as Name] : undefined
  const keep = (name: Name, value: string) => given.set(name, [...(given.get(name) ?? []), value])

  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    const next = (spelling: string): string => {
      index++
      return argv[index] ?? fail(`flag needs an argument: ${spelling}`)
    }
    if (word === '--') {
      rest.push(...argv.slice(index + 1))
      break
    }
    if (word.startsWith('--')) {
      const [, name = '', equals, inline = ''] = /^--([^=]*)(=)?([\s\S]*)$/.exec(word) ?? []
      const kind = kindOf(name) ?? fail(`unknown flag: --${name}`)
      if (kind === 'switch') keep(name as Name, equals ? inline : 'true')
      else keep(name as Name, equals ? inline : next(`--${name}`))
    } else if (word.startsWith('-') && word !== '-') {
      let letters = word.slice(1)
      while (letters !== '') {
        const letter = letters[0] ?? ''
        const name = table.short?.[letter] ?? fail(`unknown shorthand flag: '${letter}' in ${word}`)
        letters = letters.slice(1)
        if (table.flags[name] === 'switch') {
          keep(name, 'true')
          continue
        }
        keep(name, letters === '' ? next(`'${letter}' in ${word}`) : letters.replace(/^=/, ''))
        letters = ''
      }
    } else {
      rest.push(word)
      if (table.endsAtArgument) {
        rest.push(...argv.slice(index + 1))
        break
      }
    }
  }
  return {
    rest,
    value: name => given.get(name)?.at(-1),
    list: name => given.get(name) ?? [],
    isOn: name => given.get(name)?.at(-1) === 'true',
  }
}
