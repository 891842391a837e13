import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { rehearsedInstaller } from '../../rehearsal/installer.ts'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { fill } from '../image/folders.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { type Played, type PlayOptions, play } from '../support/play.ts'
import { type EngineUnderTest, realEngine } from './engines.ts'
import { makeNodeContext } from './images.ts'

export const msiPath = path.resolve(__dirname, '../../rehearsal/installer/IntegrationRuntime_5.70.9748.2.msi')
export const msiSha256 = rehearsedInstaller.sha256

/** The real engine of this machine, and an image of nodes on it, for whole steps. */
export interface StepBench extends TestMachine {
  readonly engine: EngineUnderTest
  /** Below the workspace; laid out like upstream's. */
  readonly context: string
  readonly image: string
  newName(): string
  play(inputs: Readonly<Record<string, string>>, options?: PlayOptions): Promise<Played>
  /** Plays a build of a context that holds this Dockerfile; the image is called `reference`. */
  build(
    dockerfile: string,
    reference: string,
    options?: PlayOptions & { readonly inputs?: Readonly<Record<string, string>> },
  ): Promise<Played>
  /** What the engine knows of a container, or nothing. */
  containers(name: string): Promise<readonly string[]>
}

/** @param speed how much faster than a real SHIR the nodes live */
export async function makeStepBench(speed?: number): Promise<StepBench> {
  const [machine, engine] = await Promise.all([testMachine(), realEngine()])
  const context = path.join(machine.machine.workspace, 'context')
  const labels = `${engine.prefix}=step`
  const environment = engine.docker.environment
  const image = `${engine.prefix}-step:1`
  let counter = 0
  await mkdir(context)
  await makeNodeContext(context, { speed: speed ?? engine.contextSpeed })
  const bench: StepBench = {
    ...machine,
    ...{ engine, context, image },
    newName: () => `${engine.prefix}-step-${++counter}`,
    play: (inputs, options) => play(machine, { inputs, environment }, options),
    build: async (dockerfile, reference, { inputs, ...options } = {}) => {
      const folder = path.join(machine.machine.workspace, `context-${++counter}`)
      await fill(folder, { Dockerfile: dockerfile })
      return bench.play({ mode: 'build', msiPath, msiSha256, buildContext: folder, image: reference, labels, ...inputs }, options)
    },
    containers: async name =>
      (await engine.docker('ps', '-aq', '--filter', `name=^/?${name}`)).stdout.split('\n').filter(id => id !== ''),
    remove: async () => {
      await engine.close()
      await machine.remove()
    },
  }
  return bench
}

/** A bench whose image is built: what builds the same from now on comes from the engine's cache. */
export async function makeReadyBench(speed?: number): Promise<StepBench> {
  const bench = await makeStepBench(speed)
  const labels = `${bench.engine.prefix}=step`
  const built = await bench.play({ mode: 'build', msiPath, msiSha256, buildContext: 'context', image: bench.image, labels })
  expect(built.annotations).toEqual([])
  return bench
}

/** What most steps of these tests ask for. */
export function running(image: string, containerName: string, factory = 'rehearsal') {
  return { mode: 'run', image, containerName, authKey: rehearsalKey(factory), healthTimeout: '20s', soak: '0s' }
}
