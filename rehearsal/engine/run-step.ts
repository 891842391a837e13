/** What a step leaves in an image, as far as this engine knows what is in one: a RUN is not executed. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { BuildContext, ContextFile } from './build-context.ts'
import { type Call, pause } from './call.ts'
import type { Image } from './image.ts'
import { failureExitCode, install, recordPath } from './installation.ts'
import { refuse } from './refusal.ts'

/** How long a RUN takes, in container time. */
const runTakesMs = 5000

export type Contents = Pick<Image, 'files' | 'installer'>

export interface RunStep {
  readonly command: readonly string[]
  readonly network: string
  /** What the command sees of arguments and environment. */
  readonly variables: ReadonlyMap<string, string>
  readonly image: Image
}

/**
 * A command that names `fail-rehearsal` fails, with the code of its `exit N` or 1. One that names `build.ps1` leaves what that script
 * leaves, fetches what it would fetch from this machine, and fails as it does.
 */
export async function runCommand(call: Call, { command, network, variables, image }: RunStep): Promise<Contents> {
  const { networks, clock, options } = call.world
  const text = command.join(' ')
  const fail = (exitCode: number) => refuse(`The command '${text}' returned a non-zero code: ${exitCode}`, exitCode)
  const known = ['default', ...[...networks.values()].flatMap(({ id, name }) => [id, name])]
  if (!known.includes(network)) refuse(`network ${network} not found`)
  await pause(clock.wall(runTakesMs), call.signal)
  if (text.includes('fail-rehearsal')) fail(Number(/\bexit (\d+)/.exec(text)?.[1] ?? 1))
  const { files, installer } = image
  if (!text.includes('build.ps1')) return { files, installer }
  const record = await install(call, installer, variables)
  if (record === undefined) return fail(failureExitCode)
  return { files: { ...files, [recordPath[options.os]]: record }, installer: undefined }
}

/** Of copied files the installer alone is looked at, the one that build.ps1 would find. */
export async function copyInto(image: Image, context: BuildContext, copied: readonly ContextFile[]): Promise<Contents> {
  const file = copied.find(({ name }) => /(^|\/)IntegrationRuntime[^/]*\.msi$/i.test(name))
  if (!file) return { files: image.files, installer: image.installer }
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path.join(context.folder, file.name))) hash.update(chunk)
  return { files: image.files, installer: { name: path.posix.basename(file.name), sha256: hash.digest('hex') } }
}
