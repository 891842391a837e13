/** All that an embedded engine has: its identity, its clock, and what was made on it. */
import type { Container } from './container.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { createImageStore, type ImageStore } from './image-store.ts'
import { createNetworks, type Network } from './networks.ts'
import { type Clock, createClock } from './time.ts'

export interface EngineOptions {
  readonly os: 'windows' | 'linux'
  /** Windows: `10.0.20348` or with its revision, `10.0.20348.5499`. Linux: the distribution's, `12`. */
  readonly osVersion: string
  /** `1.41` to the newest; health checks have a start interval from 1.44 on. */
  readonly apiVersion: string
  /** The engine's, such as `29.1.5`. */
  readonly version: string
  /** Container time runs this much faster than wall time. Timestamps stay in wall time. */
  readonly speed: number
}

export interface World {
  readonly options: EngineOptions
  readonly clock: Clock
  readonly events: EventLog
  readonly images: ImageStore
  /** By full id, oldest first. */
  readonly containers: Map<string, Container>
  /** Removed ones too, oldest first. */
  readonly everMade: Container[]
  /** By full id. */
  readonly networks: Map<string, Network>
}

export function createWorld(options: EngineOptions): World {
  const clock = createClock(options.speed)
  return {
    options,
    clock,
    events: createEventLog(clock),
    images: createImageStore(options, clock),
    containers: new Map(),
    everMade: [],
    networks: createNetworks(options, clock),
  }
}

/** True where the engine's API is `minor` of version 1 or newer. */
export function speaksApi(options: EngineOptions, minor: number): boolean {
  return Number(options.apiVersion.split('.')[1]) >= minor
}
