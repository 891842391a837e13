import type { Response } from 'undici'
import { StepError } from '../contract/reasons.ts'
import type { Clock } from '../host/host.ts'

/** A failed request, classified: what the server said, and its own wish for when to ask again. */
export class HttpFailure extends Error {
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined
  readonly isUntrusted: boolean
  constructor(message: string, details: { status?: number; retryAfterMs?: number; isUntrusted?: boolean; cause?: unknown } = {}) {
    super(message, { cause: details.cause })
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
    this.isUntrusted = details.isUntrusted ?? false
  }
}

/** An answer that is no success, as the failure that it is. */
export function refusalOf(answer: Response, clock: Clock): HttpFailure {
  return new HttpFailure(`The server answered ${answer.status} ${answer.statusText}`.trim(), {
    status: answer.status,
    ...retryAfter(answer, clock),
  })
}

/** `Retry-After`: seconds, or a date. */
function retryAfter(answer: Response, clock: Clock): { retryAfterMs?: number } {
  const header = answer.headers.get('retry-after')
  if (header === null) return {}
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - clock.now()
  return ms > 0 ? { retryAfterMs: ms } : {}
}

export function classify(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error
  const { code, message } = innermost(error)
  // Errors of the system are known by their codes; undici's codes say less than its messages (a proxy's refusal is "aborted").
  const why = typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : (message ?? String(error))
  const isUntrusted = typeof code === 'string' && /CERT|VERIFY_LEAF/.test(code)
  return new HttpFailure(`The connection failed (${why})`, { isUntrusted, cause: error })
}

function innermost(error: unknown): { readonly code?: unknown; readonly message?: string } {
  const { cause } = error as { cause?: unknown }
  return typeof cause === 'object' && cause !== null ? innermost(cause) : (error as Error)
}

/** True for what the file system refuses to whoever reads the body: `fetch` wraps its own errors, these come as they are. */
export function isOfFileSystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error
}

export function isWorthAnotherTry({ status, isUntrusted }: HttpFailure): boolean {
  return status === undefined ? !isUntrusted : status === 408 || status === 429 || status >= 500
}

/** The failure as its user is told. `shown` stands for the address, which may hold a token. */
export function explain(failure: HttpFailure, shown: string, attempts: number): StepError {
  const times = attempts > 1 ? ` (${attempts} attempts)` : ''
  if (failure.status === 404 || failure.status === 410)
    return new StepError('installer-not-found', `There is nothing at ${shown}: the server answered ${failure.status}.`, {
      hint: 'Microsoft keeps only the last few versions; take another version, or keep the installer yourself and name it.',
    })
  if (failure.status === 401 || failure.status === 403)
    return new StepError('download-failed', `The server does not give ${shown} to us: it answered ${failure.status}.`, {
      hint: 'If the address holds a SAS token, it may have expired.',
    })
  return new StepError('download-failed', `${shown} could not be downloaded${times}: ${failure.message}.`, {
    hint: failure.isUntrusted
      ? 'Nobody whom this machine trusts vouches for that server. If a proxy here opens TLS, name its certificate in NODE_EXTRA_CA_CERTS.'
      : 'Check the network, the firewall and HTTPS_PROXY of this machine.',
    cause: failure,
  })
}
