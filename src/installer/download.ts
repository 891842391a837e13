import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Host } from '../host/host.ts'
import { httpGet } from '../net/http.ts'
import { explainDownload } from './explain.ts'
import type { Source } from './source.ts'

const tellEveryMs = 5_000

/**
 * Fetches a source into `file`: a broken attempt starts again from an empty file, and a body that is shorter than announced is a
 * broken attempt. What the bytes are is for the proof to say; what a failed download leaves there is its caller's to remove.
 * @throws StepError `download-failed`, `installer-not-found`, `cancelled`
 */
export async function download(source: Source, file: string, host: Host): Promise<void> {
  await httpGet(source.url, host, async answer => {
    // A coded body would have another length, and proxies do code when asked.
    const announced =
      answer.headers.get('content-encoding') === null ? Number(answer.headers.get('content-length') ?? Number.NaN) : Number.NaN
    let received = 0
    let toldAtMs = host.clock.now()
    const counter = new Transform({
      transform(chunk: Buffer, _, next) {
        received += chunk.length
        const now = host.clock.now()
        if (now - toldAtMs >= tellEveryMs) {
          toldAtMs = now
          host.log(`${megabytes(received)}${Number.isFinite(announced) ? ` of ${megabytes(announced)}` : ''}`)
        }
        next(null, chunk)
      },
    })
    const body =
      answer.body === null ? Readable.from([]) : Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0])
    await pipeline(body, counter, createWriteStream(file), { signal: host.signal })
    if (Number.isFinite(announced) && received !== announced) throw new Error(`${received} of ${announced} bytes came`)
  }).catch(explainDownload(source.shown))
}

/** Bytes as a person reads them. */
export function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(0)} MB`
}
