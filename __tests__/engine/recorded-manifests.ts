/** What `docker manifest inspect --verbose` answered (client 28.2), cut down to what an answer must have; `Raw` holds the bytes again. */

const layer = { mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', digest: `sha256:${'1'.repeat(64)}` }

export const digestOf = (name: string) => `sha256:${name.padEnd(64, '0')}`

/** Docker's own format: the platform comes from the image's configuration. */
export function schema2(name: string, platform: object, sizes: readonly number[] = [100, 20, 3]) {
  return {
    Ref: `registry.example/shir:1@${digestOf(name)}`,
    Descriptor: {
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      digest: digestOf(name),
      size: 524,
      platform,
    },
    Raw: 'e30=',
    SchemaV2Manifest: {
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: 1187,
        digest: digestOf(`${name}c`),
      },
      layers: sizes.map(size => ({ ...layer, size })),
    },
  }
}

/** An entry of an OCI index, or a manifest of its own: both look alike. */
export function oci(name: string, platform: object) {
  const { SchemaV2Manifest: manifest, ...rest } = schema2(name, platform)
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  return { ...rest, Descriptor: { ...rest.Descriptor, mediaType }, OCIManifest: { ...manifest, mediaType } }
}

export const linux = { architecture: 'amd64', os: 'linux' }
export const arm = { architecture: 'arm64', os: 'linux', variant: 'v8' }
export const attestation = { architecture: 'unknown', os: 'unknown' }
export const windows = (version: string) => ({ architecture: 'amd64', os: 'windows', 'os.version': version })
