/** What comes out of a container: `docker logs` and `docker exec`. */
import { checkHealth, type HealthAnswer } from '../node/health-check.ts'
import type { Machine, Process } from '../node/machine.ts'
import { splitLines } from '../node/parts/dmgcmd.ts'
import { powerShellStartsMs } from '../node/situation.ts'
import { runStopScript } from '../node/stop-script.ts'
import type { Call } from './call.ts'
import { requireContainer } from './containers.ts'
import { parseFlags } from './flags.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import { parseMoment, rfc3339Nano } from './time.ts'

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

/** Knows what is in the image alone: stop.ps1, health-check.ps1 and dmgcmd.exe. */
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
  if (container.state().status !== 'running') refuseByDaemon(`Container ${container.id} is not running`)
  const program = programOf(command)
  if (!program) {
    call.out(
      `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(command[0])}: executable file not found in $PATH: unknown\n`,
    )
    return 126
  }
  return container.execute(program, line => call.out(`${line}\n`))
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
