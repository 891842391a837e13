import { type FileHandle, open } from 'node:fs/promises'
import { sizeOfInstaller } from '../file.ts'
import { damaged } from './refusals.ts'

/**
 * All that one look at an installer may read, in bytes. The tables of a 1 GB installer are a few MB; only a hostile file wants
 * more, by tables that spread over its whole length.
 */
const readBudgetBytes = 64 << 20

/** A file that is read here and there. Positions and lengths are bytes. */
export interface PositionalFile {
  readonly sizeBytes: number
  /** Exactly `length` bytes from `position`. Throws StepError `installer-not-msi` where the file ends before. */
  read(position: number, length: number): Promise<Buffer>
  bytesRead(): number
}

/**
 * Opens `path` for `body` and closes it however that ends.
 * Throws StepError `installer-missing` where there is no such file; other errors of the file system pass as they are.
 */
export async function withPositionalFile<Value>(path: string, body: (file: PositionalFile) => Promise<Value>): Promise<Value> {
  const sizeBytes = await sizeOfInstaller(path)
  const handle = await open(path, 'r')
  try {
    return await body(positionalFile(handle, sizeBytes))
  } finally {
    await handle.close()
  }
}

function positionalFile(handle: FileHandle, sizeBytes: number): PositionalFile {
  let bytesRead = 0
  return {
    sizeBytes,
    bytesRead: () => bytesRead,
    async read(position, length) {
      if (position + length > sizeBytes) throw damaged(`it ends at byte ${sizeBytes}, in the middle of its tables`)
      if (bytesRead + length > readBudgetBytes) throw damaged('its tables are larger than those of any installer')
      bytesRead += length
      const bytes = Buffer.alloc(length)
      await fill(handle, bytes, position)
      return bytes
    },
  }
}

/** A read may return less than was asked for (signals, network drives), so it is repeated until the buffer is full. */
async function fill(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, position + filled)
    if (bytesRead === 0) throw damaged('it became shorter while it was read')
    filled += bytesRead
  }
}
