/**
 * The entry point of Microsoft's own image as far as a rehearsal needs it: it ends with 0 whatever happened (facts: shir.md §0,
 * setup.ps1:147), so that a restart policy starts it again and again. A life of its own, written by hand.
 */
import type { Machine, Process } from '../shir/machine.ts'

/** Ends with 0, soon. */
export async function runUpstream(machine: Machine, process: Process): Promise<number> {
  const { NODE_NAME: nodeName = machine.computerName } = machine.environment
  const log = (text: string) => process.print(`[${upstreamStamp(process.date())}] ${text}`)
  log('Start registering a new SHIR node')
  log(`Registering SHIR node with the node name: ${nodeName}`)
  await process.sleep(4_000)
  log('Stop the node connection')
  return 0
}

/** `11/22/2026 23:56:19`, in UTC. */
function upstreamStamp(at: Date): string {
  const [date = '', time = ''] = at.toISOString().slice(0, 19).split('T')
  const [year, month, day] = date.split('-')
  return `${month}/${day}/${year} ${time}`
}
