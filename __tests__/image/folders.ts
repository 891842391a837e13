import { createHash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ContextInputs } from '../../src/image/context.ts'

/** What a person who gave nothing said about a context. */
export const nothing: ContextInputs = {
  ...{ buildContext: undefined, dockerfile: undefined, baseImage: undefined, buildArgs: undefined },
  ...{ installJdk: false, jdkUrl: undefined, jdkSha256: undefined, certificates: undefined, extras: undefined },
}

/** Writes files, named by their paths below `folder`. */
export async function fill(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
}

/** Everything below a folder, each entry with what it is, its rights, its date and a hash of its bytes. */
export async function fingerprint(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  const told = names.sort().map(async name => {
    const file = path.join(folder, name)
    const facts = await lstat(file)
    const content = facts.isSymbolicLink() ? await readlink(file) : facts.isFile() ? await readFile(file) : ''
    return `${name} ${facts.mode.toString(8)} ${facts.mtimeMs} ${createHash('sha256').update(content).digest('hex').slice(0, 12)}`
  })
  return Promise.all(told)
}

/** The names of all files and links below a folder, sorted. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => !entry.isDirectory())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}
