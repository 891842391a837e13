import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Pair } from '../contract/kinds.ts'
import type { Host } from '../host/host.ts'
import { isInside } from '../process/program.ts'
import type { Context } from './context.ts'
import { byName, type ContextFile, contextFiles, reading } from './context-files.ts'
import { fetchesByUrl, parseDockerfile } from './dockerfile.ts'
import { shirFolder } from './folder.ts'
import { type IgnoreFile, parseIgnoreFile } from './ignore-file.ts'

/** Raise it where the same order comes to another image from now on: what was built before is then built again. */
const format = 1

/** All that shapes an image. */
export interface FingerprintOrder {
  readonly context: Pick<Context, 'folder' | 'dockerfile' | 'args' | 'additions' | 'installer'>
  readonly msiSha256: string
  /** What each base really is, such as its digest, in the order of the Dockerfile. */
  readonly baseIds: readonly string[]
  /** The user's. */
  readonly labels: readonly Pair[]
  readonly isolation: string
}

/** Hears what makes fingerprints differ, or not differ, that should not. */
type Tell = (sentence: string) => void

/**
 * Tells whether an image would come out the same: 64 lower-case hexadecimal digits over what the engine would be sent. The installer
 * counts by its hash alone, so that it need not be there. Neither the order in which things are named counts, nor where they lie,
 * nor a file's times, nor its rights but for the executable bit.
 * @throws StepError `context-invalid` for what cannot be read or sent; what the host's signal is aborted with
 */
export async function fingerprint(order: FingerprintOrder, host: Host, tell: Tell = () => {}): Promise<string> {
  const { context } = order
  const text = await reading(context.dockerfile, () => readFile(context.dockerfile))
  const dockerfile = sha256(text)
  if (fetchesByUrl(parseDockerfile(text.toString()), new Map(context.args.map(({ name, value }) => [name, value]))))
    tell(
      'The Dockerfile’s ADD fetches from a URL: what that brings is no part of the fingerprint, so that a change there builds nothing anew.',
    )
  const told = {
    format,
    dockerfile,
    files: await records(await sentFiles(context, dockerfile, host, tell), host),
    installer: order.msiSha256.toLowerCase(),
    bases: order.baseIds,
    args: sorted(context.args),
    labels: sorted(order.labels),
    isolation: order.isolation,
  }
  return sha256(JSON.stringify(told))
}

/** A file whose hash is known already stands for its bytes. */
type SentFile = ContextFile | { readonly kind: 'known'; readonly name: string; readonly sha256: string }

/** What the staging folder would hold for the engine, but for the installer; see staging.ts. */
async function sentFiles(
  context: FingerprintOrder['context'],
  dockerfile: string,
  host: Host,
  tell: Tell,
): Promise<readonly SentFile[]> {
  const { folder, installer, additions } = context
  const nameOf = (file: string) => path.relative(folder, file).split(path.sep).join('/')
  const ignore = await ignoreFileOf(folder, host)
  const isWithin = isInside(context.dockerfile, folder)
  const own = await contextFiles(folder, host, {
    ignore,
    kept: [`${shirFolder}/`, ...(isWithin ? [nameOf(context.dockerfile)] : [])],
    // SHIR is made where it is missing, and a Dockerfile from outside takes the place of the one inside.
    without: [...(installer === undefined ? [] : [nameOf(installer)]), ...(isWithin ? [] : ['Dockerfile'])],
  })
  if (own.some(({ name }) => /(?:^|\/)\.git\//.test(name)))
    tell(
      'The build context holds .git, which is another in each checkout: no run will come to this fingerprint again. Add .git to .dockerignore.',
    )
  const isCopied = !isWithin && ignore?.judge('Dockerfile', undefined).isOut !== true
  const added = await Promise.all(additions.map(({ from, to }) => contextFiles(from, host, { under: to })))
  const all: readonly SentFile[] = [
    ...own.filter(({ kind, name }) => kind !== 'folder' || name !== shirFolder),
    ...(isCopied ? [{ kind: 'known', name: 'Dockerfile', sha256: dockerfile } as const] : []),
    ...added.flat(),
  ]
  return all.toSorted(byName)
}

async function ignoreFileOf(folder: string, host: Host): Promise<IgnoreFile | undefined> {
  const file = path.join(folder, '.dockerignore')
  const text = await reading(file, () =>
    readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    }),
  )
  return text === undefined ? undefined : parseIgnoreFile(text, host.machine.platform)
}

/** One after the other: a folder of extras may hold gigabytes. */
async function records(files: readonly SentFile[], host: Host): Promise<readonly (readonly unknown[])[]> {
  const told: (readonly unknown[])[] = []
  for (const file of files) {
    host.signal.throwIfAborted()
    told.push(await recordOf(file, host.signal))
  }
  return told
}

async function recordOf(file: SentFile, signal: AbortSignal): Promise<readonly unknown[]> {
  if (file.kind === 'folder') return ['folder', file.name]
  if (file.kind === 'link') return ['link', file.name, file.target]
  if (file.kind === 'known') return ['file', file.name, false, file.sha256]
  return ['file', file.name, file.isExecutable, await reading(file.path, () => hashOf(file.path, signal))]
}

async function hashOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    signal.throwIfAborted()
    hash.update(chunk as Buffer)
  }
  return hash.digest('hex')
}

/** Where a name stands twice, the order of its values counts: Docker takes the last. */
function sorted(pairs: readonly Pair[]): readonly (readonly [string, string])[] {
  return pairs.toSorted(byName).map(({ name, value }) => [name, value])
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
