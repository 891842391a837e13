/** The registries that an engine can reach: Microsoft's, to pull from, and every `*.azurecr.io`. */
import { createHash } from 'node:crypto'
import type { Image } from './image.ts'
import { type Document, listOf, manifestOf, platformOf } from './manifest.ts'
import type { EngineOptions } from './options.ts'
import type { Reference } from './reference.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import type { Clock } from './time.ts'

/** What a registry has under a reference. */
export interface Published {
  readonly image: Image
  readonly manifest: Document
  /** The list around the manifest, where the reference leads to one: its digest is what a pull tells. */
  readonly list: Document | undefined
}

/** Who asks: the engine and the client have words of their own for one and the same refusal. */
export type Asker = 'pull' | 'push' | 'manifest'

export interface Registries {
  /** Refuses where there is none, or where its registry cannot be reached. */
  look(reference: Reference, asker: 'pull' | 'manifest'): Published
  /** Keeps an image under its reference and under its digest. Refuses as a registry does that this engine cannot write to. */
  take(reference: Reference, image: Image, manifest: Document): void
}

/** Windows images that Microsoft's registry has, by the beginning of their tag. */
const windowsBases: readonly { readonly tag: string; readonly version: string }[] = [
  { tag: 'ltsc2019', version: '10.0.17763.8027' },
  { tag: 'ltsc2022', version: '10.0.20348.4405' },
  { tag: 'ltsc2025', version: '10.0.26100.7171' },
]

export function createRegistries(options: EngineOptions, clock: Clock): Registries {
  const pushed = new Map<string, Published>()
  let refusals = options.pushRefusals?.count ?? 0
  return {
    look(reference, asker) {
      const known = pushed.get(reference.text)
      if (known) return known
      requireRegistry(reference, asker)
      const base = microsoftImage(reference, clock) ?? refuseUnknownManifest(reference, asker)
      if (asker === 'pull') requirePlatform(base.image, options)
      return base
    },
    take(reference, image, manifest) {
      requireRegistry(reference, 'push')
      if (refusals > 0) {
        refusals--
        refuse(refusalTexts[options.pushRefusals?.status ?? 503])
      }
      const published = { image, manifest, list: undefined }
      pushed.set(reference.text, published)
      pushed.set(`${reference.repository}@${manifest.digest}`, published)
    },
  }
}

/** What the real engine passes on of such answers (measured). */
const refusalTexts = {
  429: 'toomanyrequests: too many requests, try again later',
  503: 'received unexpected HTTP status: 503 Service Unavailable',
} as const

function requireRegistry({ registry, repository }: Reference, asker: Asker): void {
  if (registry.endsWith('.azurecr.io')) return
  if (registry === 'mcr.microsoft.com' && asker !== 'push') return
  if (registry === 'docker.io' || registry === 'mcr.microsoft.com') {
    const denied = 'denied: requested access to the resource is denied'
    if (asker === 'push') refuse(denied)
    if (asker === 'manifest') refuse(`errors:\n${denied}\nunauthorized: authentication required\n`)
    refuseByDaemon(`pull access denied for ${repository}, repository does not exist or may require 'docker login': ${denied}`)
  }
  const isLoopback = /^(localhost|127\.)/.test(registry)
  // The engine takes HTTP for granted on loopback. The client asks by HTTPS first, and tells of that.
  const scheme = isLoopback && asker !== 'manifest' ? 'http' : 'https'
  const cause = isLoopback
    ? `dial tcp ${registry}: connect: connection refused`
    : `dial tcp: lookup ${registry.replace(/:\d+$/, '')}: no such host`
  const problem = `Get "${scheme}://${registry}/v2/": ${cause}`
  if (asker === 'push') refuse(problem)
  if (asker === 'manifest') refuse(`failed to configure transport: error pinging v2 registry: ${problem}`)
  refuseByDaemon(problem)
}

function refuseUnknownManifest({ text, tag, digest, full }: Reference, asker: Asker): never {
  if (asker === 'manifest') return refuse(`no such manifest: ${full}`)
  const sought = digest === undefined ? `tagged by "${tag}"` : digest
  return refuseByDaemon(`manifest for ${text} not found: manifest unknown: manifest ${sought} is not found`)
}

/** The base image of that tag or digest in Microsoft's registry, made up. */
function microsoftImage(reference: Reference, clock: Clock): Published | undefined {
  const { repository, digest, tag: wanted } = reference
  if (!repository.startsWith('mcr.microsoft.com/windows/')) return undefined
  for (const { tag, version } of windowsBases) {
    const image = baseImage(repository, version, clock)
    const manifest = manifestOf(image, [image])
    const list = listOf(manifest, platformOf(image))
    if (digest === undefined && (wanted.startsWith(tag) || version.startsWith(wanted))) return { image, manifest, list }
    if (digest === list.digest) return { image, manifest, list }
    if (digest === manifest.digest) return { image, manifest, list: undefined }
  }
  return undefined
}

function baseImage(repository: string, version: string, clock: Clock): Image {
  const config = {
    Env: [],
    Entrypoint: null,
    Cmd: ['c:\\windows\\system32\\cmd.exe'],
    Labels: {},
    WorkingDir: '',
    User: 'ContainerAdministrator',
  }
  const id = `sha256:${createHash('sha256').update(`${repository} ${version}`).digest('hex')}`
  const known = { id, parent: '', size: 4_870_000_000, os: 'windows', osVersion: version, config }
  return { ...known, created: clock.now(), files: {}, installer: undefined }
}

/** A Windows engine takes no image that is newer than itself, and a Linux engine none at all. */
function requirePlatform({ osVersion }: Image, options: EngineOptions): void {
  if (options.os !== 'windows') refuseByDaemon('no matching manifest for linux/amd64 in the manifest list entries')
  const build = (version: string) => Number(version.split('.')[2])
  if (build(osVersion) <= build(options.osVersion)) return
  const [image, host] = [osVersion, options.osVersion].map(version => version.split('.').slice(0, 3).join('.'))
  refuseByDaemon(`a Windows version ${image}-based image is incompatible with a ${host} host`)
}
