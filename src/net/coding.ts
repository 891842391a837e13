import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Answer } from './client.ts'
import { HttpFailure } from './failure.ts'

/** Whether the body's bytes are other ones than those of the file: some proxies code although nobody asked. */
export function isCoded({ headers }: Pick<Answer, 'headers'>): boolean {
  return codingOf(headers) !== 'identity'
}

/**
 * A body as it was before it was coded for its way.
 * @throws HttpFailure, final, for a coding that nobody asked for and nobody knows
 */
export function decoded({ headers, body }: Answer): Readable {
  const coding = codingOf(headers)
  if (coding === 'identity') return body
  const decoder = /^(?:x-)?gzip$/.test(coding)
    ? createGunzip()
    : coding === 'deflate'
      ? createInflate()
      : coding === 'br'
        ? createBrotliDecompress()
        : undefined
  if (decoder === undefined) throw new HttpFailure('The server codes its answer in an unknown way', { isFinal: true })
  return pipeline(body, decoder, () => {}) // an error comes out of the decoder, to whoever reads it
}

function codingOf(headers: Answer['headers']): string {
  return headers['content-encoding']?.trim().toLowerCase() || 'identity'
}
