/** All that an embedded engine has: its identity, its clock, and what was made on it. */
import type { Container } from './container.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { createImageStore, type ImageStore } from './image-store.ts'
import { createNetworks, type Network } from './networks.ts'
import type { EngineOptions } from './options.ts'
import { createRegistries, type Registries } from './registries.ts'
import { createRuntimes, type Runtimes } from './runtimes.ts'
import { type Clock, createClock } from './time.ts'

export interface World {
  readonly options: EngineOptions
  readonly clock: Clock
  readonly events: EventLog
  readonly images: ImageStore
  readonly registries: Registries
  /** By full id, oldest first. */
  readonly containers: Map<string, Container>
  /** Those that were ever started, removed ones too, oldest first. */
  readonly everStarted: Container[]
  /** By full id. */
  readonly networks: Map<string, Network>
  readonly runtimes: Runtimes
}

export function createWorld(options: EngineOptions): World {
  const clock = createClock(options.speed)
  const registries = createRegistries(options, clock)
  return {
    options,
    clock,
    events: createEventLog(clock),
    images: createImageStore(registries),
    registries,
    containers: new Map(),
    everStarted: [],
    networks: createNetworks(options, clock),
    runtimes: createRuntimes(clock),
  }
}
