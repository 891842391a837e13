import type { Call } from './credentials.ts'

/** The head of an answer. */
export interface Head {
  readonly status: number
  readonly text: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Of a success's body, in bytes. */
  readonly length: number
  /** Whether the connection may be asked again. */
  readonly isKept: boolean
}

/** Heads have some hundred bytes; Node's own client refuses more than this as well. */
export const longestHead = 16 * 1024

/** A request as it is sent, for a connection that is kept. */
export function requestFor({ href, headers: own }: Call, headers: Readonly<Record<string, string>>): string {
  const { host, pathname, search } = new URL(href)
  const all = { host, ...baseHeaders, ...headers, ...own, connection: 'keep-alive' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  // What stands in a line can end none: addresses are escaped, and the rest is ours or was read from a line.
  if (lines.some(line => /[\r\n]/.test(line))) throw new TypeError('A header holds a line break.')
  return [`GET ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n')
}

/** What every request of ours says. Bytes are counted and hashed as they are on the server: no coding on the way. */
export const baseHeaders = { 'user-agent': 'shir-container', accept: '*/*', 'accept-encoding': 'identity' } as const

/**
 * Reads the head of an answer in its plainest form: HTTP/1.1, no header twice, and for a success a body whose length is told.
 * `undefined` for any other, even a right one: Node's client has a whole parser for those.
 * @param lines without the empty line at their end, their bytes as latin1
 */
export function parseHead(lines: string): Head | undefined {
  const [first = '', ...rest] = lines.split('\r\n')
  const [, status, text = ''] = /^HTTP\/1\.1 ([2-5]\d\d)(?: ([^\0\r\n]*))?$/.exec(first) ?? []
  if (status === undefined) return undefined
  const headers: Record<string, string> = {}
  for (const line of rest) {
    const [, name, value] = /^([!#$%&'*+.^`|~\w-]+):[ \t]*([^\0\r\n]*?)[ \t]*$/.exec(line) ?? []
    if (name === undefined || value === undefined) return undefined
    const key = name.toLowerCase()
    if (single.has(key) && key in headers) return undefined
    headers[key] = value
  }
  const { 'content-length': length = '', 'transfer-encoding': coding, connection = '' } = headers
  const head = { status: Number(status), text, headers, isKept: !/\bclose\b/i.test(connection) }
  if (head.status >= 300) return { ...head, length: 0, isKept: false } // nobody reads its body
  return coding === undefined && /^\d{1,15}$/.test(length) ? { ...head, length: Number(length) } : undefined
}

/** Headers of which two would contradict each other. Of others (cookies) nothing is read. */
const single: ReadonlySet<string> = new Set([
  ...[
    'content-length',
    'content-range',
    'content-encoding',
    'transfer-encoding',
    'connection',
    'etag',
    'last-modified',
    'date',
    'location',
    'retry-after',
  ],
])
