/**
 * The one state machine of a node and of what the service knows of it: a pure timeline. The rehearsal's engine plays it, the
 * real engine's twin plays it from a generated script, and the rehearsal's service answers from it, so they cannot disagree.
 * Offsets are milliseconds after the container's start, on the time scale of a real SHIR. No line ever holds the key.
 */
import { type Scenario, scenarioOf } from './scenario.ts'

/** A node's status in `getStatus`, as far as a rehearsal needs them. */
export type ServiceStatus = 'NeedRegistration' | 'Initializing' | 'Online' | 'Offline'

export type Step =
  | { readonly at: number; readonly kind: 'log'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  /** The line `SHIR-EVENT {"code":…}` by which the container names its reason. */
  | { readonly at: number; readonly kind: 'event'; readonly code: string }
  /** What a health probe is answered from now on. */
  | { readonly at: number; readonly kind: 'health'; readonly exitCode: number; readonly output: string }
  /** What the service says of the node from now on. */
  | { readonly at: number; readonly kind: 'service'; readonly status: ServiceStatus }
  | { readonly at: number; readonly kind: 'exit'; readonly exitCode: number }

/** What a container's life hangs on. */
export interface Situation {
  /** The container's environment. Read: AUTH_KEY, NODE_NAME, ENABLE_HA, HA_PORT. */
  readonly environment: Readonly<Record<string, string>>
  readonly hostname: string
  /** True where an earlier start of the same container registered the node: it then reconnects only. */
  readonly isRegistered: boolean
}

export interface NodeState {
  readonly health: { readonly exitCode: number; readonly output: string }
  readonly status: ServiceStatus
  /** Set once the container has ended. */
  readonly exitCode: number | undefined
}

export const registersAtMs = 20_000
export const connectsAtMs = 60_000

/** NODE_NAME, else the computer name: upper case and cut to 15 characters by Windows. */
export function nodeNameOf({ environment, hostname }: Pick<Situation, 'environment' | 'hostname'>): string {
  return environment.NODE_NAME || hostname.slice(0, 15).toUpperCase()
}

/** The timeline of one start of a container, in order of time. It ends with an exit, or goes on for ever. */
export function nodeLife(situation: Situation): readonly Step[] {
  const { environment, isRegistered } = situation
  const node = nodeNameOf(situation)
  const scenario = scenarioOf(environment.AUTH_KEY, node)
  const port = environment.ENABLE_HA?.toLowerCase() === 'true' ? environment.HA_PORT || '8060' : undefined
  return scenarioLife(scenario, { node, port, isRegistered })
}

/** As `nodeLife`, for a scenario that is already known. `port` is the high-availability port, undefined without HA. */
export function scenarioLife(
  scenario: Scenario,
  { node, port, isRegistered }: { readonly node: string; readonly port: string | undefined; readonly isRegistered: boolean },
): readonly Step[] {
  const remoteAccess = port === undefined ? [] : [log(2000, 'Enable High Availability'), log(2000, `Remote Access Port: ${port}`)]
  const begin = [connecting(0), service(0, isRegistered ? 'Offline' : 'NeedRegistration')]
  const registering = isRegistered
    ? [log(1000, 'Restart the existing node'), ...remoteAccess]
    : [
        log(1000, 'Start registering a new SHIR node'),
        log(1000, `Registering SHIR node with the node name: ${node}`),
        ...remoteAccess,
      ]
  const registered = isRegistered
    ? [service(registersAtMs, 'Initializing')]
    : [
        log(registersAtMs, 'Registration output:'),
        log(registersAtMs, `The node ${node} is registered successfully.`),
        service(registersAtMs, 'Initializing'),
      ]
  const waiting = [log(registersAtMs, 'Waiting 60 seconds for connecting')]
  const online = [
    { at: connectsAtMs, kind: 'health', exitCode: 0, output: 'Connected' },
    service(connectsAtMs, 'Online'),
    log(connectsAtMs, 'Self-hosted Integration Runtime is connected to the cloud service'),
  ] satisfies readonly Step[]
  const refused = [log(registersAtMs, 'Registration errors:')]

  switch (scenario) {
    case 'healthy':
      return [...begin, ...registering, ...registered, ...waiting, ...online]
    case 'flaps':
      return [
        ...[...begin, ...registering, ...registered, ...waiting, ...online],
        connecting(connectsAtMs + 30_000),
        service(connectsAtMs + 30_000, 'Offline'),
        log(connectsAtMs + 30_000, 'The connection to the cloud service was lost', 'stderr'),
      ]
    case 'never-healthy':
      return [...begin, ...registering, ...registered, ...waiting]
    case 'forbidden':
      return [...begin, ...registering, ...refused, log(registersAtMs, forbiddenText), ...waiting]
    case 'invalid-key':
      return [...begin, ...registering, ...refused, log(registersAtMs, invalidKeyText, 'stderr'), ...fails('invalid-key', 11)]
    case 'node-limit':
      return [...begin, ...registering, ...refused, log(registersAtMs, nodeLimitText, 'stderr'), ...fails('node-limit', 13)]
    case 'missing-key':
      return [...begin, log(1000, 'Invalid AUTH_KEY Value', 'stderr'), event(1000, 'missing-key'), exit(1500, 10)]
    case 'exits':
      return [...begin, ...registering, log(8000, 'diahost.exe is not running', 'stderr'), exit(8000, 20)]
    case 'restart-loop':
      return [...begin, ...registering, log(5000, 'Stop the node connection'), exit(5000, 0)]
  }
}

/** What the node does when it is asked to stop (SIGTERM, CTRL_SHUTDOWN_EVENT); offsets from that request. */
export const lastWords: readonly Step[] = [
  log(0, 'Stop the node connection'),
  log(2000, 'Stop the node connection successfully'),
  service(2000, 'Offline'),
  exit(2000, 0),
]

/** The state `elapsedMs` after the start. */
export function nodeAt(life: readonly Step[], elapsedMs: number): NodeState {
  let state: NodeState = { health: { exitCode: 1, output: 'Connecting' }, status: 'NeedRegistration', exitCode: undefined }
  for (const step of life) {
    if (step.at > elapsedMs) continue
    if (step.kind === 'health') state = { ...state, health: { exitCode: step.exitCode, output: step.output } }
    if (step.kind === 'service') state = { ...state, status: step.status }
    if (step.kind === 'exit') state = { ...state, status: 'Offline', exitCode: step.exitCode }
  }
  return state
}

/** A log line as setup.ps1 writes it: `[11/22/2026 23:56:19] text`, in UTC. */
export function stampedLine(text: string, at: Date): string {
  const [date = '', time = ''] = at.toISOString().slice(0, 19).split('T')
  const [year, month, day] = date.split('-')
  return `[${month}/${day}/${year} ${time}] ${text}`
}

const forbiddenText =
  'Registration of new node is forbidden when Remote Access is disabled on another node. ' +
  'To enable it, log on to the computer where the other node is installed and run dmgcmd.exe -EnableRemoteAccess.'
const invalidKeyText = 'Registration of node failed: InvalidGatewayKey: Failed to get service token from ADF service with key.'
const nodeLimitText =
  'Registration of node failed: ErrorCode: 1500: The integration runtime already has 4 nodes, which is the most it can have.'

function log(at: number, text: string, stream: 'stdout' | 'stderr' = 'stdout'): Step {
  return { at, kind: 'log', stream, text }
}
function event(at: number, code: string): Step {
  return { at, kind: 'event', code }
}
function connecting(at: number): Step {
  return { at, kind: 'health', exitCode: 1, output: 'Connecting' }
}
function service(at: number, status: ServiceStatus): Step {
  return { at, kind: 'service', status }
}
function exit(at: number, exitCode: number): Step {
  return { at, kind: 'exit', exitCode }
}
function fails(code: string, exitCode: number): readonly Step[] {
  return [event(registersAtMs, code), exit(registersAtMs + 1000, exitCode)]
}
