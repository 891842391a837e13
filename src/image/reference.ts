/** A reference without its tag and its digest: `registry.example:5000/team/shir`. */
export function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
}

/** A name as engines list it: Docker Hub's address is left out, and a tag is never. */
export function listedName(reference: string): string {
  const short = reference.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '')
  return repositoryOf(short) === short ? `${short}:latest` : short
}

/** Digits that suffice to tell images of one repository apart. */
const tagDigits = 32

/** The name by which an image is found again, here and in its registry: the fingerprint as a tag of the first reference's repository. */
export function fingerprintReference(reference: string, fingerprint: string): string {
  return `${repositoryOf(reference)}:shir-${fingerprint.slice(0, tagDigits)}`
}

/** All that is pushed of an image: its own names first, so that whoever finds it by its fingerprint finds them too. */
export function pushedNames(references: readonly string[], fingerprint: string): readonly string[] {
  return [...references, ...new Set(references.map(reference => fingerprintReference(reference, fingerprint)))]
}

/**
 * The registry of an image's reference, with its port, as Docker itself tells it from the first part of a repository's path: that
 * is a registry where it has a dot or a port, or is `localhost`. `docker.io` where there is none.
 */
export function registryOf(reference: string): string {
  const [first = '', ...rest] = reference.split('/')
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  if (!isRegistry || first === 'index.docker.io') return 'docker.io'
  return first
}

/** True for a name that says which registry it belongs to; every other is Docker Hub's, or nobody's but this engine's. */
export function namesRegistry(reference: string): boolean {
  return reference.startsWith(`${registryOf(reference)}/`)
}
