import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Inputs } from '../contract/inputs.ts'
import type { Pair } from '../contract/kinds.ts'
import type { Spell } from '../contract/parse.ts'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { isInside } from '../process/program.ts'
import { type Base, readBase } from './base.ts'
import { type Dockerfile, parseDockerfile, resolvedBases, takesArgument, usesArgument } from './dockerfile.ts'

/** Where Dockerfiles expect the installer. */
export const installerFolder = 'SHIR'
const installerPattern = /^IntegrationRuntime.*\.msi$/i
const baseArgument = 'BASE_IMAGE'

export type ContextInputs = Pick<Inputs, 'buildContext' | 'dockerfile' | 'baseImage' | 'buildArgs'>

/** A Docker context that was read and found usable; nothing of it is changed, ever. */
export interface Context {
  readonly folder: string
  /** Absolute; may lie outside the folder. */
  readonly dockerfile: string
  readonly declares: Dockerfile
  readonly bases: readonly Base[]
  /** The user's build arguments, and the base image among them. */
  readonly args: readonly Pair[]
  /** The installer that lies in the context's `SHIR` folder. */
  readonly installer: string | undefined
  readonly description: string
}

/**
 * Reads the context that the inputs name, or the built-in one, and holds the inputs against what its Dockerfile declares.
 * @param builtIn the folder of the built-in context
 * @throws StepError `context-invalid`, `installer-ambiguous`
 */
export async function readContext(inputs: ContextInputs, builtIn: string, host: Host): Promise<Context> {
  const folder = await locateFolder(inputs, builtIn, host)
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
    args,
    installer: await installerIn(folder),
    description: inputs.buildContext === undefined ? 'the built-in context' : folder,
  }
}

/** The folder itself where a link to it was given: a copy of the link would lead back into it. */
async function locateFolder({ buildContext }: ContextInputs, builtIn: string, host: Host): Promise<string> {
  const folder = buildContext === undefined ? builtIn : path.resolve(host.machine.workspace, buildContext)
  if (await isFolder(folder)) return realpath(folder)
  throw new StepError('context-invalid', `${host.spell('buildContext')}: there is no folder ${folder}.`, {
    hint: 'Relative paths start at the workspace.',
  })
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
  for (const { name } of inputs.buildArgs ?? []) {
    if (takesArgument(declares, name)) continue
    throw new StepError('context-invalid', `${spell('buildArgs')}: the Dockerfile has no ARG ${name}.`, {
      hint: declares.args.size > 0 ? `It declares ${[...declares.args].join(', ')}.` : 'It declares no ARG at all.',
    })
  }
  const own = inputs.buildArgs ?? []
  if (inputs.baseImage === undefined) return own
  return [...own.filter(({ name }) => name !== baseArgument), { name: baseArgument, value: inputs.baseImage }]
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
  const entries = await readdir(path.join(folder, installerFolder)).catch(() => [])
  const found = entries.filter(name => installerPattern.test(name)).sort()
  if (found.length > 1)
    throw new StepError(
      'installer-ambiguous',
      `${installerFolder} in the build context holds ${found.length} installers: ${found.join(', ')}.`,
      { hint: 'Leave one.' },
    )
  return found[0] === undefined ? undefined : path.join(folder, installerFolder, found[0])
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    facts => facts.isDirectory(),
    () => false,
  )
}
