import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Key } from '../contract/inputs.ts'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'

/** The folder of a context where Dockerfiles expect the installer, and all that is added to the image with it. */
export const shirFolder = 'SHIR'

/**
 * The folder that an input names, absolute; the folder itself where a link to it was given.
 * @throws StepError `context-invalid`
 */
export async function namedFolder(key: Key, given: string, host: Host): Promise<string> {
  const folder = path.resolve(host.machine.workspace, given)
  if (await isFolder(folder)) return realpath(folder)
  throw new StepError('context-invalid', `${host.spell(key)}: there is no folder ${folder}.`, {
    hint: 'Relative paths start at the workspace.',
  })
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    facts => facts.isDirectory(),
    () => false,
  )
}
