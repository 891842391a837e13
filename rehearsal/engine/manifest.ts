/** What a registry keeps of an image: its manifest, and the list that Microsoft's registry puts around one. */
import { createHash } from 'node:crypto'
import type { Image } from './image.ts'

const docker = 'application/vnd.docker'
export const manifestType = `${docker}.distribution.manifest.v2+json`
const listType = `${docker}.distribution.manifest.list.v2+json`

/** A manifest as a registry sends it. Its digest is the hash of these bytes. */
export interface Document {
  readonly text: string
  /** `sha256:` and 64 digits. */
  readonly digest: string
  readonly value: object
}

export interface Platform {
  readonly architecture: string
  readonly os: string
  readonly 'os.version'?: string
}

/** The manifest of an image; `layers` are those of the images that add bytes, the base first. */
export function manifestOf(image: Image, layers: readonly { readonly id: string; readonly size: number }[]): Document {
  return document({
    schemaVersion: 2,
    mediaType: manifestType,
    config: {
      mediaType: `${docker}.container.image.v1+json`,
      size: JSON.stringify(image.config).length,
      digest: image.id,
    },
    layers: layers.map(({ id, size }) => ({
      mediaType: `${docker}.image.rootfs.diff.tar.gzip`,
      size,
      digest: `sha256:${createHash('sha256').update(`layer of ${id}`).digest('hex')}`,
    })),
  })
}

/** A list of one: Microsoft's registry answers with one for every tag of a Windows base. */
export function listOf(manifest: Document, platform: Platform): Document {
  const { digest, text } = manifest
  return document({
    schemaVersion: 2,
    mediaType: listType,
    manifests: [{ mediaType: manifestType, size: text.length, digest, platform }],
  })
}

/** A version is told of Windows images alone. */
export function platformOf({ os, osVersion }: Image): Platform {
  return { architecture: 'amd64', os, ...(osVersion === '' ? {} : { 'os.version': osVersion }) }
}

function document(value: object): Document {
  const text = JSON.stringify(value, undefined, 3)
  return { text, value, digest: `sha256:${createHash('sha256').update(text).digest('hex')}` }
}
