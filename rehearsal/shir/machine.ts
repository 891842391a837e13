/**
 * A container from inside, as the image's scripts find it: SHIR, Windows, what lies in the container's layer, and the variables that
 * it was given. A script runs in a process of it.
 */
import type { Clock, IntegrationRuntime } from './service.ts'
import { createShir, type Shir, type ShirSettings } from './shir.ts'
import { createWindows, type Windows } from './windows.ts'

export interface Machine {
  readonly shir: Shir
  readonly windows: Windows
  readonly memory: Memory
  readonly computerName: string
  /** The container's own variables; those that Windows makes need not be among them. */
  readonly environment: Readonly<Record<string, string>>
}

/** The files of C:\ProgramData\shir-container. They outlive a restart of the container. */
export interface Memory {
  /** The text of `registration`; undefined where there is no such file. One that was ended while it was written counts as `asked`. */
  registration: Exclude<Registration, 'none'> | undefined
  /** Since when there is `stop`, which stop.ps1 leaves while it is at work. Milliseconds on SHIR's own time scale. */
  stopAskedAt: number | undefined
  /** Since when there is `stopped`, which it leaves when it is done. */
  stopDoneAt: number | undefined
}

/**
 * What a container knows of its registration. `asked`: an attempt whose outcome is not known. `renewed`: registered again after its
 * record was lost, and not connected since.
 */
export type Registration = 'none' | 'asked' | 'registered' | 'renewed'

/** One process of a machine: its time and its output. */
export interface Process {
  readonly startedAt: number
  /** Milliseconds, on SHIR's own time scale. */
  now(): number
  /** What a log line is stamped with: `now` as a date, unless the machine's time runs faster than that. */
  date(): Date
  /** @throws Shutdown where Windows asks the process to end meanwhile */
  sleep(ms: number): Promise<void>
  print(line: string): void
}

/** Thrown into a process by CTRL_SHUTDOWN_EVENT: as in PowerShell, `finally` gets its turn and `catch` does not. */
export class Shutdown extends Error {
  constructor() {
    super('Windows asks this process to end.')
    this.name = 'Shutdown'
  }
}

/** STATUS_CONTROL_C_EXIT, with which `docker stop` ends a Windows container (seen with servercore: dotnet/announcements#128). */
export const shutdownExitCode = 0xc000013a

export interface MachineOptions {
  readonly clock: Clock
  readonly service: IntegrationRuntime
  readonly hostname: string
  readonly environment: Readonly<Record<string, string>>
  readonly settings?: Partial<ShirSettings>
}

/** A container that has just been made and started. */
export function createMachine({ hostname, environment, ...options }: MachineOptions): Machine {
  const computerName = computerNameOf(hostname)
  return {
    shir: createShir({ ...options, computerName }),
    windows: createWindows(),
    memory: { registration: undefined, stopAskedAt: undefined, stopDoneAt: undefined },
    computerName,
    environment,
  }
}

/** Windows puts a hostname into upper case and cuts it to 15 characters. */
export function computerNameOf(hostname: string): string {
  return hostname.slice(0, 15).toUpperCase()
}
