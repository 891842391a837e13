/** A SHIR version: four numbers, compared as numbers (5.9 is older than 5.10), never as text. */
export type Version = readonly [number, number, number, number]

/** The first SHIR version that runs in containers (Microsoft's page "run SHIR in Windows container", prerequisites). */
export const oldestVersion = '5.2.7713.1'

/** Reads `X.Y.Z.W`; `undefined` for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(text)
  return match ? [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])] : undefined
}

/** A four-part version in its one spelling, without leading zeros: it names folders, images and cache keys. `undefined` for anything else. */
export function canonicalVersion(text: string): string | undefined {
  return parseVersion(text)?.join('.')
}

/** Negative when `a` is older than `b`, 0 when equal. Both must be four-part versions. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (!left || !right) throw new RangeError(`Not a four-part version: ${left ? b : a}`)
  for (const [index, part] of left.entries()) {
    const difference = part - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The name that an installer has where it is published, and where Dockerfiles look for it. */
export function installerFileName(version: string): string {
  return `IntegrationRuntime_${version}.msi`
}

/** The version in a file name such as `IntegrationRuntime_5.70.9748.2.msi`, or `undefined`. */
export function versionInFileName(name: string): string | undefined {
  const version = /^IntegrationRuntime_(\d+\.\d+\.\d+\.\d+)\s*(?:\(\d+\))?\.msi$/i.exec(name)?.[1]
  return version && canonicalVersion(version)
}

/** True for a version that can run in containers at all; `stable` and `latest` always can. */
export function isSupportedVersion(version: string): boolean {
  return parseVersion(version) === undefined || compareVersions(version, oldestVersion) >= 0
}
