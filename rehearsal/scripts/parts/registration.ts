/** `parts/registration.ps1`: registering a node, at most once where it cannot be told whether an attempt came through. */
import type { EndCode } from '../exit-codes.ts'
import type { DmgcmdResult } from './dmgcmd.ts'
import { isUsualKey, type Key, keyFaultOf } from './key.ts'
import { assertWanted, ContainerEnd, invokeStep, isShirRegistered, registrationOf, waitSeconds } from './node.ts'
import type { Script } from './script.ts'
import type { Settings } from './settings.ts'

/** What dmgcmd.exe says when a registration fails; the first that matches counts. */
const failureTexts: readonly (readonly [EndCode, RegExp])[] = [
  ['service-unreachable', /Client IP address is not valid private ip/i],
  ['invalid-key', /InvalidGatewayKey/i],
  ['registration-forbidden', /Registration of new node is forbidden/i],
  ['ae-mismatch', /error ?code( is)?\W{0,3}1847\b/i],
  ['node-limit', /error ?code( is)?\W{0,3}1500\b/i],
  ['service-unreachable', /remote name could not be resolved|No such host is known|Unable to connect to the remote server/i],
  ['service-unreachable', /connection attempt failed|actively refused|underlying connection was closed|operation has timed out/i],
  ['service-unreachable', /Could not establish (a )?(trust relationship|secure channel)|Proxy Authentication Required/i],
  ['invalid-key', /Failed to get service token from ADF service with key/i],
  ['registration-failed', /error ?code( is)?:\s*[^0\s]/i],
]

const refusals: readonly EndCode[] = ['invalid-key', 'registration-forbidden', 'node-limit', 'ae-mismatch']
const tokenStage = /Failed to get service token/i
/** Between attempts that certainly registered nothing; none after the last. */
const pausesSeconds = [10, 20, 40, 60, 60, 0]
/** Whoever was refused waits, so that no restart policy hammers the service. */
export const refusedSeconds = 300

export interface Outcome {
  /** Undefined is success. */
  readonly code: EndCode | undefined
  /** Nothing was registered, for sure. */
  readonly isCertain: boolean
}

/** What an answer of dmgcmd.exe means. */
export function outcomeOf({ exitCode, text }: DmgcmdResult): Outcome {
  const told = failureTexts.find(([, pattern]) => pattern.test(text))?.[0]
  const code = told ?? (exitCode === 0 ? undefined : 'registration-failed')
  const isTokenStage = code === 'service-unreachable' && tokenStage.test(text)
  const isRefused = code !== undefined && refusals.includes(code)
  return { code, isCertain: exitCode !== undefined && (isRefused || isTokenStage) }
}

/** Registers the node. @throws ContainerEnd */
export async function registerNode(script: Script, key: Key, settings: Settings): Promise<void> {
  const fault = keyFaultOf(key)
  if (fault) throw new ContainerEnd(fault.code, fault.problem)
  if (!isUsualKey(key.value))
    script.log.write('WARNING: AUTH_KEY does not look like the usual key; if the service refuses it, copy it again.')
  const name = settings.nodeName
  for (const pause of pausesSeconds) {
    const { code, isCertain } = await attempt(script, key, settings)
    if (code === undefined) return script.log.write(`The node ${name} is registered.`)
    const why = `The node ${name} could not be registered (${code})`
    if (!isCertain) {
      const doubt = 'whether the service has a record of it all the same cannot be told from here.'
      throw new ContainerEnd(code, `${why}; ${doubt}`, refusedSeconds)
    }
    if (code !== 'service-unreachable' || pause === 0) throw new ContainerEnd(code, `${why}.`, refusedSeconds)
    script.log.write(`The service was not reached, so nothing was registered: trying again in ${pause} s.`)
    await waitSeconds(script, pause)
  }
}

/** One attempt. What is known of it is written down before and after, for a container that is killed meanwhile. */
async function attempt(script: Script, key: Key, settings: Settings): Promise<Outcome> {
  const { memory, log } = script
  assertWanted(script)
  const before = registrationOf(script)
  const hadFlag = isShirRegistered(script)
  memory.registration = 'asked'
  log.write(`Registering the node ${settings.nodeName}.`)
  const expiry = settings.enableAe ? [String(settings.aeTime)] : []
  const outcome = outcomeOf(await invokeStep(script, ['-RegisterNewNode', key.value, settings.nodeName, ...expiry]))
  const isRegistered = outcome.code === undefined || (!hadFlag && isShirRegistered(script))
  if (isRegistered && outcome.code !== undefined)
    log.write('WARNING: dmgcmd.exe reports a failure, but SHIR says that it is registered, which counts.')
  if (isRegistered) memory.registration = before === 'none' ? 'registered' : 'renewed'
  else if (outcome.isCertain) memory.registration = before === 'none' ? undefined : before
  return isRegistered ? { ...outcome, code: undefined } : outcome
}
