import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Engine, type EngineOptions, startEngine } from '../../rehearsal/engine/engine.ts'
import { rehearsedInstaller } from '../../rehearsal/installer.ts'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { type Played, type PlayOptions, play } from '../support/play.ts'

const root = path.resolve(__dirname, '../..')
export const version = '5.70.9748.2'
export const msiSha256 = rehearsedInstaller.sha256
export const msiPath = path.join(root, 'rehearsal', 'installer', `IntegrationRuntime_${version}.msi`)

/** A machine with an embedded engine, on which a step can be played. */
export interface Stage extends TestMachine {
  readonly engine: Engine
  readonly environment: Readonly<Record<string, string>>
  /** Plays a step; where `cancelAt` is found in a line, the run is cancelled there. */
  play(inputs: Readonly<Record<string, string>>, options?: PlayOptions): Promise<Played>
  /** The docker command, as another program of this machine uses it. */
  docker(...args: readonly string[]): Promise<string>
}

/** A node's minute until it is connected takes a third of a second. */
const speed = 180
const server2022: EngineOptions = { os: 'windows', osVersion: '10.0.20348.5499', apiVersion: '1.52', version: '29.1.5', speed }

export async function setStage(options: Partial<EngineOptions> = {}): Promise<Stage> {
  const machine = await testMachine()
  const engine = await startEngine({ ...server2022, ...options })
  const bin = path.join(machine.folder, 'bin')
  await mkdir(bin)
  const program = await engine.docker(bin)
  const environment = { PATH: `${bin}${path.delimiter}${process.env.PATH}`, DOCKER_HOST: engine.address }
  return {
    ...machine,
    engine,
    environment,
    play: (inputs, options) => play(machine, { inputs, environment }, options),
    docker: async (...args) => (await promisify(execFile)(program, args, { env: { ...process.env, ...environment } })).stdout,
    remove: async () => {
      await engine.close()
      await machine.remove()
    },
  }
}

/** What most scenarios ask for: a quick run of the built-in context. */
export const running = (factory = 'rehearsal') => ({
  ...{ mode: 'run', msiPath, msiSha256, authKey: rehearsalKey(factory), healthTimeout: '20s', soak: '0s' },
})

/** True for a command about the container through which the step looks into what it has built. */
export function isLook(argv: readonly string[]): boolean {
  return argv.some(word => word.startsWith('shir-look-'))
}
