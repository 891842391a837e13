/** `parts/key.ps1`: the authentication key, from AUTH_KEY or from the file that AUTH_KEY_FILE names. */
import type { EndCode } from '../exit-codes.ts'
import type { Secrets } from './log.ts'
import type { Script } from './script.ts'

/** With a problem there is no value, which matters only where a key is needed. */
export interface Key {
  readonly value: string
  readonly fault: KeyFault | undefined
}

export interface KeyFault {
  readonly code: EndCode
  readonly problem: string
}

type KeySource = Pick<Script, 'environment' | 'windows'> & { readonly log: Secrets }

/** Reads the key, and takes it out of everything that is printed from now on. */
export function readKey({ environment, windows, log }: KeySource): Key {
  const value = (environment.AUTH_KEY ?? '').trim()
  const file = (environment.AUTH_KEY_FILE ?? '').trim()
  if (value !== '') log.addSecret(value)
  if (file === '') return { value, fault: undefined }
  if (value !== '') return without('invalid-input', 'AUTH_KEY and AUTH_KEY_FILE exclude each other; give one.')
  if (log.isSecret(file)) {
    log.addSecret(file)
    return without('invalid-input', 'AUTH_KEY_FILE holds an authentication key; it takes the path of a file.')
  }
  let read = ''
  try {
    read = windows.readFile(file).trim()
  } catch (error) {
    return without('missing-key', `AUTH_KEY_FILE: ${file} could not be read: ${(error as Error).message}`)
  }
  if (read === '') return without('missing-key', `AUTH_KEY_FILE: ${file} is empty.`)
  log.addSecret(read)
  return { value: read, fault: undefined }
}

function without(code: EndCode, problem: string): Key {
  return { value: '', fault: { code, problem } }
}

/** What is wrong with a key. Only what can never be a key is refused: the service alone knows the exact grammar. */
export function keyFaultOf({ value, fault }: Key): KeyFault | undefined {
  if (fault) return fault
  if (value === '') {
    const problem = 'AUTH_KEY is missing: a node that is not registered needs the key of its integration runtime.'
    return { code: 'missing-key', problem }
  }
  const why = whyRefused(value)
  if (why === undefined) return undefined
  const allowed = 'the key as the portal shows it, on one line and without quotes'
  return { code: 'invalid-key', problem: `AUTH_KEY: what was given is not allowed (${why}); allowed is ${allowed}.` }
}

function whyRefused(value: string): string | undefined {
  if (/[\r\n]/.test(value)) return 'it holds a line break'
  if (/["'`]/.test(value)) return 'it holds a quote'
  if (/[\s\p{Cc}]/u.test(value)) return 'it holds white space'
  if (!/^IR@[^@]+@[^@]+@[^@]+@[^@]+$/.test(value)) return 'it has not the five parts IR@...@...@...@... of a key'
  return undefined
}

/** True for the forms that Microsoft publishes; others may exist. */
export function isUsualKey(value: string): boolean {
  return /^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^@\s]+@(?:ServiceEndpoint=)?[A-Z0-9.-]+@[A-Z0-9+/]{42,}={0,2}$/i.test(
    value,
  )
}
