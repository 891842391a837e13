/** The names of our labels on images, containers and networks. What carries them is ours; the journal alone never removes. */
export const labelPrefix = 'io.github.shir-container.'
const prefix = labelPrefix

export const labelNames = {
  /** On images: the installer's version and hash. */
  version: `${prefix}shir-version`,
  sha256: `${prefix}msi-sha256`,
  /** On images: everything that shaped them, as one number; who signed the installer; which JDK was put in. */
  fingerprint: `${prefix}fingerprint`,
  signer: `${prefix}signer`,
  jdk: `${prefix}jdk`,
  /** On images: how the build got the installer, `serve` or `copy`; a copy stays in a layer. */
  delivery: `${prefix}delivery`,
  /** On containers and networks: the set they belong to (`containerName`), the run that made them, and its page. */
  set: `${prefix}name`,
  run: `${prefix}run`,
  page: `${prefix}page`,
  /** On containers: the node's name, and a keyed hash of all that it was started with. */
  node: `${prefix}node`,
  config: `${prefix}config`,
  /** On containers that only serve to look into an image: its id. No node ever has it. */
  look: `${prefix}look`,
  /** On containers that go at the end of the job which started them: as the host names that. */
  endsWithJob: `${prefix}ends-with`,
} as const
