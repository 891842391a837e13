import type { Installer } from '../contract/values.ts'
import type { Host } from '../host/host.ts'
import type { Debt } from '../journal/debt.ts'
import type { Journal } from '../journal/journal.ts'
import { download, megabytes } from './download.ts'
import { removeFile } from './file.ts'
import { type Identity, identifyFile, isLocal, type LocalFile } from './identify.ts'
import { type KnownVersion, knownVersions } from './known.ts'
import { type Expected, type Proven, proveContents, proveInstaller } from './proof.ts'
import { fileName, type Source } from './source.ts'
import { installerName, installerStore, type Kept, microsoft, type Store } from './store.ts'
import type { Wanted } from './wanted.ts'

export type Obtain = (identity: Identity) => Promise<Installer>

/**
 * Finds or fetches the installer that was identified and proves it: hash, product version and signature. A download is owed to the journal until
 * it is kept.
 * @throws StepError as told by `proveInstaller` and `download`
 */
export function obtainInstaller(host: Host, journal: Journal, known = knownVersions): Obtain {
  return async identity => {
    const { source, version, sha256, wanted } = identity
    if (isLocal(source)) return localInstaller(source, file => proveInstaller(file, expectedOf(identity), host), host)

    const store = installerStore(wanted.cacheDir, host)
    // A version that is known may be in the store: no network is asked then.
    const kept = version === undefined ? undefined : await store.find(version, sha256?.value)
    if (kept === undefined) return fetched(source, identity, store, known, host, journal)
    const from = `the store ${store.root}${kept.origin === microsoft ? '' : `, where it was put from ${kept.origin}`}`
    return told(await provenHit(kept, expectedOf(identity), host), { source: from, cacheHit: true }, host)
  }
}

/** What a dry run says instead: the same decisions, without a look at the network. A file of the user's is proven, since reading changes nothing. */
export function planInstaller(host: Host): Obtain {
  return async identity => {
    const { source, wanted } = identity
    if (isLocal(source)) return localInstaller(source, file => proveContents(file, expectedOf(identity), host), host)

    const store = installerStore(wanted.cacheDir, host)
    const version = identity.version ?? '<version>'
    host.log(`Would take version ${version} from ${store.root}, if it is there and its bytes are intact.`)
    host.log(
      `Otherwise would fetch ${source.shown}, prove it (format, ProductVersion${proofsToCome(identity)}) and keep it there.`,
    )
    const sha256 = identity.sha256?.value ?? '<sha256>'
    return {
      planned: true,
      version,
      sha256,
      path: '<installer>',
      size: 0,
      cacheHit: false,
      cacheKey: cacheKey(version, sha256),
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

/** What the record says was proven; anew where it tells no signature and one is asked for. The bytes were hashed just now. */
async function provenHit(kept: Kept, expected: Expected, host: Host): Promise<Kept> {
  const facts = { name: installerName(kept.version), sha256: kept.sha256 }
  if (kept.signer === undefined) return { ...kept, ...(await proveInstaller(kept.path, expected, host, facts)) }
  return { ...kept, proofs: [...kept.proofs, 'The same bytes as when that was proven'] }
}

async function fetched(
  source: Source,
  identity: Identity,
  store: Store,
  known: readonly KnownVersion[],
  host: Host,
  journal: Journal,
): Promise<Installer> {
  const part = await store.partFile()
  const debt: Debt = { kind: 'path', path: part }
  await journal.intend(debt)
  try {
    host.log(`Fetching ${source.shown}`)
    await download(source, part, host)
    const name = fileName(source.url)
    // Where only its bytes tell the version, there may be a known hash of it after all.
    const whole = identity.version === undefined ? await identifyFile(identity, part, name, known) : identity
    const proven = await proveInstaller(part, expectedOf(whole), host, { name })
    const kept = await store.keep(part, proven, originOf(identity.wanted, source))
    return told(kept, { source: source.shown, cacheHit: false }, host)
  } finally {
    // Kept, it is a part no more. What cannot be removed now stays owed, and must not hide why the download failed.
    await removeFile(part)
      .then(() => journal.settle(debt))
      .catch(() => {})
  }
}

/** The version that an address promised must be the one that came. */
function expectedOf({ version, sha256, wanted }: Identity): Expected {
  return { version, sha256, verifySignature: wanted.verifySignature }
}

function proofsToCome({ sha256, wanted }: Identity): string {
  const needsSignature = wanted.verifySignature && sha256?.by !== 'input'
  return `${sha256 ? ', SHA-256' : ''}${needsSignature ? ', signature' : ''}`
}

/** Whose an installer is, as the store remembers it: told with every hit, since a hit is by version and hash alone. */
function originOf({ msiUrl }: Wanted, { shown }: Source): string {
  return msiUrl === undefined ? microsoft : shown
}

/** How an installer was come by. */
interface Origin {
  readonly source: string
  readonly cacheHit: boolean
}

function told(found: Proven & { readonly path: string }, { source, cacheHit }: Origin, host: Host): Installer {
  const { version, sha256, size, proofs } = found
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
    proofs,
    source,
  }
}

function cacheKey(version: string, sha256: string): string {
  return `shir-${version}-${sha256.slice(0, 16)}`
}
