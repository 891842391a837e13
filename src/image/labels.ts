import { argumentNames } from '../contract/build-arguments.ts'
import type { Pair } from '../contract/kinds.ts'
import { labelNames } from '../contract/labels.ts'
import type { Installer } from '../contract/values.ts'
import type { Run } from '../host/host.ts'
import type { Context } from './context.ts'

/** What an image is labelled with besides what its context and its user say. */
export interface Provenance {
  readonly installer: Partial<Pick<Installer, 'version' | 'sha256' | 'signer'>>
  /** The last base's digest, where it is known. */
  readonly baseDigest?: string | undefined
  readonly fingerprint: string
  readonly run?: Pick<Run, 'source' | 'commit'>
  readonly delivery?: 'serve' | 'copy'
  /** When it is built, in milliseconds since 1970. */
  readonly createdMs?: number
}

/**
 * The labels of an image: OCI's and our own, then the user's, which win over OCI's. Its time and its commit vary from run to run; the fingerprint
 * leaves them out, and an image that is found by it keeps those of its own build.
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export function imageLabels(
  { bases, declares, args }: Pick<Context, 'bases' | 'declares' | 'args'>,
  { installer, baseDigest, fingerprint, delivery, run, createdMs }: Provenance,
  own: readonly Pair[],
): readonly Pair[] {
  const oci = (name: string) => `org.opencontainers.image.${name}`
  const known: Readonly<Record<string, string | undefined>> = {
    [oci('title')]: 'Self-Hosted Integration Runtime',
    [oci('version')]: installer.version,
    [oci('created')]: createdMs === undefined ? undefined : new Date(createdMs).toISOString(),
    [oci('source')]: run?.source,
    [oci('revision')]: run?.commit,
    [oci('base.name')]: bases.at(-1)?.reference,
    [oci('base.digest')]: baseDigest,
    [labelNames.version]: installer.version,
    [labelNames.sha256]: installer.sha256,
    [labelNames.signer]: installer.signer,
    [labelNames.jdk]: jdkPackage(declares.args, args),
    [labelNames.delivery]: delivery,
    [labelNames.fingerprint]: fingerprint,
  }
  const ours = Object.entries(known).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
  const names = new Set(own.map(({ name }) => name))
  return [...ours.filter(({ name }) => !names.has(name)), ...own]
}

/** The file that the build fetches the JDK as, which names its version; `undefined` where none is put in. */
function jdkPackage(declared: ReadonlyMap<string, string | undefined>, given: readonly Pair[]): string | undefined {
  const argument = (name: string) => given.findLast(pair => pair.name === name)?.value ?? declared.get(name)
  if (argument(argumentNames.installJdk) !== 'true') return undefined
  const url = argument(argumentNames.jdkUrl) ?? ''
  return (URL.canParse(url) && new URL(url).pathname.split('/').at(-1)) || undefined
}

/** Build arguments that a Dockerfile may declare to learn about the installer. */
export function installerArguments(
  installer: Pick<Installer, 'version' | 'sha256'>,
  declared: ReadonlyMap<string, unknown>,
  own: readonly Pair[],
): readonly Pair[] {
  const offered: readonly Pair[] = [
    { name: 'SHIR_VERSION', value: installer.version },
    { name: 'MSI_SHA256', value: installer.sha256 },
  ]
  return [...offered.filter(({ name }) => declared.has(name) && !own.some(pair => pair.name === name)), ...own]
}
