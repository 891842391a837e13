/** `docker build` with the classic builder. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readContext } from './build-context.ts'
import { type BuildPlan, runBuild } from './builder.ts'
import type { Call } from './call.ts'
import { memoryOf } from './container-flags.ts'
import { parseDockerfile } from './dockerfile.ts'
import { type FlagTable, parseFlags } from './flags.ts'
import { parseReference } from './reference.ts'
import { refuse, refuseByDaemon } from './refusal.ts'

const usage = 'docker build [OPTIONS] PATH | URL | -'
const table = {
  flags: {
    ...{ 'build-arg': 'list', file: 'value', iidfile: 'value', isolation: 'value', label: 'list', memory: 'value', tag: 'list' },
    ...{
      network: 'value',
      'no-cache': 'switch',
      pull: 'switch',
      quiet: 'switch',
      rm: 'switch',
      'force-rm': 'switch',
      platform: 'value',
    },
  },
  short: { f: 'file', t: 'tag', m: 'memory', q: 'quiet' },
} as const satisfies FlagTable

/** On stderr before every build; the last lines depend on whether DOCKER_BUILDKIT=0 was given (measured: CLI 28 without buildx). */
function deprecation(buildKit: string | undefined): string {
  const first = 'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.'
  const more =
    buildKit === '0'
      ? ['BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0', 'environment-variable.']
      : ['Install the buildx component to build images with BuildKit:', 'https://docs.docker.com/go/buildx/']
  return `${[first, ...more].join('\n            ')}\n\n`
}

export async function build(call: Call): Promise<number> {
  const { options, images } = call.world
  const buildKit = call.environment.DOCKER_BUILDKIT
  if (buildKit !== undefined && buildKit !== '0') {
    refuse('ERROR: BuildKit is enabled but the buildx component is missing or broken.')
  }
  call.err(deprecation(buildKit))
  const flags = parseFlags(table, call.argv, usage)
  const [given, ...more] = flags.rest
  if (given === undefined || more.length > 0)
    refuse(`docker: 'docker build' requires 1 argument\n\nUsage:  ${usage}\n\nRun 'docker build --help' for more information`)
  const tags = flags.list('tag').map(tag => {
    const reference = parseReference(tag)
    if ('problem' in reference)
      return refuse(
        `invalid argument ${JSON.stringify(tag)} for "-t, --tag" flag: ${reference.problem}\n\nUsage:  ${usage}\n\nRun 'docker build --help' for more information`,
        125,
      )
    return reference
  })

  const idFile = flags.value('iidfile') && path.resolve(call.cwd, flags.value('iidfile') ?? '')
  if (idFile) rmSync(idFile, { force: true })
  const context = readContext(path.resolve(call.cwd, given), given)
  const file =
    flags.value('file') === undefined
      ? path.join(context.folder, 'Dockerfile')
      : path.resolve(call.cwd, flags.value('file') ?? '')
  if (!existsSync(file))
    refuse(`unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${file}: no such file or directory`)
  const isolation = flags.value('isolation') ?? ''
  if (options.os === 'linux' && !['', 'default'].includes(isolation))
    refuseByDaemon(`Unsupported isolation: ${JSON.stringify(isolation)}`)

  memoryOf(flags.value('memory') ?? '0', usage)

  call.out(`Sending build context to Docker daemon ${humanSize(context.bytes).padStart(8)}\r\r\n`)
  const { instructions, escapeWith } = parseDockerfile(readFileSync(file, 'utf8'), path.basename(file))
  const plan: BuildPlan = {
    context,
    escapeWith,
    instructions: [...instructions, ...labelSteps(flags.list('label'))],
    buildArgs: new Map(flags.list('build-arg').flatMap(entry => namedValue(entry, call.environment))),
    usesCache: !flags.isOn('no-cache'),
    pullsAlways: flags.isOn('pull'),
    network: flags.value('network') ?? 'default',
  }
  const image = await runBuild(call, plan)
  call.out(`Successfully built ${image.id.slice(7, 19)}\n`)
  for (const tag of tags) {
    images.tag(image, tag)
    call.out(`Successfully tagged ${tag.text}\n`)
  }
  if (idFile) writeFileSync(idFile, image.id)
  return 0
}

/** `NAME=value`, or `NAME` with the client's own value, or nothing. */
function namedValue(entry: string, environment: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const at = entry.indexOf('=')
  if (at >= 0) return [[entry.slice(0, at), entry.slice(at + 1)]]
  const value = environment[entry]
  return value === undefined ? [] : [[entry, value]]
}

/** `--label` becomes one LABEL step each at the end, sorted by name. */
function labelSteps(labels: readonly string[]) {
  return [...labels].sort().map(label => {
    const [name = '', ...value] = label.split('=')
    const text = `${JSON.stringify(name)}=${JSON.stringify(value.join('='))}`
    return { name: 'LABEL', text: `LABEL ${name}=${value.join('=')}`, flags: [], arguments: text }
  })
}

/** `1.987MB`, `12kB`: four figures, as go-units prints sizes. */
function humanSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${Number((bytes / 1000 ** power).toPrecision(4))}${units[power]}`
}
