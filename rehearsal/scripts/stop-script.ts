/** container/SHIR/stop.ps1 over the state machine of a node: ends it from outside (`docker exec`). */
import { type Machine, type Process, Shutdown } from '../shir/machine.ts'
import { readKey } from './parts/key.ts'
import { invokeStep, isShirGone } from './parts/node.ts'
import { createScript, type Script } from './parts/script.ts'

const allSeconds = 55
const commandSeconds = 40
const endSeconds = 5

/** Resolves with its exit code: 0 when SHIR has ended. The entry point ends a little later. */
export async function runStopScript(machine: Machine, process: Process): Promise<number> {
  const script = createScript(machine, process)
  try {
    readKey(script)
    script.memory.stopAskedAt = script.now()
    const hasEnded = await stopShir(script)
    script.log.write(hasEnded ? 'SHIR has stopped.' : 'ERROR: SHIR still runs.')
    return hasEnded ? 0 : 1
  } catch (error) {
    if (error instanceof Shutdown) throw error
    script.log.write(`ERROR: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  } finally {
    script.memory.stopDoneAt = script.now()
  }
}

/** Asks again while there is time: an entry point that was just about to start SHIR does so once more. */
async function stopShir(script: Script): Promise<boolean> {
  const until = script.now() + allSeconds * 1000
  let limit = commandSeconds
  for (;;) {
    await invokeStep(script, ['-Stop'], limit)
    if (await isShirGone(script, endSeconds)) return true
    const left = (until - script.now()) / 1000 - endSeconds
    if (left < endSeconds) return false
    limit = Math.round(Math.min(limit, left))
  }
}
