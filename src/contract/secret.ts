import { inspect } from 'node:util'

/** A value that prints as `***` wherever it is printed by accident; only `reveal()` gives it away. */
export interface Secret {
  reveal(): string
  toString(): string
  toJSON(): string
}

const shown = '***'

/** Wraps `value`, so that interpolation, JSON and `console.log` show `***`. The value lives in a closure, not in a property. */
export function secret(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toString: () => shown,
    toJSON: () => shown,
    [inspect.custom]: () => shown,
  })
}

/** An address whose user info and query may hold credentials (a SAS token): `shown` is the rest, which may be printed. */
export interface Address {
  readonly shown: string
  readonly whole: Secret
}

export function address(url: URL): Address {
  return { shown: `${url.origin}${url.pathname}`, whole: secret(url.href) }
}

/** The parts of an address that must be masked: its query, each value in it, user name and password, raw and decoded. */
export function addressSecrets(whole: string): readonly string[] {
  const url = new URL(whole)
  const parts = [url.search.slice(1), ...url.searchParams.values(), url.username, url.password]
  return [...new Set(parts.flatMap(part => [part, percentDecoded(part)]))].filter(part => part.length >= 6)
}

/** A part of an address as a person would write it. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a lone % is no escape: the text is meant as it is
  }
}
