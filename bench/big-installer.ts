import { createHash, randomBytes } from 'node:crypto'
import { appendFile, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const size = 1_000_000_000
const stride = 16_000_000
const version = '5.70.9748.2'

/** An installer of the size of a real one, in a store of the step's. */
export interface BigInstaller {
  readonly file: string
  /** The folder in the store that holds it. */
  readonly folder: string
  readonly version: string
  readonly sha256: string
  /** In bytes. */
  readonly size: number
  /** Bytes that stand every 16 MB in this file, and in no other. */
  readonly mark: Buffer
  /** How often. */
  readonly marks: number
}

/** Makes it, and lays it down in `store` (made where it is missing) as the step itself does. */
export async function bigInstaller(store: string): Promise<BigInstaller> {
  const folder = path.join(store, '5.70.9748-2', 'x64')
  await mkdir(folder, { recursive: true })
  const name = `IntegrationRuntime_${version}.msi`
  const file = path.join(folder, name)
  const made = await fill(file, path.join(root, 'rehearsal/installer', name))
  const { sha256 } = made
  await writeFile(path.join(folder, 'installer.json'), JSON.stringify({ version, sha256, size, productVersion: version }))
  await writeFile(`${folder}.complete`, '')
  return { file, folder, version, size, ...made }
}

/** The rehearsal's installer, with as much behind it as a real one has: bytes that nothing can compress. */
async function fill(file: string, small: string): Promise<Pick<BigInstaller, 'sha256' | 'mark' | 'marks'>> {
  await copyFile(small, file)
  const begun = await readFile(file)
  const hash = createHash('sha256').update(begun)
  const mark = randomBytes(32)
  let marks = 0
  for (let at = begun.length; at < size; marks++) {
    const more = Buffer.concat([mark, randomBytes(Math.min(stride, size - at) - mark.length)])
    hash.update(more)
    await appendFile(file, more)
    at += more.length
  }
  return { sha256: hash.digest('hex'), mark, marks }
}
