import { readFileSync } from 'node:fs'
import path from 'node:path'

export const repository = path.resolve(__dirname, '../..')

/** The text of a file, by its path in the repository. */
export function readText(file: string): string {
  return readFileSync(path.join(repository, file), 'utf8')
}
