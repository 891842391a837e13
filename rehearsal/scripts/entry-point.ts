/**
 * The container's entry point, container/SHIR/setup.ps1, over the state machine of a node: line for line what the script prints,
 * with its waits, its retries, its decisions and its exit codes. `parts/` mirrors container/SHIR/parts. The scripts are the original;
 * __tests__/scripts/agreement.test.ts holds the two together. SHIR is always installed here, so dmgcmd.exe is always found.
 */

import { type Machine, type Process, Shutdown } from '../shir/machine.ts'
import { exitCodes } from './exit-codes.ts'
import { type Key, keyFaultOf, readKey } from './parts/key.ts'
import {
  assertWanted,
  ContainerEnd,
  clearStopMarkers,
  connectionWord,
  invokeStep,
  isServiceReachable,
  isShirRegistered,
  isShirRunning,
  isStopAsked,
  registrationOf,
  waitForShir,
  waitForStopScript,
  waitSeconds,
} from './parts/node.ts'
import { outcomeOf, refusedSeconds, registerNode } from './parts/registration.ts'
import { createScript, type Script } from './parts/script.ts'
import { setServiceEnvironment } from './parts/service-environment.ts'
import { readSettings, type Settings, settingFault, settingFaults, settingRules, settingWarnings } from './parts/settings.ts'
import { watchShir } from './parts/supervision.ts'
import { setTimeZone } from './parts/time-zone.ts'

const remoteAccessSeconds = 15
const startSeconds = 60
const againSeconds = 60

/** Runs it to its end, and resolves with the container's exit code. @throws Shutdown where Windows ends the process */
export async function runEntryPoint(machine: Machine, process: Process): Promise<number> {
  const script = createScript(machine, process)
  try {
    await startNode(script)
    return 0
  } catch (error) {
    return endContainer(script, error)
  }
}

async function startNode(script: Script): Promise<void> {
  clearStopMarkers(script)
  const key = readKey(script)
  const settings = readEnvironment(script)
  const registration = registrationOf(script)
  const fault = keyFaultOf(key) // before anything is touched
  if (registration === 'none' && fault) throw new ContainerEnd(fault.code, fault.problem)
  // Both reach SHIR's service only when it starts.
  const hasZone = setTimeZone(script, settings.timeZone)
  const hasVariables = setServiceEnvironment(script)
  const node: Node = { script, key, settings, mustRestart: hasZone || hasVariables }
  if (registration === 'none') await startNewNode(node)
  else if (registration === 'asked') await resumeNode(node)
  else await restartNode(node)
  script.log.write('SHIR was asked to stop: this container ends.')
}

interface Node {
  readonly script: Script
  readonly key: Key
  readonly settings: Settings
  readonly mustRestart: boolean
}

/** Everything that is wrong is told, then the container ends: nothing has been touched yet. */
function readEnvironment(script: Script): Settings {
  const faults = settingFaults(script)
  const [first] = faults
  if (first !== undefined) {
    const all = `${faults.length} variables are wrong: ${faults.join(' ')}`
    throw new ContainerEnd('invalid-input', faults.length > 1 ? all : first)
  }
  const settings = readSettings(script)
  const fault = settingFault(script, settingRules.nodeName, settings.nodeName)
  if (fault !== undefined) throw new ContainerEnd('invalid-input', fault)
  for (const warning of settingWarnings(script, settings)) script.log.write(`WARNING: ${warning}`)
  return settings
}

/** In upstream's order: remote access before registration, since the first node of a set must have it when it registers. */
async function startNewNode(node: Node): Promise<void> {
  const { script, key, settings } = node
  await startShir(node)
  if (settings.localFolders) await enableLocalFolders(script)
  if (settings.enableHa && !(await enableRemoteAccess(node))) {
    const why = 'Remote access could not be enabled, so the node was not registered.'
    throw new ContainerEnd('registration-failed', why, refusedSeconds)
  }
  await registerNode(script, key, settings)
  await watchShir(script)
}

/** In upstream's order again. Remote access is tried once more after the start; a registered node runs without it rather than not. */
async function startRegistered(node: Node): Promise<void> {
  const hasAccess = !node.settings.enableHa || (await enableRemoteAccess(node))
  await startShir(node)
  if (hasAccess || (await enableRemoteAccess(node))) return
  node.script.log.write('WARNING: remote access could not be enabled: the other nodes cannot reach this one.')
}

/** A container that registered before, in an earlier start. */
async function restartNode(node: Node): Promise<void> {
  const { script, key, settings } = node
  const { log } = script
  log.write('This container is registered already: starting its node again.')
  await startRegistered(node)
  await watchShir(script, async word => {
    if (!(await isForgotten(node, word))) {
      log.write('The node is not connected yet. Nothing proves that the service has forgotten it, so it is not registered again.')
      return false
    }
    if (registrationOf(script) === 'renewed') {
      log.write('The service no longer knows this node, which was registered again before and never connected: not once more.')
      return true
    }
    log.write('The service no longer knows this node: registering it again, once.')
    await registerNode(script, key, settings)
    return true
  })
}

/**
 * SHIR tells in three ways that its record is gone: it drops its own flag, it says so, or it has stopped trying to connect although
 * the service can be reached.
 */
async function isForgotten({ script, key }: Node, word: string): Promise<boolean> {
  if (!isShirRegistered(script) || ['notregistered', 'needregistration'].includes(word.toLowerCase())) return true
  const hasStopped = (said: string) => said.toLowerCase() === 'disconnected' && isServiceReachable(script, key)
  if (!hasStopped(word)) return false
  await waitSeconds(script, againSeconds) // a network that has just come back
  return hasStopped(await connectionWord(script))
}

/** A container that was ended before its registration had an answer, or got none: the service may have a record of it. */
async function resumeNode(node: Node): Promise<void> {
  const { script, settings } = node
  script.log.write('An earlier registration of this container got no answer: waiting whether its node connects.')
  await startRegistered(node)
  await watchShir(script, async () => {
    const way = `Remove the node ${settings.nodeName} from the integration runtime if it is there, and start a new container.`
    const why = 'An earlier registration got no answer, and the node does not connect.'
    throw new ContainerEnd('registration-failed', `${why} ${way}`, refusedSeconds)
  })
}

/** Windows starts SHIR's service with the container, and dmgcmd.exe may call that a failure: SHIR's process decides. */
async function startShir({ script, mustRestart }: Node): Promise<void> {
  assertWanted(script)
  await invokeStep(script, [mustRestart && isShirRunning(script) ? '-Restart' : '-Start'])
  await waitForShir(script, startSeconds, 'SHIR could not be started.')
}

/** Resolves with whether it was enabled. */
async function enableRemoteAccess({ script, settings: { haPort } }: Node): Promise<boolean> {
  script.log.write(`Enabling remote access on port ${haPort} for high availability.`)
  const { code } = outcomeOf(await invokeStep(script, ['-EnableRemoteAccessInContainer', String(haPort)]))
  if (code !== undefined) return false
  await waitSeconds(script, remoteAccessSeconds)
  return true
}

/** SHIR restarts when it is told so. */
async function enableLocalFolders(script: Script): Promise<void> {
  script.log.write('Allowing access to folders of this container.')
  const { exitCode } = await invokeStep(script, ['-DisableLocalFolderPathValidation'])
  if (exitCode !== 0) throw new ContainerEnd('internal', 'Access to folders of this container could not be allowed.')
  await waitForShir(script, startSeconds, 'SHIR did not come back after its restart.')
}

/** Says why it ends, and resolves with the exit code. */
async function endContainer(script: Script, error: unknown): Promise<number> {
  if (error instanceof Shutdown) throw error
  const { code, message, waitSeconds: seconds } = asEnd(error)
  // Whatever went wrong while it was being stopped is no crash.
  if (isStopAsked(script)) {
    script.log.write(message)
    await waitForStopScript(script)
    return 0
  }
  script.log.write(`ERROR: ${message}`)
  script.print(`SHIR-EVENT {"code":"${code}"}`)
  if (seconds === 0) return exitCodes[code]
  script.log.write(`This container ends in ${seconds} s, so that a restart policy does not ask the service again at once.`)
  try {
    await waitSeconds(script, seconds)
  } catch (interrupted) {
    return endContainer(script, interrupted)
  }
  return exitCodes[code]
}

function asEnd(error: unknown): ContainerEnd {
  if (error instanceof ContainerEnd) return error
  return new ContainerEnd('internal', error instanceof Error ? error.message : String(error))
}
