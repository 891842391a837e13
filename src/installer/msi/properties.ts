import { type CompoundFile, openCompoundFile } from './compound-file.ts'
import { withPositionalFile } from './positional-file.ts'
import { damaged, otherDocument } from './refusals.ts'
import { signatureStreamName } from './signature.ts'
import { readStringPool, type StringPool } from './string-pool.ts'
import { tableStreamName } from './table-names.ts'

export interface MsiProperties {
  /** The Property table: ProductVersion, ProductName, Manufacturer, UpgradeCode and whatever else the package sets. */
  readonly values: ReadonlyMap<string, string>
  /** Whether the package carries an Authenticode signature. That it is there says nothing of its worth. */
  readonly hasSignature: boolean
  /** What was read of the file, in bytes. */
  readonly bytesRead: number
}

/** Bounds of what is loaded, in bytes, some ten times what large packages have: sizes are the file’s own claims. */
const tableLimits = {
  _StringPool: 4 << 20,
  _StringData: 32 << 20,
  Property: 1 << 20,
} as const

/**
 * Reads the Property table of a Windows Installer package without reading its payload: some KB and milliseconds, however large
 * the file. Nothing in the file is trusted; every size it claims is held against the file’s and against a bound.
 * Throws StepError `installer-missing` where there is no such file, and `installer-not-msi` where the file is empty, truncated,
 * damaged, or something else (a web page, another document). Other errors are the file system’s (no permission, a failing disk).
 */
export async function readMsiProperties(path: string): Promise<MsiProperties> {
  return withPositionalFile(path, async file => {
    const container = await openCompoundFile(file)
    const property = await readTable(container, 'Property')
    const strings = readStringPool(await readTable(container, '_StringPool'), await readTable(container, '_StringData'))
    return {
      values: propertyValues(property, strings),
      hasSignature: container.streams.has(signatureStreamName),
      bytesRead: file.bytesRead(),
    }
  })
}

async function readTable(container: CompoundFile, table: keyof typeof tableLimits): Promise<Buffer> {
  const stream = container.streams.get(tableStreamName(table))
  if (stream === undefined) throw otherDocument(`${table} table`)
  return container.read(stream, tableLimits[table])
}

/** Tables are stored by column: first all names, then all values, each a reference into the string pool. */
function propertyValues(table: Buffer, strings: StringPool): ReadonlyMap<string, string> {
  const { referenceBytes } = strings
  const columnBytes = table.length / 2
  if (columnBytes % referenceBytes !== 0)
    throw damaged(`its Property table of ${table.length} bytes is not a whole number of rows`)
  const values = new Map<string, string>()
  for (let at = 0; at < columnBytes; at += referenceBytes) {
    const name = strings.text(table.readUIntLE(at, referenceBytes))
    if (name === '' || values.has(name)) throw damaged('its Property table names a property twice or not at all')
    values.set(name, strings.text(table.readUIntLE(columnBytes + at, referenceBytes)))
  }
  return values
}
