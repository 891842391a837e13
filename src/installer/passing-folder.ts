import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { type OwedPath, owePath } from '../journal/owed-path.ts'

/** A folder of this run alone, owed until it is discarded. */
export interface PassingFolder extends OwedPath {
  readonly folder: string
}

/**
 * Owes a folder in `parent`, which whoever asked makes then: where that fails is their matter, where it cannot be owed is not.
 * @throws the journal's error
 */
export async function passingFolder(parent: string, host: Host, journal: Journal): Promise<PassingFolder> {
  const folder = path.join(parent, `shir-installer-${randomUUID()}`)
  return { folder, ...(await owePath(folder, folder, host, journal)) }
}
