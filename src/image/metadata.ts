import { labelNames } from '../contract/labels.ts'
import type { ImageMetadata } from '../contract/values.ts'

/** What the labels of an image tell of it, our own and OCI's. Anyone's image has some of them. */
export function metadataOf(
  labels: Readonly<Record<string, string>>,
  { os, osVersion }: { readonly os: string; readonly osVersion: string | undefined },
): ImageMetadata {
  const told = (name: string) => labels[name] ?? ''
  return {
    shirVersion: told(labelNames.version),
    msiSha256: told(labelNames.sha256),
    signer: told(labelNames.signer),
    jdk: told(labelNames.jdk),
    base: told('org.opencontainers.image.base.name'),
    baseDigest: told('org.opencontainers.image.base.digest'),
    os,
    osVersion: osVersion ?? '',
    fingerprint: told(labelNames.fingerprint),
  }
}
