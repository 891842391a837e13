import type { Pair } from '../contract/kinds.ts'
import type { Image, Installer } from '../contract/values.ts'
import type { Context } from './context.ts'

/** What is to be built. */
export interface ImageOrder {
  readonly context: Context
  readonly installer: Installer
  /** The first is the image's name from then on. */
  readonly references: readonly string[]
  readonly labels: readonly Pair[]
}

/** Who builds and keeps images. */
export interface Builder {
  /** Fails before anything is fetched where the context's bases could not be built. */
  prepare(context: Context): Promise<void>
  build(order: ImageOrder): Promise<Image>
  /** Pushes every reference; the image then has a digest. */
  push(image: Image, references: readonly string[]): Promise<Image>
  /** An image that exists, pulled where it is not here. */
  use(reference: string): Promise<Image>
}
