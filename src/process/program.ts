import { access, constants, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import { variable } from './variable.ts'

/**
 * The absolute path of a program on PATH, or `undefined`. Programs inside the workspace are passed over: what a pull request
 * brings must not be run, and Windows would look in the current folder first.
 */
export async function findProgram(name: string, host: Host): Promise<string | undefined> {
  const { platform, workspace } = host.machine
  const isWindows = platform === 'win32'
  // Node starts no .cmd or .bat without a shell, so only real programs count.
  const names = isWindows && path.extname(name) === '' ? [`${name}.exe`, `${name}.com`] : [name]
  const home = await realpath(workspace).catch(() => workspace)
  // A terminal in the root folder has no sources around it, only the whole machine.
  const isAtRoot = home === path.parse(home).root
  for (const folder of searchPath(host)) {
    for (const file of names.map(candidate => path.join(folder, candidate))) {
      if (!path.isAbsolute(file) || !(await isRunnable(file))) continue
      if (isAtRoot || (!isInside(await realpath(file), home) && !isInside(file, workspace))) return file
    }
  }
  return undefined
}

/** True where `file` lies in `folder` or is it. */
export function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file)
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
}

function searchPath(host: Host): readonly string[] {
  return (variable('PATH', host) ?? '')
    .split(path.delimiter)
    .map(folder => folder.replace(/^"(.*)"$/, '$1'))
    .filter(folder => folder !== '')
}

async function isRunnable(file: string): Promise<boolean> {
  return access(file, constants.X_OK)
    .then(() => stat(file))
    .then(
      facts => facts.isFile(),
      () => false,
    )
}
