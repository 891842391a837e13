/** container/SHIR/health-check.ps1 over the state machine of a node: SHIR's own word for its connection. */
import type { Machine } from '../shir/machine.ts'
import { splitLines } from './parts/dmgcmd.ts'
import { readKey } from './parts/key.ts'
import { createSecrets } from './parts/log.ts'
import { isConnected } from './parts/node.ts'

export interface HealthAnswer {
  readonly exitCode: number
  readonly lines: readonly string[]
  /** How long the check takes, on SHIR's own time scale, without the start of PowerShell. */
  readonly takesMs: number
}

const limitMs = 20_000

/** Healthy is a line `Connected`, whatever the exit code. */
export function checkHealth(machine: Machine): HealthAnswer {
  const log = createSecrets()
  readKey({ ...machine, log })
  const { exitCode, stdout, stderr, takesMs, hangs = false } = machine.shir.dmgcmd(['-cgc'])
  const isLate = hangs || takesMs > limitMs
  const said = isLate && !hangs ? [] : splitLines(`${stdout}\n${stderr}`)
  const shown = said.map(log.hide)
  if (isLate) return { exitCode: 1, lines: [...shown, 'dmgcmd -cgc gave no answer within 20 seconds.'], takesMs: limitMs }
  if (said.some(isConnected)) return { exitCode: 0, lines: shown, takesMs }
  return {
    exitCode: 1,
    lines: said.length > 0 ? shown : [`dmgcmd -cgc said nothing and ended with exit code ${exitCode}.`],
    takesMs,
  }
}
