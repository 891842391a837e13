/** `parts/log.ps1`: what the scripts of the image print. No key can reach it. */
import type { Process } from '../../shir/machine.ts'

export interface Secrets {
  /**
   * Hides an authentication key from now on: whole, its last `@` part, and that without its padding, each as it is and as addresses
   * and JSON write it.
   */
  addSecret(key: string): void
  hide(text: string): string
  /** True where a text holds the key, a part of it that must not be shown, or what looks like any key. */
  isSecret(text: string): boolean
}

export interface Log extends Secrets {
  /** One line with the moment in front of it. */
  write(message: string): void
}

/** Nothing is a secret yet. */
export function createSecrets(): Secrets {
  let secrets: readonly string[] = []
  const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
  return {
    addSecret(key) {
      const last = key.split('@').at(-1) ?? ''
      const plain = [key, last, last.replace(/=+$/, '')].filter(form => form.length >= 4)
      secrets = [...new Set([...secrets, ...plain.flatMap(spellings)])].sort((a, b) => b.length - a.length)
    },
    hide,
    isSecret: text => hide(text) !== text || /(?<![a-z])IR@[^@]+@[^@]+@/i.test(text),
  }
}

function spellings(text: string): readonly string[] {
  const address = encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const lower = address.replace(/%../g, hex => hex.toLowerCase())
  // Some write a plus so, some an equals sign as well, some a slash.
  const pluses = ['\\u002B', '\\u002b'].map(digits => text.replaceAll('+', digits))
  const equals = [pluses[0]?.replaceAll('=', '\\u003D') ?? '', pluses[1]?.replaceAll('=', '\\u003d') ?? '']
  return [text, address, lower, text.replaceAll('/', '\\/'), ...pluses, ...equals]
}

/** The log of one script. */
export function createLog(process: Pick<Process, 'date' | 'print'>): Log {
  const secrets = createSecrets()
  return {
    ...secrets,
    write(message) {
      const moment = `${process.date().toISOString().slice(0, 19)}Z`
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what could end a line or move a cursor
      process.print(`[${moment}] ${secrets.hide(message).replace(/[\x00-\x1f\x7f\x85\u2028\u2029]+/g, ' ')}`)
    },
  }
}
