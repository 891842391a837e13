import { createHash, randomUUID } from 'node:crypto'
import { chmod, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'

/** Reads of the default size, 64 KiB, cost four times as much; larger ones than this fall out of the processor's cache. */
const chunkBytes = 1024 * 1024

/**
 * The SHA-256 of a file, in lower-case hexadecimal. While one chunk is hashed the next one is read, so that it costs little more than
 * the hash alone; between two chunks everything else gets its turn, a cancel too.
 * @throws an AbortError where `signal` is aborted, and errors of the file system as they are
 */
export async function sha256OfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path, 'r')
  let [current, spare] = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)]
  let reading = file.read(current, 0, chunkBytes, 0)
  try {
    for (let position = 0; ; ) {
      signal.throwIfAborted()
      const { bytesRead } = await reading
      if (bytesRead === 0) return hash.digest('hex')
      position += bytesRead
      reading = file.read(spare, 0, chunkBytes, position)
      hash.update(current.subarray(0, bytesRead))
      ;[current, spare] = [spare, current]
    }
  } finally {
    // Closed under a read it would wait for it; a failed one was told already, or comes with the cancel.
    await reading.catch(() => {})
    await file.close()
  }
}

/**
 * The same of what may be broken: `undefined` where it cannot be read, or is no file.
 * @throws an AbortError on cancel
 */
export async function readableSha256(path: string, host: Host): Promise<string | undefined> {
  try {
    await sizeOfInstaller(path)
    return await sha256OfFile(path, host.signal)
  } catch (error) {
    if (host.signal.aborted) throw error
    return undefined
  }
}

/**
 * The size of an existing, ordinary file in bytes. Asked before a file is opened, because to open a named pipe would wait for its
 * writer.
 * @throws StepError `installer-missing`; other errors of the file system pass as they are
 */
export async function sizeOfInstaller(path: string): Promise<number> {
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(cause.code ?? '')) throw cause
    throw new StepError('installer-missing', `There is no file ${path}.`, {
      hint: 'Check the path; relative paths start at the workspace.',
      cause,
    })
  })
  if (!facts.isFile()) throw new StepError('installer-missing', `${path} is not a file.`, { hint: 'Name the .msi file itself.' })
  return facts.size
}

/**
 * Writes a small file whole or not at all, in place of what is there: a pipe too is replaced, and not written into.
 * @throws the file system's error
 */
export async function writeText(path: string, text: string, host: Host): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, text, { flag: 'wx' })
    await renamePatiently(draft, path, host)
  } catch (error) {
    await removeFile(draft).catch(() => {})
    throw error
  }
}

/** Renames as `patiently` does. */
export function renamePatiently(from: string, to: string, host: Host): Promise<void> {
  return patiently(host, () => rename(from, to))
}

/**
 * Changes a file, and tries again for a while where Windows refuses because a virus scanner or a reader holds it.
 * @throws the last file system error
 */
export async function patiently<T>(host: Host, change: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await change()
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')
      if (!isHeld || attempt >= 10 || host.machine.platform !== 'win32') throw error
      await host.clock.sleep(50 * attempt, host.signal)
    }
  }
}

/** Removes a file, if there is one. Windows refuses what is read-only. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPERM' && error.code !== 'EACCES') throw error
    await chmod(path, 0o600)
    await rm(path, { force: true })
  })
}

/** A drive that knows no rights keeps it as it is. */
export async function makeReadOnly(path: string): Promise<void> {
  await chmod(path, 0o444).catch(() => {})
}
