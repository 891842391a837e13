/**
 * The two that must agree: the image's scripts in PowerShell (the world of `__tests__/scripts`), and rehearsal/scripts in TypeScript on
 * an identical machine. A story is told to either in the same words.
 */
import { existsSync, readFileSync } from 'node:fs'
import { runEntryPoint } from '../../rehearsal/scripts/entry-point.ts'
import { checkHealth } from '../../rehearsal/scripts/health-check.ts'
import { runStopScript } from '../../rehearsal/scripts/stop-script.ts'
import type { Machine, Memory, Process } from '../../rehearsal/shir/machine.ts'
import { createIntegrationRuntime, type IntegrationRuntime, type Keys } from '../../rehearsal/shir/service.ts'
import { createShir, type Shir, type ShirSettings } from '../../rehearsal/shir/shir.ts'
import type { Windows as NodeWindows } from '../../rehearsal/shir/windows.ts'
import { commands } from '../scripts/commands.ts'
import { environmentKey, servicesKey } from '../scripts/registry.ts'
import { getItemProperty } from '../scripts/registry-commands.ts'
import { createVirtualTime, type VirtualTime } from '../scripts/virtual-time.ts'
import { createWindows, type Windows } from '../scripts/windows.ts'
import type { World } from '../scripts/world.ts'

export type Environment = Readonly<Record<string, string>>

/** A container, whoever runs the scripts in it. */
export interface Side {
  /** authKey1 of the service. */
  readonly key: string
  readonly service: IntegrationRuntime
  readonly shir: Shir
  readonly windows: Windows
  readonly clock: Pick<VirtualTime, 'now' | 'seconds'>
  at(seconds: number, action: () => unknown): void
  /** Runs the entry point, with the right key unless told; ends it after `until` seconds. */
  start(environment?: Environment, until?: number): Promise<Told>
  stop(): Promise<Told>
  checkHealth(environment?: Environment): Promise<Told>
  /** The container is started again. */
  restart(): void
}

/** What a script did, as far as it can be seen from outside. */
export interface Told {
  /** 99 where it still ran. */
  readonly exitCode: number
  readonly lines: readonly string[]
  readonly dmgcmd: readonly (readonly string[])[]
}

const hour = 3600

/** The scripts of container/SHIR, in PowerShell. */
export function powerShellSide(world: World): Side {
  const run = async (script: string, environment: Environment, until: number): Promise<Told> => {
    const { exitCode, lines, dmgcmd } = await world.run(script, environment, { until })
    return { exitCode, lines: lines.map(withoutIds), dmgcmd }
  }
  return {
    ...world,
    start: (environment, until = hour) => run('setup.ps1', { AUTH_KEY: world.key, ...environment }, until),
    stop: () => run('stop.ps1', { AUTH_KEY: world.key }, hour),
    checkHealth: environment => run('health-check.ps1', { AUTH_KEY: world.key, ...environment }, hour),
  }
}

/** rehearsal/scripts. */
export function typeScriptSide(keys: Keys, settings: Partial<ShirSettings>): Side {
  const faults: unknown[] = []
  const time = createVirtualTime(Date.UTC(2026, 0, 1), error => faults.push(error))
  const service = createIntegrationRuntime({ keys, clock: time })
  const shir = createShir({ clock: time, service, computerName: 'MACHINE', settings })
  const windows = createWindows({ shir, dmgcmd: () => '' })
  windows.shirInstalled('C:/Program Files')
  const memory: Memory = { registration: undefined, stopAskedAt: undefined, stopDoneAt: undefined }

  function run(
    script: (machine: Machine, process: Process) => Promise<number>,
    environment: Environment,
    until: number,
  ): Promise<Told> {
    const participant = time.enter()
    const lines: string[] = []
    const dmgcmd: (readonly string[])[] = []
    const told = {
      ...shir,
      dmgcmd(args: readonly string[]) {
        dmgcmd.push([...args])
        return shir.dmgcmd(args)
      },
    }
    const machine = { shir: told, windows: asNodeSees(windows, shir, time), memory, computerName: 'MACHINE', environment }
    return new Promise((resolve, reject) => {
      const end = (exitCode: number) => {
        participant.leave()
        if (faults.length > 0) reject(faults[0])
        resolve({ exitCode, lines: lines.map(withoutIds), dmgcmd })
      }
      participant.timer(until * 1000, () => end(99))
      script(machine, {
        startedAt: time.now(),
        now: time.now,
        date: () => new Date(time.now()),
        sleep: ms => new Promise(wake => participant.sleep(ms, wake)),
        print: line => lines.push(...line.split('\n')),
      }).then(end, reject)
    })
  }

  return {
    ...{ key: keys.authKey1, service, shir, windows, clock: time, at: time.at },
    start: (environment, until = hour) => run(runEntryPoint, { AUTH_KEY: keys.authKey1, ...environment }, until),
    stop: () => run(runStopScript, { AUTH_KEY: keys.authKey1 }, hour),
    checkHealth: environment => run(healthCheck, { AUTH_KEY: keys.authKey1, ...environment }, hour),
    restart: () => windows.containerRestarted(),
  }
}

async function healthCheck(machine: Machine, process: Process): Promise<number> {
  const { exitCode, lines, takesMs } = checkHealth(machine)
  await process.sleep(takesMs)
  for (const line of lines) process.print(line)
  return exitCode
}

/** The faked Windows, as the entry point in TypeScript asks for it. */
function asNodeSees(windows: Windows, shir: Shir, time: VirtualTime): NodeWindows {
  const serviceKey = `${servicesKey}\\DIAHostService`
  return {
    timeZone: windows.timeZone,
    setTimeZone(id) {
      const { error } = commands['Set-TimeZone']?.({ shir, windows, time }, { Id: id }, {}) ?? {}
      if (error) throw new Error(error.message)
    },
    machineVariable(name) {
      const { value } = getItemProperty(windows.registry, { Path: environmentKey, Name: name })
      return (value as Environment | undefined)?.[name]
    },
    serviceEnvironment: () => (windows.registry.get(serviceKey, 'Environment') ?? []) as readonly string[],
    setServiceEnvironment: variables => windows.registry.set(serviceKey, 'Environment', variables, 'MultiString'),
    readFile(path) {
      if (!existsSync(path)) throw new Error(`Could not find file '${path}'.`)
      return readFileSync(path, 'utf8')
    },
  }
}

/** The service makes up an id for each activity. */
function withoutIds(line: string): string {
  return line.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
}

/** All that is left of a story on the machine and at the service. */
export function remains({ service, shir, windows, clock }: Side) {
  const { DiacmdPath: _, ...registry } = shir.registry()
  return {
    seconds: clock.seconds(),
    nodes: service.nodes(),
    shir: shir.state(),
    registry,
    timeZone: windows.timeZone(),
    variables: windows.registry.get(`${servicesKey}\\DIAHostService`, 'Environment') ?? [],
  }
}
