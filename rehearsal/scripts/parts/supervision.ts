/** `parts/supervision.ps1`: watching over a node for as long as it runs. Only changes are logged. */
import { Shutdown } from '../../shir/machine.ts'
import { invokeDmgcmd } from './dmgcmd.ts'
import { ContainerEnd, connectionWord, isConnected, isShirRunning, isStopAsked, waitForStopScript } from './node.ts'
import type { Script } from './script.ts'

const lookMs = 5000
/** While there is no connection, and while there is one. */
const askMs = 15_000
const askAgainMs = 60_000
const missingSeconds = 180
const silentMs = 300_000

/** Called with SHIR's word every five minutes until the node connects for the first time, or until it resolves with true. */
export type WhenSilent = (word: string) => Promise<boolean>

interface Watch {
  word: string
  missingSince: number | undefined
  silentSince: number
  askAt: number
  whenSilent: WhenSilent | undefined
}

/** Resolves when the container was asked to stop. @throws ContainerEnd when SHIR is gone for good */
export async function watchShir(script: Script, whenSilent?: WhenSilent): Promise<void> {
  const began = script.now()
  const watch: Watch = { word: '', missingSince: undefined, silentSince: began, askAt: began, whenSilent }
  try {
    while (!isStopAsked(script)) {
      watchProcess(script, watch)
      if (script.now() >= watch.askAt) await watchConnection(script, watch)
      await script.sleep(lookMs)
    }
    await waitForStopScript(script)
  } finally {
    if (isShirRunning(script)) await takeLeave(script)
  }
}

/** Best effort: on `docker stop` Windows gives this process seconds, if it comes here at all. */
async function takeLeave(script: Script): Promise<void> {
  try {
    await invokeDmgcmd(script, ['-Stop'], 10)
  } catch (error) {
    if (error instanceof Shutdown) throw error
    script.log.write(String(error))
  }
}

function watchProcess(script: Script, watch: Watch): void {
  const now = script.now()
  if (isShirRunning(script)) {
    if (watch.missingSince !== undefined) script.log.write('SHIR runs again.')
    watch.missingSince = undefined
    return
  }
  if (watch.missingSince === undefined) {
    watch.missingSince = now
    script.log.write(`SHIR does not run: diahost.exe has ${missingSeconds} s to come back.`)
  }
  if (now - watch.missingSince >= missingSeconds * 1000)
    throw new ContainerEnd('exited', 'SHIR stopped running and did not come back.')
}

async function watchConnection(script: Script, watch: Watch): Promise<void> {
  const word = await connectionWord(script)
  const isUp = isConnected(word)
  if (word.toLowerCase() !== watch.word.toLowerCase()) script.log.write(`Connection: ${word === '' ? 'no answer' : word}`)
  watch.word = word
  if (isUp) {
    watch.whenSilent = undefined
    // A connection proves a registration, whether its answer was lost or it was made anew.
    script.memory.registration = 'registered'
  }
  if (watch.whenSilent && script.now() - watch.silentSince >= silentMs) {
    if (await watch.whenSilent(word)) watch.whenSilent = undefined
    watch.silentSince = script.now()
  }
  watch.askAt = script.now() + (isUp ? askAgainMs : askMs)
}
