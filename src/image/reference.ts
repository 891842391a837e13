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
