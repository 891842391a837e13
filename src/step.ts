import { type Asked, parseInputs } from './contract/parse.ts'
import { StepError } from './contract/reasons.ts'
import { buildsImage } from './contract/rules.ts'
import type { Image, JudgedNode } from './contract/values.ts'
import { openDocker } from './engine/docker.ts'
import { examineEngine } from './engine/preflight.ts'
import { failureOf, gateNode } from './gate/gate.ts'
import type { Host } from './host/host.ts'
import type { Builder } from './image/builder.ts'
import { type Context, readContext } from './image/context.ts'
import { engineBuilder } from './image/engine-builder.ts'
import { plannedBuilder } from './image/planned-builder.ts'
import { type Obtain, obtainInstaller, planInstaller, type Wanted } from './installer/obtain.ts'
import { storeRoot } from './installer/store.ts'
import { type Journal, openJournal } from './journal/journal.ts'
import { addNodes } from './release/add.ts'
import { payDebts } from './release/debts.ts'
import { planNodes } from './release/plan.ts'
import { guard, maskInputs } from './report/guard.ts'
import { asStepError, type Recorder, recorder } from './report/recorder.ts'
import { dockerTarget } from './target/docker/docker-target.ts'
import { plannedDockerTarget } from './target/docker/planned-target.ts'
import type { Target } from './target/target.ts'

/** The rooms that change the world; a dry run has others, which only tell what they would do. */
interface Rooms {
  readonly obtain: Obtain
  readonly builder: Builder
  readonly target: Target
}

/** The whole step on any host, from what the user wrote to the verdict. Never throws: a failure is told, and `host.fail` called. */
export async function runStep(anyHost: Host, builtInContext: string): Promise<void> {
  const host = guard(anyHost)
  const record = recorder(host)
  let failure: StepError | undefined
  try {
    maskInputs(host)
    const asked = await parseInputs(host.inputs, host.spell)
    const { mode, dryRun, summary, cacheDir } = asked.inputs
    record.set({ mode, dryRun, summary, warnings: asked.warnings })
    for (const message of asked.warnings) host.annotate({ level: 'warning', title: 'SHIR Container', message })

    const journal = openJournal(storeRoot(cacheDir, host), host)
    try {
      await tell(asked, builtInContext, host, record, journal)
    } finally {
      const removed = await payDebts(journal, host)
      await journal.close()
      record.note({
        nodes: (record.result.nodes ?? []).map(judged => (removed.includes(judged.node.container) ? goneSince(judged) : judged)),
      })
    }
    failure = failureOf(record.result.nodes ?? [])
  } catch (error) {
    failure = asStepError(error, host.signal.aborted)
  }
  await record.close(failure)
}

/** The story: installer → image → nodes → verdict. */
async function tell(asked: Asked, builtInContext: string, host: Host, record: Recorder, journal: Journal): Promise<void> {
  const { inputs, given } = asked
  if (inputs.dryRun) host.log('A dry run: nothing is fetched, built or started. This is the plan, with each command.')
  const context = buildsImage(inputs, given) ? await readContext(inputs, builtInContext, host) : undefined
  const rooms = inputs.dryRun ? plannedRooms(host) : await record.stage('Engine', 2, () => liveRooms(host, journal))
  if (inputs.mode === 'gate') return gateExisting(asked, rooms, host, record)

  const owner = { machineName: host.machine.name, run: inputs.dryRun ? '<run>' : journal.id, page: host.run.url }
  const plans = inputs.mode === 'run' ? planNodes(inputs, given, owner) : []
  if (plans.length > 0) await rooms.target.prepare(plans)

  const image = context ? await buildImage(asked, context, rooms, host, record) : await useImage(asked, rooms, record)
  record.note({ image })
  if (plans.length === 0) return

  const nodes = await record.stage('Nodes', 60, async () => {
    if (!image.hasHealthCheck) throw noHealthCheck(image)
    return addNodes(plans, image, rooms.target, policyOf(asked), host, async ({ node }) => {
      record.note({ started: true })
      await journal.settle({ kind: 'container', name: node.container, run: journal.id })
    })
  })
  record.note({ nodes, verdict: overall(nodes) })
}

async function buildImage(asked: Asked, context: Context, rooms: Rooms, host: Host, record: Recorder): Promise<Image> {
  const { inputs } = asked
  record.set({ context: context.description, base: context.bases.at(-1)?.reference })
  const wanted = wantedInstaller(asked, context, host)
  await rooms.builder.prepare(context)
  const installer = await record.stage('Installer', 5, () => rooms.obtain(wanted))
  record.note({ installer })

  const references = inputs.image ?? [`shir:${installer.version}`]
  const image = await record.stage('Image', 25, () =>
    rooms.builder.build({ context, installer, references, labels: inputs.labels ?? [] }),
  )
  record.note({ image })
  if (!inputs.push) return image
  const pushed = await record.stage('Push', 55, () => rooms.builder.push(image, references))
  record.note({ pushed: !image.planned })
  return pushed
}

async function useImage({ inputs }: Asked, rooms: Rooms, record: Recorder): Promise<Image> {
  const reference = String(inputs.image?.[0])
  return record.stage('Image', 25, () => rooms.builder.use(reference))
}

async function gateExisting(asked: Asked, rooms: Rooms, host: Host, record: Recorder): Promise<void> {
  const { inputs, given } = asked
  // A node name alone selects by itself: the default container name must not narrow it.
  const containerName = given.has('nodeName') && !given.has('containerName') ? undefined : inputs.containerName
  const selection = { containerName, nodeName: inputs.nodeName }
  const nodes = await record.stage('Nodes', 30, async () => {
    const found = await rooms.target.find(selection)
    if (found.length === 0) {
      const wanted = [containerName && `called ${containerName}`, inputs.nodeName && `of node ${inputs.nodeName}`]
        .filter(Boolean)
        .join(' and ')
      throw new StepError('not-found', `There is no container ${wanted} on this engine.`, {
        hint: 'docker ps --all lists what there is.',
      })
    }
    return Promise.all(found.map(node => gateNode(node, rooms.target, policyOf(asked), host)))
  })
  record.note({ nodes, verdict: overall(nodes) })
}

/** An installer that lies in the context is the installer; naming another one as well leaves open which is meant. */
function wantedInstaller({ inputs, given }: Asked, context: Context, host: Host): Wanted {
  if (context.installer === undefined) return inputs
  const other =
    (['msiPath', 'msiUrl'] as const).find(key => given.has(key)) ??
    (given.has('shirVersion') && !/^\d/.test(inputs.shirVersion) ? 'shirVersion' : undefined)
  if (other === undefined) return { ...inputs, msiPath: context.installer }
  throw new StepError(
    'installer-ambiguous',
    `${host.spell(other)} names an installer, but one lies in the build context already: ${context.installer}.`,
    {
      hint: `Remove one of the two.`,
    },
  )
}

async function liveRooms(host: Host, journal: Journal): Promise<Rooms> {
  const docker = await openDocker(host)
  const engine = await examineEngine(docker, host)
  return {
    obtain: obtainInstaller(host),
    builder: engineBuilder(docker, engine, host, journal),
    target: dockerTarget(docker, engine, host, journal),
  }
}

function plannedRooms(host: Host): Rooms {
  return { obtain: planInstaller(host), builder: plannedBuilder(host), target: plannedDockerTarget(host) }
}

function goneSince({ node, verdict }: JudgedNode): JudgedNode {
  return { node, verdict: { ...verdict, status: 'removed', health: 'none' } }
}

function policyOf({ inputs }: Asked) {
  return { healthTimeoutMs: inputs.healthTimeout, soakMs: inputs.soak }
}

function overall(nodes: readonly JudgedNode[]): 'healthy' | 'failed' | 'skipped' {
  return (['failed', 'skipped'] as const).find(outcome => nodes.some(({ verdict }) => verdict.outcome === outcome)) ?? 'healthy'
}

function noHealthCheck(image: Image): StepError {
  return new StepError('no-health-check', `The image ${image.reference} has no health check, so nothing could prove its nodes.`, {
    hint: 'Add a HEALTHCHECK to its Dockerfile; the built-in one has it.',
  })
}
