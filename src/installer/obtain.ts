import { fileName } from '../contract/secret.ts'
import type { Installer } from '../contract/values.ts'
import { installerFileName } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { bringInstaller, planBringing } from './bring.ts'
import { cacheKey } from './cache-service.ts'
import { megabytes } from './download/progress.ts'
import { type Identity, identifyFile, isLocal, type LocalFile } from './identify.ts'
import { knownVersions } from './known.ts'
import { type Expected, type Facts, type Proven, proveContents, proveInstaller } from './proof.ts'
import { type Entry, isVouchedFor, microsoft } from './record.ts'

export type Obtain = (identity: Identity) => Promise<Installer>

/**
 * Brings the installer that was identified from the nearest place that has it, and proves it: hash, product version and signature.
 * @throws StepError as told by `proveInstaller`, `bringInstaller` and `download`
 */
export function obtainInstaller(host: Host, journal: Journal, known = knownVersions): Obtain {
  return async identity => {
    const { source, version, sha256, wanted } = identity
    if (isLocal(source)) return localInstaller(source, file => proveInstaller(file, expectedOf(identity), host), host)

    const name = fileName(source.url)
    const { kept, ...origin } = await bringInstaller(
      wanted,
      {
        ...{ version, sha256: sha256?.value, url: source.url, address: source.shown },
        origin: wanted.msiUrl === undefined ? microsoft : source.shown,
        // Its bytes were hashed just now: all but the signature costs nothing, and is then told as this run asked for it.
        needsProof: record => record.signer === undefined || record.proofs.length === 0,
        prove: (file, record) => proveInstaller(file, expectedOf(identity), host, factsOf(record, host)),
        fetch: async part => {
          host.log(`Fetching ${source.shown}`)
          const { download } = await import('./download/download.ts') // and with it Node's clients: loaded only where something is fetched
          const { sha256: hash } = await download(source, part, host)
          // Where only its bytes tell the version, there may be a known hash of it after all.
          const whole = version === undefined ? await identifyFile(identity, part, name, known) : identity
          return proveInstaller(part, expectedOf(whole), host, { name, sha256: hash })
        },
      },
      host,
      journal,
    )
    return told(kept, origin, host)
  }
}

/** What a dry run says instead: the same decisions, without a look at the network. A file of the user's is proven, since reading changes nothing. */
export function planInstaller(host: Host): Obtain {
  return async identity => {
    const { source, wanted } = identity
    if (isLocal(source)) return localInstaller(source, file => proveContents(file, expectedOf(identity), host), host)

    const version = identity.version ?? '<version>'
    planBringing(wanted, version, source.shown, `format, ProductVersion${proofsToCome(identity)}`, host)
    const sha256 = identity.sha256?.value ?? '<sha256>'
    return {
      planned: true,
      version,
      sha256,
      path: '<installer>',
      size: 0,
      cacheHit: false,
      cacheKey: cacheKey(version, sha256),
      signer: undefined,
      proofs: [],
      source: source.shown,
    }
  }
}

async function localInstaller(
  { path, shown }: LocalFile,
  prove: (file: string) => Promise<Proven>,
  host: Host,
): Promise<Installer> {
  return told({ ...(await prove(path)), path }, { source: shown, cacheHit: false }, host)
}

/** The version that an address promised must be the one that came. */
function expectedOf({ version, sha256, wanted }: Identity): Expected {
  return { version, sha256, verifySignature: wanted.verifySignature }
}

/**
 * What is known of a file from a cache. It did not come from the address, and whoever may write a cache may name its files: only a
 * record that the machine vouches for tells which version it was proven to be, and so what its file is called.
 */
function factsOf(record: Entry | undefined, host: Host): Facts {
  if (record === undefined) return { name: '' }
  return { name: isVouchedFor(host) ? installerFileName(record.version) : '', sha256: record.sha256 }
}

function proofsToCome({ sha256, wanted }: Identity): string {
  const needsSignature = wanted.verifySignature && sha256?.by !== 'input'
  return `${sha256 ? ', SHA-256' : ''}${needsSignature ? ', signature' : ''}`
}

/** How an installer was come by. */
interface Origin {
  readonly source: string
  readonly cacheHit: boolean
}

function told(found: Proven & { readonly path: string }, { source, cacheHit }: Origin, host: Host): Installer {
  const { version, sha256, size, signer, proofs } = found
  host.log(`Installer ${version}, ${megabytes(size)}, from ${source}`)
  for (const proof of proofs) host.log(`  ${proof}`)
  return {
    planned: false,
    version,
    sha256,
    size,
    path: found.path,
    cacheHit,
    cacheKey: cacheKey(version, sha256),
    signer,
    proofs,
    source,
  }
}
