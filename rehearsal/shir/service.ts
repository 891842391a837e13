/**
 * One integration runtime as the service (Data Factory, Synapse) keeps it: its two keys and the records of its nodes. What it
 * refuses, and in which words, is what users of the real one saw (shared facts: shir.md §3, §5; targets-and-gate.md §0, §1.4;
 * the texts are those of the issues #11, #20 and #29 upstream, and of ingenii's README). What no source tells is an assumption:
 *
 * - a request is judged in this order: key, remote access, number of nodes, offline expiry;
 * - a node without remote access is refused too where others exist, and an expiry differs from none at all;
 * - whether a node has remote access is what it told last: at its registration, or with a heartbeat since then;
 * - a node that said goodbye is offline at once, one that fell silent after `silenceMs`;
 * - names are compared without letter case; regenerating a key leaves the nodes alone that registered with it.
 */
import { randomBytes, randomUUID } from 'node:crypto'

/** Milliseconds since 1970, on whatever time scale the rehearsal or the test runs. */
export interface Clock {
  now(): number
}

/** As `listAuthKeys` gives them. */
export interface Keys {
  readonly authKey1: string
  readonly authKey2: string
}

/** As in `getStatus`. A record is never `NeedRegistration`: that is a machine that has no record. */
export type NodeStatus = 'NeedRegistration' | 'Initializing' | 'Online' | 'Limited' | 'Offline'

/** The integration runtime's own state: `Limited` where some nodes are well and others are not. */
export type RuntimeState = 'NeedRegistration' | 'Online' | 'Limited' | 'Offline'

/** A node's record. Moments are milliseconds since 1970. */
export interface NodeRecord {
  readonly name: string
  readonly machine: string
  readonly registeredAt: number
  /** When it was last heard; undefined until it connects for the first time. */
  readonly lastConnectAt: number | undefined
  readonly remoteAccess: boolean
  /** After how long offline it may be removed; undefined for never. */
  readonly expirySeconds: number | undefined
  readonly status: NodeStatus
}

/** What `dmgcmd -RegisterNewNode` asks for. */
export interface Registration {
  readonly key: string
  readonly name: string
  readonly machine: string
  readonly remoteAccess: boolean
  readonly expirySeconds: number | undefined
}

export type Refusal = 'invalid-key' | 'registration-forbidden' | 'node-limit' | 'ae-mismatch'

export type RegistrationAnswer =
  /** `identity` is what the node connects with from now on; `name` may be `name_2` where the name was taken. */
  | { readonly isAccepted: true; readonly identity: string; readonly name: string }
  | { readonly isAccepted: false; readonly reason: Refusal; readonly text: string }

export interface IntegrationRuntime {
  register(registration: Registration): RegistrationAnswer
  /** A connected node lets itself be heard. `unknown` once its record was removed. */
  heartbeat(identity: string, told: { readonly remoteAccess: boolean }): 'known' | 'unknown'
  /** A node takes its leave, and is offline at once. */
  goodbye(identity: string): void
  /** `DELETE nodes/{name}`; false where there is none of that name. */
  remove(name: string): boolean
  /** Makes the service call a connected node `Limited` (port 8060, service bus, credentials out of step), or well again. */
  limit(name: string, isLimited?: boolean): void
  /** Oldest first. */
  nodes(): readonly NodeRecord[]
  state(): RuntimeState
  keys(): Keys
  /** Makes a key anew and returns it; the old one is refused from now on. */
  regenerateKey(name: keyof Keys): string
  /** `settle` is called before the service looks at its nodes, so that each can let itself be heard up to now. */
  attend(settle: () => void): void
}

export const mostNodes = 4
/** How long a node may be silent before the service calls it offline. An assumption. */
export const silenceMs = 60_000

interface Kept extends Omit<NodeRecord, 'status'> {
  readonly saidGoodbyeAt: number | undefined
  readonly isLimited: boolean
}

/** An integration runtime without nodes. */
export function createIntegrationRuntime({ keys, clock }: { readonly keys: Keys; readonly clock: Clock }): IntegrationRuntime {
  const records = new Map<string, Kept>()
  const attending: (() => void)[] = []
  let validKeys = keys

  const settle = () => {
    for (const one of attending) one()
  }
  const change = (identity: string, changes: Partial<Kept>) => {
    const kept = records.get(identity)
    if (kept) records.set(identity, { ...kept, ...changes })
  }
  const identityOf = (name: string) =>
    [...records].find(([, kept]) => kept.name.toLowerCase() === name.toLowerCase())?.[0] ?? undefined

  function removeExpired(): void {
    for (const [identity, kept] of records) {
      if (kept.expirySeconds === undefined || statusOf(kept, clock.now()) !== 'Offline') continue
      if (clock.now() - heardAt(kept) > kept.expirySeconds * 1000) records.delete(identity)
    }
  }

  function refusalOf(asked: Registration): Extract<RegistrationAnswer, { isAccepted: false }> | undefined {
    const refuse = (reason: Refusal, text: string) => ({ isAccepted: false, reason, text }) as const
    if (!Object.values(validKeys).includes(asked.key)) return refuse('invalid-key', invalidKeyText(asked.key))
    removeExpired()
    const others = [...records.values()]
    if (others.length === 0) return undefined
    if (!asked.remoteAccess || others.some(other => !other.remoteAccess))
      return refuse('registration-forbidden', registrationForbiddenText)
    if (others.length >= mostNodes) return refuse('node-limit', serviceErrorText(1500, exceptionText))
    const expected = others[0]?.expirySeconds
    if (expected !== asked.expirySeconds) return refuse('ae-mismatch', serviceErrorText(1847, expiryText(expected)))
    return undefined
  }

  return {
    register(asked) {
      settle()
      const refusal = refusalOf(asked)
      if (refusal) return refusal
      const { key: _, ...told } = asked
      const name = freeName(asked.name, taken => identityOf(taken) !== undefined)
      const identity = randomUUID()
      const fresh = { registeredAt: clock.now(), lastConnectAt: undefined, saidGoodbyeAt: undefined, isLimited: false }
      records.set(identity, { ...told, ...fresh, name })
      return { isAccepted: true, identity, name }
    },
    heartbeat(identity, { remoteAccess }) {
      change(identity, { lastConnectAt: clock.now(), saidGoodbyeAt: undefined, remoteAccess })
      return records.has(identity) ? 'known' : 'unknown'
    },
    goodbye: identity => change(identity, { saidGoodbyeAt: clock.now() }),
    remove(name) {
      settle()
      return records.delete(identityOf(name) ?? '')
    },
    limit: (name, isLimited = true) => change(identityOf(name) ?? '', { isLimited }),
    nodes() {
      settle()
      return [...records.values()].map(kept => recordOf(kept, clock.now()))
    },
    state() {
      settle()
      return stateOf([...records.values()].map(kept => statusOf(kept, clock.now())))
    },
    keys: () => validKeys,
    regenerateKey(name) {
      const fresh = validKeys[name].replace(/[^@]*$/, randomBytes(32).toString('base64'))
      validKeys = { ...validKeys, [name]: fresh }
      return fresh
    },
    attend: settleOne => void attending.push(settleOne),
  }
}

function heardAt(kept: Kept): number {
  return kept.saidGoodbyeAt ?? kept.lastConnectAt ?? kept.registeredAt
}

function statusOf(kept: Kept, now: number): NodeStatus {
  if (kept.saidGoodbyeAt !== undefined || now - heardAt(kept) > silenceMs) return 'Offline'
  if (kept.lastConnectAt === undefined) return 'Initializing'
  return kept.isLimited ? 'Limited' : 'Online'
}

function recordOf(kept: Kept, now: number): NodeRecord {
  const { saidGoodbyeAt: _, isLimited: __, ...record } = kept
  return { ...record, status: statusOf(kept, now) }
}

function stateOf(statuses: readonly NodeStatus[]): RuntimeState {
  if (statuses.length === 0) return 'NeedRegistration'
  if (statuses.every(status => status === 'Online')) return 'Online'
  return statuses.some(status => status === 'Online' || status === 'Limited') ? 'Limited' : 'Offline'
}

/** `eu`, `eu_2`, `eu_3`: the service lets no two records have one name. */
function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}_${number}`
    if (!isTaken(name)) return name
  }
}

export const registrationForbiddenText =
  'Registration of new node is forbidden when Remote Access is disabled on another node. To enable it, you can login the ' +
  `machine where the other node is installed and run 'dmgcmd.exe -EnableRemoteAccess "<port>" ["<thumbprint>"]'.`

/** The real text does not tell what is wrong: the number alone does. */
const exceptionText = "Exception of type 'Microsoft.DataTransfer.GatewayService.Client.GatewayServiceException' was thrown."

function expiryText(expected: number | undefined): string {
  return `OfflineNodeAutoDeletionTimeInSeconds should be same among the SHIR nodes and it should be ${expected ?? 0}.`
}

function serviceErrorText(code: number, message: string): string {
  return `A service error occurred (StatusCode: 400; ErrorCode: ${code}; ActivityId: ${randomUUID()}; ErrorMessage: ${message}).`
}

/** It really prints the key: whoever shows what dmgcmd says must hide it. */
export function invalidKeyText(key: string, detail = 'Processed HTTP request failed.'): string {
  return (
    `Failed to get service token from ADF service with key ${key} and time cost is: 0.1 seconds, ` +
    `the error code is: InvalidGatewayKey, activityId is: ${randomUUID()} and detailed error message is ${detail}`
  )
}
