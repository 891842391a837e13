import path from 'node:path'
import { installerFileName } from '../contract/version.ts'

/** The name under which the machine's tool cache knows installers, and the one machine that they are for. */
export const tool = 'shir'
export const arch = 'x64'

/** `5.70.9748.2` as semver can hold it: `5.70.9748-2`. */
export function toolVersion(version: string): string {
  const at = version.lastIndexOf('.')
  return `${version.slice(0, at)}-${version.slice(at + 1)}`
}

/** All that is kept of a version. */
export function versionFolder(root: string, version: string): string {
  return path.join(root, toolVersion(version), arch)
}

/** Says to the tool caches that a version's folder is whole; written last. */
export function markOf(folder: string): string {
  return `${folder}.complete`
}

/** Where a version's installer lies, and where one of other bytes than that. */
export function places(
  folder: string,
  { version, sha256 }: { readonly version: string; readonly sha256: string },
): readonly [string, string] {
  const name = installerFileName(version)
  return [path.join(folder, name), path.join(folder, sha256, name)]
}

/** The record of the bytes of a SHA-256; without one, of those that were kept last. */
export function recordOf(folder: string, sha256 = ''): string {
  return path.join(folder, sha256, 'installer.json')
}
