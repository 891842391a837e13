import type { Pair } from '../contract/kinds.ts'
import { labelNames } from '../contract/labels.ts'
import type { Installer } from '../contract/values.ts'
import type { Base } from './base.ts'

/**
 * The labels of an image: OCI's and our own, then the user's, which win. Nothing that varies from run to run, so that the same
 * build stays the same image.
 */
export function imageLabels(
  installer: Pick<Installer, 'version' | 'sha256'>,
  bases: readonly Base[],
  own: readonly Pair[],
): readonly Pair[] {
  const base = bases.at(-1)
  const ours: readonly Pair[] = [
    { name: 'org.opencontainers.image.title', value: 'Self-Hosted Integration Runtime' },
    { name: 'org.opencontainers.image.version', value: installer.version },
    ...(base ? [{ name: 'org.opencontainers.image.base.name', value: base.reference }] : []),
    { name: labelNames.version, value: installer.version },
    { name: labelNames.sha256, value: installer.sha256 },
  ]
  const names = new Set(own.map(({ name }) => name))
  return [...ours.filter(({ name }) => !names.has(name)), ...own]
}

/** Build arguments that a Dockerfile may declare to learn about the installer. */
export function installerArguments(
  installer: Pick<Installer, 'version' | 'sha256'>,
  declared: ReadonlySet<string>,
  own: readonly Pair[],
): readonly Pair[] {
  const offered: readonly Pair[] = [
    { name: 'SHIR_VERSION', value: installer.version },
    { name: 'MSI_SHA256', value: installer.sha256 },
  ]
  return [...offered.filter(({ name }) => declared.has(name) && !own.some(pair => pair.name === name)), ...own]
}
