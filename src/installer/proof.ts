import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import { compareVersions, oldestVersion, parseVersion, versionInFileName } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import { sha256OfFile, sizeOfInstaller } from './file.ts'
import { readMsiProperties } from './msi/properties.ts'

/** What an installer must be; `undefined` where nothing was asked. */
export interface Expected {
  readonly version: string | undefined
  /** Lower-case hexadecimal. */
  readonly sha256: string | undefined
}

/** What is known of a proven installer. */
export interface Proven {
  /** All four parts. */
  readonly version: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** As the package itself says it, which may be three parts. */
  readonly productVersion: string
}

/**
 * Proves an installer, cheapest proof first: size, the format (which an HTML page fails at byte 0), SHA-256, ProductVersion.
 * @param name the file's name where it came from, which may tell the fourth part of the version
 * @throws StepError `installer-missing`, `installer-not-msi`, `installer-hash-mismatch`, `installer-version-mismatch`,
 * `installer-version-unknown`, `installer-too-old`
 */
export async function proveInstaller(file: string, expected: Expected, host: Host, name = path.basename(file)): Promise<Proven> {
  const size = await sizeOfInstaller(file)
  const { values } = await readMsiProperties(file)
  const sha256 = await sha256OfFile(file, host.signal)
  if (expected.sha256 !== undefined && sha256 !== expected.sha256)
    throw new StepError(
      'installer-hash-mismatch',
      `The installer’s SHA-256 is ${sha256}, but ${expected.sha256} was asked for.`,
      {
        hint: 'Either the file was changed on its way or the expected hash is another file’s. Do not use it before you know which.',
      },
    )
  const productVersion = values.get('ProductVersion') ?? ''
  const version = decideVersion(productVersion, expected.version, name)
  if (compareVersions(version, oldestVersion) < 0)
    throw new StepError(
      'installer-too-old',
      `Version ${version} cannot run in a container; the first that can is ${oldestVersion}.`,
      {
        hint: 'Take a newer installer.',
      },
    )
  return { version, sha256, size, productVersion }
}

/**
 * The four-part version. Windows Installer itself compares three fields only, so a ProductVersion may have three: it is then
 * compared on three, and the fourth comes from what was asked or from the file's name.
 */
export function decideVersion(product: string, asked: string | undefined, fileName: string): string {
  const named = versionInFileName(fileName)
  if (asked !== undefined && !agrees(product, asked))
    throw new StepError(
      'installer-version-mismatch',
      `The installer is version ${product || 'unknown'}, but ${asked} was asked for.`,
      {
        hint: 'Name the installer of the version that you want, or ask for the version that you have.',
      },
    )
  if (parseVersion(product)) return product
  const fuller = asked ?? (named !== undefined && agrees(product, named) ? named : undefined)
  if (fuller !== undefined) return fuller
  throw new StepError(
    'installer-version-unknown',
    `The installer says version ${product || 'nothing'}, which is not all four parts of a SHIR version.`,
    {
      hint: 'Ask for the exact version, or keep the name that the file had: IntegrationRuntime_X.Y.Z.W.msi.',
    },
  )
}

function agrees(product: string, version: string): boolean {
  const [left, right] = parseVersion(product)
    ? [product, version]
    : [`${product}.0`, `${version.split('.').slice(0, 3).join('.')}.0`]
  return parseVersion(left) !== undefined && parseVersion(right) !== undefined && compareVersions(left, right) === 0
}
