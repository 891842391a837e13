import { StepError } from '../contract/reasons.ts'
import { canonicalVersion, compareVersions, parseVersion, versionInFileName } from '../contract/version.ts'

/** What else than the package vouches for a version. */
export interface Evidence {
  /** The file's name where it came from. */
  readonly fileName: string
  /** Where its SHA-256 is one that was expected: by the user, or by the list of known versions, which knows the version with it. */
  readonly hashBy: 'input' | 'known' | undefined
}

export interface ProvenVersion {
  /** All four parts. */
  readonly version: string
  /** For log and summary. */
  readonly proof: string
}

/**
 * The four-part version of a package, proven. Hotfixes differ in the last two parts, so that all of them count. Windows Installer itself
 * compares three fields, so a ProductVersion may have no more: the fourth is then proven by the hash or by the file's name, and
 * never by having been asked for.
 * @throws StepError `installer-version-mismatch`, `installer-version-unknown`
 */
export function proveVersion(product: string, asked: string | undefined, { fileName, hashBy }: Evidence): ProvenVersion {
  if (asked !== undefined && !agrees(product, asked)) throw mismatch(`is version ${product || 'unknown'}`, asked)
  const whole = canonicalVersion(product)
  if (whole !== undefined) return { version: whole, proof: `ProductVersion ${product}` }

  const fourth = (version: string, by: string) => ({
    version,
    proof: `ProductVersion ${product}, and all of ${version} by ${by}`,
  })
  if (asked !== undefined && hashBy === 'known') return fourth(asked, 'its SHA-256')
  const named = versionInFileName(fileName)
  if (asked !== undefined && named !== undefined && compareVersions(named, asked) !== 0)
    throw mismatch(`says version ${product}, and its file’s name ${named}`, asked)
  if (asked !== undefined && hashBy !== undefined) return fourth(asked, 'its SHA-256')
  if (named !== undefined && agrees(product, named)) return fourth(named, 'its file’s name')
  throw new StepError(
    'installer-version-unknown',
    `The installer says version ${product || 'nothing'}, which is not all four parts of a SHIR version, and nothing else proves the fourth.`,
    {
      hint: 'Keep the name that the file had, IntegrationRuntime_X.Y.Z.W.msi, or give its exact version and its SHA-256.',
    },
  )
}

function mismatch(what: string, asked: string): StepError {
  return new StepError('installer-version-mismatch', `The installer ${what}, but ${asked} was asked for.`, {
    hint: 'Name the installer of the version that you want, or ask for the version that you have.',
  })
}

/** Four parts against four, and three against the first three. */
function agrees(product: string, version: string): boolean {
  const [left, right] = parseVersion(product)
    ? [product, version]
    : [`${product}.0`, `${version.split('.').slice(0, 3).join('.')}.0`]
  return parseVersion(left) !== undefined && parseVersion(right) !== undefined && compareVersions(left, right) === 0
}
