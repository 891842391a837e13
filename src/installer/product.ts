import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'

/** The same in every version of SHIR, and in no other product (winget's manifests of `Microsoft.IntegrationRuntime`). */
const shirUpgradeCode = '{49681305-13D3-47DE-95B3-90767D1F2148}'

/**
 * Which product a package is of, by its own properties. A signature says that a package is Microsoft's, and Microsoft signs many, with
 * versions of four parts too: where no expected hash says which file is meant, it must be SHIR's.
 * @param hasExpectedHash true where the file has a SHA-256 that was expected
 * @returns the proof, for log and summary
 * @throws StepError `installer-not-shir`
 */
export function proveProduct(properties: ReadonlyMap<string, string>, hasExpectedHash: boolean, host: Host): string {
  const name = properties.get('ProductName') || 'without a name'
  const code = properties.get('UpgradeCode') || undefined
  if (code?.toUpperCase() === shirUpgradeCode) return `Product ${name}, which is SHIR by its UpgradeCode`
  if (hasExpectedHash)
    return `Product ${name}, which is not SHIR by its UpgradeCode (${code ?? 'it has none'}): the SHA-256 vouches for the file`
  const why = code === undefined ? 'it has no UpgradeCode' : `its UpgradeCode is ${code}`
  throw new StepError('installer-not-shir', `The installer of the product "${name}" is not SHIR’s: ${why}.`, {
    hint: `Name SHIR’s own installer. If this file is meant, say so with ${host.spell('msiSha256')}.`,
  })
}
