import type { Host } from '../host/host.ts'

/** A host for one stage, whose progress from 0 to 100 is the step's from `from` to `to`. */
export function withinStage(host: Host, from: number, to: number): Host {
  return { ...host, progress: (percent, text) => host.progress(Math.round(from + (percent * (to - from)) / 100), text) }
}
