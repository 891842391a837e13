import { readFile } from 'node:fs/promises'
import type { Pair } from '../../contract/kinds.ts'
import type { Installer } from '../../contract/values.ts'
import { installerFileName } from '../../contract/version.ts'
import type { Host } from '../../host/host.ts'
import type { Context } from '../context.ts'
import { addressArgument, type Delivery } from './delivery.ts'
import { installStep } from './install-step.ts'
import { offerInstaller } from './offer.ts'
import { lacksInstaller, watchDelivery } from './watch.ts'

/** The installer on its way into one build. */
export interface Handover {
  /** True where it is to be put into the context. */
  readonly isCopied: boolean
  /** What `docker build` is told for it. */
  readonly args: readonly Pair[]
  readonly network: string | undefined
  /** Ends the build, where it waits for what will not come, and when the run is cancelled. */
  readonly signal: AbortSignal
  /** Takes each line of the build's log. */
  see(line: string): void
  /** Why a build that failed may have failed for want of the installer, in a clause; `undefined` where that was not it. */
  lacking(): string | undefined
  end(): Promise<void>
}

/**
 * Begins to deliver the installer to a build: nothing is to be done for a copy; else it is offered over HTTP until `end`.
 * @throws StepError `delivery-failed` where it cannot be offered
 */
export async function handOver(delivery: Delivery, installer: Installer, context: Context, host: Host): Promise<Handover> {
  if (delivery.kind === 'copy')
    return {
      ...{ isCopied: true, args: [], network: undefined, signal: host.signal },
      ...{ see: () => {}, lacking: () => undefined, end: async () => {} },
    }
  const { address, network } = delivery.place
  const name = installerFileName(installer.version)
  // Read before it is offered: nothing that fails may leave a server behind.
  const step = installStep(await readFile(context.dockerfile, 'utf8'))
  const offer = await offerInstaller({ file: installer.path, size: installer.size, address, name }, host)
  host.log(`The build fetches the installer from this machine, at ${address}; no layer will hold it.`)
  const silence = new AbortController()
  let silent: string | undefined
  const watch = watchDelivery(offer, step, host, why => {
    silent = why
    silence.abort()
  })
  return {
    isCopied: false,
    args: [{ name: addressArgument, value: offer.url }],
    network,
    signal: AbortSignal.any([host.signal, silence.signal]),
    see: watch.see,
    lacking: () => silent ?? (lacksInstaller(offer, watch) ? 'it was not fetched whole' : undefined),
    end: async () => {
      watch.end()
      await offer.close()
    },
  }
}
