import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Engine, type EngineOptions, startEngine } from '../../rehearsal/engine/engine.ts'
import { type FileServer, serveFiles } from '../../rehearsal/files.ts'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { type DockerCommand, dockerCommand } from '../engine/docker-command.ts'
import { runOnAzure } from '../runners/azure.ts'
import { runOnGitHub } from '../runners/github.ts'
import type { StepRecord, StepRequest } from '../runners/record.ts'
import { type Copies, type HostName, spelled } from './copies.ts'
import type { Runtime } from './runtimes.ts'

export interface StageOptions {
  readonly engine?: Partial<EngineOptions>
  /** `missing`: no docker on PATH. `down`: no engine behind it. */
  readonly docker?: 'missing' | 'down'
}

/** A machine for one step: its folders, its engine, and what can be seen of them from outside. */
export interface Stage {
  readonly folders: Readonly<Record<'workspace' | 'toolCache' | 'temp' | 'systemTemp' | 'home', string>>
  readonly engine: Engine
  /** The user's own docker, whatever the step's is. */
  readonly docker: DockerCommand
  /** Serves the workspace over loopback. */
  readonly files: FileServer
  readonly environment: Readonly<Record<string, string>>
  /** What each docker that the step started saw. */
  children(): Promise<readonly Child[]>
  /** Connections to the proxy that stands for everything outside this machine. */
  connections(): number
  close(): Promise<void>
}

export interface Child {
  readonly argv: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

const windowsEngine: EngineOptions = {
  os: 'windows',
  osVersion: '10.0.20348.5499',
  apiVersion: '1.52',
  version: '29.1.5',
  speed: 60,
}

export async function openStage({ engine: wanted, docker }: StageOptions = {}): Promise<Stage> {
  const root = await mkdtemp(path.join(tmpdir(), 'shir-stage-'))
  const at = (name: string) => path.join(root, name)
  const folders = {
    workspace: at('workspace'),
    toolCache: at('tools'),
    temp: at('temp'),
    systemTemp: at('tmp'),
    home: at('home'),
  }
  const [seen, bin, real, empty] = [at('seen'), at('bin'), at('engine'), at('empty')]
  for (const folder of [...Object.values(folders), seen, bin, real, empty]) await mkdir(folder)
  const engine = await startEngine({ ...windowsEngine, ...wanted })
  const program = await engine.docker(real)
  await writeFile(path.join(bin, 'docker'), witness(seen, program))
  await chmod(path.join(bin, 'docker'), 0o755)
  const files = await serveFiles(folders.workspace)
  const proxy = await countConnections()
  return {
    folders,
    engine,
    files,
    docker: dockerCommand(program, { DOCKER_HOST: engine.address, DOCKER_BUILDKIT: '0', AUTH_KEY: rehearsalKey() }),
    environment: {
      PATH: docker === 'missing' ? empty : bin,
      DOCKER_HOST: docker === 'down' ? 'tcp://127.0.0.1:9' : engine.address,
      TMPDIR: folders.systemTemp,
      HOME: folders.home,
      HTTP_PROXY: proxy.address,
      HTTPS_PROXY: proxy.address,
      NO_PROXY: '127.0.0.1',
    },
    children: async () => Promise.all((await readdir(seen)).map(name => readChild(path.join(seen, name)))),
    connections: proxy.count,
    async close() {
      await Promise.all([engine.close(), files.close(), proxy.close()])
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A docker that leaves word of its arguments and its environment, and is then the real one. */
function witness(folder: string, program: string): string {
  return `#!/bin/sh
{ for word; do printf '=%s\\0' "$word"; done; /usr/bin/env -0; } > "${folder}/$$"
exec "${program}" "$@"
`
}

async function readChild(file: string): Promise<Child> {
  const entries = (await readFile(file, 'utf8')).split('\0').filter(entry => entry !== '')
  const pairs = entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const)
  return {
    argv: pairs.filter(([name]) => name === '').map(([, word]) => word),
    environment: Object.fromEntries(pairs.filter(([name]) => name !== '')),
  }
}

async function countConnections(): Promise<{ address: string; count: () => number; close: () => Promise<void> }> {
  let count = 0
  const server = createServer(socket => {
    count++
    socket.destroy()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

export type Inputs = Readonly<Record<string, string>>

export interface Launch {
  readonly host: HostName
  readonly copies: Copies
  readonly runtime: Runtime
  readonly stage: Stage
  /** In camelCase. */
  readonly inputs: Inputs
  readonly rest?: Partial<StepRequest>
}

/** Runs the step as the host's runner would. */
export function launch({ host, copies, runtime, stage, inputs, rest }: Launch): Promise<StepRecord> {
  const { workspace, toolCache, temp } = stage.folders
  const request: StepRequest = {
    folder: copies.folder[host],
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [spelled(host, name), value])),
    node: runtime.program,
    pickHandler: runtime.handler,
    environment: stage.environment,
    workspace,
    toolCache,
    temp,
    ...rest,
  }
  return host === 'github' ? runOnGitHub(request) : runOnAzure(request)
}
