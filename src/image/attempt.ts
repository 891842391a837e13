import { readFile } from 'node:fs/promises'
import type { Pair } from '../contract/kinds.ts'
import { endOf } from '../contract/reasons.ts'
import type { BuildTimes, Installer } from '../contract/values.ts'
import { buildArguments } from '../engine/arguments.ts'
import { effectiveIsolation, memoryUnder } from '../engine/isolation.ts'
import { type BuildEnd, followBuild } from './build-output.ts'
import type { Delivery } from './delivery/delivery.ts'
import { handOver } from './delivery/handover.ts'
import { type Diagnosis, diagnose } from './diagnosis.ts'
import { installerArguments } from './labels.ts'
import type { Materials } from './materials.ts'
import type { ImageOrder } from './order.ts'
import { stageContext } from './staging.ts'
import type { Workshop } from './workshop.ts'

/** An image to be built, everything decided. */
export interface BuildPlan {
  readonly order: ImageOrder
  readonly installer: Installer
  readonly delivery: Delivery
  readonly materials: Materials
}

/** What one `docker build` came to. */
export type Attempt =
  | { readonly kind: 'built'; readonly id: string; readonly times: BuildTimes }
  | { readonly kind: 'undelivered'; readonly why: string; readonly end: BuildEnd }
  | { readonly kind: 'failed'; readonly end: BuildEnd; readonly diagnosis: Diagnosis | undefined }

/**
 * Runs `docker build` once. The installer is offered, and the copy of the context lies there, for no longer than that.
 * @throws StepError `context-invalid`, `disk-full`, `delivery-failed`, `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function attemptBuild(plan: BuildPlan, labels: readonly Pair[], shop: Workshop): Promise<Attempt> {
  const { order, installer, delivery } = plan
  const { docker, host, journal } = shop
  const { context } = order
  const handover = await handOver(delivery, installer, context, host)
  try {
    const staged = await stageContext(context, handover.isCopied ? installer : undefined, host, journal)
    try {
      const args = buildArguments({
        context: staged.folder,
        dockerfile: staged.dockerfile,
        args: [...installerArguments(installer, context.declares.args, context.args), ...handover.args],
        labels,
        idFile: staged.idFile,
        network: handover.network,
        isolation: order.isolation,
        memory: buildMemory(order, shop),
        isFresh: order.rebuild,
      })
      const end = await followBuild(host, onLine =>
        docker.run(args, {
          signal: handover.signal,
          onLine: (line, stream) => {
            handover.see(line)
            onLine(line, stream)
          },
        }),
      )
      if (host.signal.aborted) throw endOf(host.signal)
      if (end.code === 0) return { kind: 'built', id: (await readFile(staged.idFile, 'utf8')).trim(), times: end.times }
      // A cause that is known is none of the delivery's, even where the installer was not fetched.
      const diagnosis = diagnose(end.lines)
      const why = diagnosis ? undefined : handover.lacking()
      return why === undefined ? { kind: 'failed', end, diagnosis } : { kind: 'undelivered', why: wordsOf(why, end), end }
    } finally {
      await staged.discard()
    }
  } finally {
    await handover.end()
  }
}

function wordsOf(why: string, { why: said }: BuildEnd): string {
  return said === '' || why.includes(said) ? why : `${why} (${said.replace(/\.$/, '')})`
}

function buildMemory({ isolation, memory }: ImageOrder, { engine, host }: Workshop): string | undefined {
  const effective = effectiveIsolation(isolation, engine)
  if (effective !== 'hyperv') return undefined
  if (memory !== undefined) return memory
  const usual = memoryUnder(effective, 'build')
  host.log(`The build gets ${usual} of memory: under Hyper-V it would have 1 GB otherwise.`)
  return usual
}
