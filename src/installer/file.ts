import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'

/** Four times faster than the default of 64 KiB (measured: 1 GiB in 0.9 s instead of 3.7 s). */
const chunkBytes = 1024 * 1024

/** The SHA-256 of a file, in lower-case hexadecimal. */
export async function sha256OfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, signal })) hash.update(chunk as Buffer)
  return hash.digest('hex')
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
 * Renames, and tries again for a while where Windows refuses because a virus scanner or a reader holds the file.
 * @throws the last file system error
 */
export async function renamePatiently(from: string, to: string, host: Host): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to)
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')
      if (!isHeld || attempt >= 10 || host.machine.platform !== 'win32') throw error
      await host.clock.sleep(50 * attempt, host.signal)
    }
  }
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true })
}
