import { type FileHandle, open, statfs } from 'node:fs/promises'
import path from 'node:path'
import { isDiskFull, StepError } from '../../contract/reasons.ts'
import type { Host } from '../../host/host.ts'
import { diskFull } from '../disk-full.ts'
import { patiently, removeFile } from '../file.ts'

/** The file into which a download is written, here and there. What the disk refuses comes as a StepError `disk-full` or `io-failed`. */
export interface Part {
  readonly path: string
  write(bytes: Buffer, position: number): Promise<void>
  /** Resolves when all that was written until now is on the disk. */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a part: as it is where it is resumed, a new file otherwise; it gets its full size at once, where that is known.
 * @param missing what will be written, in bytes: where the disk has no room for it nothing is fetched
 */
export async function openPart(
  file: string,
  isResumed: boolean,
  size: number | undefined,
  missing: number,
  host: Host,
): Promise<Part> {
  const handle = await (isResumed ? open(file, 'r+') : openAnew(file, host)).catch(refused(file, host))
  try {
    await checkRoom(path.dirname(file), missing, host)
    if (size !== undefined && !isResumed) await handle.truncate(size).catch(refused(file, host))
  } catch (error) {
    await handle.close()
    throw error
  }
  return {
    path: file,
    write: async (bytes, position) => {
      let written = 0
      while (written < bytes.length) {
        const { bytesWritten } = await handle
          .write(bytes, written, bytes.length - written, position + written)
          .catch(refused(file, host))
        written += bytesWritten
      }
    },
    sync: async () => {
      // A handle of its own: whoever is done with the part need not wait for the disk.
      const own = await open(file, 'r+')
      await own.datasync().finally(() => own.close())
    },
    close: () => handle.close().catch(refused(file, host)),
  }
}

/**
 * Makes a new file instead of emptying the one that may be there: a process that was taken for dead may still write into that one,
 * or it is a link to what a store keeps.
 */
function openAnew(file: string, host: Host): Promise<FileHandle> {
  return patiently(host, async () => {
    await removeFile(file)
    return open(file, 'wx')
  })
}

async function checkRoom(folder: string, missing: number, host: Host): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(folder).catch(() => ({ bavail: 0, bsize: 0, blocks: 0 }))
  if (blocks === 0) return // a file system that does not tell
  const free = bavail * bsize
  if (free < missing) throw diskFull(folder, host, { bytes: { free, missing } })
}

/**
 * Rethrows what the file system refused, so that nobody takes it for a fault of the connection and asks the server again.
 * @throws StepError `disk-full`, `io-failed`
 */
export function refused(file: string, host: Host): (cause: NodeJS.ErrnoException) => never {
  return cause => {
    if (isDiskFull(cause)) throw diskFull(path.dirname(file), host, { cause })
    throw new StepError('io-failed', `The file system refused: ${cause.message}.`, {
      hint: 'Check that path, and the rights of this user.',
      cause,
    })
  }
}
