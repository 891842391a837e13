import type { Inputs } from '../contract/inputs.ts'
import type { EngineFacts, Isolation } from './preflight.ts'

/** What an input asks for; `undefined` where it leaves that to the engine. */
export function askedIsolation({ isolation }: Pick<Inputs, 'isolation'>): Isolation | undefined {
  return isolation === 'default' ? undefined : isolation
}

/** How containers are isolated: as asked, or else as the engine does by itself; `undefined` where it is no Windows engine. */
export function effectiveIsolation(asked: Isolation | undefined, engine: Pick<EngineFacts, 'isolation'>): Isolation | undefined {
  return engine.isolation === undefined ? undefined : (asked ?? engine.isolation)
}

/**
 * The memory, as docker spells it, of a container of which nobody said any: a Hyper-V container has 1 GB otherwise, in which
 * neither SHIR's installation nor a node gets far. Under every other isolation there is no limit.
 */
export function memoryUnder(isolation: Isolation | undefined, what: 'build' | 'node'): string | undefined {
  if (isolation !== 'hyperv') return undefined
  return { build: '4g', node: '8g' }[what]
}
