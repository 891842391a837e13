import { readdir, readlink, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Inputs } from '../contract/inputs.ts'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { isInside } from '../process/program.ts'
import { namedFolder, shirFolder } from './folder.ts'

const extrasFolder = 'extras'
const extraScript = 'extra.ps1'

export type AdditionInputs = Pick<Inputs, 'certificates' | 'extras'>

/** Something that the copy of a context gets beside what lies in the context. */
export interface Addition {
  /** Absolute: a file, or a folder that is taken whole. */
  readonly from: string
  /** Relative to the context, with `/`. */
  readonly to: string
}

/**
 * Reads what the inputs add to a context. Nothing of the context is replaced by it, and nothing from outside the named folders
 * gets in through a link.
 * @param context the context's folder
 * @throws StepError `context-invalid`
 */
export async function readAdditions(inputs: AdditionInputs, context: string, host: Host): Promise<readonly Addition[]> {
  const names = await readdir(path.join(context, shirFolder)).catch(() => [])
  // The image is Windows’: its names have no letter case.
  const taken = names.map(name => name.toLowerCase())
  return [...(await certificatesOf(inputs, taken, host)), ...(await extrasOf(inputs, taken, host))]
}

async function certificatesOf(
  { certificates }: AdditionInputs,
  taken: readonly string[],
  host: Host,
): Promise<readonly Addition[]> {
  if (certificates === undefined) return []
  const folder = await namedFolder('certificates', certificates, host)
  const found = await certificatesIn(folder, host)
  if (found.length === 0)
    throw new StepError('context-invalid', `${host.spell('certificates')}: there is no .cer file in ${folder}.`, {
      hint: 'Put the certificates right there, each as a file of its own; folders below it do not count.',
    })
  const names = found.map(({ to }) => path.posix.basename(to))
  const twice = names.find((name, index) =>
    [...taken, ...names.slice(0, index).map(other => other.toLowerCase())].includes(name.toLowerCase()),
  )
  if (twice === undefined) return found
  throw new StepError(
    'context-invalid',
    `${host.spell('certificates')}: ${shirFolder} in the build context would hold two files called ${twice}.`,
    { hint: `Rename the one in ${folder}. Letter case does not count in a Windows image.` },
  )
}

async function certificatesIn(folder: string, host: Host): Promise<readonly Addition[]> {
  const found: Addition[] = []
  for (const name of (await readdir(folder)).filter(entry => /\.cer$/i.test(entry)).sort()) {
    const from = await realpath(path.join(folder, name)).catch(() => undefined)
    if (from === undefined || !isInside(from, folder)) throw leadsOut('certificates', name, folder, host)
    // Dockerfiles copy SHIR/*.cer, and letter case counts in their patterns, on Windows too.
    if (await isFile(from)) found.push({ from, to: `${shirFolder}/${name.slice(0, -'.cer'.length)}.cer` })
  }
  return found
}

async function extrasOf({ extras }: AdditionInputs, taken: readonly string[], host: Host): Promise<readonly Addition[]> {
  if (extras === undefined) return []
  const folder = await namedFolder('extras', extras, host)
  const script = (await readdir(folder)).find(name => name.toLowerCase() === extraScript)
  if (script === undefined || !(await isFile(path.join(folder, script))))
    throw new StepError('context-invalid', `${host.spell('extras')}: there is no file ${extraScript} in ${folder}.`, {
      hint: `${extraScript} is what the build runs last; put it right there.`,
    })
  if (taken.includes(extrasFolder))
    throw new StepError(
      'context-invalid',
      `${host.spell('extras')}: ${shirFolder} in the build context has an entry called ${extrasFolder} already.`,
      { hint: 'Remove one of the two.' },
    )
  for (const link of await linksIn(folder))
    if (!(await staysInside(link, folder))) throw leadsOut('extras', path.relative(folder, link), folder, host)
  return [{ from: folder, to: `${shirFolder}/${extrasFolder}` }]
}

function leadsOut(key: keyof AdditionInputs, name: string, folder: string, host: Host): StepError {
  return new StepError('context-invalid', `${host.spell(key)}: ${name} is a link that leads out of ${folder}, or nowhere.`, {
    hint: 'Put the file itself there, or a relative link to another one within that folder.',
  })
}

/** Every link below a folder; what lies behind links is not looked at. */
async function linksIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries.map(entry => {
    const file = path.join(folder, entry.name)
    if (entry.isSymbolicLink()) return [file]
    return entry.isDirectory() ? linksIn(file) : []
  })
  return (await Promise.all(found)).flat()
}

/** True for a link that leads to something in `folder`, and still does in a copy of the folder. */
async function staysInside(link: string, folder: string): Promise<boolean> {
  const target = await readlink(link)
  const written = path.normalize(path.join(path.relative(folder, path.dirname(link)), target))
  if (path.isAbsolute(target) || written.split(path.sep)[0] === '..') return false
  const real = await realpath(link).catch(() => undefined)
  return real !== undefined && isInside(real, folder)
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    facts => facts.isFile(),
    () => false,
  )
}
