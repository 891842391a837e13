import { isLoopback } from '../contract/kinds.ts'
import { endOf } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { withinLimit } from '../process/limit.ts'
import { inspectManifestArguments } from './arguments.ts'
import { type Docker, firstLine } from './docker.ts'
import type { EngineFacts } from './preflight.ts'

/** An image as its registry has it. */
export interface FoundInRegistry {
  readonly kind: 'found'
  /** Of the manifest for this engine, as the registry names it; for a list not the list's own. */
  readonly digest: string
  /** The digest of the image's configuration, which is its id on an engine without containerd's store. */
  readonly imageId: string
  /** `windows` or `linux`; empty where the registry does not tell. */
  readonly os: string
  /** Windows only: `10.0.20348.5499`. */
  readonly osVersion: string | undefined
  /** What a pull fetches when no layer is there yet: compressed. */
  readonly bytes: number
}

/** What a registry says of a reference. */
export type RegistryAnswer = FoundInRegistry | { readonly kind: 'absent' } | { readonly kind: 'unknown'; readonly why: string }

/** True where a registry has the image that the engine calls `id`. One whose store is containerd's names an image by its manifest. */
export function isImage(answer: RegistryAnswer, id: string): answer is FoundInRegistry {
  return answer.kind === 'found' && [answer.imageId, answer.digest].includes(id)
}

type Platform = Pick<EngineFacts, 'os' | 'windowsBuild'>

/** Docker asks for each manifest of a list, and its configuration, one after the other. */
const limitMs = 10_000

/**
 * Asks a registry for an image, with the logins that docker has; nothing is pulled. A registry that refuses, hangs or cannot be
 * reached is `unknown`, never an error. A list that the user has made by `docker manifest create` answers for the registry.
 * @throws StepError `engine-unreachable`, `cancelled`, or `engine-failed` where docker cannot be started
 */
export async function askRegistry(docker: Docker, reference: string, engine: Platform, host: Host): Promise<RegistryAnswer> {
  return withinLimit(limitMs, host, async ({ signal }, limit) => {
    const args = inspectManifestArguments(reference, isLoopbackRegistry(reference))
    const { code, stdout, stderr } = await docker.run(args, { signal })
    if (host.signal.aborted) throw endOf(host.signal)
    if (code === 0) return readAnswer(stdout, engine)
    if (limit.aborted) return { kind: 'unknown', why: `it did not answer in ${limitMs / 1_000} s` }
    const why = refusalIn(stderr)
    return saysAbsent(why) ? { kind: 'absent' } : { kind: 'unknown', why }
  })
}

/** True for a registry on this machine, which Docker too lets speak plain HTTP without being told. */
export function isLoopbackRegistry(reference: string): boolean {
  const [first = '', ...others] = reference.split('/')
  return others.length > 0 && isLoopback(first.replace(/:\d+$/, ''))
}

/** "No such manifest" is what docker says as well where a login is missing, or the registry speaks plain HTTP. */
function refusalIn(stderr: string): string {
  const isDebug = (line: string) => /^time=\S+ level=/.test(line)
  const lines = stderr.split(/\r?\n/)
  const said = cause(lines.filter(line => !isDebug(line)).join('\n'))
  if (!/no such manifest/i.test(said)) return said
  const debug = lines.filter(isDebug).join('\n')
  const passedOver = /msg="continuing on error \([^)]*\) (.*)"$/m.exec(debug)?.[1]
  if (passedOver !== undefined) return cause(passedOver.replaceAll('\\n', '\n').replace(/\\(.)/g, '$1'))
  if (/skipping non-tls registry endpoint/.test(debug)) return 'it speaks plain HTTP, or not at all'
  return said
}

/** Several errors stand below a line that says so, the first of them being the cause. */
function cause(text: string): string {
  return firstLine(text.replace(/^errors:\s*$/m, ''))
}

/** Registries have words of their own; a helper for logins that docker cannot start is "not found" as well. */
function saysAbsent(line: string): boolean {
  return /no such manifest|manifest unknown|name unknown|(?<!executable file )\bnot found\b/i.test(line)
}

/** One manifest, or one for each entry of a list, which says the platform itself; its attestations are for none. */
function readAnswer(stdout: string, engine: Platform): RegistryAnswer {
  try {
    const answer = JSON.parse(stdout) as RawManifest | readonly RawManifest[]
    const isList = Array.isArray(answer)
    const manifest = isList ? choose(answer as readonly RawManifest[], engine) : (answer as RawManifest)
    if (manifest === undefined) return { kind: 'unknown', why: `it has no image for ${engine.os}/amd64 under this name` }
    const found = factsOf(manifest)
    if (found !== undefined) return found
  } catch {
    // Told below.
  }
  return { kind: 'unknown', why: 'docker manifest inspect answered with something else than an image’s manifest' }
}

/** As the engine chooses: on Windows by the host's build first, and never a newer one where an older one is there. */
function choose(list: readonly RawManifest[], { os, windowsBuild }: Platform): RawManifest | undefined {
  const fitting = list.filter(
    ({ Descriptor: { platform } }) => platform?.os === os && (platform.architecture ?? 'amd64') === 'amd64',
  )
  if (os !== 'windows' || windowsBuild === undefined) return fitting[0]
  const notNewer = fitting.filter(manifest => buildOf(manifest) <= windowsBuild)
  const newest = Math.max(...notNewer.map(buildOf))
  return notNewer.find(manifest => buildOf(manifest) === newest) ?? fitting[0]
}

/** 0 where it is not told, which is older than any. */
function buildOf({ Descriptor: { platform } }: RawManifest): number {
  return Number(/^10\.0\.(\d+)/.exec(platform?.['os.version'] ?? '')?.[1] ?? 0)
}

function factsOf({ Descriptor: { digest, platform }, ...raw }: RawManifest): FoundInRegistry | undefined {
  const manifest = raw.SchemaV2Manifest ?? raw.OCIManifest
  if (!manifest?.config?.digest || !digest) return undefined
  return {
    kind: 'found',
    digest,
    imageId: manifest.config.digest,
    os: platform?.os ?? '',
    osVersion: platform?.['os.version'],
    bytes: (manifest.layers ?? []).reduce((sum, { size }) => sum + size, 0),
  }
}

/** As docker/cli writes it (cli/manifest/types), which fetches the manifests of an OCI index like those of a manifest list. */
interface RawManifest {
  readonly Descriptor: {
    readonly digest?: string
    readonly platform?: { readonly os?: string; readonly architecture?: string; readonly 'os.version'?: string }
  }
  readonly SchemaV2Manifest?: RawContent
  readonly OCIManifest?: RawContent
}

interface RawContent {
  readonly config?: { readonly digest?: string }
  readonly layers?: readonly { readonly size: number }[] | null
}
