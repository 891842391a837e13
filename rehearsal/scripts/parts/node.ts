/** `parts/node.ps1`: SHIR's process, its connection, and what this container knows of its own registration. */

import type { Registration } from '../../shir/machine.ts'
import type { EndCode } from '../exit-codes.ts'
import { type DmgcmdResult, invokeDmgcmd, splitLines } from './dmgcmd.ts'
import type { Key } from './key.ts'
import type { Script } from './script.ts'

/** Ends the container with the exit code of its reason code, unless stop.ps1 asked for it: then with 0. */
export class ContainerEnd extends Error {
  readonly code: EndCode
  readonly waitSeconds: number

  constructor(code: EndCode, message: string, waitSeconds = 0) {
    super(message)
    this.name = 'ContainerEnd'
    this.code = code
    this.waitSeconds = waitSeconds
  }
}

export function isShirRunning({ shir }: Script): boolean {
  return shir.state().host !== undefined
}

/** Resolves with whether SHIR's process is gone in time. */
export async function isShirGone(script: Script, seconds: number): Promise<boolean> {
  const until = script.now() + seconds * 1000
  while (isShirRunning(script)) {
    if (script.now() >= until) return false
    await script.sleep(1000)
  }
  return true
}

/** Waits for SHIR's process. @throws ContainerEnd where it does not come */
export async function waitForShir(script: Script, seconds: number, otherwise: string): Promise<void> {
  const until = script.now() + seconds * 1000
  while (!isShirRunning(script)) {
    assertWanted(script)
    if (script.now() >= until) throw new ContainerEnd('exited', otherwise)
    await script.sleep(1000)
  }
}

/** Runs dmgcmd.exe and prints what it says. */
export async function invokeStep(script: Script, args: readonly string[], limitSeconds?: number): Promise<DmgcmdResult> {
  const result = await invokeDmgcmd(script, args, limitSeconds)
  for (const line of splitLines(result.text)) script.log.write(`dmgcmd: ${line}`)
  const end = result.exitCode === undefined ? 'gave no answer and was ended' : `ended with exit code ${result.exitCode}`
  script.log.write(`dmgcmd ${args[0]} ${end}.`)
  return result
}

/** Whether the service of a key of the usual form answers on its port. */
export function isServiceReachable({ shir }: Script, { value }: Key): boolean {
  return /@ServiceEndpoint=([A-Z0-9.-]+)@[^@]*$/i.test(value) && shir.reachesService()
}

/** SHIR's own word for its connection; '' where it gives none. */
export async function connectionWord(script: Script): Promise<string> {
  if (!isShirRunning(script)) return ''
  const { exitCode, text } = await invokeDmgcmd(script, ['-cgc'], 20)
  if (exitCode === undefined) return ''
  const lines = splitLines(text)
  if (lines.some(isConnected)) return 'Connected'
  return lines.findLast(line => /^[A-Za-z]{1,40}$/.test(line)) ?? ''
}

/** PowerShell compares without letter case. */
export function isConnected(word: string): boolean {
  return word.toLowerCase() === 'connected'
}

// ---- what stop.ps1 asks for ----

const stopScriptMs = 60_000

/** Forgets markers of an earlier start of the container. One that came while this start got under way is meant for it. */
export function clearStopMarkers({ memory, startedAt }: Script): void {
  const isEarlier = (at: number | undefined) => at !== undefined && at < startedAt
  if (isEarlier(memory.stopAskedAt)) memory.stopAskedAt = undefined
  if (isEarlier(memory.stopDoneAt)) memory.stopDoneAt = undefined
}

export function isStopAsked({ memory }: Script): boolean {
  return memory.stopAskedAt !== undefined
}

/** The container ends with its entry point, and Windows ends whatever else runs in it: stop.ps1 must have told how it went. */
export async function waitForStopScript(script: Script): Promise<void> {
  const until = script.now() + stopScriptMs
  while (script.now() < until && script.memory.stopDoneAt === undefined) await script.sleep(1000)
  await script.sleep(2000)
}

/** Ends the container where it was asked to stop: nothing may be started any more. */
export function assertWanted(script: Script): void {
  if (isStopAsked(script)) throw new ContainerEnd('internal', 'This container was asked to stop.')
}

/** Sleeps, and ends the container at once when it is asked to stop meanwhile. */
export async function waitSeconds(script: Script, seconds: number): Promise<void> {
  const until = script.now() + seconds * 1000
  for (;;) {
    assertWanted(script)
    const left = (until - script.now()) / 1000
    if (left <= 0) return
    await script.sleep(Math.ceil(Math.min(left, 5)) * 1000)
  }
}

// ---- what this container knows of its registration ----

/** SHIR's own flag counts where we wrote nothing: upstream's scripts write nothing. */
export function registrationOf(script: Script): Registration {
  return script.memory.registration ?? (isShirRegistered(script) ? 'registered' : 'none')
}

/** SHIR's own flag, the one that upstream goes by. */
export function isShirRegistered({ shir }: Script): boolean {
  return shir.registry().HaveRun?.toLowerCase() === 'mdw'
}
