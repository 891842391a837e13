/**
 * An embedded Docker engine for rehearsals: a server on loopback and a program named `docker` that speaks to it. It builds
 * images from Dockerfiles without running them, and in its containers the entry point of ../node runs, whatever the image. It is held
 * to the real engine by the contract tests in __tests__/engine. Linux and macOS: the program is a script with a `#!` line.
 */
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { factoryOf } from '../node/scenario.ts'
import { computerNameOf } from '../shir/machine.ts'
import type { NodeStatus } from '../shir/service.ts'
import type { Call } from './call.ts'
import { runCommand } from './commands.ts'
import type { Container } from './container.ts'
import { processEnvironment } from './container-spec.ts'
import type { EngineOptions } from './options.ts'
import { clientVersion } from './system.ts'
import type { Clock } from './time.ts'
import { createWorld, type World } from './world.ts'

export type { EngineOptions } from './options.ts'

/** A container's node as the service sees it. Nodes of removed containers stay: a node is a registration, not a process. */
export interface RehearsedNode {
  readonly containerId: string
  readonly containerName: string
  readonly nodeName: string
  /** The factory in its key; undefined where it has no readable key. */
  readonly factory: string | undefined
  /** `NeedRegistration` where the service has no record of it. */
  readonly status: NodeStatus
  readonly registeredAt: Date | undefined
  readonly startedAt: Date | undefined
}

/** One run of the `docker` program; `exitCode` is undefined while it runs, and when the client went away. */
export interface EngineCall {
  readonly argv: readonly string[]
  readonly exitCode: number | undefined
}

export interface Engine {
  /** For DOCKER_HOST: `tcp://127.0.0.1:PORT`. */
  readonly address: string
  /** Writes the executable `docker` into an existing folder and answers with its path. */
  docker(folder: string): Promise<string>
  /** Every node that was ever started here, oldest first. */
  nodes(): readonly RehearsedNode[]
  /** Every command that was ever run here, oldest first. */
  calls(): readonly EngineCall[]
  /** Ends every container and every waiting command. */
  close(): Promise<void>
}

/** Starts an engine on a free port of 127.0.0.1. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const world = createWorld(options)
  const sockets = new Set<Socket>()
  const calls: { argv: readonly string[]; exitCode: number | undefined }[] = []
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, world, argv => {
      const call: { argv: readonly string[]; exitCode: number | undefined } = { argv, exitCode: undefined }
      calls.push(call)
      return exitCode => {
        call.exitCode = exitCode
      }
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `tcp://127.0.0.1:${port}`,
    docker: folder => writeProgram(folder, options),
    nodes: () => world.everStarted.map(container => nodeOf(container, world.clock)),
    calls: () => calls,
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      for (const container of world.containers.values()) container.dispose()
      await closed
    },
  }
}

interface Request {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
}

function serve(socket: Socket, world: World, began: (argv: readonly string[]) => (exitCode: number) => void): void {
  const gone = new AbortController()
  let text = ''
  socket.setEncoding('utf8')
  socket.on('error', () => undefined)
  socket.on('close', () => gone.abort())
  socket.on('data', async (chunk: string) => {
    text += chunk
    const at = text.indexOf('\n')
    if (at < 0) return
    socket.removeAllListeners('data').resume()
    const request = readRequest(text.slice(0, at))
    if (!request) return void socket.destroy()
    const send = (kind: 'o' | 'e' | 'x', value: string | number) => {
      if (!socket.destroyed) socket.write(`${kind}${JSON.stringify(value)}\n`)
    }
    const ended = began(request.argv)
    const call: Call = { world, ...request, signal: gone.signal, out: one => send('o', one), err: one => send('e', one) }
    const exitCode = await runCommand(call).catch((error: unknown) => {
      send('e', `the rehearsal's engine failed: ${error instanceof Error ? error.stack : String(error)}\n`)
      return 1
    })
    if (!gone.signal.aborted) ended(exitCode)
    send('x', exitCode)
    socket.end()
  })
}

function readRequest(line: string): Request | undefined {
  try {
    return JSON.parse(line) as Request
  } catch {
    return undefined
  }
}

async function writeProgram(folder: string, options: EngineOptions): Promise<string> {
  const source = await readFile(path.join(path.dirname(fileURLToPath(import.meta.url)), 'docker.cjs'), 'utf8')
  const program = path.join(folder, 'docker')
  await writeFile(program, `#!${process.execPath}\n${source.replace('{"Version":"0"}', JSON.stringify(clientVersion(options)))}`)
  await chmod(program, 0o755)
  return program
}

function nodeOf(container: Container, clock: Clock): RehearsedNode {
  const { spec, machine, runtime } = container
  const { AUTH_KEY: key = '', NODE_NAME: wanted } = processEnvironment(spec.environment)
  const computerName = computerNameOf(spec.hostname)
  const name = machine?.shir.state().nodeName
  const record = runtime.service.nodes().find(node => node.name === name && node.machine === computerName)
  return {
    containerId: container.id,
    containerName: container.name,
    nodeName: name ?? (wanted || computerName),
    factory: factoryOf(key),
    status: record?.status ?? 'NeedRegistration',
    registeredAt: record && new Date(clock.wall(record.registeredAt)),
    startedAt: dateOf(container.state().startedAt),
  }
}

function dateOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at)
}
