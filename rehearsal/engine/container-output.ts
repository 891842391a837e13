/** What comes out of a container: `docker logs` and `docker exec`. */

import { powerShellStartsMs } from '../node/situation.ts'
import { checkHealth, type HealthAnswer } from '../scripts/health-check.ts'
import { splitLines } from '../scripts/parts/dmgcmd.ts'
import { runStopScript } from '../scripts/stop-script.ts'
import type { Machine, Process } from '../shir/machine.ts'
import type { Call } from './call.ts'
import type { Container } from './container.ts'
import { isRunning, networkOf } from './container-details.ts'
import { requireContainer } from './containers.ts'
import { parseFlags } from './flags.ts'
import { defaultNetwork } from './networks.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import { parseMoment, rfc3339Nano } from './time.ts'
import type { World } from './world.ts'

export function logs(call: Call): number {
  const table = {
    flags: { timestamps: 'switch', since: 'value', until: 'value', tail: 'value' },
    short: { t: 'timestamps', n: 'tail' },
  } as const
  const flags = parseFlags(table, call.argv, 'docker logs [OPTIONS] CONTAINER')
  const [name] = flags.rest
  if (name === undefined || flags.rest.length > 1)
    refuse(
      "docker: 'docker logs' requires 1 argument\n\nUsage:  docker logs [OPTIONS] CONTAINER\n\nRun 'docker logs --help' for more information",
    )
  const container = requireContainer(call.world, name)
  const now = call.world.clock.now()
  const moment = (flag: 'since' | 'until', otherwise: number) => {
    const text = flags.value(flag)
    if (text === undefined) return otherwise
    return (
      parseMoment(text, now) ??
      refuse(`invalid value for "${flag}": failed to parse value as time or duration: ${JSON.stringify(text)}`)
    )
  }
  const since = moment('since', 0)
  const until = moment('until', Number.POSITIVE_INFINITY)
  const lines = container.log.filter(line => line.at >= since && line.at <= until)
  const tail = flags.value('tail')
  const count = tail !== undefined && /^\d+$/.test(tail) ? Number(tail) : lines.length
  for (const line of lines.slice(lines.length - Math.min(count, lines.length)))
    call.out(`${flags.isOn('timestamps') ? `${rfc3339Nano(line.at)} ` : ''}${line.text}\n`)
  return 0
}

/** Knows what is in the image alone (stop.ps1, health-check.ps1 and dmgcmd.exe), and what the product asks of PowerShell itself. */
export async function exec(call: Call): Promise<number> {
  const table = {
    flags: { env: 'list', workdir: 'value', user: 'value' },
    short: { e: 'env', w: 'workdir', u: 'user' },
    endsAtArgument: true,
  } as const
  const [name, ...command] = parseFlags(table, call.argv, 'docker exec [OPTIONS] CONTAINER COMMAND [ARG...]').rest
  if (name === undefined || command.length === 0)
    refuse(
      "docker: 'docker exec' requires at least 2 arguments\n\nUsage:  docker exec [OPTIONS] CONTAINER COMMAND [ARG...]\n\nSee 'docker exec --help' for more information",
    )
  const container = requireContainer(call.world, name)
  const { status } = container.state()
  if (status === 'paused') refuseByDaemon(`Container ${name} is paused, unpause the container before exec`)
  if (status === 'restarting') refuseByDaemon(`Container ${container.id} is restarting, wait until the container is running`)
  if (status !== 'running') refuseByDaemon(`Container ${container.id} is not running`)
  const program = ending(command) ?? resolving(call.world, container, command) ?? programOf(command)
  if (!program) {
    call.out(
      `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(command[0])}: executable file not found in $PATH: unknown\n`,
    )
    return 126
  }
  return container.execute(program, line => call.out(`${line}\n`))
}

/** PowerShell that ends SHIR as the product does: every image has stop.ps1 here, and tells so first. */
function ending(command: readonly string[]): Program | undefined {
  if (!isPowerShell(command) || !command.at(-1)?.includes('Test-Path C:/SHIR/stop.ps1')) return undefined
  return inPowerShell((machine, process) => {
    process.print(JSON.stringify({ by: 'SHIR/stop.ps1' }))
    return runStopScript(machine, process)
  })
}

function isPowerShell([program = '']: readonly string[]): boolean {
  return /^powershell(\.exe)?$/i.test(program)
}

/** PowerShell that asks for names as the product does: what is quoted before the loop are hostnames of containers on this one's network. */
function resolving(world: World, container: Container, command: readonly string[]): Program | undefined {
  const script = command.at(-1) ?? ''
  if (!isPowerShell(command) || !script.includes('[System.Net.Dns]::GetHostAddresses')) return undefined
  const names = [...script.slice(0, script.indexOf(') {')).matchAll(/'([^']+)'/g)].map(([, name = '']) => name)
  const known = peersOf(world, container).flatMap(({ name, id, spec }) => [name, id.slice(0, 12), ...spec.networkAliases])
  const [resolved, unresolved] = [true, false].map(isKnown => names.filter(name => known.includes(name) === isKnown))
  return inPowerShell(async (_, process) => {
    process.print(JSON.stringify({ resolved, unresolved }))
    return 0
  })
}

/** Docker resolves the names of running containers, on networks that a user made. */
function peersOf(world: World, container: Container): readonly Container[] {
  const network = networkOf(world, container)
  if (network === undefined || network.name === defaultNetwork(world.options)) return []
  return [...world.containers.values()].filter(one => isRunning(one) && networkOf(world, one)?.id === network.id)
}

type Program = (machine: Machine, process: Process) => Promise<number>

function programOf(command: readonly string[]): Program | undefined {
  const isScript = (name: string) => command.some(word => word.toLowerCase().replace(/^.*[\\/]/, '') === name)
  if (isScript('stop.ps1')) return inPowerShell(runStopScript)
  if (isScript('health-check.ps1')) return inPowerShell(async (machine, process) => told(checkHealth(machine), process))
  if (!/(^|[\\/])dmgcmd(\.exe)?$/i.test(command[0] ?? '')) return undefined
  return async (machine, process) => {
    const { exitCode, stdout, stderr, takesMs } = machine.shir.dmgcmd(command.slice(1))
    return told({ exitCode, lines: splitLines(`${stdout}\n${stderr}`), takesMs }, process)
  }
}

function inPowerShell(script: Program): Program {
  return async (machine, process) => {
    await process.sleep(powerShellStartsMs)
    return script(machine, process)
  }
}

async function told({ exitCode, lines, takesMs }: HealthAnswer, process: Process): Promise<number> {
  await process.sleep(takesMs)
  for (const line of lines) process.print(line)
  return exitCode
}
