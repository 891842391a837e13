/** `docker run`. */
import type { Call } from './call.ts'
import type { ContainerFlags } from './container-flags.ts'
import { makeContainer, readContainerFlags } from './create.ts'
import { Refusal, refuse } from './refusal.ts'
import { hasProgram, startContainer } from './start.ts'

const usage = 'docker run [OPTIONS] IMAGE [COMMAND] [ARG...]'

export function run(call: Call): number {
  const { flags, imageName, command } = readContainerFlags(call, usage)
  try {
    return begin(call, flags, imageName, command)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.exitCode === 125 && error.message.startsWith('invalid argument')) throw error
    const exitCode = error.exitCode === 127 ? 127 : 125
    return refuse(`docker: ${error.message}\n\nRun 'docker run --help' for more information`, exitCode)
  }
}

function begin(call: Call, flags: ContainerFlags, imageName: string, command: readonly string[]): number {
  const isDetached = flags.isOn('detach')
  const container = makeContainer(call, flags, { usage, imageName, command })
  // What cannot start ends at once, so that it can be shown in the foreground, and be removed.
  if (hasProgram(container) && (!isDetached || flags.isOn('rm'))) {
    call.world.containers.delete(container.id)
    refuse("the rehearsal's engine runs containers with --detach alone, and without --rm")
  }
  // A container that cannot start, as where its network is missing, is made, told and left in the state "created" (measured).
  if (isDetached) call.out(`${container.id}\n`)
  try {
    startContainer(call.world, container)
  } catch (error) {
    if (flags.isOn('rm')) {
      call.world.containers.delete(container.id)
      container.tell('destroy')
    }
    throw error
  }
  return 0
}
