import { randomUUID } from 'node:crypto'
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { copyFile, cp, link, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { StepError } from '../contract/reasons.ts'
import { installerFileName } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { owePath } from '../journal/owed-path.ts'
import { isInside } from '../process/program.ts'
import type { Context } from './context.ts'
import { shirFolder } from './folder.ts'
import { type IgnoreFile, parseIgnoreFile } from './ignore-file.ts'

/** A copy of a context, with the installer and what else is added in it. */
export interface Staged {
  readonly folder: string
  readonly dockerfile: string
  /** Where the build writes the image's id. */
  readonly idFile: string
  discard(): Promise<void>
}

/**
 * Copies the context into a fresh folder and puts the installer, where it is to lie in it, where Dockerfiles expect it:
 * `SHIR/IntegrationRuntime_<version>.msi`, and the additions beside it. The copy is owed to the journal until `discard`.
 * @throws StepError `context-invalid`
 */
export async function stageContext(
  context: Context,
  installer: { readonly path: string; readonly version: string } | undefined,
  host: Host,
  journal: Journal,
): Promise<Staged> {
  const root = path.join(host.machine.temp, `shir-build-${randomUUID()}`)
  const folder = path.join(root, 'context')
  const { discard } = await owePath(root, `The staging folder ${root}`, host, journal)
  await copyContext(context, folder, host.signal)
  const filled = await folderToFill(folder)
  const name = installer && installerFileName(installer.version)
  if (installer && name) await linkOrCopy(installer.path, path.join(filled, name), host.signal)
  for (const { from, to } of context.additions) {
    host.log(`Adding ${from} as ${to}`)
    await copy(from, path.join(folder, to), from, host.signal)
  }
  await admit(
    folder,
    [...(name ? [`${shirFolder}/${name}`] : []), ...context.additions.map(({ to }) => to)],
    host.machine.platform,
  )
  const isWithin = isInside(context.dockerfile, context.folder)
  const dockerfile = path.join(folder, isWithin ? path.relative(context.folder, context.dockerfile) : 'Dockerfile')
  if (!isWithin) await copyFile(context.dockerfile, dockerfile)
  return {
    folder,
    dockerfile,
    idFile: path.join(root, 'image-id'),
    discard,
  }
}

/** The context's own installer is left out: it comes back under its canonical name, without a second copy of a gigabyte. */
async function copyContext(context: Context, folder: string, signal: AbortSignal): Promise<void> {
  const { installer } = context
  // On Windows Node 20 hands the filter paths in another notation than it was given.
  const isInstaller = (source: string) =>
    installer !== undefined && path.toNamespacedPath(source) === path.toNamespacedPath(installer)
  await copy(context.folder, folder, 'The build context', signal, source => !isInstaller(source))
}

/** @param what begins the sentence that says why it cannot be copied */
async function copy(
  from: string,
  to: string,
  what: string,
  signal: AbortSignal,
  isWanted: (source: string) => boolean = () => true,
): Promise<void> {
  // Between two files a cancel is heard; Node itself takes no signal here.
  const filter = (source: string) => {
    signal.throwIfAborted()
    return isWanted(source)
  }
  try {
    await cp(from, to, { recursive: true, verbatimSymlinks: true, filter })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // A cancel's code is a number.
    if (!String(code).startsWith('ERR_FS_CP')) throw error
    throw new StepError('context-invalid', `${what} cannot be copied: ${message}.`, {
      hint: 'Sockets, pipes and devices cannot be part of a context, nor can a folder that holds the temp folder.',
      cause: error,
    })
  }
}

/** Links are copied as links, so that a `SHIR` that leads out of the context would lead to a folder of the user's. */
async function folderToFill(folder: string): Promise<string> {
  const inside = path.join(folder, shirFolder)
  await mkdir(inside, { recursive: true }).catch(() => undefined) // a link to nowhere: told below
  const real = await realpath(inside).catch(() => undefined)
  if (real !== undefined && isInside(real, await realpath(folder))) return real
  throw new StepError('context-invalid', `${shirFolder} in the build context is a link that leads out of it.`, {
    hint: 'Docker could not copy from there either; make it a folder of the context.',
  })
}

/**
 * A `.dockerignore` that leaves out large files must not leave out what was put in; what else it leaves out stays out. Only the
 * copy is changed, and where it is a link not what it leads to.
 */
async function admit(folder: string, names: readonly string[], platform: NodeJS.Platform): Promise<void> {
  const file = path.join(folder, '.dockerignore')
  const rules = await readFile(file, 'utf8').catch(() => undefined)
  if (rules === undefined) return
  const ignore = parseIgnoreFile(rules, platform)
  for (const name of names)
    for (const other of await alikeTo(name, folder)) if (isOut(other, ignore)) await rm(path.join(folder, other))
  await rm(file)
  // A folder's own rule lets nothing in that a rule about its files leaves out.
  const admitted = names.map(patternOf).flatMap(name => [`!${name}`, `!${name}/**`])
  await writeFile(file, [rules.trimEnd(), ...admitted, ''].join('\n'))
}

/** Files beside one that its pattern fits as well, with their place in the context. */
async function alikeTo(name: string, folder: string): Promise<readonly string[]> {
  if (patternOf(name) === name) return []
  const place = path.posix.dirname(name)
  const fitting = new RegExp(`^${patternOf(path.posix.basename(name)).replace(/[.]/g, '\\.').replaceAll('?', '.')}$`, 'u')
  const found = await readdir(path.join(folder, place), { withFileTypes: true })
  const others = found.filter(entry => !entry.isDirectory() && fitting.test(entry.name)).map(entry => `${place}/${entry.name}`)
  return others.filter(other => other !== name)
}

function isOut(name: string, ignore: IgnoreFile): boolean {
  return ignore.judge(name, ignore.judge(path.posix.dirname(name), undefined)).isOut
}

/** What a pattern could take for more than itself stands as `?`, any one character: Docker on Windows knows no escaping. */
function patternOf(name: string): string {
  return name.replace(/[^\w./ -]/gu, '?')
}

/**
 * A link to the file's bytes, never to a symbolic link that leads to them; else a copy, at no cost where the disk can do that. A
 * gigabyte from another volume takes longer than a cancel may.
 */
async function linkOrCopy(from: string, to: string, signal: AbortSignal): Promise<void> {
  await link(await realpath(from), to)
    .catch(() => copyFile(from, to, constants.COPYFILE_FICLONE_FORCE))
    .catch(() => pipeline(createReadStream(from, { highWaterMark: 1024 * 1024 }), createWriteStream(to), { signal }))
}
