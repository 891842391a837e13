/** What a scenario means to the state machine: for the service, for SHIR, and for what happens to it. */
import { randomBytes } from 'node:crypto'
import { runEntryPoint } from '../scripts/entry-point.ts'
import { runUpstream } from '../scripts/upstream.ts'
import type { Machine, Process } from '../shir/machine.ts'
import { type Clock, createIntegrationRuntime, type IntegrationRuntime } from '../shir/service.ts'
import type { Shir, ShirSettings } from '../shir/shir.ts'
import { factoryOf, rehearsalKey, type Scenario } from './scenario.ts'

interface Situation {
  /** The service has other keys than the one that is given. */
  readonly refusesKey?: boolean
  /** Nodes that the integration runtime has already, from machines that are gone. */
  readonly earlierNodes?: readonly { readonly remoteAccess: boolean }[]
  readonly settings?: Partial<ShirSettings>
  /** After each start of the container. */
  readonly happenings?: readonly { readonly afterMs: number; happen(shir: Shir): void }[]
  readonly entryPoint?: typeof runEntryPoint
}

const situations: Readonly<Record<Scenario, Situation>> = {
  healthy: {},
  'bad-key': { refusesKey: true },
  'never-healthy': { settings: { connectsAfterMs: Number.POSITIVE_INFINITY } },
  /** diahost.exe ends before the entry point has seen it. */
  exits: { happenings: [{ afterMs: 2_000, happen: shir => shir.kill() }] },
  'restart-loop': { entryPoint: runUpstream },
  forbidden: { earlierNodes: [{ remoteAccess: false }] },
  'second-refused': { earlierNodes: [{ remoteAccess: true }, { remoteAccess: true }, { remoteAccess: true }] },
  flaps: { happenings: [{ afterMs: 90_000, happen: shir => shir.setNetwork('no-dns') }] },
}

/** How long PowerShell takes before a script begins. */
export const powerShellStartsMs = 1_000

/** The integration runtime that a key leads to, as it is before any node of ours comes. */
export function createRuntime(scenario: Scenario, key: string | undefined, clock: Clock): IntegrationRuntime {
  const { refusesKey = false, earlierNodes = [] } = situations[scenario]
  const freshKey = () => rehearsalKey(factoryOf(key ?? ''), randomBytes(32).toString('hex'))
  const authKey1 = refusesKey || !key ? freshKey() : key
  const service = createIntegrationRuntime({ keys: { authKey1, authKey2: freshKey() }, clock })
  for (const [index, { remoteAccess }] of earlierNodes.entries()) {
    const name = `OLD-${index + 1}`
    const answer = service.register({ key: authKey1, name, machine: name, remoteAccess, expirySeconds: undefined })
    if (answer.isAccepted) service.goodbye(answer.identity)
  }
  return service
}

/** How SHIR is in this scenario, where it is not as usual. */
export function shirSettingsOf(scenario: Scenario): Partial<ShirSettings> {
  return situations[scenario].settings ?? {}
}

/** A container's own process, from one start to its end; resolves with the exit code. `later` does something in its midst. */
export async function runContainer(
  scenario: Scenario,
  machine: Machine,
  process: Process,
  later: (ms: number, act: () => void) => unknown,
): Promise<number> {
  const { happenings = [], entryPoint = runEntryPoint } = situations[scenario]
  for (const { afterMs, happen } of happenings) later(afterMs, () => happen(machine.shir))
  await process.sleep(powerShellStartsMs)
  return entryPoint(machine, process)
}
