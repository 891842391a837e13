/** Reads a Dockerfile as the classic builder does: directives, continuation, comments, variables, both argument forms. */
import { refuse, refuseByDaemon } from './refusal.ts'

export interface Instruction {
  /** Upper case. */
  readonly name: string
  /** As written, continuation joined. */
  readonly text: string
  /** `--from=x` and the like, in front of the arguments. */
  readonly flags: readonly string[]
  readonly arguments: string
}

const known =
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  )

/** The instructions in order, and the escapeWith character. Refuses what the engine's parser refuses. */
export function parseDockerfile(
  source: string,
  fileName: string,
): { readonly instructions: readonly Instruction[]; readonly escapeWith: string } {
  const escapeWith = /^\s*#\s*escape\s*=\s*([\\`])/i.exec(source)?.[1] ?? '\\'
  const instructions: Instruction[] = []
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/)
  const continues = new RegExp(`${escapeWith === '`' ? '`' : '\\\\'}[ \\t]*$`)
  for (let index = 0; index < lines.length; index++) {
    const first = index
    let text = ''
    for (; index < lines.length; index++) {
      const line = lines[index] ?? ''
      if (/^\s*#/.test(line) || (text !== '' && line.trim() === '')) continue
      text += line.replace(continues, '')
      if (!continues.test(line)) break
    }
    text = text.trim()
    if (text === '') continue
    const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? []
    const name = word.toUpperCase()
    if (!known.includes(name)) refuseByDaemon(`dockerfile parse error line ${first + 1}: unknown instruction: ${word}`)
    const { flags, after } = takeFlags(rest)
    instructions.push({ name, text: `${name} ${rest}`.trim(), flags, arguments: after })
  }
  if (instructions.length === 0) refuseByDaemon(`the Dockerfile (${fileName}) cannot be empty`)
  return { instructions, escapeWith }
}

function takeFlags(text: string): { readonly flags: readonly string[]; readonly after: string } {
  const flags: string[] = []
  let after = text
  for (let match = /^(--\S+)\s*([\s\S]*)$/.exec(after); match; match = /^(--\S+)\s*([\s\S]*)$/.exec(after)) {
    flags.push(match[1] ?? '')
    after = match[2] ?? ''
  }
  return { flags, after }
}

/** Puts variables in: `$X`, `${X}`, `${X:-else}`, `${X:+then}`; an escaped `$` stays. */
export function substitute(text: string, variables: ReadonlyMap<string, string>, escapeWith: string): string {
  const pattern = /([\\`])?\$(?:\{(\w+)(?::([-+])([^}]*))?\}|(\w+))/g
  return text.replace(
    pattern,
    (whole, escaped: string | undefined, braced?: string, operator?: string, operand = '', plain?: string) => {
      if (escaped === escapeWith) return whole.slice(1)
      const value = variables.get(braced ?? plain ?? '') ?? ''
      const result = operator === '-' ? value || operand : operator === '+' ? value && operand : value
      return (escaped ?? '') + result
    },
  )
}

/** The JSON form `["a","b"]` as a list; undefined for the shell form. */
export function execForm(text: string): readonly string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(word => typeof word === 'string') ? value : undefined
  } catch {
    return undefined
  }
}

/** Words split at blanks; quotes hold words together and are dropped. */
export function words(text: string): readonly string[] {
  const list = execForm(text)
  if (list) return list
  const found = text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'])+/g) ?? []
  return found.map(word =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'/g,
      (_, double?: string, single?: string) => double?.replace(/\\(["\\])/g, '$1') ?? single ?? '',
    ),
  )
}

/** `A=1 B="x y"`, or the old form `A some text`, as pairs. */
export function pairs(text: string, instruction: string): readonly (readonly [string, string])[] {
  const list = words(text)
  if (list[0] !== undefined && !list[0].includes('=')) {
    const [, name = '', value] = /^(\S+)\s+([\s\S]*)$/.exec(text) ?? []
    if (value === undefined) refuse(`Error response from daemon: dockerfile parse error: ${instruction} must have two arguments`)
    return [[name, words(value).join(' ')]]
  }
  return list.map(word => {
    if (!word.includes('='))
      refuseByDaemon(`failed to parse Dockerfile: Syntax error - can't find = in "${word}". Must be of the form: name=value`)
    return [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const
  })
}
