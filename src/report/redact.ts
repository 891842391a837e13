import { looksLikeKey } from '../contract/kinds.ts'

const shown = '***'
/** Shorter pieces would blot out ordinary words. */
export const shortestSecret = 6

/** Collects secrets and takes them out of texts, in every form in which they are likely to be printed. */
export interface Redactor {
  add(value: string): void
  redact(text: string): string
}

export function redactor(): Redactor {
  const forms = new Set<string>()
  let pattern: RegExp | undefined
  return {
    add: value => {
      for (const form of formsOf(value)) forms.add(form)
      const longestFirst = [...forms].sort((a, b) => b.length - a.length)
      pattern = longestFirst.length > 0 ? new RegExp(longestFirst.map(escapeRegExp).join('|'), 'g') : undefined
    },
    redact: text => (pattern ? text.replace(pattern, shown) : text),
  }
}

/**
 * The forms of a secret that neither platform masks reliably (facts: GitHub misses the last part and `\u002B`, Azure also
 * base64): whole, its last `@` part (the key proper), and each of them as URL, JSON, .NET JSON, XML, base64 and UTF-16 base64.
 */
export function formsOf(value: string): readonly string[] {
  const parts = [...value.split(/\r\n|\r|\n/), value].filter(part => part.length >= shortestSecret)
  const pieces = [...parts, lastPartOf(value)].filter(piece => piece.length >= shortestSecret)
  return [...new Set(pieces.flatMap(encodings))].filter(form => form.length >= shortestSecret)
}

/** The key proper of an authentication key; empty for another secret, in which what follows an `@` may be an ordinary word. */
export function lastPartOf(value: string): string {
  return looksLikeKey(value) ? value.slice(value.lastIndexOf('@') + 1) : ''
}

function encodings(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const xml = text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
  const namedXml = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
  const dotnet = text.replace(
    /[+<>&'"`]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
  )
  const xmlPlus = text.replaceAll('+', '&#x2B;')
  const url = encodeURIComponent(text)
  const escaped = [
    url,
    lowerEscapes(url),
    json,
    json.replaceAll('/', '\\/'),
    dotnet,
    lowerEscapes(dotnet),
    xml,
    namedXml,
    xmlPlus,
  ]
  return [text, ...escaped, ...everySymbol(text), ...base64Forms(Buffer.from(text)), ...base64Forms(Buffer.from(text, 'utf16le'))]
}

/** Encoders that leave letters and digits alone and escape all the rest. */
function everySymbol(text: string): readonly string[] {
  const each = (escaped: (code: number) => string) => text.replace(/[^A-Za-z0-9]/g, symbol => escaped(symbol.charCodeAt(0)))
  const hex = (code: number) => code.toString(16).padStart(2, '0')
  const unicode = each(code => `\\u00${hex(code)}`)
  const entities = [each(code => `&#${code};`), each(code => `&#x${hex(code)};`), each(code => `&#x${hex(code).toUpperCase()};`)]
  // Some escape what must be and no more: base64's three symbols are all that a key's last part has.
  const plus = [
    text.replaceAll('+', '&#43;'),
    text.replaceAll('=', '\\u003d'),
    text.replaceAll('+', ' '),
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ]
  return [unicode, lowerEscapes(unicode), ...entities, ...plus, text.replace(/=+$/, '')]
}

/** Base64 depends on what stands before: three shifts, of which the middle characters are always the same. */
function base64Forms(bytes: Buffer): readonly string[] {
  const forms = [0, 1, 2].map(shift => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    return encoded.slice(shift === 0 ? 0 : 4).replace(/.?=+$/, '')
  })
  return forms.flatMap(form => [form, ...wrapped(form)])
}

/** The lines of a base64 text that is wrapped, as `base64` (76) and PEM (64) do. Short ends would blot out ordinary words. */
function wrapped(text: string): readonly string[] {
  const linesOf = (width: number) => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []
  return [76, 64].flatMap(linesOf).filter(line => line.length >= 16)
}

/** .NET writes the escapes of URLs and JSON in small letters, others in capitals. */
function lowerEscapes(text: string): string {
  return text.replace(/\\u[0-9A-F]{4}|%[0-9A-F]{2}/g, code => code.toLowerCase())
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
