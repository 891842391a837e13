/** `docker cp`, out of a container. */
import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Call } from './call.ts'
import { requireContainer } from './containers.ts'
import { parseFlags } from './flags.ts'
import type { EngineOptions } from './options.ts'
import { refuse, refuseByDaemon } from './refusal.ts'

const usage = 'docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH'

/** Knows the files alone whose text the image's own build told. */
export function cp(call: Call): number {
  const table = { flags: { quiet: 'switch' }, short: { q: 'quiet' } } as const
  const [source, destination, ...more] = parseFlags(table, call.argv, usage).rest
  if (source === undefined || destination === undefined || more.length > 0)
    refuse(`docker: 'docker cp' requires 2 arguments\n\nUsage:  ${usage}\n\nRun 'docker cp --help' for more information`)
  const [name, file] = inContainer(source) ?? refuse('must specify at least one container source')
  if (inContainer(destination)) refuse('copying between containers is not supported')
  if (destination === '-') refuse("the rehearsal's engine copies into files alone")
  const target = path.resolve(call.cwd, destination)
  if (!isFolder(path.dirname(target)))
    refuse(`invalid output path: directory ${JSON.stringify(path.dirname(target))} does not exist`)
  if (destination.endsWith('/') && !isFolder(target)) refuse('no such directory')

  const container = requireContainer(call.world, name)
  const at = pathInside(call.world.options, file)
  const text = call.world.images.find(container.spec.imageId)?.files[at]
  if (text === undefined) return refuseByDaemon(`Could not find the file ${file} in container ${name}`)
  writeFileSync(isFolder(target) ? path.join(target, path.posix.basename(at)) : target, text)
  return 0
}

/** `NAME:PATH`; a name has two letters or more, one is a drive of this machine, and what begins with a dot or a slash is a file. */
function inContainer(text: string): readonly [name: string, file: string] | undefined {
  const [, name, file] = /^([^:./][^:/]+):(.+)$/s.exec(text) ?? []
  return name === undefined || file === undefined ? undefined : [name, file]
}

/** Windows has one drive here and no capitals; on Linux `C:` is a folder like another. */
function pathInside({ os }: EngineOptions, file: string): string {
  const slashes = os === 'windows' ? file.replaceAll('\\', '/').replace(/^c:/i, '').toLowerCase() : file
  return path.posix.resolve('/', slashes)
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false
}
