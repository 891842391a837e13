/** The start of a container, and what can stand in its way. */
import type { Container } from './container.ts'
import { networkOf } from './container-details.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import type { World } from './world.ts'

/** False where another program than the image's own was asked for: a node's is all that runs in this engine's containers. */
export function hasProgram({ spec }: Container): boolean {
  return spec.entrypoint === spec.imageConfig.Entrypoint
}

/** Starts a container that does not run. Refuses, with 127 where its program is missing, as `docker run` passes that on. */
export function startContainer(world: World, container: Container): void {
  const { spec } = container
  const isBuiltIn = ['default', 'host', 'none'].includes(spec.network)
  if (!isBuiltIn && networkOf(world, container) === undefined) refuseByDaemon(`network ${spec.network} not found`)
  if (!hasProgram(container)) refuse(`Error response from daemon: ${missingProgram(world, container)}`, 127)
  if (!world.everStarted.includes(container)) world.everStarted.push(container)
  container.start()
}

/** On Linux as measured, on Windows as told in reports. */
function missingProgram({ options }: World, { id, spec }: Container): string {
  const [program = ''] = spec.entrypoint ?? []
  return options.os === 'windows'
    ? `container ${id} encountered an error during hcs::System::CreateProcess: ${[program, ...spec.command].join(' ')}: failure in a Windows system call: The system cannot find the file specified. (0x2)`
    : `failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: ${JSON.stringify(program)}: executable file not found in $PATH: unknown`
}
