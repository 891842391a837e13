import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { labelNames } from '../../contract/labels.ts'
import { messageOf, StepError } from '../../contract/reasons.ts'
import type { Image, Node, NodePlan, Observation } from '../../contract/values.ts'
import { fileVariables, listArguments, runArguments, secretVariables } from '../../engine/arguments.ts'
import { type Docker, firstLine, idsOf } from '../../engine/docker.ts'
import { watchEvents } from '../../engine/events.ts'
import { type ContainerFacts, inspectContainers } from '../../engine/inspect.ts'
import { effectiveIsolation, memoryUnder } from '../../engine/isolation.ts'
import { lastLines, readLog, shortlyBefore } from '../../engine/logs.ts'
import { networksOfSet, removeUnusedNetwork } from '../../engine/networks.ts'
import { type EngineFacts, isAtLeast } from '../../engine/preflight.ts'
import type { Host } from '../../host/host.ts'
import type { Journal } from '../../journal/journal.ts'
import type { Finished } from '../../process/run.ts'
import type { Target } from '../target.ts'
import { ensureNetwork, isNetworkUnsettled } from './network.ts'
import { nodeOf } from './node.ts'
import { takeBackContainer } from './owed.ts'
import { resolveInside } from './peers.ts'
import { removeContainer } from './removal.ts'
import { isSelected, nodeNumber } from './selection.ts'
import { alreadyExists } from './taken.ts'

/** Below this, a busy machine's answer would be taken for silence. */
const shortestLookMs = 5_000
/** Nothing is fetched, since the image is there. Windows’ part gives making and starting a container four minutes each (hcsshim, timeout.go). */
const startLimitMs = 10 * 60_000
/** Log lines that a failure repeats. */
const lastWordsLines = 50

/** Nodes as containers of this machine's engine. */
export function dockerTarget(docker: Docker, engine: EngineFacts, host: Host, journal: Journal): Target {
  return {
    find: async selection => {
      const all = await everyContainer(docker, host)
      const chosen = all.filter(container => isSelected(container, selection))
      const sorted = chosen.sort((a, b) => nodeNumber(a) - nodeNumber(b) || a.name.localeCompare(b.name))
      return sorted.map(facts => ({ ...nodeOf(facts), set: facts.labels[labelNames.set] }))
    },
    survey: async (plans, image) => {
      const all = await everyContainer(docker, host)
      const found = plans.flatMap(plan => all.filter(({ name }) => name === plan.container).map(facts => ({ facts, plan })))
      const taken = await Promise.all(found.map(async one => ({ ...one, isProven: !(await isOwed(one.facts, journal)) })))
      const refusal = alreadyExists(taken, image, host)
      if (refusal) throw refusal
      const sets = new Set(
        plans.flatMap(({ labels }) => labels).flatMap(({ name, value }) => (name === labelNames.set ? [value] : [])),
      )
      const isSurplus = ({ name, labels }: ContainerFacts) =>
        sets.has(labels[labelNames.set] ?? '') && !plans.some(({ container }) => container === name)
      return {
        standing: taken.map(({ facts }) => ({ ...nodeOf(facts), endsWithJob: facts.labels[labelNames.endsWithJob] })),
        surplus: all.filter(isSurplus).map(nodeOf),
      }
    },
    add: async (plan, image) => {
      const debt = { kind: 'container', name: plan.container, run: journal.id } as const
      let started = await start(plan, image, engine, docker, host, journal)
      if (started.code !== 0 && plan.ownNetwork !== undefined && isNetworkUnsettled(started.stderr)) {
        host.log(`${plan.container}: another job changed its network; once more.`)
        await takeBackContainer(debt, docker, host)
        await journal.settle(debt)
        started = await start(plan, image, engine, docker, host, journal)
      }
      if (started.code !== 0) throw startFailed(plan, started.stderr)
      const id = started.stdout.trim().split('\n').at(-1) ?? ''
      host.log(`Started ${plan.container} (${id.slice(0, 12)}) as node ${plan.name}`)
      return { planned: false, name: plan.name, container: plan.container, id, version: image.shirVersion }
    },
    observe: (node, pollMs, signal) => observe(node, pollMs, signal, docker, host),
    resolve: (node, hostnames) => resolveInside(docker, node.id, hostnames, host),
    remove: node => removeContainer(node, docker, host),
    removeNetworks: async set => {
      if (idsOf(await docker.ask(listArguments(`label=${labelNames.set}=${set}`))).length > 0) return false
      const removed = await Promise.all((await networksOfSet(docker, set)).map(id => removeUnusedNetwork(docker, id)))
      if (removed.includes(true)) host.log(`Removed the network of ${set}.`)
      return removed.includes(true)
    },
    lastWords: node => lastLines(docker, node.id, lastWordsLines),
  }
}

async function start(
  plan: NodePlan,
  image: Image,
  engine: EngineFacts,
  docker: Docker,
  host: Host,
  journal: Journal,
): Promise<Finished> {
  const network =
    plan.ownNetwork === undefined ? plan.network : await ensureNetwork(plan.ownNetwork, engine, docker, host, journal)
  // After the network's, so that it is paid before it.
  await journal.intend({ kind: 'container', name: plan.container, run: journal.id })
  const startInterval = isAtLeast(engine.apiVersion, '1.44')
  const memory = plan.memory ?? memoryUnder(effectiveIsolation(plan.isolation, engine), 'node')
  if (memory !== plan.memory) host.log(`${plan.container} gets ${memory} of memory: under Hyper-V it would have 1 GB otherwise.`)
  return withEnvFile(fileVariables(plan), host, journal, envFile =>
    docker.run(runArguments({ ...plan, network, memory }, image.reference, { startInterval, envFile }), {
      variables: secretVariables(plan),
      limitMs: startLimitMs,
    }),
  )
}

async function* observe(node: Node, pollMs: number, signal: AbortSignal, docker: Docker, host: Host): AsyncIterable<Observation> {
  const bell = watchEvents(docker, node.id, host, signal)
  let since = ''
  // A look that takes longer than many polls is a hung engine's; the gate decides how long that may go on.
  const limitMs = Math.max(shortestLookMs, 12 * pollMs)
  while (!signal.aborted) {
    try {
      const [facts] = await inspectContainers(docker, [node.id], host, { limitMs })
      const atMs = host.clock.now()
      if (facts === undefined) {
        yield { kind: 'gone', atMs }
        return
      }
      // What an earlier start wrote is no evidence; what came since is, over restarts too.
      if (since === '' && facts.status !== 'created') since = shortlyBefore(facts.startedAt)
      const log = since === '' ? { lines: [], next: '' } : await readLog(docker, node.id, since, { limitMs })
      since = log.next
      const { status, exitCode, restartCount, health, probes } = facts
      yield { kind: 'seen', atMs, status, exitCode, restartCount, health, probes, lines: log.lines }
    } catch (error) {
      if (signal.aborted || (error instanceof StepError && error.code === 'cancelled')) throw error
      yield { kind: 'silent', atMs: host.clock.now(), why: messageOf(error) }
    }
    await bell.rungWithin(pollMs, signal)
  }
}

/** Lends `use` a file with the lines, which only this user can read and which goes at once; none where there are no lines. */
async function withEnvFile<T>(
  lines: readonly string[],
  host: Host,
  journal: Journal,
  use: (file: string | undefined) => Promise<T>,
): Promise<T> {
  if (lines.length === 0) return use(undefined)
  const file = path.join(host.machine.temp, `shir-env-${randomUUID()}`)
  const debt = { kind: 'path', path: file } as const
  await journal.intend(debt)
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  try {
    return await use(file)
  } finally {
    await rm(file, { force: true })
    await journal.settle(debt)
  }
}

/** True where the run that started a container still waits for its verdict. */
async function isOwed({ name, labels }: ContainerFacts, journal: Journal): Promise<boolean> {
  const run = labels[labelNames.run]
  return run !== undefined && journal.othersOwe({ kind: 'container', name, run })
}

async function everyContainer(docker: Docker, host: Host): Promise<readonly ContainerFacts[]> {
  const ids = idsOf(await docker.ask(listArguments()))
  return inspectContainers(docker, ids, host)
}

function startFailed(plan: NodePlan, stderr: string): StepError {
  const why = firstLine(stderr)
  if (/is already in use by container/i.test(stderr))
    return new StepError('already-exists', `The container name ${plan.container} is in use: ${why}`, {
      hint: 'Another job has just started it. Run the step again: a healthy node just as planned is kept.',
    })
  if (/does not match the host operating system|0xc0370106|0xc0370101/i.test(stderr))
    return new StepError('os-mismatch', `The engine cannot run this image’s Windows build: ${why}`, {
      hint: 'Build the image on a base that fits this machine.',
    })
  return new StepError('start-failed', `${plan.container} could not be started: ${why}`, {
    hint: 'Try docker run with the same image by hand; the step names the command with dry-run.',
  })
}
