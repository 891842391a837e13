/** The folder that a build may copy from, less what its .dockerignore leaves out. */
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { refuse } from './refusal.ts'

export interface ContextFile {
  /** With `/`, relative to the context. */
  readonly name: string
  readonly size: number
  readonly modified: number
}

export interface BuildContext {
  readonly folder: string
  readonly files: readonly ContextFile[]
  readonly bytes: number
}

/** Lists the context's files. Refuses a folder that is not there, as the real CLI does. */
export function readContext(folder: string, given: string): BuildContext {
  const isFolder = lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (!isFolder) refuse(`unable to prepare context: path ${JSON.stringify(given)} not found`)
  const isIgnored = ignoreRules(path.join(folder, '.dockerignore'))
  const files: ContextFile[] = []
  const walk = (relative: string) => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`
      if (entry.isDirectory()) walk(name)
      else if (!isIgnored(name)) {
        const { size, mtimeMs } = lstatSync(path.join(folder, name))
        files.push({ name, size, modified: mtimeMs })
      }
    }
  }
  walk('')
  // A tar's header and padding: what the real CLI counts as sent.
  const bytes = files.reduce((sum, file) => sum + 512 + Math.ceil(file.size / 512) * 512, 1024)
  return { folder, files, bytes }
}

/** Whether a name is left out: the last rule that fits it or a folder above it counts. */
function ignoreRules(file: string): (name: string) => boolean {
  if (!lstatSync(file, { throwIfNoEntry: false })) return () => false
  const rules = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => ({
      isException: line.startsWith('!'),
      pattern: glob(
        line
          .replace(/^!/, '')
          .replace(/^\.?\//, '')
          .replace(/\/$/, ''),
      ),
    }))
  return name => {
    const parts = name.split('/')
    const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    return rules.reduce((isIgnored, rule) => (above.some(one => rule.pattern.test(one)) ? !rule.isException : isIgnored), false)
  }
}

function glob(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*\*\/?|\*|\?/g, found => {
    if (found.startsWith('**')) return '.*'
    return found === '*' ? '[^/]*' : '[^/]'
  })
  return new RegExp(`^${source}$`)
}

/** The files that a COPY's sources name. Refuses as the classic builder does. */
export function copiedFiles(context: BuildContext, sources: readonly string[]): readonly ContextFile[] {
  const copied = sources.flatMap(source => {
    const name = path.posix.normalize(source.replaceAll('\\', '/')).replace(/^\/+/, '').replace(/\/$/, '')
    if (name === '..' || name.startsWith('../')) refuse(`COPY failed: forbidden path outside the build context: ${source} ()`)
    if (name === '.' || name === '') return context.files
    const pattern = glob(name)
    const found = context.files.filter(file => {
      const parts = file.name.split('/')
      return parts.some((_, index) => pattern.test(parts.slice(0, index + 1).join('/')))
    })
    if (found.length > 0 || isEmptyFolder(context, name)) return found
    if (isPattern(name)) return []
    return refuse(
      `COPY failed: file not found in build context or excluded by .dockerignore: stat ${source}: file does not exist`,
    )
  })
  // A pattern may fit nothing where another source gives something.
  if (copied.length === 0 && sources.some(isPattern)) refuse('COPY failed: no source files were specified')
  return copied
}

function isPattern(name: string): boolean {
  return /[*?[]/.test(name)
}

function isEmptyFolder(context: BuildContext, name: string): boolean {
  return lstatSync(path.join(context.folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** What the builder's cache knows copied files by: their bytes, and for files over 1 MB their size and date. */
export function contentHash(context: BuildContext, files: readonly ContextFile[]): string {
  const hash = createHash('sha256')
  for (const file of files) {
    const isSmall = file.size <= 1_000_000
    hash
      .update(`${file.name}\0${file.size}\0`)
      .update(isSmall ? readFileSync(path.join(context.folder, file.name)) : String(file.modified))
  }
  return hash.digest('hex')
}
