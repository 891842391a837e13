import { rm } from 'node:fs/promises'
import { labelNames } from '../contract/labels.ts'
import type { Docker } from '../engine/docker.ts'
import { openDocker } from '../engine/docker.ts'
import { inspectContainers } from '../engine/inspect.ts'
import type { Host } from '../host/host.ts'
import type { Debt, Journal } from '../journal/journal.ts'

const limitMs = 60_000
const cancelledLimitMs = 5_000

/**
 * Takes back what a run still owes, newest first: staging folders, containers that never passed their gate, a network without
 * nodes. Never fails: what cannot be taken back is said, and stays owed.
 * @returns the names of the containers that were removed
 */
export async function payDebts(journal: Pick<Journal, 'owed' | 'settle'>, debtor: Host): Promise<readonly string[]> {
  if (journal.owed().length === 0) return []
  const removed: string[] = []
  const { host, release } = withOwnSignal(debtor)
  let docker: Docker | undefined
  for (const debt of journal.owed()) {
    try {
      if (debt.kind === 'folder') await rm(debt.path, { recursive: true, force: true, maxRetries: 5 })
      else {
        docker ??= await openDocker(host)
        if (debt.kind === 'network') await removeNetwork(debt, docker, host)
        else if (await removeContainer(debt, docker, host)) removed.push(debt.name)
      }
      await journal.settle(debt)
    } catch (error) {
      host.log(
        `Could not take back the ${debt.kind} ${debt.kind === 'folder' ? debt.path : debt.name}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  release()
  return removed
}

/** A cancelled run must still be able to tidy up, within the seconds that the runners leave (7.5 s until SIGTERM). */
function withOwnSignal(host: Host): { readonly host: Host; readonly release: () => void } {
  const limit = new AbortController()
  const done = new AbortController()
  const endAfter = (ms: number) => void host.clock.sleep(ms, done.signal).then(() => limit.abort())
  const hurry = () => endAfter(cancelledLimitMs)
  endAfter(limitMs)
  if (host.signal.aborted) hurry()
  else host.signal.addEventListener('abort', hurry, { once: true, signal: done.signal })
  return { host: { ...host, signal: limit.signal }, release: () => done.abort() }
}

type EngineDebt = Exclude<Debt, { kind: 'folder' }>

/** The engine's label confirms that the container is this run's: the name alone could be another job's. */
async function removeContainer({ name, run }: EngineDebt, docker: Docker, host: Host): Promise<boolean> {
  const [container] = await inspectContainers(docker, [name], host)
  if (container === undefined || container.labels[labelNames.run] !== run) return false
  await docker.ask(['rm', '--force', '--volumes', '--', container.id])
  host.log(`Removed ${name}, which never passed its gate.`)
  return true
}

/** A network that nodes still use stays: the engine refuses to remove it, and those nodes are good. */
async function removeNetwork({ name, run }: EngineDebt, docker: Docker, host: Host): Promise<void> {
  const { code, stdout } = await docker.run(['network', 'inspect', '--', name])
  if (code !== 0) return
  const [network] = JSON.parse(stdout) as readonly {
    readonly Id: string
    readonly Labels?: Record<string, string> | null
    readonly Containers?: Record<string, unknown> | null
  }[]
  if (network?.Labels?.[labelNames.run] !== run || Object.keys(network.Containers ?? {}).length > 0) return
  await docker.ask(['network', 'rm', network.Id])
  host.log(`Removed the network ${name}.`)
}
