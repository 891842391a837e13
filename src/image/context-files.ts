import type { Stats } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import type { IgnoreFile, Judgement } from './ignore-file.ts'

/** One entry of what an engine is sent. `name` is its place there, with `/`. */
export type ContextFile =
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'link'; readonly name: string; readonly target: string }
  | { readonly kind: 'file'; readonly name: string; readonly path: string; readonly isExecutable: boolean }

export interface WalkOptions {
  /** What the folder's names begin with in the context, where it is not the context itself. */
  readonly under?: string
  readonly ignore?: IgnoreFile | undefined
  /** Is there whatever the rules say, so that docker looks into the folders on the way to it. */
  readonly kept?: readonly string[]
  /** Names that have no part in it. */
  readonly without?: readonly string[]
}

/**
 * All that is sent of a file, or of what lies in a folder, by name. What links lead to is not looked at.
 * @param from absolute
 * @throws StepError `context-invalid` for what cannot be read, or cannot be sent at all
 */
export async function contextFiles(from: string, host: Host, options: WalkOptions = {}): Promise<readonly ContextFile[]> {
  const { under = '', ignore, kept = [], without = [] } = options
  const found: ContextFile[] = []
  const entry = async (file: string, name: string, folder: Judgement | undefined) => {
    host.signal.throwIfAborted()
    if (without.includes(name)) return
    const judgement = ignore?.judge(name, folder)
    const facts = await reading(file, () => lstat(file))
    if (judgement?.isOut !== true) found.push(await describe(file, name, facts, host))
    const isLookedInto =
      judgement?.isOut !== true || ignore?.mayLetIn(name) === true || kept.some(one => one.startsWith(`${name}/`))
    if (facts.isDirectory() && isLookedInto) await walk(file, `${name}/`, judgement)
  }
  const walk = async (folder: string, prefix: string, judgement: Judgement | undefined) => {
    for (const name of await reading(folder, () => readdir(folder)))
      await entry(path.join(folder, name), prefix + name, judgement)
  }
  if (under === '') await walk(from, '', undefined)
  else await entry(from, under, undefined)
  return found.sort(byName)
}

/** An order that no language setting changes. */
export function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  if (one.name === other.name) return 0
  return one.name < other.name ? -1 : 1
}

async function describe(file: string, name: string, facts: Stats, host: Host): Promise<ContextFile> {
  if (facts.isDirectory()) return { kind: 'folder', name }
  if (facts.isSymbolicLink()) return { kind: 'link', name, target: await reading(file, () => readlink(file)) }
  // Docker on Windows makes every file executable.
  const isExecutable = host.machine.platform === 'win32' || (facts.mode & 0o100) !== 0
  if (facts.isFile()) return { kind: 'file', name, path: file, isExecutable }
  throw new StepError('context-invalid', `The build context cannot hold ${file}.`, {
    hint: 'Sockets, pipes and devices cannot be part of a context.',
  })
}

/** What `body` reads of a file of the user's. @throws StepError `context-invalid`; a cancel stays what it is */
export async function reading<T>(file: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof StepError || typeof code !== 'string') throw error
    throw new StepError('context-invalid', `${file} cannot be read: ${message}.`, {
      hint: 'Everything in the build context must be readable for the user who builds.',
      cause: error,
    })
  }
}
