import type { Host } from '../../host/host.ts'
import { checkByOsslsigncode } from './osslsigncode.ts'
import { type Publisher, readPublisher } from './publisher.ts'
import { readSignedData, type SignedData } from './signed-data.ts'
import type { Trust } from './trust.ts'
import type { Verdict } from './verdict.ts'
import { checkByWindows } from './windows-powershell.ts'

/** A verdict that also tells whose the valid signature is. */
export type SignatureVerdict =
  | Exclude<Verdict, { kind: 'valid' }>
  | (Verdict & { readonly kind: 'valid'; readonly publisher: Publisher })

/**
 * Checks the Authenticode signature of a file: who signed, by the certificates; that the file is what was signed, when, and that the
 * certificates are in order, by a program of the machine (Windows itself, osslsigncode elsewhere), for some minutes at most.
 * @param signature the PKCS #7 bytes that the file carries
 * @throws an AbortError on cancel
 */
export async function checkSignature(file: string, signature: Buffer, trust: Trust, host: Host): Promise<SignatureVerdict> {
  const signed = readable(signature)
  if (typeof signed === 'string') return { kind: 'invalid', why: signed }
  // Node 20 loads half of its TLS for a certificate's subject, in a circle, after which the process can make no TLS connection. It
  // is loaded as a whole before that.
  await import('node:tls')
  const read = readPublisher(signed, trust)
  if ('why' in read) return { kind: 'invalid', why: read.why }
  const isWindows = host.machine.platform === 'win32'
  const checking = isWindows ? checkByWindows(file, signed, host) : checkByOsslsigncode(file, signed, trust, host)
  const verdict = await checking.catch((error: NodeJS.ErrnoException): Verdict => {
    host.signal.throwIfAborted()
    if (error.syscall?.startsWith('spawn') !== true) throw error
    return {
      kind: 'unchecked',
      why: `${error.path ?? 'the program'} could not be started (${error.code})`,
      hint: 'Start it by hand: this user must be able to run it.',
    }
  })
  return verdict.kind === 'valid' ? { ...verdict, publisher: read.publisher } : verdict
}

function readable(signature: Buffer): SignedData | string {
  try {
    return readSignedData(signature)
  } catch (error) {
    return `its signature is malformed (${error instanceof Error ? error.message : String(error)})`
  }
}
