/**
 * dmgcmd.exe, SHIR's own command line, as the container's scripts see it: options, texts, exit codes. Facts: shared shir.md §3
 * (options), §0 (upstream saw texts of failure with exit code 0). Texts that no source shows, how long a call takes, that
 * several options without arguments may stand in one call (as upstream wrote it), and that remote access needs a running
 * diahost.exe as registration does, are assumptions. Nothing here depends on what a script hopes for.
 */
import { type IntegrationRuntime, invalidKeyText } from './service.ts'

/**
 * The way to the service. `no-dns` to `private-link` cut the connection too, and no registration reaches the service. With the
 * others only a registration fails: its reply is lost, or dmgcmd never ends, before or after the service accepted it, and where
 * it did, without or with SHIR knowing (`…-but-registered`).
 */
export type Network =
  | 'up'
  | 'no-dns'
  | 'refused'
  | 'token-times-out'
  | 'private-link'
  | 'reply-lost'
  | 'reply-lost-but-registered'
  | 'hangs'
  | 'hangs-after-accepted'
  | 'hangs-but-registered'

export interface DmgcmdAnswer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** How long the call takes, on SHIR's own time scale. */
  readonly takesMs: number
  /** True where it never ends; what it has printed by then is out already. */
  readonly hangs?: boolean
}

export interface DmgcmdSettings {
  readonly failureExitCode: number
  readonly failureStream: 'stdout' | 'stderr'
  /** `-cgc` while diahost.exe does not run; an empty word for no answer. */
  readonly whenStopped: { readonly word: string; readonly exitCode: number }
  /** What .NET says of a registration whose reply was lost. */
  readonly lostReplyText: 'The operation has timed out' | typeof connectionClosedText
  /** By option, in its long or short form: said instead of doing anything. */
  readonly answers: Readonly<Record<string, Partial<DmgcmdAnswer>>>
}

export const connectionClosedText = 'The underlying connection was closed: The connection was closed unexpectedly.'

export const dmgcmdSettings: DmgcmdSettings = {
  failureExitCode: 1,
  failureStream: 'stderr',
  whenStopped: { word: 'Disconnected', exitCode: 1 },
  lostReplyText: 'The operation has timed out',
  answers: {},
}

/** SHIR, as far as dmgcmd.exe has it do things. */
export interface ShirCore {
  readonly computerName: string
  readonly service: IntegrationRuntime
  settings(): DmgcmdSettings
  isRunning(): boolean
  start(): void
  stop(): void
  /** The word of `-cgc`. */
  connection(): string
  enableRemoteAccess(port: number): void
  hasRemoteAccess(): boolean
  /** Takes over an identity, with all that tells SHIR that it is registered. */
  adopt(identity: string, name: string): void
  /** The network as a registration meets it. */
  meetNetwork(): Network
  stopValidatingLocalFolders(): void
  setUpgradeService(runs: boolean): void
}

interface Option {
  readonly short?: string
  readonly takesMs: number
  readonly arguments?: { readonly least: number; readonly most: number }
  run(core: ShirCore, args: readonly string[]): Partial<DmgcmdAnswer>
}

const options: Readonly<Record<string, Option>> = {
  '-Start': { short: '-s', takesMs: 4000, run: core => done(() => core.start()) },
  '-Stop': { short: '-t', takesMs: 4000, run: core => done(() => core.stop()) },
  '-Restart': { short: '-r', takesMs: 8000, run: restart },
  '-RegisterNewNode': { short: '-rn', takesMs: 6000, arguments: { least: 1, most: 3 }, run: registerNewNode },
  '-EnableRemoteAccessInContainer': {
    short: '-erac',
    takesMs: 3000,
    arguments: { least: 1, most: 2 },
    run: enableRemoteAccess,
  },
  '-cgc': { takesMs: 1000, run: checkConnection },
  '-DisableLocalFolderPathValidation': {
    takesMs: 8000,
    run(core) {
      core.stopValidatingLocalFolders()
      return core.isRunning() ? restart(core) : {}
    },
  },
  '-StartUpgradeService': { short: '-sus', takesMs: 2000, run: core => done(() => core.setUpgradeService(true)) },
  '-StopUpgradeService': { short: '-tus', takesMs: 2000, run: core => done(() => core.setUpgradeService(false)) },
  // Documented for Data Factory V1 alone: taken, and without effect.
  '-TurnOffAutoUpdate': { short: '-toffau', takesMs: 2000, run: () => ({}) },
}

/** Runs dmgcmd.exe once. */
export function dmgcmdOf(core: ShirCore, args: readonly string[]): DmgcmdAnswer {
  const named = Object.entries(core.settings().answers).find(([option]) => longName(option) === longName(args[0] ?? ''))
  if (named) return { ...silence, takesMs: 1000, ...named[1] }
  const calls = parse(args)
  if (!calls) return { ...silence, exitCode: 1, stdout: lines(usage), takesMs: 500 }
  let answer = silence
  for (const { option, given } of calls) {
    const { takesMs, run } = options[option] as Option
    const next = { ...silence, takesMs, ...run(core, given) }
    answer = { ...next, stdout: answer.stdout + next.stdout, takesMs: answer.takesMs + next.takesMs }
    if (answer.exitCode !== 0 || answer.hangs) break
  }
  return answer
}

const silence: DmgcmdAnswer = { exitCode: 0, stdout: '', stderr: '', takesMs: 0 }

interface Call {
  readonly option: string
  readonly given: readonly string[]
}

/** Undefined where the usage is all the answer. */
function parse(args: readonly string[]): readonly Call[] | undefined {
  const [first, ...rest] = args
  const option = longName(first ?? '')
  const { least, most } = options[option]?.arguments ?? { least: 0, most: 0 }
  if (!options[option] || rest.length < least) return undefined
  const isOption = (arg: string) => options[longName(arg)] !== undefined
  const end = rest.findIndex((arg, index) => index >= least && isOption(arg))
  const given = most === 0 ? [] : rest.slice(0, end < 0 ? rest.length : end)
  if (given.length > most) return undefined
  const others = rest.slice(given.length)
  if (others.length === 0) return [{ option, given }]
  const following = parse(others)
  return following && [{ option, given }, ...following]
}

function longName(arg: string): string {
  const wanted = arg.toLowerCase()
  const found = Object.entries(options).find(([long, { short }]) => long.toLowerCase() === wanted || short === wanted)
  return found?.[0] ?? wanted
}

const usage = ['Usage: dmgcmd.exe <option> [arguments]', ...Object.keys(options).map(option => `  ${option}`)].join('\n')

/** Windows programs end their lines so. */
function lines(text: string): string {
  return text.split('\n').join('\r\n').concat('\r\n')
}

function done(deed: () => void): Partial<DmgcmdAnswer> {
  deed()
  return {}
}

function failed(core: ShirCore, text: string, more: Partial<DmgcmdAnswer> = {}): Partial<DmgcmdAnswer> {
  return { exitCode: core.settings().failureExitCode, [core.settings().failureStream]: lines(text), ...more }
}

const notRunningText = 'The Integration Runtime (Self-hosted) host service is not running.'

function restart(core: ShirCore): Partial<DmgcmdAnswer> {
  return done(() => {
    core.stop()
    core.start()
  })
}

function checkConnection(core: ShirCore): Partial<DmgcmdAnswer> {
  const { whenStopped } = core.settings()
  if (core.isRunning()) return { stdout: lines(core.connection()) }
  return { exitCode: whenStopped.exitCode, stdout: whenStopped.word && lines(whenStopped.word) }
}

function enableRemoteAccess(core: ShirCore, [port = '']: readonly string[]): Partial<DmgcmdAnswer> {
  if (!core.isRunning()) return failed(core, notRunningText)
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) return failed(core, `The port '${port}' is not valid.`)
  core.enableRemoteAccess(Number(port))
  return {}
}

function registerNewNode(core: ShirCore, [key = '', name, expiry]: readonly string[]): Partial<DmgcmdAnswer> {
  if (!core.isRunning()) return failed(core, notRunningText)
  if (expiry !== undefined && !/^\d+$/.test(expiry)) return failed(core, `'${expiry}' is not a number of seconds.`)
  const network = core.meetNetwork()
  const withoutToken = tokenFailure(network, key)
  if (withoutToken) return failed(core, withoutToken.text, { takesMs: withoutToken.takesMs })
  if (network === 'hangs') return { hangs: true }

  const answer = core.service.register({
    key,
    name: name ?? core.computerName,
    machine: core.computerName,
    remoteAccess: core.hasRemoteAccess(),
    expirySeconds: expiry === undefined ? undefined : Number(expiry),
  })
  const isKnown = network === 'up' || network.endsWith('-but-registered')
  if (answer.isAccepted && isKnown) core.adopt(answer.identity, answer.name)
  if (network.startsWith('hangs')) return { hangs: true }
  if (network.startsWith('reply-lost')) return failed(core, core.settings().lostReplyText, { takesMs: dotNetPatienceMs })
  return answer.isAccepted ? { stdout: lines('The node is registered successfully.') } : failed(core, answer.text)
}

/** How long .NET waits for an answer before it gives up. */
const dotNetPatienceMs = 100_000

/** Why there is no token, where there is none: then the service has seen no registration. */
function tokenFailure(network: Network, key: string): { readonly text: string; readonly takesMs: number } | undefined {
  const opening = `Failed to get service token from ADF service with key ${key} and time cost is: `
  const host = /@(?:ServiceEndpoint=)?([^@]+)@[^@]*$/.exec(key)?.[1] ?? 'unknown'
  switch (network) {
    case 'no-dns':
      return { text: `${opening}2.3 seconds, the exception is: The remote name could not be resolved: '${host}'`, takesMs: 3000 }
    case 'refused':
      return { text: `${opening}21 seconds, the exception is: Unable to connect to the remote server`, takesMs: 21_000 }
    case 'token-times-out':
      return { text: `${opening}100 seconds, the exception is: The operation has timed out`, takesMs: dotNetPatienceMs }
    case 'private-link':
      return { text: invalidKeyText(key, 'Client IP address is not valid private ip'), takesMs: 2000 }
    default:
      return undefined
  }
}
