import { randomUUID } from 'node:crypto'
import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { removeFile } from './file.ts'

/** No download takes a day: an older part is what a killed run left behind whose post step was killed as well. */
const oldestMs = 24 * 60 * 60 * 1_000

/** A new name below `root` for a download. Makes the folder of parts, and sweeps it. */
export async function newPart(root: string, host: Host): Promise<string> {
  const folder = path.join(root, 'parts')
  await mkdir(folder, { recursive: true })
  await sweep(folder, host)
  return path.join(folder, `${randomUUID()}.part`)
}

/** What cannot be removed waits for the next run: another one may be sweeping, and a part that stays hurts nobody. */
async function sweep(folder: string, host: Host): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const part = path.join(folder, name)
    const found = await stat(part).catch(() => undefined)
    if (found?.isFile() && host.clock.now() - found.mtimeMs > oldestMs) await removeFile(part).catch(() => {})
  }
}
