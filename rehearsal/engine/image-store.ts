/** The images of an engine, and their names. */
import type { Image } from './image.ts'
import { type Document, manifestOf } from './manifest.ts'
import { parseReference, type Reference } from './reference.ts'
import { refuse } from './refusal.ts'
import type { Registries } from './registries.ts'

export interface ImageStore {
  /** By reference, id or beginning of an id; undefined where there is none. */
  find(reference: string): Image | undefined
  keep(image: Image): void
  tag(image: Image, reference: Reference): void
  tagsOf(image: Image): readonly string[]
  digestsOf(image: Image): readonly string[]
  /** Takes an image from its registry; refuses as the real engine does. */
  pull(reference: Reference): { readonly image: Image; readonly digest: string; readonly isNew: boolean }
  /** Gives an image to its registry and answers with its manifest; refuses as the real engine does. */
  push(reference: Reference): Document
  all(): readonly Image[]
}

export function createImageStore(registries: Registries): ImageStore {
  const images = new Map<string, Image>()
  const tags = new Map<string, string>()
  const digests = new Map<string, string>()

  const find = (text: string): Image | undefined => {
    const reference = parseReference(text)
    const named = 'problem' in reference ? undefined : (tags.get(reference.text) ?? digests.get(reference.text))
    if (named !== undefined) return images.get(named)
    const hex = text.replace(/^sha256:/, '')
    if (!/^[0-9a-f]{4,64}$/.test(hex)) return undefined
    return [...images.values()].find(image => image.id.startsWith(`sha256:${hex}`))
  }
  /** Each image above the base that made it larger, the base first. */
  const layersOf = (image: Image): readonly { readonly id: string; readonly size: number }[] => {
    const parent = images.get(image.parent)
    const size = image.size - (parent?.size ?? 0)
    return [...(parent ? layersOf(parent) : []), ...(size > 0 ? [{ id: image.id, size }] : [])]
  }
  const keysOf = (map: ReadonlyMap<string, string>, image: Image) =>
    [...map].filter(([, id]) => id === image.id).map(([key]) => key)

  return {
    find,
    keep: image => void images.set(image.id, image),
    tag: (image, reference) => void tags.set(reference.text, image.id),
    tagsOf: image => keysOf(tags, image).sort(),
    digestsOf: image => keysOf(digests, image).sort(),
    pull(reference) {
      const { image, manifest, list } = registries.look(reference, 'pull')
      const digest = reference.digest ?? (list ?? manifest).digest
      const isNew = find(reference.text)?.id !== image.id
      images.set(image.id, image)
      if (reference.digest === undefined) tags.set(reference.text, image.id)
      digests.set(`${reference.repository}@${digest}`, image.id)
      return { image, digest, isNew }
    },
    push(reference) {
      const id = tags.get(reference.text)
      const image = id === undefined ? undefined : images.get(id)
      if (!image) return refuse(`An image does not exist locally with the tag: ${reference.repository}`)
      const manifest = manifestOf(image, layersOf(image))
      registries.take(reference, image, manifest)
      digests.set(`${reference.repository}@${manifest.digest}`, image.id)
      return manifest
    },
    all: () => [...images.values()],
  }
}
