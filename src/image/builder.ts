import type { Image, Installer } from '../contract/values.ts'
import type { Isolation } from '../engine/preflight.ts'
import type { Built } from './build.ts'
import type { Delivery } from './delivery/delivery.ts'
import type { FoundBase } from './found-base.ts'
import type { ImageOrder, KnownInstaller } from './order.ts'

export interface LookUp {
  /** Over everything that shapes the image; 64 hexadecimal digits. */
  readonly fingerprint: string
  /** The image of that fingerprint, by the names of the order, where there is one already. */
  readonly image: Image | undefined
}

/** What was found out before anything is fetched. */
export interface Prepared {
  readonly bases: readonly FoundBase[]
  readonly delivery: Delivery
}

/** Who builds and keeps images. */
export interface Builder {
  /** Tells what the build will meet, and fails before anything is fetched where it could not succeed. */
  prepare(order: ImageOrder): Promise<Prepared>
  lookUp(order: ImageOrder, prepared: Prepared, installer: KnownInstaller): Promise<LookUp>
  build(order: ImageOrder, prepared: Prepared, installer: Installer, fingerprint: string): Promise<Built>
  /** Pushes what its registry does not have yet. The image then has a digest. */
  push(image: Image, order: ImageOrder): Promise<Pushed>
  /** An image that exists, pulled where it is not here. */
  use(reference: string, isolation: Isolation | undefined): Promise<Image>
}

export interface Pushed {
  readonly image: Image
  /** False where the registry had all of it. */
  readonly changed: boolean
}
