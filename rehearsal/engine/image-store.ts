/** The images of an engine, and the registries that it can reach. */
import { createHash } from 'node:crypto'
import type { EngineOptions } from './options.ts'
import { parseReference, type Reference } from './reference.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import type { Clock } from './time.ts'

/** Durations in nanoseconds, as everywhere in Docker's JSON. */
export interface HealthCheck {
  readonly Test: readonly string[]
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly StartInterval?: number
  readonly Retries?: number
}

export interface ImageConfig {
  readonly Env: readonly string[]
  readonly Entrypoint: readonly string[] | null
  readonly Cmd: readonly string[] | null
  readonly Labels: Readonly<Record<string, string>>
  readonly Healthcheck?: HealthCheck
  readonly WorkingDir: string
  readonly User: string
  readonly ExposedPorts?: Readonly<Record<string, object>>
}

export interface Image {
  /** `sha256:` and 64 digits. */
  readonly id: string
  readonly parent: string
  readonly created: number
  readonly size: number
  readonly os: string
  readonly osVersion: string
  readonly config: ImageConfig
  /** What the builder's cache knows it by. */
  readonly cacheKey?: string
}

export interface ImageStore {
  /** By reference, id or beginning of an id; undefined where there is none. */
  find(reference: string): Image | undefined
  keep(image: Image): void
  tag(image: Image, reference: Reference): void
  tagsOf(image: Image): readonly string[]
  digestsOf(image: Image): readonly string[]
  /** Takes an image from its registry; refuses as the real engine does. */
  pull(reference: Reference): { readonly image: Image; readonly digest: string; readonly isNew: boolean }
  /** Gives an image to its registry and answers with the digest; refuses as the real engine does. */
  push(reference: Reference): string
  all(): readonly Image[]
}

/** Windows images that Microsoft's registry has, by the beginning of their tag. */
const windowsBases: readonly { readonly tag: string; readonly version: string }[] = [
  { tag: 'ltsc2019', version: '10.0.17763.8027' },
  { tag: 'ltsc2022', version: '10.0.20348.4405' },
  { tag: 'ltsc2025', version: '10.0.26100.7171' },
]

export function createImageStore(options: EngineOptions, clock: Clock): ImageStore {
  const images = new Map<string, Image>()
  const tags = new Map<string, string>()
  const digests = new Map<string, string>()
  const remote = new Map<string, Image>()

  const find = (text: string): Image | undefined => {
    const reference = parseReference(text)
    const named = 'problem' in reference ? undefined : (tags.get(reference.text) ?? digests.get(reference.text))
    if (named !== undefined) return images.get(named)
    const hex = text.replace(/^sha256:/, '')
    if (!/^[0-9a-f]{4,64}$/.test(hex)) return undefined
    return [...images.values()].find(image => image.id.startsWith(`sha256:${hex}`))
  }
  const lookUp = (reference: Reference): Image => remote.get(reference.text) ?? microsoftImage(reference, options, clock)
  const keysOf = (map: ReadonlyMap<string, string>, image: Image) =>
    [...map].filter(([, id]) => id === image.id).map(([key]) => key)

  return {
    find,
    keep: image => void images.set(image.id, image),
    tag: (image, reference) => void tags.set(reference.text, image.id),
    tagsOf: image => keysOf(tags, image).sort(),
    digestsOf: image => keysOf(digests, image).sort(),
    pull(reference) {
      const image = lookUp(reference)
      const digest = reference.digest ?? manifestDigest(image)
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
      requireRegistry(reference, 'push')
      const digest = manifestDigest(image)
      remote.set(reference.text, image)
      remote.set(`${reference.repository}@${digest}`, image)
      digests.set(`${reference.repository}@${digest}`, image.id)
      return digest
    },
    all: () => [...images.values()],
  }
}

/** Refuses registries that the rehearsal does not have: it knows Microsoft's, to pull from, and every `*.azurecr.io`. */
function requireRegistry({ registry, repository }: Reference, action: 'pull' | 'push'): void {
  if (registry.endsWith('.azurecr.io')) return
  if (registry === 'mcr.microsoft.com' && action === 'pull') return
  if (registry === 'docker.io' || registry === 'mcr.microsoft.com') {
    if (action === 'push') refuse('denied: requested access to the resource is denied')
    refuseByDaemon(
      `pull access denied for ${repository}, repository does not exist or may require 'docker login': ` +
        'denied: requested access to the resource is denied',
    )
  }
  const isLoopback = /^(localhost|127\.)/.test(registry)
  const problem = isLoopback
    ? `Get "http://${registry}/v2/": dial tcp ${registry}: connect: connection refused`
    : `Get "https://${registry}/v2/": dial tcp: lookup ${registry.replace(/:\d+$/, '')}: no such host`
  if (action === 'push') refuse(problem)
  refuseByDaemon(problem)
}

function refuseUnknownManifest({ text, tag }: Reference): never {
  return refuseByDaemon(`manifest for ${text} not found: manifest unknown: manifest tagged by "${tag}" is not found`)
}

/** The base image of that name in Microsoft's registry, made up. */
function microsoftImage(reference: Reference, options: EngineOptions, clock: Clock): Image {
  requireRegistry(reference, 'pull')
  const base = windowsBases.find(({ tag, version }) => reference.tag.startsWith(tag) || version.startsWith(reference.tag))
  if (!base || !reference.repository.startsWith('mcr.microsoft.com/windows/')) return refuseUnknownManifest(reference)
  if (options.os !== 'windows') return refuseByDaemon('no matching manifest for linux/amd64 in the manifest list entries')
  const build = (version: string) => Number(version.split('.')[2])
  if (build(base.version) > build(options.osVersion)) {
    const host = options.osVersion.split('.').slice(0, 3).join('.')
    refuseByDaemon(
      `a Windows version ${base.version.split('.').slice(0, 3).join('.')}-based image is incompatible with a ${host} host`,
    )
  }
  const id = `sha256:${createHash('sha256').update(`${reference.repository} ${base.version}`).digest('hex')}`
  const config = {
    Env: [],
    Entrypoint: null,
    Cmd: ['c:\\windows\\system32\\cmd.exe'],
    Labels: {},
    WorkingDir: '',
    User: 'ContainerAdministrator',
  }
  return { id, parent: '', created: clock.now(), size: 4_870_000_000, os: 'windows', osVersion: base.version, config }
}

function manifestDigest(image: Image): string {
  return `sha256:${createHash('sha256').update(`manifest of ${image.id}`).digest('hex')}`
}
