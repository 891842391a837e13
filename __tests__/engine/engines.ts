/** The two engines that the contract is held against, and how to clean up after it. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEngine } from '../../rehearsal/engine/engine.ts'
import { describeWith } from '../support/program.ts'
import { type DockerCommand, dockerCommand } from './docker-command.ts'

export interface EngineUnderTest {
  readonly docker: DockerCommand
  readonly folder: string
  /** The speed for `makeNodeContext`. */
  readonly contextSpeed: number
  /** In front of every name that a test makes on the engine; also the name of the label that they all carry. */
  readonly prefix: string
  /** Removes all that carries the prefix. */
  close(): Promise<void>
}

/** A node's 60 s until it is connected take 1.2 s. */
const speed = 50

/** True where the machine's own engine answers and runs Linux containers. */
export function realEngineAnswers(): boolean {
  try {
    return (
      execFileSync('docker', ['version', '--format', '{{.Server.Os}}'], { encoding: 'utf8', stdio: 'pipe' }).trim() === 'linux'
    )
  } catch {
    return false
  }
}

/** A `describe` for tests on the machine's own engine, whose nodes are busybox. */
export function describeOnEngine(title: string, body: () => void): void {
  describeWith(realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers', title, body)
}

export async function realEngine(): Promise<EngineUnderTest> {
  const { folder, prefix, environment } = await workplace('real')
  const given = Object.entries(process.env).filter(([name]) => name.startsWith('DOCKER_') && name !== 'DOCKER_CONFIG')
  const docker = dockerCommand('docker', {
    ...environment,
    ...(Object.fromEntries(given) as Record<string, string>),
    DOCKER_BUILDKIT: '0',
  })
  const ids = async (...argv: readonly string[]) => (await docker(...argv)).stdout.split('\n').filter(id => id !== '')
  return {
    docker,
    folder,
    contextSpeed: speed,
    prefix,
    async close() {
      for (const id of await ids('ps', '-a', '-q', '--filter', `label=${prefix}`)) await docker('rm', '-f', '-v', '--', id)
      for (const id of await ids('network', 'ls', '-q', '--filter', `label=${prefix}`)) await docker('network', 'rm', '--', id)
      for (const id of new Set(await ids('image', 'ls', '-q', '--filter', `label=${prefix}`)))
        await docker('image', 'rm', '-f', '--', id)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function rehearsalEngine(): Promise<EngineUnderTest> {
  const { folder, prefix, environment } = await workplace('rehearsal')
  const engine = await startEngine({ os: 'linux', osVersion: '12', apiVersion: '1.41', version: '20.10.24', speed })
  const program = await engine.docker(folder)
  return {
    docker: dockerCommand(program, { ...environment, DOCKER_HOST: engine.address, DOCKER_BUILDKIT: '0' }),
    folder,
    contextSpeed: 1,
    prefix,
    async close() {
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A folder of its own, and an environment in which no login and no variable of this machine plays a part. */
async function workplace(name: string) {
  const folder = await mkdtemp(path.join(tmpdir(), `shir-engine-${name}-`))
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, DOCKER_CONFIG: folder }
  return { folder, prefix: `shir-contract-${name}-${process.pid}`, environment }
}
