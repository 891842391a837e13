/**
 * A container and all that is around it, for the image's scripts: the state machine of a node and its service, a faked Windows,
 * and virtual time. The test owns it; scripts reach it over a wire (`wire.ts`, `windows.ps1`, `dmgcmd.bash`).
 *
 * ```ts
 * const world = await makeWorld()
 * world.at(120, () => world.shir.kill())
 * const ended = await world.run('setup.ps1', { AUTH_KEY: world.key }, { until: 600 })
 * ```
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createIntegrationRuntime, type IntegrationRuntime } from '../../rehearsal/shir/service.ts'
import { createShir, type Shir, type ShirSettings } from '../../rehearsal/shir/shir.ts'
import { playPowerShell } from './player.ts'
import { inheritedNames, type PowerShell, startPowerShell } from './powershell.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'
import { createWindows, sharedFolder, type Windows } from './windows.ts'
import { type Call, createWire, type WireRun } from './wire.ts'

export const containerFolder = join(__dirname, '../../container')
const prelude = join(__dirname, 'windows.ps1')

export interface WorldOptions {
  /** False: SHIR is not installed yet, as while the image is built. */
  readonly isInstalled?: boolean
  readonly settings?: Partial<ShirSettings>
  /** Time as it passes outside, for scripts in a real container; virtual otherwise. */
  readonly time?: VirtualTime
  /** The address of this machine that the scripts can reach. */
  readonly reachedAt?: string
}

export interface RunOptions {
  /** Seconds of virtual time after which a script that still runs is ended. */
  readonly until?: number
}

/** How a script ended, and what it did on the way. */
export interface Ended {
  /** 99 where it still ran. */
  readonly exitCode: number
  readonly stillRunning: boolean
  readonly output: string
  /** Those of `output` that hold anything. */
  readonly lines: readonly string[]
  /** The codes of the SHIR-EVENT lines. */
  readonly events: readonly string[]
  /** This run's calls alone; `world.calls` has those of all. */
  readonly calls: readonly Call[]
  /** The argument lists that dmgcmd.exe was called with. */
  readonly dmgcmd: readonly (readonly string[])[]
}

export interface World {
  readonly clock: Pick<VirtualTime, 'now' | 'seconds'>
  readonly service: IntegrationRuntime
  readonly shir: Shir
  readonly windows: Windows
  /** authKey1 of `service`; its secret is made anew for each world. */
  readonly key: string
  /** A copy of container/SHIR; there is a blank in its path. */
  readonly scripts: string
  readonly programFiles: string
  /** The path of dmgcmd.exe, whether or not it is there yet. */
  readonly dmgcmd: string
  readonly calls: readonly Call[]
  /** Does something `seconds` of virtual time from now, and awaits it, while a script sleeps or waits for dmgcmd.exe. */
  at(seconds: number, action: () => unknown): void
  /** Runs a script of the image after the fakes, with this environment and little else. */
  run(script: string, environment?: Readonly<Record<string, string>>, options?: RunOptions): Promise<Ended>
  /** Runs PowerShell code after the fakes. */
  command(code: string, environment?: Readonly<Record<string, string>>, options?: RunOptions): Promise<Ended>
  /** Starts PowerShell with these arguments, without the fakes. */
  start(args: readonly string[], environment?: Readonly<Record<string, string>>, options?: RunOptions): Promise<Ended>
  /** The container is started again: whatever runs is ended, SHIR starts by itself, files and registry stay. */
  restart(): void
  /** For scripts that something else starts: `address` is their WORLD. `leave` when they have ended, else time waits for them. */
  enter(): WireRun
  close(): Promise<void>
}

/** A key of the service's form, with a secret that opens nothing. */
export function makeKey(): string {
  const secret = randomBytes(32).toString('base64')
  return `IR@00000000-1111-2222-3333-444444444444@example@ServiceEndpoint=example.westeurope.datafactory.azure.net@${secret}`
}

/** A container that has been made and started, with an integration runtime that has no nodes. Close it after the test. */
export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const { isInstalled = true, settings = {}, reachedAt = '127.0.0.1' } = options
  const folder = mkdtempSync(join(tmpdir(), 'shir scripts '))
  const scripts = join(folder, 'SHIR')
  const programFiles = join(folder, 'Program Files')
  cpSync(join(containerFolder, 'SHIR'), scripts, { recursive: true })

  const running = new Set<{ readonly line: WireRun; readonly ended: Promise<unknown>; end(): void }>()
  const virtual = createVirtualTime(Date.UTC(2026, 0, 1), error => {
    for (const { line } of running) line.faults.push(`at ${virtual.seconds()} s: ${error}`)
  })
  const time = options.time ?? virtual
  const key = makeKey()
  const service = createIntegrationRuntime({ keys: { authKey1: key, authKey2: makeKey() }, clock: time })
  const shir = createShir({ clock: time, service, computerName: 'MACHINE', settings })
  const windows = createWindows({ shir, dmgcmd: () => dmgcmdProgram(wire.address) })
  const wire = await createWire({ shir, windows, time }, key, reachedAt)

  async function follow(
    begin: (environment: Readonly<Record<string, string>>) => PowerShell,
    environment: Readonly<Record<string, string>> = {},
    { until }: RunOptions = {},
  ): Promise<Ended> {
    const line = wire.enter()
    const script = begin({ ...containerEnvironment(folder), ...environment, ...wireEnvironment(line, environment.TZ) })
    line.setProcessId(script.processId)
    let stillRunning = false
    const run = {
      line,
      ended: script.ended,
      end() {
        stillRunning = true
        script.kill()
        line.leave()
      },
    }
    running.add(run)
    if (until !== undefined) line.participant.timer(until * 1000, run.end)
    try {
      const { exitCode = 99, output } = await script.ended
      if (line.faults.length > 0)
        throw new Error(`The world was asked for what it does not have:\n${line.faults.join('\n')}\n\n${output}`)
      return { ...summary(output, line.calls), exitCode, stillRunning }
    } finally {
      running.delete(run)
      line.leave()
    }
  }

  const start: World['start'] = (args, environment, options) =>
    follow(variables => startPowerShell(args, variables), environment, options)

  const command: World['command'] = (code, environment, options) =>
    start(['-Command', `. '${prelude}'; ${code}`], environment, options)

  /** Where markers lie, a script asks whether they are older than its process; and .NET reads a proxy's variables once in a process. */
  const needsOwnProcess = (environment: Readonly<Record<string, string>> = {}) =>
    ['stop', 'stopped'].some(marker => existsSync(join(folder, 'ProgramData/shir-container', marker))) ||
    Object.keys(environment).some(name => /_proxy$/i.test(name))

  const run: World['run'] = (script, environment, options) => {
    const call = `& '${join(scripts, script)}'`
    if (needsOwnProcess(environment)) return command(`${call}; exit $LASTEXITCODE`, environment, options)
    return follow(variables => playPowerShell(`. '${prelude}'; ${call}`, variables), environment, options)
  }

  if (isInstalled) {
    windows.shirInstalled(programFiles)
    for (const { path, base64, isProgram } of windows.shirFiles(programFiles, '5.70.9748.2')) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, Buffer.from(base64, 'base64'))
      if (isProgram) chmodSync(path, 0o755)
    }
  }

  return {
    clock: time,
    service,
    shir,
    windows,
    key,
    scripts,
    programFiles,
    dmgcmd: join(sharedFolder(programFiles), 'dmgcmd.exe'),
    calls: wire.calls,
    at: time.at,
    start,
    command,
    run,
    restart() {
      for (const run of running) run.end()
      windows.containerRestarted()
    },
    enter: wire.enter,
    async close() {
      const ended = [...running].map(run => run.ended)
      for (const run of running) run.end()
      await Promise.allSettled(ended)
      await wire.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The folders that Windows names in every process's environment, as far as the scripts ask for them. */
function containerEnvironment(folder: string): Readonly<Record<string, string>> {
  return {
    COMPUTERNAME: 'MACHINE',
    ProgramFiles: join(folder, 'Program Files'),
    ProgramData: join(folder, 'ProgramData'),
    SystemRoot: join(folder, 'Windows'),
  }
}

/** What `windows.ps1` needs, and takes out again. PowerShell itself starts in UTC, which is then the zone of Get-Date. */
function wireEnvironment(line: WireRun, timeZone: string | undefined): Readonly<Record<string, string>> {
  const hidden = [...inheritedNames.filter(name => name !== 'PATH'), 'WORLD']
  return {
    WORLD: line.address,
    WORLD_HIDES: hidden.join(','),
    TZ: 'UTC',
    ...(timeZone === undefined ? {} : { WORLD_TZ: timeZone }),
  }
}

function dmgcmdProgram(address: string): string {
  return readFileSync(join(__dirname, 'dmgcmd.bash'), 'utf8').replace('WORLD_ADDRESS', `${address}/`)
}

function summary(output: string, calls: readonly Call[]): Pick<Ended, 'output' | 'lines' | 'events' | 'calls' | 'dmgcmd'> {
  const lines = output.split(/\r?\n/).filter(line => line !== '')
  return {
    output,
    lines,
    events: lines.flatMap(line => /^SHIR-EVENT \{.*?"code":"([a-z-]+)".*\}$/.exec(line)?.[1] ?? []),
    calls: [...calls],
    dmgcmd: calls.filter(call => call.command === 'dmgcmd').map(call => call.args),
  }
}
