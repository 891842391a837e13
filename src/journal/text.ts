import { readFile, stat } from 'node:fs/promises'

/**
 * The text of an ordinary file. To open a named pipe would wait for its writer, and no cancel ends that.
 * @throws the file system's error; one of code `EINVAL` where it is no file
 */
export async function readText(path: string): Promise<string> {
  const facts = await stat(path)
  if (!facts.isFile()) throw Object.assign(new Error(`EINVAL: ${path} is not a file`), { code: 'EINVAL' })
  return readFile(path, 'utf8')
}
