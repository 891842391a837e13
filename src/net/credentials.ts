import { percentDecoded } from '../contract/secret.ts'

/** An address as `fetch` takes it, which refuses user names in addresses, and the header that says the same. */
export interface Call {
  readonly href: string
  readonly headers: { readonly authorization?: string }
}

/** What a user name and a password in an address are in a header; `undefined` where it has none. */
export function basicOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  return `Basic ${Buffer.from(`${percentDecoded(username)}:${percentDecoded(password)}`).toString('base64')}`
}

/** Takes user name and password out of an address. */
export function callOf(url: URL): Call {
  const authorization = basicOf(url)
  if (authorization === undefined) return { href: url.href, headers: {} }
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return { href: bare.href, headers: { authorization } }
}

/** A redirect's target, with the user name and password of `from` where it is the same server's and names none itself. */
export function withCredentialsOf(from: URL, to: URL): URL {
  if (to.origin !== from.origin || to.username !== '' || to.password !== '') return to
  const same = new URL(to)
  same.username = from.username
  same.password = from.password
  return same
}
