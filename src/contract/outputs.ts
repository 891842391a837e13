/** Every output, in the order in which they are told. Hosts spell the names as they spell inputs. */
export const outputs = {
  image: 'The first image reference; after a push with its digest (`name@sha256:…`).',
  imageId: 'The image’s id.',
  digest: 'The digest that the registry gave to the first reference; only after a push.',
  built: '`true` when an image was built.',
  changed:
    '`true` when the step changed something: built an image that was not there before, pushed one, or started or removed a node.',
  fingerprint:
    'Names everything that shapes the image (64 hexadecimal digits): equal for equal inputs. Empty for an image that no step built.',
  imageMetadata:
    'JSON: what the image is made of, with `shirVersion`, `msiSha256`, `signer`, `jdk`, `base`, `baseDigest`, `os`, `osVersion` and `fingerprint`; what is not known is an empty text.',
  shirVersion: 'The four-part version of the installer, or of the image that was used.',
  expires:
    'The day on which Microsoft’s support of that version ends (`YYYY-MM-DD`), one year after its publication; estimated from its build where that day is not known, and empty where nothing is.',
  msiSha256: 'The SHA-256 of the installer.',
  cacheHit: '`true` when the installer was taken from the cache.',
  cacheKey: 'A key for the pipeline’s own cache of the installer: version and hash.',
  nodes:
    'JSON: an array with `name`, `container`, `id`, `health`, `status` and `version` of each node; in `remove` those that were removed.',
  verdict: '`healthy` when every node passed its gate, `failed` when the step failed, `skipped` where nothing was gated.',
  reason: 'Why it failed: a stable reason code. Empty on success.',
} as const

export type OutputName = keyof typeof outputs
export const outputNames = Object.keys(outputs) as readonly OutputName[]
