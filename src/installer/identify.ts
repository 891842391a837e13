import path from 'node:path'
import { parseVersion } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import { sizeOfInstaller } from './file.ts'
import { type KnownVersion, knownVersion, knownVersions } from './known.ts'
import { readMsiProperties } from './msi/properties.ts'
import { proveVersion } from './product-version.ts'
import type { ExpectedHash } from './proof.ts'
import { exactSource, givenSource, latestSource, lookupAddress, type Source, stableSource } from './source.ts'
import type { Wanted } from './wanted.ts'

/** An installer that lies on this machine already. */
export interface LocalFile {
  readonly path: string
  /** In words, with the name that its user gave it. */
  readonly shown: string
}

/** Which installer is meant, before a byte of it is fetched. */
export interface Identity {
  /** Four parts; `undefined` where only the bytes will tell, and where a dry run asks nobody. */
  readonly version: string | undefined
  readonly sha256: ExpectedHash | undefined
  readonly source: LocalFile | Source
  /** What its user said of it: how it is proven, where it is kept. */
  readonly wanted: Wanted
}

export type Identify = (wanted: Wanted) => Promise<Identity>

/**
 * Finds out which installer is meant. `stable` and `latest` ask Microsoft’s servers; of a file on this machine its properties are
 * read, which takes milliseconds, and not the rest.
 * @param known what is known of versions; tests bring their own
 * @throws StepError `version-lookup-failed`, `download-failed`, `cancelled`; of a file `installer-missing`, `installer-not-msi`,
 * `installer-version-mismatch`, `installer-version-unknown`
 */
export function identifyInstaller(host: Host, known = knownVersions): Identify {
  return async wanted => {
    const identity = await identityOf(wanted, host, known, word =>
      word === 'stable' ? stableSource(host) : latestSource(host, known),
    )
    tell(identity, host, known)
    return identity
  }
}

/** What a dry run knows: nobody is asked which version `stable` or `latest` is. A file of the user’s is looked at all the same. */
export function planIdentity(host: Host, known = knownVersions): Identify {
  return async wanted => {
    const identity = await identityOf(wanted, host, known, async word => {
      const address = lookupAddress(word)
      host.log(`Would ask ${address} which version "${word}" is.`)
      return { version: undefined, url: '', shown: `the address of "${word}"` }
    })
    if (identity.version !== undefined) tell(identity, host, known)
    return identity
  }
}

export function isLocal(source: LocalFile | Source): source is LocalFile {
  return 'path' in source
}

async function identityOf(
  wanted: Wanted,
  host: Host,
  known: readonly KnownVersion[],
  lookUp: (word: 'stable' | 'latest') => Promise<Source>,
): Promise<Identity> {
  const { shirVersion, msiPath, msiUrl } = wanted
  const asked = parseVersion(shirVersion) ? shirVersion : undefined
  if (msiPath !== undefined) {
    const file = path.resolve(host.machine.workspace, msiPath)
    const source = { path: file, shown: `the file ${msiPath}` }
    return identifyFile({ version: asked, sha256: undefined, source, wanted }, file, path.basename(file), known)
  }
  const source = msiUrl
    ? givenSource(msiUrl, asked)
    : asked === undefined
      ? await lookUp(shirVersion as 'stable' | 'latest')
      : exactSource(asked)
  return { version: source.version, sha256: expectedHash(wanted, source.version, known), source, wanted }
}

/**
 * Takes from a file what its address or its name did not tell. Its properties are read, not the rest.
 * @param name what the file is called where it came from
 * @throws StepError `installer-missing`, `installer-not-msi`, `installer-version-mismatch`, `installer-version-unknown`
 */
export async function identifyFile(
  identity: Identity,
  file: string,
  name: string,
  known: readonly KnownVersion[],
): Promise<Identity> {
  await sizeOfInstaller(file) // a named pipe is refused before it is opened
  const { values } = await readMsiProperties(file)
  // What its hash will have to be is no proof before it was computed: `proveInstaller` asks for both again.
  const hashBy = expectedHash(identity.wanted, identity.version, known)?.by
  const { version } = proveVersion(values.get('ProductVersion') ?? '', identity.version, { fileName: name, hashBy })
  return { ...identity, version, sha256: expectedHash(identity.wanted, version, known) }
}

/** The hash that was given goes first: whoever gives one knows which file is meant. */
function expectedHash(
  { msiSha256 }: Wanted,
  version: string | undefined,
  known: readonly KnownVersion[],
): ExpectedHash | undefined {
  if (msiSha256 !== undefined) return { value: msiSha256.toLowerCase(), by: 'input' }
  const value = version && knownVersion(version, known)?.sha256?.value
  return value ? { value, by: 'known' } : undefined
}

/** Also why the installer must be obtained before anything else can be known, where that is so. */
function tell({ version, sha256, source, wanted }: Identity, host: Host, known: readonly KnownVersion[]): void {
  const from = isLocal(source) || wanted.msiUrl ? source.shown : wanted.shirVersion
  if (version === undefined) host.log(`Which version ${from} is, only its bytes tell: the installer is obtained first.`)
  else host.log(`Version ${version}${from === version ? '' : ` (${from})`}`)
  if (sha256?.by === 'known') host.log(`Its SHA-256 is known: ${sha256.value}`)
  if (sha256?.by === 'input') host.log(`Its SHA-256 was given: ${sha256.value}${otherThanKnown(version, sha256.value, known)}`)
  if (sha256 === undefined && version !== undefined)
    host.log(
      `No SHA-256 of it is known beforehand, so the installer is obtained first; ${host.spell('msiSha256')} would tell which file it must be.`,
    )
}

function otherThanKnown(version: string | undefined, given: string, known: readonly KnownVersion[]): string {
  const value = version && knownVersion(version, known)?.sha256?.value
  return value && value !== given ? ` (the one that is known of this version is ${value})` : ''
}
