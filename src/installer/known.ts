import data from './known.json'

/** What public sources say of a version; each fact with where it was read. */
export interface KnownVersion {
  /** Four parts. */
  readonly version: string
  /** Of `IntegrationRuntime_<version>.msi`, in lower-case hexadecimal; absent where no source was seen that has one. */
  readonly sha256?: { readonly value: string; readonly source: string } | undefined
  /** The day on which the Download Center published it, `YYYY-MM-DD`. */
  readonly published?: { readonly date: string; readonly source: string } | undefined
  /** Taken back by Microsoft: why that is known. */
  readonly withdrawn?: { readonly why: string; readonly source: string } | undefined
}

/** `known.json`, oldest first, which `npm run known` extends. Microsoft itself publishes no hashes (docs/installer.md). */
export const knownVersions: readonly KnownVersion[] = data.versions

export function knownVersion(version: string, known = knownVersions): KnownVersion | undefined {
  return known.find(one => one.version === version)
}
