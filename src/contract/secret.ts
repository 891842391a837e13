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

/** A part of an address as a person would write it. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a lone % is no escape: the text is meant as it is
  }
}

/** The last part of an address's path, as a person would write it; empty where that is a folder. */
export function fileName(url: string): string {
  return percentDecoded(new URL(url).pathname.split('/').at(-1) ?? '')
}
