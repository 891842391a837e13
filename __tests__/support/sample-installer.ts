import { createHash } from 'node:crypto'
import { bytesOf, compoundFile } from '../installer/msi/compound-file-writer.ts'
import { msiStreams } from '../installer/msi/msi-writer.ts'

export interface SampleInstaller {
  readonly version: string
  readonly fileName: string
  readonly bytes: Buffer
  readonly sha256: string
}

/** Of every version of SHIR. */
export const shirUpgradeCode = '{49681305-13D3-47DE-95B3-90767D1F2148}'

/** A Windows Installer package of SHIR that says `productVersion`, with a payload behind its tables; `filler` tells two of them apart. */
export function sampleInstaller(
  version: string,
  { productVersion = version, filler = 'payload ', upgradeCode = shirUpgradeCode } = {},
): SampleInstaller {
  const properties = [
    ['ProductName', 'Microsoft Integration Runtime'],
    ['ProductVersion', productVersion],
    ['Manufacturer', 'Microsoft Corporation'],
    ['UpgradeCode', upgradeCode],
  ] as const
  // The payload comes last, as a cut must be noticed there too, where no table is.
  const tables = msiStreams(properties)
  const bytes = bytesOf(compoundFile(new Map([...tables, ['cabinet', Buffer.alloc(300_000, filler)]])))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { version, fileName: `IntegrationRuntime_${version}.msi`, bytes, sha256 }
}
