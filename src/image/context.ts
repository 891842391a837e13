import { readdir, readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { type ArgumentKey, inputArguments } from '../contract/build-arguments.ts'
import type { Inputs, Key } from '../contract/inputs.ts'
import type { Pair } from '../contract/kinds.ts'
import type { Spell } from '../contract/parse.ts'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { isInside } from '../process/program.ts'
import { type Addition, type AdditionInputs, readAdditions } from './additions.ts'
import { type Base, readBase } from './base.ts'
import { type Dockerfile, parseDockerfile, resolvedBases, takesArgument, usesArgument } from './dockerfile.ts'
import { namedFolder, shirFolder } from './folder.ts'

const installerPattern = /^IntegrationRuntime.*\.msi$/i
const baseArgument = 'BASE_IMAGE'

export type ContextInputs = Pick<Inputs, 'buildContext' | 'dockerfile' | 'baseImage' | 'buildArgs' | ArgumentKey> & AdditionInputs

/** A Docker context that was read and found usable; nothing of it is changed, ever. */
export interface Context {
  readonly folder: string
  /** Absolute; may lie outside the folder. */
  readonly dockerfile: string
  readonly declares: Dockerfile
  /** By FROM; the last is what the image is built on. */
  readonly bases: readonly Base[]
  /** The images that files are copied from: no container of theirs is ever run. */
  readonly copied: readonly Base[]
  /** The user's build arguments, those that inputs of their own ask for, and the base image among them. */
  readonly args: readonly Pair[]
  /** What its copy gets beside it. */
  readonly additions: readonly Addition[]
  /** The installer that lies in the context's `SHIR` folder, by its real folder. */
  readonly installer: string | undefined
  readonly description: string
}

/**
 * Reads the context that the inputs name, or the built-in one, and holds the inputs against what its Dockerfile declares.
 * @param builtIn the folder of the built-in context
 * @throws StepError `context-invalid`, `installer-ambiguous`
 */
export async function readContext(inputs: ContextInputs, builtIn: string, host: Host): Promise<Context> {
  const folder = await namedFolder('buildContext', inputs.buildContext ?? builtIn, host)
  const dockerfile = locateDockerfile(inputs, folder, host)
  const text = await readFile(dockerfile, 'utf8').catch(() => {
    throw new StepError('context-invalid', `There is no Dockerfile at ${dockerfile}.`, {
      hint: `Name it with ${host.spell('dockerfile')}.`,
    })
  })
  const declares = parseDockerfile(text)
  const args = checkedArguments(inputs, declares, host.spell)
  return {
    folder,
    dockerfile,
    declares,
    bases: checkedBases(inputs, declares, args, dockerfile, host.spell),
    copied: declares.copied.map(readBase),
    args,
    additions: await readAdditions(inputs, folder, host),
    installer: await installerIn(folder),
    description: inputs.buildContext === undefined ? 'the built-in context' : folder,
  }
}

function locateDockerfile(inputs: ContextInputs, folder: string, host: Host): string {
  if (inputs.dockerfile === undefined) return path.join(folder, 'Dockerfile')
  if (inputs.buildContext === undefined) return path.resolve(host.machine.workspace, inputs.dockerfile)
  const file = path.resolve(folder, inputs.dockerfile)
  if (isInside(file, folder)) return file
  throw new StepError(
    'context-invalid',
    `${host.spell('dockerfile')}: ${inputs.dockerfile} lies outside ${host.spell('buildContext')}.`,
    {
      hint: 'Give a path inside the build context.',
    },
  )
}

/** What is passed must be declared: Docker itself only warns, or ignores it. */
function checkedArguments(inputs: ContextInputs, declares: Dockerfile, spell: Spell): readonly Pair[] {
  const own = inputs.buildArgs ?? []
  const asked = inputArguments(inputs)
  for (const { name } of own) checkDeclared('buildArgs', name, declares, spell)
  for (const { key, name } of asked) checkDeclared(key, name, declares, spell)
  const args = [...own, ...asked.map(({ name, value }) => ({ name, value }))]
  if (inputs.baseImage === undefined) return args
  return [...args.filter(({ name }) => name !== baseArgument), { name: baseArgument, value: inputs.baseImage }]
}

function checkDeclared(key: Key, name: string, declares: Dockerfile, spell: Spell): void {
  if (takesArgument(declares, name)) return
  throw new StepError('context-invalid', `${spell(key)}: the Dockerfile has no ARG ${name}.`, {
    hint: declares.args.size > 0 ? `It declares ${[...declares.args.keys()].join(', ')}.` : 'It declares no ARG at all.',
  })
}

function checkedBases(
  { baseImage }: ContextInputs,
  declares: Dockerfile,
  args: readonly Pair[],
  dockerfile: string,
  spell: Spell,
): readonly Base[] {
  const bases = resolvedBases(declares, new Map(args.map(({ name, value }) => [name, value])))
  if (bases.length === 0) throw new StepError('context-invalid', `${dockerfile} has no FROM.`, { hint: 'Is it a Dockerfile?' })
  if (baseImage !== undefined && !usesArgument(declares, baseArgument))
    throw new StepError(
      'context-invalid',
      `${spell('baseImage')} needs ARG ${baseArgument} before the Dockerfile’s first FROM, and a FROM that uses it.`,
      {
        hint: `Begin the Dockerfile with "ARG ${baseArgument}=…" and "FROM \${${baseArgument}}", or change its FROM.`,
      },
    )
  if (bases.includes(''))
    throw new StepError('context-invalid', `${dockerfile} has a FROM that names no image: its ARG has no default.`, {
      hint: declares.globalArgs.has(baseArgument) ? `Name it with ${spell('baseImage')}.` : `Name it with ${spell('buildArgs')}.`,
    })
  return bases.map(readBase)
}

async function installerIn(folder: string): Promise<string | undefined> {
  const entries = await readdir(path.join(folder, shirFolder)).catch(() => [])
  const found = entries.filter(name => installerPattern.test(name)).sort()
  if (found.length > 1)
    throw new StepError(
      'installer-ambiguous',
      `${shirFolder} in the build context holds ${found.length} installers: ${found.join(', ')}.`,
      { hint: 'Leave one.' },
    )
  if (found[0] === undefined) return undefined
  // Where SHIR is a link to another folder of the context, it is met there.
  return path.join(await realpath(path.join(folder, shirFolder)), found[0])
}
