import * as z from 'zod'
import { type Address, address, type Secret, secret } from './secret.ts'

/** How manifests and editors show an input: Azure's own type names, a superset of what GitHub and the terminal need. */
export type Editor = 'string' | 'boolean' | 'multiLine' | 'pickList'

/** What a kind of value is: its zod type from the text that a person wrote, and the words for what is allowed. */
export interface Kind<T> {
  readonly schema: z.ZodType<T, string>
  /** Completes the sentence "allowed is …". */
  readonly allowed: string
  readonly editor: Editor
  readonly options?: readonly string[]
  /** A value as people write it, where that is not its plain text. */
  readonly spell?: (value: T) => string
}

const oneLine = z.string().refine(text => !/[\r\n\0]/.test(text), 'it holds a line break')

/** A single line that matches `pattern`. */
export function text(allowed: string, pattern = /^[^\r\n\0]+$/): Kind<string> {
  return { schema: oneLine.refine(value => pattern.test(value)), allowed, editor: 'string' }
}

/** A path on this machine: absolute, or from the workspace. `what` is what lies there, such as `a file`. */
export function localPath(what: string): Kind<string> {
  const line = text(`the path of ${what}`)
  // It would become a folder of that name.
  const isHome = (value: string) => /^~(?:[\\/]|$)/.test(value)
  const why = 'no shell reads the ~ here; write the home folder out, or ./~ for what is called so'
  return { ...line, schema: line.schema.refine(value => !isHome(value), why) }
}

/** `true` or `false` in any letter case, since Azure's templates write `True`; nothing else. */
export function flag(): Kind<boolean> {
  return { schema: z.stringbool({ truthy: ['true'], falsy: ['false'] }), allowed: 'true or false', editor: 'boolean' }
}

export function choice<const T extends string>(...options: readonly [T, ...T[]]): Kind<T> {
  const allowed = options.length === 1 ? options[0] : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`
  return { schema: z.string().pipe(z.enum(options)), allowed, editor: 'pickList', options }
}

/** A whole number, both bounds included. */
export function whole(min: number, max: number, unit = ''): Kind<number> {
  const schema = z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
  return { schema, allowed: `a whole number from ${min} to ${max}${unit && ` (${unit})`}`, editor: 'string' }
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const

/** `90s`, `10m` or `1h`, as milliseconds. */
export function duration(minMs: number, maxMs: number): Kind<number> {
  const schema = z
    .string()
    .regex(/^\d{1,6}[smh]$/)
    .transform(value => Number(value.slice(0, -1)) * unitMs[value.slice(-1) as keyof typeof unitMs])
    .pipe(z.number().min(minMs).max(maxMs))
  return {
    schema,
    allowed: `a duration such as 90s, 10m or 1h, from ${spellDuration(minMs)} to ${spellDuration(maxMs)}`,
    editor: 'string',
    spell: spellDuration,
  }
}

/** Milliseconds in the notation of the inputs, in the largest unit that is exact: 600000 is `10m`. */
export function spellDuration(ms: number): string {
  if (ms > 0 && ms % unitMs.h === 0) return `${ms / unitMs.h}h`
  if (ms > 0 && ms % unitMs.m === 0) return `${ms / unitMs.m}m`
  return `${ms / unitMs.s}s`
}

/** One entry a line; blank lines do not count. `pattern` holds for each entry. */
export function lines(allowed: string, pattern: RegExp): Kind<readonly string[]> {
  const schema = z.string().transform((value, context) => {
    const entries = splitLines(value)
    for (const [index, entry] of entries.entries()) if (!pattern.test(entry)) context.addIssue(`line ${index + 1} is malformed`)
    if (new Set(entries).size !== entries.length) context.addIssue('a line is given twice')
    return entries
  })
  return { schema, allowed, editor: 'multiLine' }
}

/** A `NAME=value` a line. The value is taken as it is, quotes included. */
export interface Pair {
  readonly name: string
  readonly value: string
}

export function pairs(allowed: string, namePattern: RegExp): Kind<readonly Pair[]> {
  const schema = z.string().transform((value, context) => {
    const entries = splitLines(value).map((line, index) => {
      const at = line.indexOf('=')
      const name = at < 0 ? line : line.slice(0, at).trim()
      // The line itself is not told: people put passwords into variables, and a password may hold a line break.
      const isPair = at >= 0 && namePattern.test(name)
      if (!isPair) context.addIssue(`line ${index + 1} is not NAME=value`)
      return { name, value: line.slice(at + 1), isPair }
    })
    const names = entries.flatMap(({ name, isPair }) => (isPair ? [name] : []))
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) context.addIssue(`${twice} is given twice`)
    return entries.map(({ name, value: text }) => ({ name, value: text }))
  })
  return { schema, allowed, editor: 'multiLine' }
}

/** `https://…`; `http://` only to this machine itself. What may be secret in it stays wrapped. */
export function httpsAddress(): Kind<Address> {
  const schema = oneLine.transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (url && !isDecodable(url.pathname)) context.addIssue('its path holds a % that is no escape')
    // What stands before it may be the rest of a password whose slash was not escaped.
    else if (url?.pathname.includes('@'))
      context.addIssue('its path holds an @; in a password write / as %2F, elsewhere @ as %40')
    else if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) return address(url)
    else context.addIssue('it is no https address')
    return z.NEVER
  })
  return { schema, allowed: 'an https:// address (http:// only for this machine itself)', editor: 'string' }
}

/**
 * `https://…` of which everything may be read by everyone, for what stays readable where it goes: no user name, no password, no
 * query, no fragment.
 */
export function publicAddress(): Kind<string> {
  const schema = oneLine.transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (url?.protocol !== 'https:') context.addIssue('it is no https address')
    else if (url.username !== '' || url.password !== '') context.addIssue('it holds a user name or a password')
    else if (url.search !== '' || url.hash !== '') context.addIssue('it holds a query (?…) or a fragment (#…)')
    // What stands before it may be the rest of a password whose slash was not escaped.
    else if (url.pathname.includes('@')) context.addIssue('its path holds an @; write it as %40')
    else return url.href
    return z.NEVER
  })
  return {
    schema,
    allowed: 'an https:// address without user name, password and query, since the image keeps it',
    editor: 'string',
  }
}

/** A SHA-256, in any letter case. */
export function sha256(): Kind<string> {
  return text('64 hexadecimal digits', /^[0-9a-fA-F]{64}$/)
}

/** The last part of a path is a file's name, which may tell a version: it must be readable. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}

/**
 * The authentication key. Only what can never be a key is refused (the service alone knows its exact grammar): white space,
 * quotes, or another beginning than `IR@`.
 */
export function authenticationKey(): Kind<Secret> {
  const schema = z.string().transform((value, context) => {
    if (/[\r\n]/.test(value)) context.addIssue('it holds a line break')
    else if (/["'`]/.test(value)) context.addIssue('it holds a quote')
    else if (/\s|[\p{Cc}]/u.test(value)) context.addIssue('it holds white space')
    else if (!/^IR@[^@]+@[^@]+@[^@]+@[^@]+$/.test(value)) context.addIssue('it has not the five parts IR@…@…@…@… of a key')
    return secret(value)
  })
  return { schema, allowed: 'the key as the portal shows it, on one line and without quotes', editor: 'string' }
}

/** True for text that holds an authentication key, or most of one, wherever a person has put it. */
export function looksLikeKey(text: string): boolean {
  return /(?<![a-z])IR@[^@]+@[^@]+@/i.test(text)
}

function splitLines(value: string): readonly string[] {
  return value
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
}
