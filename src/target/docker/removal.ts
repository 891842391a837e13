import { StepError } from '../../contract/reasons.ts'
import type { Node } from '../../contract/values.ts'
import { keepEndedArguments, removeEndedArguments, stopArguments, unpauseArguments } from '../../engine/arguments.ts'
import { type Docker, engineFailed } from '../../engine/docker.ts'
import { watchEvents } from '../../engine/events.ts'
import { inspectContainers } from '../../engine/inspect.ts'
import type { Host } from '../../host/host.ts'
import type { Removal } from '../target.ts'
import { endShir } from './farewell.ts'

/** Beyond the minute that a container has to end. */
const limitMs = 150_000
const mostTries = 10

/**
 * Removes a container in whatever state it is: nothing starts it again, SHIR is ended where it runs, then the container, and is
 * removed. Each step is prepared for another job that does the same.
 * @throws StepError `engine-failed`, `cancelled`
 */
export async function removeContainer({ id, name, container }: Node, docker: Docker, host: Host): Promise<Removal> {
  const [before] = await inspectContainers(docker, [id], host)
  if (before === undefined) return { kind: 'gone' }
  if (before.status === 'removing') {
    await untilGone(id, container, docker, host)
    return { kind: 'gone' }
  }
  // A dead container takes no update; nothing starts it again.
  if (before.status !== 'dead' && !(await keepEnded(id, docker, host))) return { kind: 'gone' }
  // Its state may have changed until nothing starts it again.
  const [now] = await inspectContainers(docker, [id], host)
  if (now === undefined) return { kind: 'gone' }
  const { status } = now
  const change = async (args: readonly string[]) => isDone(await docker.read(args, { limitMs }), String(args[0]))
  const isAlive = ['running', 'paused', 'restarting'].includes(status)
  if (status === 'paused' && !(await change(unpauseArguments(id)))) return { kind: 'gone' }
  host.log(`${container}: ${await endInside(id, status, docker, host)}`)
  const isRemoved = (!isAlive || (await change(stopArguments(id)))) && (await change(removeEndedArguments(id)))
  if (!isRemoved) {
    await untilGone(id, container, docker, host)
    // What was started with --rm goes by its own end, which this step has brought about.
    if (!before.removesItself) return { kind: 'gone' }
  }
  host.log(`${container}: removed`)
  return { kind: 'removed', node: name, wasStarted: status !== 'created' }
}

/** Ends SHIR where it runs. @returns what came of it, in words */
async function endInside(id: string, status: string, docker: Docker, host: Host): Promise<string> {
  if (status === 'created') return 'was never started'
  if (status !== 'running' && status !== 'paused') return `is ${status}, so that there is no SHIR to end`
  const ending = await endShir(docker, id, host)
  return 'by' in ending ? `SHIR was ended (${ending.by})` : `is stopped without ending SHIR before: ${ending.why}`
}

/**
 * Switches the restart policy off; @returns false where the container is gone. The engine refuses to update a container that ends at
 * that very moment, and then does not: it is asked again.
 */
async function keepEnded(id: string, docker: Docker, host: Host): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    const update = await docker.read(keepEndedArguments(id), { limitMs })
    const isEnding = /cannot update a stopped container/i.test(update.stderr)
    if (!isEnding || tries === mostTries) return isDone(update, 'update')
    await host.clock.sleep(100, host.signal)
  }
}

/** @returns false where the container is gone, or someone else is removing it. @throws StepError `engine-failed` */
export function isDone({ code, stderr }: { readonly code: number | null; readonly stderr: string }, command: string): boolean {
  // Another job unpaused it first; and what was started with --rm has no restart policy.
  if (code === 0 || /is not paused|AutoRemove is enabled/i.test(stderr)) return true
  // Also while another job removes it: "Container is marked for removal and cannot be updated".
  if (/no such container|marked for removal|removal of container .* in progress/i.test(stderr)) return false
  throw engineFailed(command, stderr)
}

/** Another job may still be removing it: it is waited for, so that its name is free when this step ends. */
export async function untilGone(id: string, container: string, docker: Docker, host: Host): Promise<void> {
  const over = new AbortController()
  const signal = AbortSignal.any([host.signal, over.signal])
  const bell = watchEvents(docker, id, host, signal)
  const beganMs = host.clock.now()
  try {
    while (host.clock.now() - beganMs < limitMs) {
      if ((await inspectContainers(docker, [id], host)).length === 0) return
      await bell.rungWithin(1_000, signal)
    }
  } finally {
    over.abort()
  }
  throw new StepError('engine-failed', `${container} is being removed by someone else, and is still there.`, {
    hint: 'docker inspect tells its state; restarting the engine frees a container that hangs so.',
  })
}
