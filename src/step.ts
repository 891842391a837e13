import { buildsImage } from './contract/building.ts'
import type { Inputs } from './contract/inputs.ts'
import { type Asked, parseInputs } from './contract/parse.ts'
import type { StepError } from './contract/reasons.ts'
import type { Image } from './contract/values.ts'
import { openDocker } from './engine/docker.ts'
import { askedIsolation } from './engine/isolation.ts'
import { examineEngine } from './engine/preflight.ts'
import { failureOf } from './gate/gate.ts'
import type { Policy } from './gate/verdict.ts'
import type { Host } from './host/host.ts'
import type { Builder, Prepared } from './image/builder.ts'
import { type Context, readContext } from './image/context.ts'
import { engineBuilder } from './image/engine-builder.ts'
import type { ImageOrder, KnownInstaller } from './image/order.ts'
import { plannedBuilder } from './image/planned-builder.ts'
import { type Identify, identifyInstaller, planIdentity } from './installer/identify.ts'
import { type Obtain, obtainInstaller, planInstaller } from './installer/obtain.ts'
import { partsFolder } from './installer/parts.ts'
import { checkCacheDir, journalRoots, storeRoot } from './installer/store.ts'
import { tellSupport } from './installer/support.ts'
import { wantedInstaller } from './installer/wanted.ts'
import { beating } from './journal/heartbeat.ts'
import { type Journal, openJournal } from './journal/journal.ts'
import { addNodes } from './release/add.ts'
import { decideCleanup, journalFor, passed } from './release/cleanup.ts'
import { payDebts, payLimitMs } from './release/debts.ts'
import { gateExisting } from './release/existing.ts'
import { planNodes } from './release/plan.ts'
import { removeNodes } from './release/remove.ts'
import { takeOver } from './release/takeover.ts'
import { tidying, watchCancel } from './release/tidying.ts'
import { guard, maskInputs } from './report/guard.ts'
import { withinStage } from './report/progress.ts'
import { asStepError, type Recorder, recorder } from './report/recorder.ts'
import { dockerTarget } from './target/docker/docker-target.ts'
import { plannedDockerTarget } from './target/docker/planned-target.ts'
import type { Target } from './target/target.ts'

/** The rooms that change the world; a dry run has others, which only tell what they would do. */
interface Rooms {
  readonly identify: Identify
  readonly obtain: Obtain
  readonly builder: Builder
  readonly target: Target
}

/** The whole step on any host, from what the user wrote to the verdict. Never throws: a failure is told, and `host.fail` called. */
export async function runStep(anyHost: Host, builtInContext: string): Promise<void> {
  const host = guard(anyHost)
  const record = recorder(host)
  const cancel = watchCancel(host)
  let failure: StepError | undefined
  try {
    maskInputs(host)
    const asked = await parseInputs(host.inputs, host.spell)
    const { mode, dryRun, summary, cacheDir } = asked.inputs
    record.note({ mode, dryRun, summary, warnings: asked.warnings })
    for (const message of asked.warnings) host.annotate({ level: 'warning', title: 'SHIR Container', message })

    if (mode !== 'gate') await checkCacheDir(cacheDir, host)
    const [root, ...others] = journalRoots(cacheDir, host)
    if (mode !== 'gate' && !dryRun) for (const one of [root, ...others]) await takeOver(one, host, cancel)
    const journal = openJournal(root, host, others)
    try {
      await beating(journal, host, () => tell(asked, builtInContext, host, record, journal))
    } finally {
      record.removed(await tidying(host, payLimitMs, cancel, tidier => payDebts(journal, tidier, cancel.cancelledAtMs)))
      await journal.close()
    }
    failure = failureOf(record.result.nodes ?? [])
  } catch (error) {
    failure = asStepError(error, host.signal.aborted)
  } finally {
    cancel.end()
  }
  await record.close(failure)
}

/** The story: identity → installer → image → nodes → verdict. */
async function tell(asked: Asked, builtInContext: string, host: Host, record: Recorder, journal: Journal): Promise<void> {
  const { inputs, given } = asked
  if (inputs.dryRun) host.log('A dry run: nothing is fetched, built or started. This is the plan, with each command.')
  const context = buildsImage(inputs, given) ? await readContext(inputs, builtInContext, host) : undefined
  const cleanup = decideCleanup(inputs, host)
  const kept = journalFor(cleanup, journal)
  const order = context && imageOrder(inputs, context)
  const open = async () => {
    const rooms = inputs.dryRun ? plannedRooms(host) : await liveRooms(inputs, host, kept, record)
    return { rooms, prepared: order && (await rooms.builder.prepare(order)) }
  }
  const { rooms, prepared } = inputs.dryRun ? await open() : await record.stage('Preflight', 2, open)
  if (inputs.mode === 'gate')
    return record.stage('Nodes', 30, () => gateExisting(asked, rooms.target, policyOf(asked), host, record))

  if (inputs.mode === 'remove') return record.stage('Nodes', 30, () => removeNodes(asked, rooms.target, host, record))

  const starter = {
    machineName: host.machine.name,
    run: inputs.dryRun ? '<run>' : journal.id,
    page: host.run.url,
    endsWithJob: cleanup.endsWithJob ? host.run.job : undefined,
  }
  const plans = inputs.mode === 'run' ? planNodes(inputs, given, starter) : []
  if (plans.length > 0) await rooms.target.survey(plans)
  if (plans.length > 0 && cleanup.sentence) host.log(cleanup.sentence)

  const image =
    order && prepared
      ? await findOrBuild(asked, order, prepared, rooms, host, record)
      : await useImage(asked, rooms, host, record)
  if (plans.length === 0) return

  await record.stage('Nodes', 60, () =>
    addNodes(plans, image, rooms.target, policyOf(asked), host, {
      warn: record.warn,
      judged: async judged => {
        record.judged([judged])
        if (judged.verdict.outcome === 'healthy') await passed(judged.node.container, cleanup, kept)
      },
    }),
  )
}

/** The image that is asked for: found by its fingerprint, or built. Where the installer's hash is known, one that is found costs no installer. */
async function findOrBuild(
  asked: Asked,
  order: ImageOrder,
  prepared: Prepared,
  rooms: Rooms,
  host: Host,
  record: Recorder,
): Promise<Image> {
  const { context } = order
  record.note({ context: context.description, base: context.bases.at(-1)?.reference })
  const wanted = wantedInstaller(asked, context.installer, host.spell)
  const identity = await record.stage('Version', 3, () => rooms.identify(wanted))
  tellSupport(identity.version, record, host)

  const lookUp = async (percent: number, known: KnownInstaller) => {
    const found = await record.stage('Fingerprint', percent, () => rooms.builder.lookUp(order, prepared, known))
    record.note({ fingerprint: found.fingerprint })
    return found
  }
  const { version, sha256 } = identity
  const early = sha256 && (await lookUp(4, { version, sha256: sha256.value }))
  const image = early?.image ?? (await buildImage())
  record.note({ image })
  if (!order.isPushed) return image
  const pushed = await record.stage('Push', 55, () => rooms.builder.push(image, order))
  record.note({ image: pushed.image, pushed: pushed.changed })
  return pushed.image

  async function buildImage(): Promise<Image> {
    const installer = await record.stage('Installer', 5, () => rooms.obtain(identity))
    record.note({ installer })
    tellSupport(installer.version, record, host)
    const { fingerprint, image: found } = early ?? (await lookUp(25, installer))
    if (found) return found
    const built = await record.stage('Image', 25, () => rooms.builder.build(order, prepared, installer, fingerprint))
    record.note({ buildTimes: built.times })
    return built.image
  }
}

function imageOrder(inputs: Inputs, context: Context): ImageOrder {
  return {
    context,
    references: inputs.image ?? [],
    labels: inputs.labels ?? [],
    isolation: askedIsolation(inputs),
    memory: inputs.memory,
    delivery: inputs.installerDelivery,
    isPushed: inputs.push,
    isRun: inputs.mode === 'run',
    rebuild: inputs.rebuild,
  }
}

async function useImage({ inputs }: Asked, rooms: Rooms, host: Host, record: Recorder): Promise<Image> {
  const image = await record.stage('Image', 25, () => rooms.builder.use(String(inputs.image?.[0]), askedIsolation(inputs)))
  record.note({ image })
  tellSupport(image.shirVersion, record, host)
  return image
}

async function liveRooms({ mode, cacheDir }: Inputs, host: Host, journal: Journal, record: Recorder): Promise<Rooms> {
  const docker = await openDocker(host)
  // A gate changes nothing, a stopped service neither.
  const engine = await examineEngine(docker, host, mode !== 'gate')
  return {
    identify: identifyInstaller(host),
    obtain: obtainInstaller(withinStage(host, 5, 25), journal), // as its stage and the next one are told
    builder: engineBuilder({ docker, engine, host, journal, turns: partsFolder(storeRoot(cacheDir, host)), warn: record.warn }),
    target: dockerTarget(docker, engine, host, journal),
  }
}

function plannedRooms(host: Host): Rooms {
  return {
    identify: planIdentity(host),
    obtain: planInstaller(host),
    builder: plannedBuilder(host),
    target: plannedDockerTarget(host),
  }
}

function policyOf({ inputs }: Asked): Policy {
  return { healthTimeoutMs: inputs.healthTimeout, soakMs: inputs.soak }
}
