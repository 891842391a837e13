import { readFile } from 'node:fs/promises'
import type { Host } from '../../host/host.ts'
import type { ImageOrder } from '../order.ts'
import type { Workshop } from '../workshop.ts'
import { type DeliveryPlace, deliveryAddress } from './address.ts'
import { deliveryFailed } from './failure.ts'
import { installStep } from './install-step.ts'

/** The build argument by which a Dockerfile learns where the installer is offered. */
export const addressArgument = 'INSTALLER_URL'

/** How the build gets the installer. */
export type Delivery =
  | { readonly kind: 'copy' }
  | {
      readonly kind: 'serve'
      readonly place: DeliveryPlace
      /** True where a copy will do as well. */
      readonly isChoice: boolean
    }

/**
 * Decides how the build gets the installer, before anything is fetched.
 * @throws StepError `delivery-failed` where it must be served and cannot be
 */
export async function decideDelivery(order: ImageOrder, { docker, engine, host }: Workshop): Promise<Delivery> {
  if (order.delivery === 'copy') return { kind: 'copy' }
  const refusal = await refusalOf(order, host)
  const place = refusal === undefined ? await deliveryAddress(docker, engine) : { why: refusal }
  if (!('why' in place)) return { kind: 'serve', place, isChoice: order.delivery === 'auto' }
  if (order.delivery === 'serve') throw deliveryFailed(place.why, host)
  host.log(`Installer: copied into the build context, since ${place.why}`)
  return { kind: 'copy' }
}

/** Why the build cannot be served the installer, by what was asked for alone, in a clause; `undefined` where nothing there says so. */
export async function refusalOf(
  { context }: Pick<ImageOrder, 'context'>,
  host: Pick<Host, 'spell'>,
): Promise<string | undefined> {
  if (!context.declares.args.has(addressArgument)) return `the Dockerfile has no ARG ${addressArgument}`
  const isTaken = context.args.some(({ name }) => name === addressArgument)
  if (isTaken) return `${host.spell('buildArgs')} sets ${addressArgument}`
  const isSeen = installStep(await readFile(context.dockerfile, 'utf8')) !== undefined
  return isSeen ? undefined : `no RUN of the Dockerfile sees ARG ${addressArgument}: it must stand in the stage, before the RUN`
}
