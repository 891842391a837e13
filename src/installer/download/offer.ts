import type { Answer as WholeAnswer } from '../../net/client.ts'
import { isCoded } from '../../net/coding.ts'
import type { Range } from './ranges.ts'

/** What of an answer tells what it brings. */
type Answer = Pick<WholeAnswer, 'status' | 'headers'>

/** What names one state of a file for certain: a header of the server's answers, and its value. */
export interface Validator {
  readonly header: 'etag' | 'last-modified'
  readonly value: string
}

/** What a server has, and how it gives it: piece by piece, or whole. */
export type Offer =
  | { readonly by: 'ranges'; readonly size: number; readonly validator: Validator }
  | { readonly by: 'stream'; readonly size: number | undefined }
  /** Neither: the body is a part of the file, and which part or of which state is not certain. */
  | { readonly by: 'nothing'; readonly why: string }

/** A date names a state for certain only where it was over when the answer was given: a second change could have come (RFC 9110, 8.8.2.2). */
const strongAfterMs = 60_000

/**
 * Reads an answer to a request for `asked`. Parts of two states of a file must never be put together: they need a strong validator, and
 * `Content-Range` must be exactly what was asked for.
 * @param expected the state that was asked for, where one was
 */
export function offerOf(answer: Answer, asked: Range, expected?: Validator): Offer {
  if (answer.status !== 206) return { by: 'stream', size: wholeLength(answer) }
  const size = sizeIn(answer, asked)
  if (size === undefined || isCoded(answer)) return { by: 'nothing', why: 'The server gave another range than was asked for' }
  const validator = expected !== undefined && isOf(answer, expected) ? expected : validatorOf(answer)
  if (validator === undefined)
    return { by: 'nothing', why: 'The server does not say for certain which state of the file its ranges are of' }
  return { by: 'ranges', size, validator }
}

/** Whether an answer is of that state. With `If-Range` the date need not be told again (RFC 9110, 15.3.7). */
function isOf({ headers }: Answer, { header, value }: Validator): boolean {
  return headers[header] === value || (header === 'last-modified' && headers[header] === undefined)
}

/** Whether an ETag names the very bytes: a weak one names what means the same. */
export function isStrong(etag: string): boolean {
  return /^"[^"]*"$/.test(etag)
}

function validatorOf({ headers }: Answer): Validator | undefined {
  const { etag, date, 'last-modified': modified } = headers
  // Where there is an ETag no date may stand in for it, even where it is a weak one (RFC 9110, 13.1.5).
  if (etag !== undefined) return isStrong(etag) ? { header: 'etag', value: etag } : undefined
  if (modified === undefined || !(Date.parse(date ?? '') - Date.parse(modified) >= strongAfterMs)) return undefined
  return { header: 'last-modified', value: modified }
}

/** The size of the whole file, where `Content-Range` is exactly what was asked for, or ends with the file. */
function sizeIn({ headers }: Answer, asked: Range): number | undefined {
  const [, from, last, size] = (/^bytes (\d+)-(\d+)\/(\d+)$/i.exec(headers['content-range']?.trim() ?? '') ?? []).map(Number)
  if (size === undefined || from !== asked.from || last !== Math.min(asked.to, size) - 1) return undefined
  return size
}

/** What a whole body announces; a coded one announces the length of its code. */
export function wholeLength(answer: Answer): number | undefined {
  const length = answer.headers['content-length']
  return length !== undefined && /^\d+$/.test(length) && !isCoded(answer) ? Number(length) : undefined
}
