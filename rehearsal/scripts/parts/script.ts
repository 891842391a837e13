/** One script of the image at work: the machine, the process, and the log. Every part of a script takes it. */
import type { Machine, Process } from '../../shir/machine.ts'
import { createLog, type Log } from './log.ts'

export interface Script extends Machine, Process {
  readonly log: Log
}

/** A script that has printed nothing yet, and knows no secret. */
export function createScript(machine: Machine, process: Process): Script {
  return { ...machine, ...process, log: createLog(process) }
}
