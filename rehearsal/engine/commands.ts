/** Every command that the engine knows; the product uses no other. */
import { build } from './build.ts'
import type { Call, Command } from './call.ts'
import { exec, logs } from './container-output.ts'
import { containerInspect, inspect, kill, pause, ps, rename, rm, start, stop, unpause, update } from './containers.ts'
import { cp } from './copy.ts'
import { create } from './create.ts'
import { imageInspect, imageLs, pull, push } from './images.ts'
import { manifestInspect } from './manifest-command.ts'
import { networkCreate, networkInspect, networkLs, networkRm } from './network-commands.ts'
import { Refusal } from './refusal.ts'
import { run } from './run.ts'
import { events, info, version } from './system.ts'
import { tag } from './tag.ts'

const commands: Readonly<Record<string, Command>> = {
  ...{
    version,
    info,
    events,
    build,
    pull,
    push,
    tag,
    create,
    cp,
    run,
    inspect,
    ps,
    logs,
    exec,
    rm,
    stop,
    start,
    kill,
    pause,
    unpause,
    update,
    rename,
  },
  'image inspect': imageInspect,
  'image ls': imageLs,
  'container inspect': containerInspect,
  'manifest inspect': manifestInspect,
  'network create': networkCreate,
  'network inspect': networkInspect,
  'network ls': networkLs,
  'network rm': networkRm,
}

/** Runs the command that the call's arguments name, tells its refusal, and answers with the exit code. */
export async function runCommand(call: Call): Promise<number> {
  const [first = '', second = ''] = call.argv
  const pair = commands[`${first} ${second}`]
  const single = Object.hasOwn(commands, first) ? commands[first] : undefined
  try {
    if (pair) return await pair({ ...call, argv: call.argv.slice(2) })
    if (single) return await single({ ...call, argv: call.argv.slice(1) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    call.err(`${error.message}\n`)
    return error.exitCode
  }
  const group = ['image', 'container', 'manifest', 'network'].includes(first) ? `docker ${first} ${second}` : `docker ${first}`
  call.err(
    `docker: unknown command: ${group} (the rehearsal's engine knows the product's commands alone)\n\nRun 'docker --help' for more information\n`,
  )
  return 1
}
