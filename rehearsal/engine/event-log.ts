/** What happens to containers, kept and told as `docker events` does. */
import type { Clock } from './time.ts'

export interface EngineEvent {
  readonly status: string
  readonly id: string
  readonly from: string
  readonly Type: 'container'
  readonly Action: string
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
  readonly scope: 'local'
  readonly time: number
  readonly timeNano: number
}

export interface EventLog {
  /** Tells that `action` happened to a container; `attributes` hold its labels, image and name. */
  tell(action: string, id: string, attributes: Readonly<Record<string, string>>): void
  /** What is still remembered, oldest first. */
  past(): readonly EngineEvent[]
  /** Calls `listener` for each event from now on, until the returned function is called. */
  listen(listener: (event: EngineEvent) => void): () => void
}

/** moby remembers the last 256 events, whatever they are: on an old engine's `--since` the probes' exec events push others out. */
const remembered = 256

export function createEventLog(clock: Clock): EventLog {
  const past: EngineEvent[] = []
  const listeners = new Set<(event: EngineEvent) => void>()
  return {
    tell(action, id, attributes) {
      const at = clock.now()
      const sorted = Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
      const event: EngineEvent = {
        status: action,
        id,
        from: attributes.image ?? '',
        Type: 'container',
        Action: action,
        Actor: { ID: id, Attributes: sorted },
        scope: 'local',
        time: Math.floor(at / 1000),
        timeNano: Math.round(at * 1e6),
      }
      past.push(event)
      if (past.length > remembered) past.shift()
      for (const listener of [...listeners]) listener(event)
    },
    past: () => past,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The moment of an event in milliseconds. */
export function momentOf(event: EngineEvent): number {
  return event.timeNano / 1e6
}
