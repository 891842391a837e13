import type { NodePlan } from '../../contract/values.ts'
import type { Docker } from '../../engine/docker.ts'
import { makeNetwork, networksCalled, networksOfRun, oldestFirst, removeUnusedNetwork } from '../../engine/networks.ts'
import type { EngineFacts } from '../../engine/preflight.ts'
import type { Host } from '../../host/host.ts'
import type { Journal } from '../../journal/journal.ts'

/** How long another job may take to give up its network. */
const agreementLimitMs = 10_000
const lookAgainMs = 100

/**
 * The id of a network of our own, on whose DNS the nodes' hostnames resolve: the engines' default networks know container names at
 * most. One that this run or another made is used.
 */
export async function ensureNetwork(
  { name, labels }: NonNullable<NodePlan['ownNetwork']>,
  engine: EngineFacts,
  docker: Docker,
  host: Host,
  journal: Journal,
): Promise<string> {
  const [own] = await networksOfRun(docker, journal.id)
  const existing = own ?? (await networksCalled(docker, name))[0]
  if (existing !== undefined) return agreeOnOne(name, own, existing, docker, host)
  await journal.intend({ kind: 'network', name, run: journal.id })
  const made = await makeNetwork(docker, name, labels, engine.os).catch(async (error: unknown) => {
    // Another job was quicker, on an engine that refuses a second one: then that one serves.
    const [others] = await networksCalled(docker, name)
    if (others === undefined) throw error
    return { others }
  })
  host.log(`The nodes find each other on the network ${name}.`)
  return typeof made === 'string' ? agreeOnOne(name, made, made, docker, host) : made.others
}

/**
 * Two jobs at once may have made one each, and then the engine starts no node on either: "network … is ambiguous (2 matches found on
 * name)", also where it is told the id. The older one stays: whoever made it may have looked before there was another.
 * @param own the one that this run made: it alone is given up. The others’ are waited for
 */
async function agreeOnOne(name: string, own: string | undefined, known: string, docker: Docker, host: Host): Promise<string> {
  const beganMs = host.clock.now()
  while (true) {
    const ids = await networksCalled(docker, name)
    if (ids.length < 2) return ids[0] ?? known
    const [oldest = known] = await oldestFirst(docker, ids)
    if (own !== undefined && own !== oldest && (await removeUnusedNetwork(docker, own))) return oldest
    if (host.clock.now() - beganMs > agreementLimitMs) return oldest // the engine says what it makes of it
    await host.clock.sleep(lookAgainMs, host.signal)
  }
}

/** True where the network was doubled by another job, or taken away, after it was found: a later look finds one again. */
export function isNetworkUnsettled(stderr: string): boolean {
  return /network \S+ is ambiguous|network \S+ not found/i.test(stderr)
}
