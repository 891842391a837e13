/**
 * SHIR as it is installed in one container: its host process (diahost.exe, which is the Windows service DIAHostService), what it
 * keeps in the registry, and its connection to the service. `dmgcmd` is its command line. Facts: shared shir.md §0, §3 and
 * targets-and-gate.md §0, §1.5. What no source tells is an assumption:
 *
 * - the Windows service starts with the container and with nothing else but `-Start` and `-Restart`; Windows does not revive it;
 * - `-Stop` takes leave of the service, a process that is killed does not;
 * - remote access works `remoteAccessAfterMs` after it was enabled, and must be enabled again after each start of the container;
 * - a SHIR that registers once more gives up its old identity, whose record stays;
 * - a request whose answer was lost may have been accepted; SHIR then knows nothing of its record;
 * - the word of `-cgc` for anything but a good (`Connected`) or a coming (`Connecting`) connection, which is why those can be set.
 */
import { type DmgcmdAnswer, type DmgcmdSettings, dmgcmdOf, dmgcmdSettings, type Network, type ShirCore } from './dmgcmd.ts'
import type { Clock, IntegrationRuntime } from './service.ts'

export const configurationKey = 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\ConfigurationManager'
const installedDiacmd = 'C:\\Program Files\\Microsoft Integration Runtime\\5.0\\Shared\\diacmd.exe'

/** What can be set at any moment. */
export interface ShirSettings extends DmgcmdSettings {
  /** How long diahost.exe takes to be there after `-Start`, `-Restart` and the container's start, which do not wait for it. */
  readonly hostAppearsAfterMs: number
  /** From a start, a registration or the network's return to `Connected`. */
  readonly connectsAfterMs: number
  readonly remoteAccessAfterMs: number
  /** What SHIR does once the service no longer knows its record. */
  readonly whenForgotten: { readonly word: ConnectionWord; readonly dropsRegistration: boolean }
  /** The word of a SHIR that never registered. */
  readonly whenUnregistered: ConnectionWord
}

export type ConnectionWord = 'Connected' | 'Connecting' | 'Disconnected' | 'NotRegistered'

/** What can be seen of a SHIR from outside. */
export interface ShirState {
  /** diahost.exe; undefined where it does not run. */
  readonly host: { readonly processId: number; readonly startedAt: number } | undefined
  /** How the last one ended that does not run any more. */
  readonly hostEnded: 'stopped' | 'killed' | undefined
  readonly connection: ConnectionWord
  /** The name that the service gave it; undefined where SHIR itself knows of no registration. */
  readonly nodeName: string | undefined
  /** The port; undefined where remote access does not work (yet). */
  readonly remoteAccess: number | undefined
  readonly validatesLocalFolders: boolean
  readonly upgradeServiceRuns: boolean
}

export interface Shir {
  /** Runs dmgcmd.exe with these arguments. What it does is done at once; its answer comes after `takesMs`, or never. */
  dmgcmd(args: readonly string[]): DmgcmdAnswer
  state(): ShirState
  /** The values of `configurationKey`. */
  registry(): Readonly<Record<string, string>>
  /** Changes a value there, as a registry editor would; undefined removes it. */
  writeRegistry(name: string, value: string | undefined): void
  /** With `next` only that many registrations meet the fault; the network is up again after the last of them. */
  setNetwork(network: Network, limits?: { readonly next: number }): void
  set(settings: Partial<ShirSettings>): void
  /** Whether the service’s own address answers, from inside the container. */
  reachesService(): boolean
  /** Ends diahost.exe from outside: it stays dead. */
  kill(): void
  /** Its processes are gone, the Windows service starts again, files and registry are as they were. */
  containerRestarted(): void
}

export interface ShirOptions {
  readonly clock: Clock
  readonly service: IntegrationRuntime
  readonly computerName: string
  readonly network?: Network
  readonly settings?: Partial<ShirSettings>
  /** The value DiacmdPath. */
  readonly diacmdPath?: string
}

const initialSettings: ShirSettings = {
  ...dmgcmdSettings,
  hostAppearsAfterMs: 0,
  connectsAfterMs: 30_000,
  remoteAccessAfterMs: 10_000,
  whenForgotten: { word: 'Disconnected', dropsRegistration: false },
  whenUnregistered: 'Disconnected',
}

/** A SHIR in a container that has just started for the first time: running, and not registered. */
export function createShir(options: ShirOptions): Shir {
  const { clock, service, computerName } = options
  let settings = { ...initialSettings, ...options.settings }
  let network = { is: options.network ?? 'up', left: Number.POSITIVE_INFINITY }
  let values = new Map([['DiacmdPath', options.diacmdPath ?? installedDiacmd]])
  let lastProcessId = 4000
  let host: ShirState['host']
  let hostEnded: ShirState['hostEnded']
  let node: { readonly identity: string; readonly name: string; readonly isForgotten: boolean } | undefined
  let wasForgotten = false
  let remoteAccess: { readonly port: number; readonly worksAt: number } | undefined
  let validatesLocalFolders = true
  let upgradeServiceRuns = true
  /** Since when nothing stood in the way of a connection. */
  let linkSince = 0

  const isCut = () => ['no-dns', 'refused', 'token-times-out', 'private-link'].includes(network.is)
  const hasRemoteAccess = () => remoteAccess !== undefined && clock.now() >= remoteAccess.worksAt
  const runningHost = () => (host && clock.now() >= host.startedAt ? host : undefined)
  const isLinked = () => clock.now() >= linkSince + settings.connectsAfterMs

  /** Lets the service hear of this node up to now, and SHIR of a record that is gone. Comes before every look and every change. */
  function settle(): void {
    if (!runningHost() || !node || node.isForgotten || isCut() || !isLinked()) return
    if (service.heartbeat(node.identity, { remoteAccess: hasRemoteAccess() }) === 'known') return
    wasForgotten = true
    node = settings.whenForgotten.dropsRegistration ? undefined : { ...node, isForgotten: true }
    if (!node) values.delete('HaveRun')
  }

  function connection(): ConnectionWord {
    settle()
    if (!node) return wasForgotten ? settings.whenForgotten.word : settings.whenUnregistered
    if (isCut()) return 'Connecting'
    if (node.isForgotten) return settings.whenForgotten.word
    return isLinked() ? 'Connected' : 'Connecting'
  }

  function start(): void {
    if (host) return
    lastProcessId += 4
    linkSince = clock.now() + settings.hostAppearsAfterMs
    host = { processId: lastProcessId, startedAt: linkSince }
  }

  function end(how: 'stopped' | 'killed'): void {
    settle()
    if (!host) return
    if (how === 'stopped' && node && !isCut()) service.goodbye(node.identity)
    host = undefined
    hostEnded = how
  }

  function setNetwork(is: Network, left: number): void {
    settle()
    const wasCut = isCut()
    network = { is, left }
    if (wasCut && !isCut()) linkSince = Math.max(clock.now(), host?.startedAt ?? 0)
  }

  const core: ShirCore = {
    computerName,
    service,
    settings: () => settings,
    isRunning: () => runningHost() !== undefined,
    start,
    stop: () => end('stopped'),
    connection,
    enableRemoteAccess(port) {
      remoteAccess = { port, worksAt: clock.now() + settings.remoteAccessAfterMs }
    },
    hasRemoteAccess,
    adopt(identity, name) {
      node = { identity, name, isForgotten: false }
      wasForgotten = false
      values.set('HaveRun', 'Mdw')
      linkSince = clock.now()
    },
    meetNetwork() {
      const met = network.is
      if (network.left > 1) network = { ...network, left: network.left - 1 }
      else setNetwork('up', Number.POSITIVE_INFINITY)
      return met
    },
    stopValidatingLocalFolders() {
      validatesLocalFolders = false
    },
    setUpgradeService(runs) {
      upgradeServiceRuns = runs
    },
  }

  function containerRestarted(): void {
    end('killed')
    remoteAccess = undefined
    upgradeServiceRuns = true
    start()
  }

  service.attend(settle)
  start()
  return {
    dmgcmd(args) {
      settle()
      return dmgcmdOf(core, args)
    },
    state: () => ({
      connection: connection(),
      host: runningHost(),
      hostEnded: host ? undefined : hostEnded,
      nodeName: node?.name,
      remoteAccess: hasRemoteAccess() ? remoteAccess?.port : undefined,
      validatesLocalFolders,
      upgradeServiceRuns,
    }),
    registry() {
      settle()
      return Object.fromEntries(values)
    },
    writeRegistry(name, value) {
      values = new Map([...values].filter(([other]) => other.toLowerCase() !== name.toLowerCase()))
      if (value !== undefined) values.set(name, value)
    },
    setNetwork: (is, { next } = { next: Number.POSITIVE_INFINITY }) => setNetwork(is, next),
    set(changes) {
      settle()
      settings = { ...settings, ...changes }
    },
    reachesService: () => !isCut(),
    kill: () => end('killed'),
    containerRestarted,
  }
}
