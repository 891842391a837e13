import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MemoryHost } from '../../../src/host/memory.ts'
import { download } from '../../../src/installer/download/download.ts'
import type { Downloaded } from '../../../src/installer/download/order.ts'
import { type Tuning, usualTuning } from '../../../src/installer/download/tuning.ts'
import { type Answer, type FaultServer, faultServer, type ServedFile } from '../../support/fault-server.ts'
import { type Bench, makeBench } from '../bench.ts'

const KiB = 1024

/** A small installer's worth of bytes, in some twenty pieces. */
export const sampleSize = 600 * KiB + 123

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function servedFile(
  bytes: Buffer = randomBytes(sampleSize),
  state: Record<string, string> = { etag: '"first"' },
): ServedFile {
  return { bytes, state }
}

/** One connection after the other, so that the order of requests is known; pieces of 32 KiB. */
export const oneByOne: Tuning = {
  ...usualTuning,
  idleMs: 5_000,
  tries: 4,
  segments: { first: 1, step: 1, most: 1 },
  pieceBytes: { least: 32 * KiB, most: 32 * KiB },
}

/** Several at once. */
export const together: Tuning = { ...oneByOne, segments: { first: 3, step: 1, most: 3 } }

export interface Stage {
  readonly bench: Bench
  readonly server: FaultServer
  readonly answers: Record<string, readonly Answer[]>
  readonly part: string
  host: MemoryHost
  /** Fetches `/a`, or another path. */
  fetch(tuning?: Tuning, path?: string): Promise<Downloaded>
  /** The ranges that were asked for, in order; `whole` where none was. */
  asked(): readonly string[]
  onDisk(): Promise<Buffer>
  close(): Promise<void>
}

export async function makeStage(): Promise<Stage> {
  const bench = await makeBench()
  const answers: Record<string, readonly Answer[]> = {}
  const server = await faultServer(answers)
  const part = join(bench.folder, 'part')
  const stage: Stage = {
    bench,
    server,
    answers,
    part,
    host: bench.host(),
    fetch: (tuning = oneByOne, path = '/a') =>
      download({ version: undefined, url: server.url(path), shown: 'the installer' }, part, stage.host, tuning),
    asked: () => server.requests.map(({ headers }) => headers.range?.replace('bytes=', '') ?? 'whole'),
    onDisk: () => readFile(part),
    close: async () => {
      await server.close()
      await bench.remove()
    },
  }
  return stage
}
