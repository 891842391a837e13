import type { Clock } from '../host/host.ts'

interface Details {
  readonly status?: number | undefined
  readonly retryAfterMs?: number | undefined
  readonly isFinal?: boolean
  readonly isForeign?: boolean
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/** A failed request, without a word of its address, which may hold a token: whoever asked knows what it was. */
export class HttpFailure extends Error {
  /** What the server answered; `undefined` where no answer came, or none that counts. */
  readonly status: number | undefined
  /** The server's own wish for when to ask again. */
  readonly retryAfterMs: number | undefined
  /** True where asking again would change nothing, whatever the status. */
  readonly isFinal: boolean
  /** True where the answer was none of HTTP's: final from whoever has not given another one. */
  readonly isForeign: boolean
  /** What to do, where the failure itself tells. */
  readonly hint: string | undefined

  /** @param message a sentence without its full stop */
  constructor(message: string, details: Details = {}) {
    super(message, { cause: details.cause })
    this.name = 'HttpFailure'
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
    this.isFinal = details.isFinal ?? false
    this.isForeign = details.isForeign ?? false
    this.hint = details.hint
  }
}

/** An answer that is no success, as the failure that it is. `retryAfter` is the header of that name. */
export function refusalOf(status: number, text = '', retryAfter: string | undefined, clock: Clock): HttpFailure {
  return new HttpFailure(`The server answered ${status} ${text}`.trim(), { status, ...wishOf(retryAfter, clock) })
}

/** `Retry-After`: seconds, or a date. */
function wishOf(header: string | undefined, clock: Clock): { retryAfterMs?: number } {
  if (header === undefined) return {}
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - clock.now()
  return ms > 0 ? { retryAfterMs: ms } : {}
}

/** What a connection did, as the failure that it is. */
export function classify(error: unknown, connection = 'The connection'): HttpFailure {
  if (error instanceof HttpFailure) return error
  const { code, message } = innermost(error)
  // Errors of the system are known by their codes; Node's own codes say less than its messages.
  const why = typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : (message ?? String(error))
  const isUntrusted = typeof code === 'string' && /CERT|VERIFY_LEAF/.test(code)
  const isForeign = typeof code === 'string' && foreign.test(code)
  return new HttpFailure(`${connection} failed (${why})`, {
    isFinal: isUntrusted || isForeign,
    isForeign,
    hint: isUntrusted ? hints.untrusted : isForeign ? hints.foreign : undefined,
    cause: error,
  })
}

/** What Node's TLS and its parser say of a beginning that is none of theirs. What breaks within a body is no such code. */
const foreign =
  /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL)|HPE_(?:INVALID_(?:CONSTANT|VERSION|STATUS|HEADER_TOKEN|CONTENT_LENGTH|TRANSFER_ENCODING)|UNEXPECTED_CONTENT_LENGTH|HEADER_OVERFLOW))$/

const hints = {
  untrusted:
    'Nobody whom this machine trusts vouches for that server. If a proxy here opens TLS, name its certificate in NODE_EXTRA_CA_CERTS.',
  foreign: 'What answers there does not speak HTTP as it should: check the address, whether it is https, and its port.',
} as const

function innermost(error: unknown): { readonly code?: unknown; readonly message?: string } {
  const { cause } = error as { cause?: unknown }
  return typeof cause === 'object' && cause !== null ? innermost(cause) : (error as Error)
}

/** True where the same question may have another answer in a while. */
export function isWorthAnotherTry({ status, isFinal }: HttpFailure): boolean {
  return !isFinal && (status === undefined || status === 408 || status === 429 || status >= 500)
}

/** The last failure of several attempts, which says how many there were. */
export function afterAttempts(failure: HttpFailure, attempts: number): HttpFailure {
  if (attempts === 1) return failure
  return new HttpFailure(`${failure.message} (${attempts} attempts)`, { ...failure, cause: failure })
}
