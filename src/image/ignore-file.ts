import path from 'node:path'
import { StepError } from '../contract/reasons.ts'

/** What the rules say of one entry of a context. */
export interface Judgement {
  readonly isOut: boolean
  /** By rule: what fits a folder fits all that lies in it. */
  readonly fits: readonly boolean[]
}

/**
 * The rules of a `.dockerignore`, as the docker command applies them (moby/patternmatcher, moby/go-archive) on its way through a
 * context. Its ways are its own: no package knows that a rule with `!` lets in nothing of a folder that its words do not begin
 * with, or that it says nothing of a folder that was not out.
 */
export interface IgnoreFile {
  /** @param name with `/`, from the context's folder on; `folder` is what was said of the folder that it lies in */
  judge(name: string, folder: Judgement | undefined): Judgement
  /** True for a folder that is out, when one of the rules begins with its name and lets something in again. */
  mayLetIn(folder: string): boolean
}

interface Rule {
  readonly pattern: string
  readonly letsIn: boolean
  fits(name: string): boolean
}

/**
 * @param text of the file
 * @param platform of the machine on which docker reads it: on Windows `\` separates folders, elsewhere it makes the next character a plain one
 * @throws StepError `context-invalid` for a rule that docker refuses too
 */
export function parseIgnoreFile(text: string, platform: NodeJS.Platform): IgnoreFile {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(line => !line.startsWith('#') && line.trim() !== '')
    .map(line => readRule(line.trim(), platform))
  return {
    judge: (name, folder) => judge(rules, name, folder),
    mayLetIn: folder => rules.some(({ letsIn, pattern }) => letsIn && `${pattern}/`.startsWith(`${folder}/`)),
  }
}

function judge(rules: readonly Rule[], name: string, folder: Judgement | undefined): Judgement {
  let isOut = false
  const fits = rules.map((rule, index) => {
    // A rule is only asked where it could change something, and what it then says counts for all that is below.
    const does = folder?.fits[index] === true || (rule.letsIn === isOut && rule.fits(name))
    if (does) isOut = !rule.letsIn
    return does
  })
  return { isOut, fits }
}

function readRule(line: string, platform: NodeJS.Platform): Rule {
  const letsIn = line.startsWith('!')
  const written = letsIn ? line.slice(1).trim() : line
  if (written === '') throw notUnderstood(line)
  const clean = path.posix.normalize(platform === 'win32' ? written.replaceAll('\\', '/') : written).replace(/(?<=.)\/$/, '')
  const pattern = clean.replace(/^\/(?=.)/, '')
  try {
    return { pattern, letsIn, fits: reader(pattern) }
  } catch (cause) {
    throw notUnderstood(line, cause)
  }
}

function notUnderstood(line: string, cause?: unknown): StepError {
  return new StepError(
    'context-invalid',
    `.dockerignore in the build context has a rule that Docker does not understand: ${line}`,
    {
      hint: 'A rule is a path with *, ?, [a-z] or **, or such a path after an exclamation mark.',
      cause,
    },
  )
}

/** What a name must be to fit. Only where there are further wildcards is `**` whole folders; else it is any text. */
function reader(pattern: string): (name: string) => boolean {
  const isPlain = (text: string) => !/[*?[\]\\]/.test(text)
  if (isPlain(pattern)) return name => name === pattern
  const [begin, end] = [pattern.slice(0, -2), pattern.slice(2)]
  if (pattern.startsWith('**') && isPlain(end)) return name => name.endsWith(end) || `/${name}` === end
  if (pattern.endsWith('**') && isPlain(begin)) return name => name.startsWith(begin)
  const whole = new RegExp(`^${expression(pattern)}$`)
  return name => whole.test(name)
}

/** Brackets mean the same in both notations. */
function expression(pattern: string): string {
  return pattern.replace(/\*\*\/?|\*|\?|\\.?|[.+(){}|$]/gs, (found, at: number) => {
    if (found.startsWith('**')) return at + found.length === pattern.length ? '.*' : '(?:.*/)?'
    if (found === '*') return '[^/]*'
    if (found === '?') return '(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^/])'
    if (found === '\\') throw new SyntaxError('nothing after the last backslash')
    const plain = found.slice(-1)
    return /[\w\s]/.test(plain) ? plain : `\\${plain}`
  })
}
