/** What comes out of a container: `docker logs` and `docker exec`. */
import { type Call, pause, refuse, refuseByDaemon } from './call.ts'
import { requireContainer } from './containers.ts'
import { parseFlags } from './flags.ts'
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
  for (const line of lines.slice(lines.length - Math.min(count, lines.length))) {
    const text = `${flags.isOn('timestamps') ? `${rfc3339Nano(line.at)} ` : ''}${line.text}\n`
    if (line.stream === 'stdout') call.out(text)
    else call.err(text)
  }
  return 0
}

/** Knows SHIR's own commands alone: stop.ps1 (or `dmgcmd -Stop`), health-check.ps1 (or `dmgcmd -cgc`). */
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
  const text = command.join(' ')
  const isStop = /\bstop\.ps1\b|\s-Stop\b/i.test(text)
  const isProbe = /\bhealth-check\.ps1\b|\s-cgc\b/i.test(text)
  if (!isStop && !isProbe) {
    call.out(
      `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(command[0])}: executable file not found in $PATH: unknown\n`,
    )
    return 126
  }
  await pause(call.world.clock.wall(1500), call.signal)
  if (isStop) {
    container.stopService()
    call.out('Stop the node connection successfully\n')
    return 0
  }
  const { health } = container.node()
  call.out(`${health.output}\n`)
  return health.exitCode
}
