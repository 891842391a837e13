/** The classic builder's steps: each instruction makes an image of its own, or is found in the cache. */
import { createHash } from 'node:crypto'
import { type BuildContext, contentHash, copiedFiles } from './build-context.ts'
import type { Call } from './call.ts'
import { execForm, type Instruction, pairs, substitute, words } from './dockerfile.ts'
import { healthCheckOf } from './health-check.ts'
import type { Image, ImageConfig } from './image.ts'
import { pullText } from './images.ts'
import { newId } from './networks.ts'
import { parseReference } from './reference.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import { copyInto, runCommand } from './run-step.ts'

export interface BuildPlan {
  readonly context: BuildContext
  readonly escapeWith: string
  readonly instructions: readonly Instruction[]
  readonly buildArgs: ReadonlyMap<string, string>
  readonly usesCache: boolean
  readonly pullsAlways: boolean
  /** Of its RUN steps. */
  readonly network: string
}

interface Stage {
  readonly image: Image
  readonly variables: ReadonlyMap<string, string>
  readonly shell: readonly string[]
}

/** Builds, telling each step; refuses as the classic builder does. */
export async function runBuild(call: Call, plan: BuildPlan): Promise<Image> {
  const { buildArgs, instructions } = plan
  const beforeFrom = new Map<string, string>()
  const consumed = new Set<string>()
  const stages = new Map<string, Image>()
  let stage: Stage | undefined
  let stageName: string | undefined
  for (const [index, instruction] of instructions.entries()) {
    if (stage === undefined && instruction.name !== 'FROM' && instruction.name !== 'ARG')
      refuseByDaemon('no build stage in current context')
    call.out(`Step ${index + 1}/${instructions.length} : ${instruction.text}\n`)
    if (instruction.name === 'FROM') {
      const [base = '', as, name] = words(substitute(instruction.arguments, beforeFrom, plan.escapeWith))
      const image = stages.get(base) ?? baseImage(call, base, plan.pullsAlways)
      stageName = as?.toLowerCase() === 'as' ? name : undefined
      call.out(` ---> ${base === 'scratch' ? '' : image.id.slice(7, 19)}\n`)
      const shell = call.world.options.os === 'windows' ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c']
      stage = { image, variables: new Map(pairsOf(image.config.Env)), shell }
      continue
    }
    if (instruction.name === 'ARG') {
      const [name = '', ...rest] = substitute(instruction.arguments, stage?.variables ?? beforeFrom, plan.escapeWith).split('=')
      const otherwise = rest.length > 0 ? words(rest.join('=')).join(' ') : beforeFrom.get(name)
      const value = buildArgs.get(name) ?? otherwise
      consumed.add(name)
      if (stage === undefined) {
        if (value !== undefined) beforeFrom.set(name, value)
        continue
      }
      if (value !== undefined) stage = { ...stage, variables: new Map([...stage.variables, [name, value]]) }
    }
    if (stage === undefined) continue
    stage = await runStep(call, plan, stage, instruction)
    if (stageName !== undefined) stages.set(stageName, stage.image)
  }
  if (stage === undefined) return refuseByDaemon('no build stage in current context')
  const unused = [...buildArgs.keys()].filter(name => !consumed.has(name) && !/^(https?|ftp|no|all)_proxy$/i.test(name))
  if (unused.length > 0) call.out(`[Warning] One or more build-args [${unused.sort().join(' ')}] were not consumed\n`)
  return stage.image
}

function baseImage(call: Call, name: string, pullsAlways: boolean): Image {
  const { images, options, clock } = call.world
  const empty: ImageConfig = { Env: [], Entrypoint: null, Cmd: null, Labels: {}, WorkingDir: '', User: '' }
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  const config = options.os === 'windows' ? empty : { ...empty, Env: [path] }
  const osVersion = options.os === 'windows' ? options.osVersion : ''
  if (name === 'scratch') {
    const nothing = { id: `sha256:${'0'.repeat(64)}`, parent: '', size: 0, files: {}, installer: undefined }
    return { ...nothing, created: clock.now(), os: options.os, osVersion, config }
  }
  const found = pullsAlways ? undefined : images.find(name)
  if (found) return found
  const reference = parseReference(name)
  if ('problem' in reference) return refuse(`failed to parse image reference ${JSON.stringify(name)}: ${reference.problem}`)
  call.out(pullText(call.world, reference).replace(/[^\n]*\n$/, ''))
  return images.pull(reference).image
}

/** One step: from the cache where its parent, its text and what it reads were seen before. */
async function runStep(call: Call, plan: BuildPlan, stage: Stage, instruction: Instruction): Promise<Stage> {
  const { images, clock } = call.world
  const isCopy = instruction.name === 'COPY' || instruction.name === 'ADD'
  const resolved =
    instruction.name === 'RUN' ? instruction.arguments : substitute(instruction.arguments, stage.variables, plan.escapeWith)
  const sources = isCopy && !instruction.flags.some(flag => flag.startsWith('--from=')) ? words(resolved).slice(0, -1) : []
  const files = copiedFiles(
    plan.context,
    sources.filter(source => !/^https?:/.test(source)),
  )
  if (instruction.name === 'RUN' && instruction.flags.length > 0) {
    const flag = instruction.flags[0]?.slice(2).split('=')[0]
    refuse(
      `the --${flag} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`,
    )
  }
  const reads =
    instruction.name === 'RUN' || instruction.name === 'ARG'
      ? JSON.stringify([...stage.variables])
      : contentHash(plan.context, files)
  const key = [stage.image.id, instruction.name, instruction.flags.join(' '), resolved, reads].join('\n')
  const cacheKey = createHash('sha256').update(key).digest('hex')
  const id = `sha256:${newId()}`
  const next: Stage = configured(stage, instruction, resolved)
  const cached = plan.usesCache ? images.all().findLast(image => image.cacheKey === cacheKey) : undefined
  if (cached) {
    call.out(` ---> Using cache\n ---> ${cached.id.slice(7, 19)}\n`)
    return { ...next, image: cached }
  }
  const container = newId().slice(0, 12)
  if (!isCopy) call.out(` ---> Running in ${container}\n`)
  const command = execForm(resolved) ?? [...stage.shell, resolved]
  const contents =
    instruction.name === 'RUN'
      ? await runCommand(call, { command, network: plan.network, variables: stage.variables, image: stage.image })
      : await copyInto(stage.image, plan.context, files)
  if (!isCopy) call.out(`Removing intermediate container ${container}\n`)
  call.out(` ---> ${id.slice(7, 19)}\n`)
  const size = next.image.size + files.reduce((sum, file) => sum + file.size, 0)
  const image: Image = { ...next.image, ...contents, id, cacheKey, parent: stage.image.id, created: clock.now(), size }
  images.keep(image)
  return { ...next, image }
}

/** The stage with what the instruction says of the image. */
function configured(stage: Stage, { name, flags }: Instruction, text: string): Stage {
  const { config } = stage.image
  const withConfig = (change: Partial<ImageConfig>): Stage => ({
    ...stage,
    image: { ...stage.image, config: { ...config, ...change } },
  })
  const command = () => execForm(text) ?? [...stage.shell, text]
  switch (name) {
    case 'ENV': {
      const added = pairs(text, 'ENV')
      const env = new Map([...pairsOf(config.Env), ...added])
      return {
        ...withConfig({ Env: [...env].map(([key, value]) => `${key}=${value}`) }),
        variables: new Map([...stage.variables, ...added]),
      }
    }
    case 'LABEL':
      return withConfig({ Labels: { ...config.Labels, ...Object.fromEntries(pairs(text, 'LABEL')) } })
    case 'ENTRYPOINT':
      return withConfig({ Entrypoint: command(), Cmd: null })
    case 'CMD':
      return withConfig({ Cmd: command() })
    case 'WORKDIR':
      return withConfig({ WorkingDir: text })
    case 'USER':
      return withConfig({ User: text })
    case 'SHELL':
      return { ...stage, shell: execForm(text) ?? stage.shell }
    case 'EXPOSE':
      return withConfig({
        ExposedPorts: {
          ...config.ExposedPorts,
          ...Object.fromEntries(words(text).map(port => [port.includes('/') ? port : `${port}/tcp`, {}])),
        },
      })
    case 'HEALTHCHECK':
      return withConfig({ Healthcheck: healthCheckOf(flags, text) })
    default:
      return stage
  }
}

function pairsOf(environment: readonly string[]): readonly (readonly [string, string])[] {
  return environment.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const)
}
