import path from 'node:path'
import type { Installer } from '../contract/values.ts'
import type { Host } from '../host/host.ts'
import type { Debt } from '../journal/debt.ts'
import type { Journal } from '../journal/journal.ts'
import { download, megabytes } from './download.ts'
import { removeFile } from './file.ts'
import { type Expected, type Proven, proveInstaller } from './proof.ts'
import { exactSource, fileName, givenSource, lookupAddress, resolveSource, type Source } from './source.ts'
import { installerStore, microsoft, type Store } from './store.ts'
import type { Wanted } from './wanted.ts'

export type Obtain = (wanted: Wanted) => Promise<Installer>

/**
 * Finds or fetches the installer and proves it: hash and product version. A download is owed to the journal until it is kept.
 * @throws StepError as told by `proveInstaller`, `resolveSource` and `download`
 */
export function obtainInstaller(host: Host, journal: Journal): Obtain {
  return async wanted => {
    const expected = { version: exactVersion(wanted), sha256: wanted.msiSha256?.toLowerCase() }
    if (wanted.msiPath !== undefined) return localInstaller(wanted.msiPath, expected, host)

    const store = installerStore(wanted.cacheDir, host)
    // An exact version may be in the store: no network is asked then.
    const source = wanted.msiUrl
      ? givenSource(wanted.msiUrl, expected.version, host)
      : await resolveSource(wanted.shirVersion, host)
    if (source.version !== undefined) {
      host.log(
        `Version ${source.version}${wanted.shirVersion === source.version ? '' : ` (${wanted.msiUrl ? source.shown : wanted.shirVersion})`}`,
      )
      const kept = await store.find(source.version, expected.sha256)
      if (kept)
        return told(
          kept,
          {
            source: `the store ${store.root}${kept.origin === microsoft ? '' : `, where it was put from ${kept.origin}`}`,
            cacheHit: true,
            expected,
          },
          host,
        )
    }
    return fetched(source, originOf(wanted, source), expected, store, host, journal)
  }
}

/** What a dry run says instead: the same decisions, without a look at the network. A file of the user's is proven, since reading changes nothing. */
export function planInstaller(host: Host): Obtain {
  return async wanted => {
    const expected = { version: exactVersion(wanted), sha256: wanted.msiSha256?.toLowerCase() }
    if (wanted.msiPath !== undefined) return localInstaller(wanted.msiPath, expected, host)

    const store = installerStore(wanted.cacheDir, host)
    const isLookedUp = wanted.msiUrl === undefined && expected.version === undefined
    if (isLookedUp)
      host.log(`Would ask ${lookupAddress(wanted.shirVersion as 'stable' | 'latest')} which version "${wanted.shirVersion}" is.`)
    const source = wanted.msiUrl
      ? givenSource(wanted.msiUrl, expected.version, host)
      : isLookedUp
        ? undefined
        : exactSource(wanted.shirVersion)
    const version = source?.version ?? '<version>'
    host.log(`Would take version ${version} from ${store.root}, if it is there and its bytes are intact.`)
    host.log(
      `Otherwise would fetch ${source?.shown ?? 'its address'}, prove it (format, ProductVersion${expected.sha256 ? ', SHA-256' : ''}) and keep it there.`,
    )
    const sha256 = expected.sha256 ?? '<sha256>'
    return {
      planned: true,
      version,
      sha256,
      path: '<installer>',
      size: 0,
      cacheHit: false,
      cacheKey: cacheKey(version, sha256),
      proofs: [],
      source: source?.shown ?? wanted.shirVersion,
    }
  }
}

async function localInstaller(file: string, expected: Expected, host: Host): Promise<Installer> {
  const whole = path.resolve(host.machine.workspace, file)
  const proven = await proveInstaller(whole, expected, host)
  return told({ ...proven, path: whole }, { source: `the file ${file}`, cacheHit: false, expected }, host)
}

async function fetched(
  source: Source,
  origin: string,
  expected: Expected,
  store: Store,
  host: Host,
  journal: Journal,
): Promise<Installer> {
  const part = await store.partFile()
  const debt: Debt = { kind: 'path', path: part }
  await journal.intend(debt)
  try {
    host.log(`Fetching ${source.shown}`)
    await download(source, part, host)
    // The version that the address promised must be the one that came.
    const promised = { ...expected, version: expected.version ?? source.version }
    const proven = await proveInstaller(part, promised, host, fileName(source.url))
    return told(await store.keep(part, proven, origin), { source: source.shown, cacheHit: false, expected }, host)
  } finally {
    // Kept, it is a part no more. What cannot be removed now stays owed, and must not hide why the download failed.
    await removeFile(part)
      .then(() => journal.settle(debt))
      .catch(() => {})
  }
}

/** Whose an installer is, as the store remembers it: told with every hit, since a hit is by version and hash alone. */
function originOf({ msiUrl }: Wanted, { shown }: Source): string {
  return msiUrl === undefined ? microsoft : shown
}

/** How an installer was come by. */
interface Origin {
  readonly source: string
  readonly cacheHit: boolean
  readonly expected: Expected
}

function told(found: Proven & { readonly path: string }, { source, cacheHit, expected }: Origin, host: Host): Installer {
  const { version, sha256, size, productVersion } = found
  const comparedWith =
    expected.sha256 !== undefined
      ? 'the one that was asked for'
      : cacheHit
        ? 'as when it was kept'
        : 'computed; none was given to compare it with'
  const proofs = [`ProductVersion ${productVersion}`, `SHA-256 ${sha256} (${comparedWith})`]
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

function exactVersion(wanted: Wanted): string | undefined {
  return /^\d/.test(wanted.shirVersion) ? wanted.shirVersion : undefined
}

function cacheKey(version: string, sha256: string): string {
  return `shir-${version}-${sha256.slice(0, 16)}`
}
