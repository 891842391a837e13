import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { variable } from '../process/variable.ts'

/** What stands in the docker command's own `config.json`; it holds logins, so that nothing of it may be printed. */
export type DockerConfig = Readonly<Record<string, unknown>>

/**
 * Reads the docker command's settings where it reads them itself: in the folder `DOCKER_CONFIG`, or `.docker` in the user's home.
 * @returns empty where there is no file; `undefined` where there is one that cannot be read, or the home is not known
 */
export async function readDockerConfig(host: Host): Promise<DockerConfig | undefined> {
  const folder = configFolder(host)
  if (folder === undefined) return undefined
  try {
    const settings: unknown = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8'))
    return typeof settings === 'object' && settings !== null ? (settings as DockerConfig) : undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : undefined
  }
}

function configFolder(host: Host): string | undefined {
  const given = variable('DOCKER_CONFIG', host)
  // The command runs in the temp folder: there a relative path leads.
  if (given) return path.resolve(host.machine.temp, given)
  const home = variable(host.machine.platform === 'win32' ? 'USERPROFILE' : 'HOME', host)
  return home ? path.join(home, '.docker') : undefined
}
