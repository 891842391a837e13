/**
 * The wire between scripts and the world: an HTTP server on loopback. A script's run is named by the path, a call is its body:
 * `{ command, args, extra }`. `extra` is what the wire's other end adds to a call (a file's hash, a process's id); it is not noted.
 * A script of ours has no variable that would tell its dmgcmd.exe which run is its own; the parent's process id tells then.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Arguments, type Container, commands } from './commands.ts'
import { createPrograms, type Programs } from './programs.ts'
import { failure, type Reply, UnknownCall } from './reply.ts'
import type { Participant } from './virtual-time.ts'

/** One call of a script or of dmgcmd.exe. */
export interface Call {
  /** Seconds of virtual time since the world's beginning. */
  readonly at: number
  /** Which run made it. */
  readonly run: number
  readonly command: string
  /** By parameter name; dmgcmd's is its argument list. */
  readonly args: Arguments
  /** dmgcmd alone: true where the key, or its secret part, is anywhere in its environment, whatever the variable's name. */
  readonly inheritsKey?: boolean
  /** dmgcmd alone: AUTH_KEY_FILE. */
  readonly keyFile?: string
}

/** One run of a script, as the wire knows it. */
export interface WireRun {
  readonly id: number
  /** The value of WORLD for the script. */
  readonly address: string
  readonly calls: readonly Call[]
  readonly participant: Participant
  /** What makes the test fail whatever the script does: calls that the world does not know. */
  readonly faults: string[]
  /** The process of the script. */
  setProcessId(id: number | undefined): void
  /** Breaks off what it still waits for. */
  leave(): void
}

export interface Wire {
  /** Every call of every run, in order. */
  readonly calls: readonly Call[]
  /** The value of WORLD for a dmgcmd.exe that does not know its run. */
  readonly address: string
  enter(): WireRun
  close(): Promise<void>
}

interface Line extends WireRun {
  readonly calls: Call[]
  readonly programs: Programs
  readonly open: Set<ServerResponse>
  processId: number | undefined
}

/** `key` is what must not be found in the environment of a program. */
export async function createWire(container: Container, key: string, reachedAt: string): Promise<Wire> {
  const runs = new Map<number, Line>()
  const calls: Call[] = []
  let lastRun = 0
  const server = createServer((request, response) => void serve(request, response))
  const address = `http://${reachedAt}:${await listen(server, reachedAt)}`

  /** The run that a call belongs to: named by the path, else the one of the parent process, else the newest. */
  function runOf(path: string, parentId: number | undefined): Line | undefined {
    const all = [...runs.values()]
    return runs.get(Number(path.slice(1))) ?? all.find(run => run.processId === parentId) ?? all.at(-1)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { command, args, extra } = await body(request)
    const run =
      request.url === '/' || runs.has(Number(request.url?.slice(1))) ? runOf(request.url ?? '/', extra.ParentId) : undefined
    if (!run) return void response.destroy()
    run.open.add(response)
    response.on('close', () => run.open.delete(response))
    const note = (more: Partial<Call> = {}) => {
      const call = { at: container.time.seconds(), run: run.id, command, args, ...more }
      run.calls.push(call)
      calls.push(call)
    }
    if (command === 'dmgcmd') {
      const { args, environment } = heard(extra.Said)
      const keyFile = environment
        .find(variable => variable.startsWith('AUTH_KEY_FILE='))
        ?.split('=')
        .at(-1)
      note({ args, inheritsKey: holds(environment, key), ...(keyFile && { keyFile }) })
      return runDmgcmd(run, args, extra.ProcessId, response)
    }
    if (!extra.isRepeated) note()
    const reply = await replyTo(run, command, args, extra)
    if (!response.destroyed) response.end(JSON.stringify({ value: null, error: null, files: [], ...reply }))
  }

  /** What it prints, then its exit code, as soon as it has one. */
  function runDmgcmd(run: Line, args: readonly string[], processId: number, response: ServerResponse): void {
    const { exitCode, stdout, stderr, takesMs, hangs = false } = container.shir.dmgcmd(args)
    const texts = `1 ${escaped(stdout)}\n2 ${escaped(stderr)}\n`
    if (hangs) response.write(texts)
    const program = run.programs.start({ processId, takesMs, hangs }, () => {
      response.end(`${texts}exit ${exitCode}\n`)
    })
    response.on('close', program.gone)
  }

  async function replyTo(run: Line, command: string, args: Arguments, extra: Arguments): Promise<Reply> {
    try {
      if (extra.Unknown !== undefined) throw new UnknownCall(`${command} ${extra.Unknown}`)
      if (command === 'Start-Sleep') return await sleep(run, args)
      if (command === 'Wait-Process') return { value: await run.programs.wait(extra.ProcessId, patience(args)) }
      const act = commands[command]
      if (!act) throw new UnknownCall(command)
      return act(container, args, extra)
    } catch (error) {
      const text = error instanceof UnknownCall ? error.message : `${command}: ${error}`
      // PowerShell looks for "get-x" first where somebody wrote "x".
      if (run.faults.at(-1) === `get-${text}`) run.faults.pop()
      run.faults.push(text)
      return failure(`The world does not know: ${text}`, 'UnknownCall')
    }
  }

  return {
    calls,
    address,
    enter() {
      lastRun += 1
      const participant = container.time.enter()
      const open = new Set<ServerResponse>()
      const run: Line = {
        id: lastRun,
        address: `${address}/${lastRun}`,
        calls: [],
        faults: [],
        participant,
        programs: createPrograms(participant),
        open,
        processId: undefined,
        setProcessId(id) {
          run.processId = id
        },
        leave() {
          runs.delete(run.id)
          participant.leave()
          for (const response of open) response.destroy()
        },
      }
      runs.set(run.id, run)
      return run
    },
    close: () =>
      new Promise(resolve => {
        for (const run of runs.values()) run.leave()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function sleep(run: Line, { Seconds, Milliseconds }: Arguments): Promise<Reply> {
  return new Promise(resolve => {
    run.participant.sleep(Milliseconds ?? Seconds * 1000, () => resolve({}))
  })
}

function patience({ Timeout }: Arguments): number {
  return Timeout === undefined ? Number.POSITIVE_INFINITY : Timeout * 1000
}

/** `NAME=value` each. */
function holds(environment: readonly string[], key: string): boolean {
  const secret = key.split('@').at(-1) ?? key
  return environment.some(variable => variable.startsWith('AUTH_KEY=') || variable.includes(secret))
}

/** What dmgcmd.bash says: how many arguments it got, these, and its variables, all ended by NULs. */
function heard(said: string): { readonly args: readonly string[]; readonly environment: readonly string[] } {
  const [count, ...all] = Buffer.from(said, 'base64').toString('utf8').split('\0').slice(0, -1)
  return { args: all.slice(0, Number(count)), environment: all.slice(Number(count)) }
}

/** As `printf %b` of a shell reads it back: every byte that is not a plain character by its number. */
function escaped(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^A-Za-z0-9.,:;-]/g, byte => `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`)
}

async function body(request: IncomingMessage): Promise<{ command: string; args: Arguments; extra: Arguments }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

async function listen(server: Server, address: string): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, address, resolve))
  return (server.address() as AddressInfo).port
}
