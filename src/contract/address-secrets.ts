import { percentDecoded } from './secret.ts'

/** What is shorter is found in ordinary words and numbers too. */
const shortest = 6

/**
 * The parts of an address that must be masked, raw and decoded: user name and password, its query, and in that each value but those that
 * are public by their form. A mask goes over every output too: one of a version would take the version out of them.
 * @param said what the outputs repeat of other inputs: what stands there is no secret, unless its name says that it is one
 */
export function addressSecrets(whole: string, said = ''): readonly string[] {
  const url = new URL(whole)
  const isSaid = (text: string) => said.toLowerCase().includes(text.toLowerCase())
  const values = pairsOf(url)
    .filter(({ name, value }) => isSecretName(name) || !formsOf(value).some(text => isPublic(text, url) || isSaid(text)))
    .map(({ value }) => value)
  const query = pairsOf(url).every(({ name }) => name === '') ? [] : [url.search.slice(1)] // a lone value was judged already
  const user = isSaid(url.username) ? [] : [url.username]
  const parts = [...query, ...values, ...user, url.password]
  return [...new Set(parts.flatMap(formsOf))].filter(part => part.length >= shortest)
}

/** The names and values of a query, undecoded. A lone word is a value: some servers take a token so. */
function pairsOf({ search }: URL): readonly { readonly name: string; readonly value: string }[] {
  return search
    .slice(1)
    .split('&')
    .filter(text => text !== '')
    .map(text => {
      const at = text.indexOf('=')
      return at < 0 ? { name: '', value: text } : { name: percentDecoded(text.slice(0, at)), value: text.slice(at + 1) }
    })
}

/** As it stands, as URLs are decoded, and as forms are, in which a plus is a space. */
function formsOf(text: string): readonly string[] {
  return [text, percentDecoded(text), new URLSearchParams(`_=${text.replaceAll('&', '%26')}`).get('_') ?? text]
}

/** Names as servers have them for what grants access, whatever stands before: `sig`, `X-Amz-Signature`, `access_token`, `apiKey2`. */
const secretName =
  /(?:sig|signature|hmac|token|jwt|key|secret|pass|passw(?:or)?d|passphrase|pwd|auth|authorization|credentials?|code|otp|pin|session|sid|cookie|bearer)[\W\d_]*$/i

function isSecretName(name: string): boolean {
  return secretName.test(name)
}

/** What nobody would take for a credential: dates and times, versions, installers’ names, short numbers, single words. */
const publicForms: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[ +-]\d\d:?\d\d)?)?$/i,
  // Also behind the name of what it is of: `shir-5.70.9748.2`, `v5.70`.
  /^(?:[a-z]{1,20}[-_:@. ])?v?\d{1,5}(?:[.-]\d{1,5}){1,3}$/i,
  /^[\w .()-]{1,100}\.msi$/i,
  /^\d{1,8}$/,
]
/** `stable`, `Production`: letters of one case that can be spoken, which random ones of that length seldom can. */
const word = /^(?!.*[^aeiouy]{5})(?:[a-z]{1,12}|[A-Z][a-z]{1,11}|[A-Z]{1,12})$/

function isPublic(text: string, { host, hostname }: URL): boolean {
  return text === host || text === hostname || word.test(text) || publicForms.some(form => form.test(text))
}
