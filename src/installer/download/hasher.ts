import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { sha256OfFile } from '../file.ts'

/** Computes a file's SHA-256 from the disk while the file still grows. */
export interface Hasher {
  /** The file's beginning is written up to there, and will not be written again. */
  advance(to: number): void
  /** The SHA-256 of the whole file, in lower-case hexadecimal, when all of it is written. */
  digest(size: number): Promise<string>
  close(): void
}

/** What is read at once by the thread, and how often it is told of more. */
const stepBytes = 8 * 1024 * 1024

/** The thread's file lies beside this one, as a source and in a bundle. */
const worker = new URL(`./hash-worker${path.extname(import.meta.url)}`, import.meta.url)

/**
 * Hashes in a thread of its own: a file of 1 GB is proven some milliseconds after its last byte came, instead of a second. Where the
 * thread cannot start, or ends early, the file is hashed here at the end.
 */
export function hasherOf(file: string, signal: AbortSignal): Hasher {
  let told = 0
  const thread = new Worker(worker, { workerData: file })
  const closed = new AbortController()
  const outcome = new Promise<string | undefined>(resolve => {
    thread.once('message', (sha256: string) => resolve(sha256))
    thread.once('error', () => resolve(undefined))
    thread.once('exit', () => resolve(undefined))
    signal.addEventListener('abort', () => resolve(undefined), { once: true, signal: closed.signal })
  })
  return {
    advance: to => {
      if (to - told < stepBytes) return
      told = to
      thread.postMessage({ to, isLast: false })
    },
    digest: async size => {
      thread.postMessage({ to: size, isLast: true })
      return (await outcome) ?? sha256OfFile(file, signal)
    },
    close: () => {
      closed.abort()
      void thread.terminate()
    },
  }
}

/** Hashes at the end: for files that are hashed sooner than a thread starts. */
export function plainHasher(file: string, signal: AbortSignal): Hasher {
  return { advance: () => {}, digest: () => sha256OfFile(file, signal), close: () => {} }
}
