import path from 'node:path'
import { endOf, StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { type Finished, runProgram } from '../process/run.ts'
import { variable } from '../process/variable.ts'
import type { Docker } from './docker.ts'
import { endpointOf } from './endpoint.ts'

const pollMs = 2_000
const patienceMs = 60_000
/** Windows' service manager itself gives up on a service after 30 s. */
const startLimitMs = 40_000
/** An engine that is up answers this at once. */
const answerLimitMs = 10_000

/** What `sc.exe start` ends with, by Windows' error codes: https://learn.microsoft.com/windows/win32/debug/system-error-codes. */
const outcomes: Readonly<Record<number, Start>> = {
  0: { says: 'it was started' },
  1056: { says: 'Windows says that it runs already' },
  5: {
    says: 'this user has not the right to start it',
    hint: 'Run the step elevated (as an administrator), or start the service beforehand: Start-Service docker.',
  },
  1058: {
    says: 'it is disabled',
    hint: 'Enable it, as an administrator: sc.exe config docker start= auto, then Start-Service docker.',
  },
  1060: {
    says: 'there is no such service',
    hint: 'Docker is not installed as a service on this machine: start Docker Desktop, or install Docker Engine.',
  },
}

/**
 * True where an engine that does not answer may be this machine's stopped Windows service: hosted Windows images start with it
 * stopped now and then (actions/runner-images #13729). Where access is denied something listens, and the user lacks the right.
 */
export async function mayBeStopped(unreachable: StepError, host: Host): Promise<boolean> {
  if (host.machine.platform !== 'win32' || /access is denied|permission denied/i.test(unreachable.message)) return false
  return (await endpointOf(host)).kind === 'default'
}

/**
 * Starts the Windows service `docker` and waits until its engine answers, for about a minute: a last try may take longer. It is started anew before each look,
 * every two seconds: an engine that comes up before Windows' network ends again.
 * @param unreachable how the engine failed to answer
 * @throws StepError `engine-unreachable` with what was tried, `cancelled`
 */
export async function startService(docker: Docker, unreachable: StepError, host: Host): Promise<void> {
  const program = path.join(variable('SystemRoot', host) || 'C:\\Windows', 'System32', 'sc.exe')
  host.log(`The engine does not answer. Starting the Windows service docker: ${program} start docker`)
  const beganMs = host.clock.now()
  const passed = () => seconds(host.clock.now() - beganMs)
  let last = ''
  while (host.clock.now() - beganMs < patienceMs) {
    const { says, hint } = await start(program, host)
    if (hint !== undefined) throw failed(unreachable, says, hint)
    if (says !== last) host.log(`After ${passed()}: ${says}.`)
    last = says
    await host.clock.sleep(pollMs, host.signal)
    if (host.signal.aborted) throw endOf(host.signal)
    if (await answers(docker)) return host.log(`The engine answers after ${passed()}.`)
  }
  throw failed(
    unreachable,
    `${last}, but the engine did not answer within ${seconds(patienceMs)}`,
    'Look into Docker’s part of the event log: Get-EventLog -LogName Application -Source docker -Newest 20.',
  )
}

/** What came of a start, in words; with a hint where trying on is of no use. */
interface Start {
  readonly says: string
  readonly hint?: string
}

async function start(program: string, host: Host): Promise<Start> {
  const ended = await runProgram(program, ['start', 'docker'], host, { limitMs: startLimitMs }).catch(
    (error: NodeJS.ErrnoException) => error,
  )
  if (host.signal.aborted) throw endOf(host.signal)
  if (!('stdout' in ended))
    return {
      says: `${program} could not be run (${ended.code ?? ended.message})`,
      hint: 'Start the service beforehand: Start-Service docker.',
    }
  return startOf(ended)
}

/** What the end of `sc.exe start` means. A start that takes long goes on without the command that asked for it. */
export function startOf({ code, stdout, timedOut }: Pick<Finished, 'code' | 'stdout' | 'timedOut'>): Start {
  if (timedOut) return { says: 'Windows takes its time to start it' }
  const words = stdout.trim().replace(/\s+/g, ' ').replace(/\.$/, '')
  return (code === null ? undefined : outcomes[code]) ?? { says: `sc.exe ended with ${code}: ${words}` }
}

async function answers(docker: Docker): Promise<boolean> {
  try {
    return (await docker.read(['version', '--format', '{{json .}}'], { limitMs: answerLimitMs })).code === 0
  } catch (error) {
    if (error instanceof StepError && error.code === 'engine-unreachable') return false
    throw error
  }
}

function failed(unreachable: StepError, why: string, hint: string): StepError {
  return new StepError(
    'engine-unreachable',
    `${unreachable.message.replace(/\.?$/, '.')} Starting the Windows service docker did not help: ${why}.`,
    {
      hint,
      cause: unreachable,
    },
  )
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`
}
