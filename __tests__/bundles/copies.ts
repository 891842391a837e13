import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'

export type HostName = 'github' | 'azure'
export const hostNames: readonly HostName[] = ['github', 'azure']

/** The repository, of which only what is shipped is used. */
export const repository = path.resolve(__dirname, '..', '..')

/** What a runner has of the product: folders outside the repository, without node_modules. */
export interface Copies {
  /** The action as a checkout has it, and the task as an agent has unpacked it. */
  readonly folder: Readonly<Record<HostName, string>>
  /** The outputs that the manifest declares, as this host spells them. */
  readonly outputs: Readonly<Record<HostName, readonly string[]>>
  remove(): Promise<void>
}

/** Copies the built product; once per test file, so that a build during the tests changes nothing. */
export async function copyProduct(): Promise<Copies> {
  const root = await mkdtemp(path.join(tmpdir(), 'shir-copies-'))
  const folder = { github: path.join(root, 'action'), azure: path.join(root, 'task') }
  for (const part of ['action.yml', 'package.json', 'dist', 'container'])
    await cp(path.join(repository, part), path.join(folder.github, part), { recursive: true })
  await cp(path.join(repository, 'task', 'ShirContainer'), folder.azure, { recursive: true })
  const action = parse(await readFile(path.join(folder.github, 'action.yml'), 'utf8')) as { readonly outputs: object }
  const task = JSON.parse(await readFile(path.join(folder.azure, 'task.json'), 'utf8')) as {
    readonly outputVariables: readonly { readonly name: string }[]
  }
  return {
    folder,
    outputs: { github: Object.keys(action.outputs), azure: task.outputVariables.map(({ name }) => name) },
    remove: () => rm(root, { recursive: true, force: true }),
  }
}

/** `nodeName` as a GitHub user writes it, for inputs and outputs. */
export function spelled(host: HostName, camel: string): string {
  return host === 'azure' ? camel : camel.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}
