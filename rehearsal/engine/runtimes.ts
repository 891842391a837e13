/** The integration runtimes that the nodes of an engine belong to. */
import { factoryOf, type Scenario, scenarioOf } from '../node/scenario.ts'
import { createRuntime } from '../node/situation.ts'
import type { IntegrationRuntime } from '../shir/service.ts'
import type { Clock } from './time.ts'

export interface Runtime {
  readonly scenario: Scenario
  /** Its moments are in container time. */
  readonly service: IntegrationRuntime
}

export interface Runtimes {
  /** The one of the key's factory, made when that is named first; then this is its key, unless the scenario has it otherwise. */
  of(key: string | undefined): Runtime
}

export function createRuntimes(clock: Clock): Runtimes {
  const runtimes = new Map<string | undefined, Runtime>()
  return {
    of(key) {
      const factory = factoryOf(key ?? '')
      const known = runtimes.get(factory)
      if (known) return known
      const scenario = scenarioOf(factory)
      const service = createRuntime(scenario, key, { now: () => clock.container(clock.now()) })
      runtimes.set(factory, { scenario, service })
      return { scenario, service }
    },
  }
}
