import { endOf, StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { findProgram } from '../process/program.ts'
import { type Finished, type RunOptions, runProgram } from '../process/run.ts'

/** The docker command of this machine. Nothing is known of its engine yet. */
export interface Docker {
  readonly program: string
  /**
   * Runs one command to its end, however long it takes. A non-zero exit is the caller's to judge; an engine that does not answer
   * is not. With a signal of its own the caller judges how it ended, too.
   * @throws StepError `engine-unreachable`, `cancelled`, or `engine-failed` where docker cannot be started
   */
  run(args: readonly string[], options?: RunOptions): Promise<Finished>
  /** Like `run`, for what answers at once or never: a hung engine counts as unreachable after a minute. */
  read(args: readonly string[], options?: RunOptions): Promise<Finished>
  /** Like `read`, and the standard output is the answer. @throws StepError `engine-failed` on any other exit than 0 */
  ask(args: readonly string[], options?: RunOptions): Promise<string>
}

const readLimitMs = 60_000

/** Windows images need the classic builder: BuildKit does not build them yet (Windows-Containers #34). */
const always = { DOCKER_BUILDKIT: '0', DOCKER_CLI_HINTS: 'false' }

/** @throws StepError `docker-missing` */
export async function openDocker(host: Host): Promise<Docker> {
  const program = await findProgram('docker', host)
  if (program === undefined)
    throw new StepError('docker-missing', 'There is no docker command on this machine.', {
      hint: 'Install Docker and put it on PATH; programs inside the workspace are not used. On GitHub: runs-on: windows-2022 or windows-2025.',
    })
  const run: Docker['run'] = async (args, options = {}) => {
    const finished = await runProgram(program, args, host, { ...options, variables: { ...options.variables, ...always } }).catch(
      (error: NodeJS.ErrnoException) => {
        throw new StepError('engine-failed', `docker could not be started (${error.code ?? error.message}).`, {
          hint: `Check ${program}.`,
          cause: error,
        })
      },
    )
    if (host.signal.aborted && options.signal === undefined) throw endOf(host.signal)
    // A docker that is ended may say that its engine does not answer.
    if (finished.code !== 0 && options.signal?.aborted !== true && isUnreachable(finished.stderr))
      throw unreachable(firstLine(finished.stderr))
    if (finished.timedOut) throw unreachable(`"docker ${args[0]}" did not answer in ${(options.limitMs ?? 0) / 1_000} s`)
    return finished
  }
  const read: Docker['read'] = (args, options) => run(args, { limitMs: readLimitMs, ...options })
  return {
    program,
    run,
    read,
    ask: async (args, options) => {
      const finished = await read(args, options)
      if (finished.code === 0) return finished.stdout
      throw engineFailed(String(args[0]), finished.stderr)
    },
  }
}

/** What a command comes to that failed for a reason without a code of its own. */
export function engineFailed(command: string, stderr: string): StepError {
  return new StepError('engine-failed', `docker ${command} failed: ${firstLine(stderr)}`, {
    hint: 'These are the engine’s own words; its log (on Windows: the event log) says more.',
  })
}

/** The ids of an answer to `--quiet`, one a line. */
export function idsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter(id => id !== '')
}

/** The first line that says something; docker puts warnings of its own before it. */
export function firstLine(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(?:DEPRECATED:|WARNING:|Install the buildx|https:)/.test(line))
  return lines[0]?.replace(/^(?:docker: )?Error response from daemon: /, '') ?? 'it said nothing'
}

function isUnreachable(stderr: string): boolean {
  return /cannot connect to the docker daemon|error during connect|failed to connect to the docker API|permission denied while trying to connect|is the docker daemon running/i.test(
    stderr,
  )
}

function unreachable(why: string): StepError {
  return new StepError('engine-unreachable', `The docker command works, but its engine does not answer: ${why}`, {
    hint: 'Start the engine (on Windows: Start-Service docker) and check DOCKER_HOST and the rights of this user.',
  })
}
