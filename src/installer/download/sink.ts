import { finished, type Readable } from 'node:stream'
import { type Direct, type Room, spread } from '../../net/direct.ts'
import type { Head } from '../../net/head.ts'
import type { Part } from './part.ts'
import type { Range } from './ranges.ts'

/** Large, since each write costs its way through a thread. */
const bufferBytes = 512 * 1024

/** One is filled, one is written, and one takes what a connection still holds when it is told to wait. */
export type Buffers = readonly [Buffer, Buffer, Buffer]

export function newBuffers(): Buffers {
  const one = () => Buffer.allocUnsafeSlow(bufferBytes)
  return [one(), one(), one()]
}

/** What a body does on its way to the disk. What these throw ends it. */
export interface Heard {
  arrived(bytes: number): void
  written(range: Range): void
  /** The disk was behind, and the sender was told to wait until now. */
  waited(): void
}

/** Where a body flows into a part. */
export interface Sink extends Room {
  /** Resolves when all that came is written. */
  end(): Promise<void>
}

/** Who sends: it is told to go on when there is room again, and that it is not wanted any more where the disk refuses. */
export interface Sender {
  resume(): void
  destroy(error: Error): void
}

/** Puts a body into a part from `position` on, in large pieces, whatever the size of those that come. The buffers are one body's at a time. */
export function sinkOf(
  part: Part,
  position: number,
  buffers: Buffers,
  { arrived, written, waited }: Heard,
  sender: Sender,
): Sink {
  const free = [...buffers]
  let filling = free.pop() as Buffer
  let filled = 0
  let at = position
  let isWaiting = false
  let writing: Promise<void> = Promise.resolve()

  /** Hands what is filled to the disk, behind what it has already, and goes on with the next buffer. */
  const swap = () => {
    const [full, bytes, from] = [filling, filling.subarray(0, filled), at]
    at += filled
    filled = 0
    const next = free.pop()
    if (next === undefined) throw new Error('A connection does not wait when it is told to.')
    filling = next
    writing = writing.then(async () => {
      await part.write(bytes, from)
      written({ from, to: from + bytes.length })
      free.push(full)
      if (!isWaiting) return
      isWaiting = false
      waited()
      sender.resume()
    })
    writing.catch(error => sender.destroy(error as Error))
  }

  return {
    next: () => filling.subarray(filled),
    took: bytes => {
      arrived(bytes) // first: what is more than was asked for must not be written, since it would lie on another piece
      filled += bytes
      if (filled === filling.length) swap()
      isWaiting = free.length === 0
      return !isWaiting
    },
    end: async () => {
      if (filled > 0) {
        await writing
        swap()
      }
      await writing
    },
  }
}

/**
 * Fetches what an address answers right into a sink.
 * @param check throws where the answer is not the one that is wanted
 * @returns false for an answer that this kind of connection cannot read: Node's client is then asked the same
 */
export async function pourDirect(
  direct: Direct,
  url: URL,
  headers: Readonly<Record<string, string>>,
  check: (head: Head) => void,
  into: (sender: Sender) => Sink,
): Promise<boolean> {
  let sink: Sink | undefined
  try {
    return await direct.fetch(url, headers, head => {
      check(head)
      sink = into(direct)
      return sink
    })
  } finally {
    await sink?.end()
  }
}

/** Pours a body that Node's own client reads into a sink. Resolves, or rejects where it broke off, when all that came is written. */
export function pour(body: Readable, into: (sender: Sender) => Sink): Promise<void> {
  const sink = into({ resume: () => body.resume(), destroy: error => body.destroy(error) })
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      if (body.destroyed) return
      try {
        if (!spread(chunk, sink.next, place => sink.took(place.length))) body.pause()
      } catch (error) {
        body.destroy(error as Error)
      }
    })
    finished(body, broken => {
      sink.end().then(() => (broken ? reject(broken) : resolve()), reject)
    })
  })
}
