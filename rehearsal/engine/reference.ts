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
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const domain = '(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9.-]+(?=:\\d))(?::\\d+)?'
const grammar = new RegExp(
  `^(?:(${domain})/)?(${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
)

/** The parts of a reference, or what the real CLI says of a malformed one. */
export function parseReference(text: string): Reference | { readonly problem: string } {
  const match = grammar.exec(text)
  if (!match) {
    const isUpperCase = /^[A-Za-z][\w ./-]*$/.test(text) && text !== text.toLowerCase()
    return { problem: `invalid reference format${isUpperCase ? ': repository name must be lowercase' : ''}` }
  }
  const [, host, path = '', tag = 'latest', digest] = match
  const isHub = host === undefined || host === 'docker.io'
  const repository = isHub ? path.replace(/^library\//, '') : `${host}/${path}`
  return {
    registry: isHub ? 'docker.io' : host,
    repository,
    tag,
    digest,
    text: digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`,
  }
}
