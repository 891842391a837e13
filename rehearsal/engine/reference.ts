/** Image references as Docker reads and shows them. */

export interface Reference {
  /** `docker.io`, `mcr.microsoft.com`, `127.0.0.1:5000`. */
  readonly registry: string
  /** The repository as Docker shows it: without `docker.io/library/`. */
  readonly repository: string
  readonly tag: string
  readonly digest: string | undefined
  /** As Docker shows it: `repository:tag`, or `repository@digest`. */
  readonly text: string
  /** With the registry and the tag that Docker leaves out; a tag and a digest where both were given. */
  readonly full: string
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const domain = '(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9.-]+(?=:\\d))(?::\\d+)?'
const grammar = new RegExp(
  `^(?:(${domain})/)?(${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
)

/** The parts of a reference, or what the real CLI says of a malformed one. */
export function parseReference(text: string): Reference | { readonly problem: string } {
  const match = grammar.exec(text)
  if (!match) return { problem: `invalid reference format${capitals(text)}` }
  const [, host, path = '', given, digest] = match
  const tag = given ?? 'latest'
  const isHub = host === undefined || host === 'docker.io'
  const repository = isHub ? path.replace(/^library\//, '') : `${host}/${path}`
  const library = isHub && !repository.includes('/') ? 'library/' : ''
  const ends = [
    ...(given === undefined && digest !== undefined ? [] : [`:${tag}`]),
    ...(digest === undefined ? [] : [`@${digest}`]),
  ]
  return {
    registry: isHub ? 'docker.io' : host,
    repository,
    tag,
    digest,
    text: digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`,
    full: `${isHub ? `docker.io/${library}` : ''}${repository}${ends.join('')}`,
  }
}

/** A first part with a dot, a colon or a capital names a registry, so that capitals are told of in the rest alone. */
function capitals(text: string): string {
  const [, host, path = ''] = /^(?:([^/]*[.:A-Z][^/]*|localhost)\/)?([\w./-]+)(?::[\w.-]+)?$/.exec(text) ?? []
  if (path === path.toLowerCase()) return ''
  return `: repository name (${host === undefined && !path.includes('/') ? 'library/' : ''}${path}) must be lowercase`
}
