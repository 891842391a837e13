/** An address as `fetch` takes it, which refuses user names in addresses, and the header that says the same. */
export interface Call {
  readonly href: string
  readonly headers: { readonly authorization?: string }
}

/** Takes user name and password out of an address. */
export function callOf(url: URL): Call {
  const { username, password } = url
  if (username === '' && password === '') return { href: url.href, headers: {} }
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  const basic = Buffer.from(`${unescaped(username)}:${unescaped(password)}`).toString('base64')
  return { href: bare.href, headers: { authorization: `Basic ${basic}` } }
}

/** A redirect's target, with the user name and password of `from` where it is the same server's and names none itself. */
export function withCredentialsOf(from: URL, to: URL): URL {
  if (to.origin !== from.origin || to.username !== '' || to.password !== '') return to
  const same = new URL(to)
  same.username = from.username
  same.password = from.password
  return same
}

/** A part of an address as a person would write it. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a lone % is no escape: the text is meant as it is
  }
}
