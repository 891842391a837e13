import { parse } from 'yaml'
import { canonicalVersion, compareVersions, versionInFileName } from '../src/contract/version.ts'
import type { Host } from '../src/host/host.ts'
import type { KnownVersion } from '../src/installer/known.ts'
import { httpGet } from '../src/net/http.ts'

const folder = 'manifests/m/Microsoft/IntegrationRuntime'
const fileName = 'Microsoft.IntegrationRuntime.installer.yaml'
/** GitHub’s "get repository content": an array with `name` and `type` of each entry. */
const listAddress = `https://api.github.com/repos/microsoft/winget-pkgs/contents/${folder}`
const rawAddress = (version: string) =>
  `https://raw.githubusercontent.com/microsoft/winget-pkgs/master/${folder}/${version}/${fileName}`
const pageAddress = (version: string) => `https://github.com/microsoft/winget-pkgs/blob/master/${folder}/${version}/${fileName}`

/** What the public manifest says of a version. */
export interface ManifestVersion {
  readonly version: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** `YYYY-MM-DD`; not every manifest has it. */
  readonly published: string | undefined
  /** Its page, for people. */
  readonly source: string
}

/** What comes of holding the public manifest against what is known. */
export interface Comparison {
  /** All that is known then, oldest first; as before where there are contradictions. */
  readonly versions: readonly KnownVersion[]
  /** What was missing, a sentence each. */
  readonly missing: readonly string[]
  /** Hashes that differ. Nobody resolves them but a person who knows why. */
  readonly contradictions: readonly string[]
  /** What a person may want to look at, and what nothing follows from. */
  readonly notes: readonly string[]
}

/** The public manifest, as far as it could be read. */
export interface PublicManifest {
  readonly found: readonly ManifestVersion[]
  /** Versions that are listed, and of which nothing can be said: a sentence each. */
  readonly unread: readonly { readonly version: string; readonly why: string }[]
}

/**
 * Every version of the public manifest (`microsoft/winget-pkgs`), in no particular order. One that cannot be read keeps nobody from the
 * others.
 * @param token GitHub’s, which raises its limit of 60 questions an hour; goes to its API alone
 * @throws Error in whole sentences, where GitHub does not answer or answers something else, or where no version can be read
 */
export async function readPublicManifest(host: Host, token: string | undefined): Promise<PublicManifest> {
  const found: ManifestVersion[] = []
  const unread: { version: string; why: string }[] = []
  for (const version of versionsListed(await list(host, token)))
    try {
      found.push(readInstallerManifest(version, await textAt(rawAddress(version), host)))
    } catch (error) {
      unread.push({ version, why: (error as Error).message })
    }
  if (found.length === 0) throw new Error(unread.map(({ why }) => why).join('\n'))
  return { found, unread }
}

async function list(host: Host, token: string | undefined): Promise<string> {
  const headers = { accept: 'application/vnd.github+json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  return textAt(listAddress, host, headers).catch((error: Error) => {
    const { status } = (error.cause ?? {}) as { readonly status?: number }
    if (status !== 403 && status !== 429) throw error
    const hint = token
      ? 'The token in GITHUB_TOKEN has reached its limit, or may not read it.'
      : 'Without a token GitHub answers 60 questions an hour: put one into GITHUB_TOKEN.'
    throw new Error(`${error.message} ${hint}`, { cause: error })
  })
}

async function textAt(address: string, host: Host, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  return httpGet(address, host, answer => answer.text(), { headers }).catch((cause: Error) => {
    throw new Error(`${address} could not be read: ${cause.message}.`, { cause })
  })
}

/** The folders of GitHub’s answer that are called as versions are. */
export function versionsListed(answer: string): readonly string[] {
  const entries = parsed(answer, JSON.parse, listAddress)
  const names = Array.isArray(entries) ? entries.flatMap(entry => (entry?.type === 'dir' ? [String(entry.name)] : [])) : []
  const versions = names.filter(name => canonicalVersion(name) === name)
  if (versions.length === 0) throw new Error(`${listAddress} lists no version: did the manifest move?`)
  return versions
}

/**
 * An installer manifest (winget’s schema 1.10 and 1.12): `PackageIdentifier`, `PackageVersion`, `ReleaseDate` and `Installers[]` with
 * `InstallerUrl` and `InstallerSha256`. It must be Microsoft’s own file of that very version, or it says nothing of it.
 * @throws Error in a whole sentence
 */
export function readInstallerManifest(version: string, text: string): ManifestVersion {
  const source = pageAddress(version)
  const refuse = (why: string) => new Error(`${source} cannot be used: ${why}.`)
  const manifest = parsed(text, parse, source) as Record<string, unknown> | null
  if (manifest?.PackageIdentifier !== 'Microsoft.IntegrationRuntime' || manifest.PackageVersion !== version)
    throw refuse(`it is of ${manifest?.PackageIdentifier} ${manifest?.PackageVersion}`)
  const installers = Array.isArray(manifest.Installers) ? manifest.Installers : []
  const offered = installers.filter(({ InstallerUrl: url }) => {
    if (!URL.canParse(String(url))) return false
    const { protocol, hostname, pathname } = new URL(String(url))
    return (
      `${protocol}${hostname}` === 'https:download.microsoft.com' &&
      versionInFileName(pathname.split('/').at(-1) ?? '') === version
    )
  })
  const hashes = [...new Set(offered.map(({ InstallerSha256: hash }) => String(hash).toLowerCase()))]
  const [sha256 = ''] = hashes
  if (hashes.length !== 1 || !/^[0-9a-f]{64}$/.test(sha256))
    throw refuse(`it tells ${hashes.length > 1 ? 'several hashes' : 'no hash'} of Microsoft’s own file`)
  const date = String(manifest.ReleaseDate ?? '')
  return { version, sha256, published: /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined, source }
}

function parsed(text: string, read: (text: string) => unknown, source: string): unknown {
  try {
    return read(text)
  } catch (cause) {
    throw new Error(`${source} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** Adds what is missing. What is known already never changes: not a hash, not a day, not that a version was withdrawn. */
export function compare(known: readonly KnownVersion[], { found, unread }: PublicManifest): Comparison {
  const [missing, contradictions, notes]: [string[], string[], string[]] = [[], [], []]
  const versions = new Map(known.map(one => [one.version, one]))
  for (const { version, sha256, published, source } of found) {
    const ours = versions.get(version)
    if (ours?.sha256 && ours.sha256.value !== sha256)
      contradictions.push(`${version}: the SHA-256 that is known is ${ours.sha256.value}, but ${source} has ${sha256}.`)
    if (ours?.published && published && ours.published.date !== published)
      notes.push(`${version}: published on ${ours.published.date} as known, on ${published} by ${source}; the known day stays.`)
    if (!ours?.sha256) missing.push(`${version}: the SHA-256 ${sha256}.`)
    if (!ours?.published && published) missing.push(`${version}: published on ${published}.`)
    versions.set(version, {
      version,
      sha256: ours?.sha256 ?? { value: sha256, source },
      ...(ours?.published ? { published: ours.published } : published ? { published: { date: published, source } } : {}),
      ...(ours?.withdrawn ? { withdrawn: ours.withdrawn } : {}),
    })
  }
  for (const { version, why } of unread) notes.push(`${version}: nothing is said of it. ${why}`)
  const told = new Set([...found, ...unread].map(({ version }) => version))
  for (const { version } of known) if (!told.has(version)) notes.push(`${version}: not in the public manifest.`)
  const all = [...versions.values()].sort((a, b) => compareVersions(a.version, b.version))
  return { versions: contradictions.length > 0 ? known : all, missing, contradictions, notes }
}
