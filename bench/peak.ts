import { readFileSync } from 'node:fs'

/** A process's own peak of memory (VmHWM), by its `/proc/<id>/status`; `undefined` where it is gone. */
export function peakMegabytes(status: string): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Math.round((Number(kilobytes) * 1_024) / 1e6)
  } catch {
    return undefined
  }
}
