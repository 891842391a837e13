import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { copyFile, cp, link, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Result } from '../__tests__/engine/docker-command.ts'
import { type EngineUnderTest, realEngine, realEngineAnswers } from '../__tests__/engine/engines.ts'
import { type BigInstaller, bigInstaller } from './big-installer.ts'
import { bundleStep } from './step-bundle.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Debian's package busybox-static. */
const busybox = '/bin/busybox'

/** What one run of a program came to. */
export interface Run {
  /** Of the whole process, from its start to its end. */
  readonly ms: number
  /** From the first that it says to the last. */
  readonly sayingMs: number
  readonly said: string
}

export type Delivery = 'serve' | 'copy'

export interface Stage {
  readonly engine: EngineUnderTest
  readonly installer: BigInstaller
  /** The name of the image that is built with the installer delivered so. */
  imageOf(delivery: Delivery): string
  /** The terminal command builds that image, with the installer from its store. */
  build(delivery: Delivery): Promise<Run>
  /** The same again, with an empty store: it must find the image. */
  rebuild(delivery: Delivery): Promise<Run>
  /** `docker build` as a person would write it, the installer in its context: of what `build('copy')` left in the engine's cache. */
  dockerBuild(): Promise<Run>
  close(): Promise<void>
}

/** `undefined`, with a sentence that says so, where the machine has no engine for it. */
export async function stageForImage(): Promise<Stage | undefined> {
  if (!realEngineAnswers()) {
    console.error('This bench needs a docker engine that runs Linux containers, and busybox-static.')
    process.exitCode = 2
    return undefined
  }
  const engine = await realEngine()
  const { folder, prefix } = engine
  const close = () => engine.close()
  try {
    const [workspace, temp] = [path.join(folder, 'workspace'), path.join(folder, 'temp')]
    for (const made of [workspace, temp]) await mkdir(made)
    const installer = await bigInstaller(path.join(folder, 'store'))
    const script = await bundleStep(path.join(folder, 'step'))
    const base = `${prefix}-bench:base`
    await makeBase(base, engine)
    for (const delivery of ['serve', 'copy']) await makeContext(path.join(workspace, delivery))
    await makeFilledContext(path.join(workspace, 'copy'), path.join(workspace, 'filled'), installer)

    const env = { ...engine.docker.environment, TMPDIR: temp, XDG_CACHE_HOME: folder }
    const known = ['--shir-version', installer.version, '--msi-sha256', installer.sha256]
    const imageOf = (delivery: Delivery) => `${prefix}-bench:${delivery}`
    const step = (delivery: Delivery, store: string) => {
      const what = ['--image', imageOf(delivery), '--build-context', delivery, '--base-image', base]
      const how = ['--installer-delivery', delivery, '--cache-dir', path.join(folder, store)]
      return run(process.execPath, [script, 'build', ...what, ...known, ...how], env, workspace)
    }
    return {
      ...{ engine, installer, imageOf, close },
      build: delivery => step(delivery, 'store'),
      rebuild: delivery => step(delivery, 'empty-store'),
      dockerBuild: () => {
        const args = { BASE_IMAGE: base, SHIR_VERSION: installer.version, MSI_SHA256: installer.sha256 }
        const told = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`])
        return run(engine.docker.program, ['build', ...told, '--', 'filled'], env, workspace)
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The image that takes Windows Server Core's place; it bears the label by which all that is built on it is removed. */
async function makeBase(name: string, { docker, folder, prefix }: EngineUnderTest): Promise<void> {
  const context = path.join(folder, 'base')
  await mkdir(context)
  await writeFile(path.join(context, 'Dockerfile'), `FROM scratch\nLABEL ${prefix}=\nCOPY busybox /bin/sh\n`)
  await copyFile(busybox, path.join(context, 'busybox'))
  answerOf(await docker('build', '--tag', name, '--', context))
}

/**
 * The built-in context's scripts, under a Dockerfile that does as theirs: takes the installer from SHIR/ or fetches it, proves it,
 * leaves the record of what it installed, and deletes it. The two deliveries differ in nothing else.
 */
const dockerfile = `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
COPY SHIR C:/SHIR/
ARG INSTALLER_URL=
ARG MSI_SHA256=
ARG SHIR_VERSION=
RUN cd C:/SHIR && { [ -e IntegrationRuntime*.msi ] || wget -q -O IntegrationRuntime.msi "$INSTALLER_URL"; } && \\
    echo "$MSI_SHA256  $(echo IntegrationRuntime*.msi)" | sha256sum -c && \\
    echo "{\\"shirVersion\\":\\"$SHIR_VERSION\\",\\"msiSha256\\":\\"$MSI_SHA256\\"}" > installed.json && \\
    rm IntegrationRuntime*.msi
`

async function makeContext(folder: string): Promise<void> {
  await cp(path.join(root, 'container'), folder, { recursive: true })
  await writeFile(path.join(folder, 'Dockerfile'), dockerfile)
  // Nothing of one context is in the engine's cache when another is built.
  await writeFile(path.join(folder, 'SHIR', 'context-id'), randomUUID())
}

/** What the step hands to the engine with a copy of the installer. */
async function makeFilledContext(context: string, folder: string, { file }: BigInstaller): Promise<void> {
  await cp(context, folder, { recursive: true })
  await link(file, path.join(folder, 'SHIR', path.basename(file)))
}

/** The standard output of a command that must succeed. */
export function answerOf({ exitCode, stdout, stderr }: Result): string {
  if (exitCode === 0) return stdout
  throw new Error(stderr)
}

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Run> {
  const began = performance.now()
  const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const times: number[] = []
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', text => {
      times.push(performance.now())
      said += text
    })
  const [code] = await once(child, 'close')
  const ms = performance.now() - began
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${said}`)
  return { ms, sayingMs: (times.at(-1) ?? 0) - (times[0] ?? 0), said }
}
