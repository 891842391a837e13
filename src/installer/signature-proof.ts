import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { readMsiSignature } from './msi/signature.ts'
import { checkSignature } from './signature/signature.ts'
import type { Trust } from './signature/trust.ts'

/** What is asked of a signature, and what vouches for the file already. */
export interface Requirement {
  /** A SHA-256 that the file was proven to have, by whom it was expected. */
  readonly sha256: { readonly by: 'input' | 'known' } | undefined
  readonly verifySignature: boolean
}

export interface ProvenSignature {
  /** The subject whose signature was found valid; `undefined` where none was checked. */
  readonly signer: string | undefined
  /** For log and summary. */
  readonly proof: string
}

/**
 * Proves an installer's signature as far as the other proofs leave it to be proven; see `proveInstaller`.
 * @throws StepError `installer-signature-invalid`, `installer-signature-unchecked`
 */
export async function proveSignature(file: string, expected: Requirement, trust: Trust, host: Host): Promise<ProvenSignature> {
  const signature = await readMsiSignature(file)
  const spared = whySpared(expected, signature !== undefined, host)
  if (spared !== undefined) return { signer: undefined, proof: spared }
  if (signature === undefined) throw invalid('it carries none', host)

  host.log('Checking the installer’s signature')
  const verdict = await checkSignature(file, signature, trust, host)
  if (verdict.kind === 'invalid') throw invalid(verdict.why, host)
  if (verdict.kind === 'valid') {
    const { subject, root } = verdict.publisher
    return { signer: subject, proof: `Signature of ${subject}, from ${root} (checked by ${verdict.by})` }
  }
  if (expected.sha256 === undefined)
    throw new StepError('installer-signature-unchecked', `The installer’s signature could not be checked: ${verdict.why}.`, {
      hint: `${verdict.hint} Or give ${host.spell('msiSha256')}, which is proof enough.`,
    })
  return {
    signer: undefined,
    proof: `Signature not checked (${verdict.why}): the list of known versions vouches for the file`,
  }
}

/** What a dry run says of it: it reads the file, and starts no program. */
export async function planSignature(file: string, expected: Requirement, host: Host): Promise<ProvenSignature> {
  const signature = await readMsiSignature(file)
  const proof =
    whySpared(expected, signature !== undefined, host) ??
    `Signature: would be checked (the file carries ${signature ? 'one' : 'none'})`
  return { signer: undefined, proof }
}

/** Why there is nothing left for a signature to prove, or that nobody wants it proven. */
function whySpared({ sha256, verifySignature }: Requirement, isSigned: boolean, host: Host): string | undefined {
  const carries = `the file carries ${isSigned ? 'one' : 'none'}`
  if (sha256?.by === 'input') return `Signature not checked (${carries}): the SHA-256 that was asked for is proof enough`
  if (!verifySignature) return `SIGNATURE NOT CHECKED (${carries}): ${host.spell('verifySignature')} is false`
  return undefined
}

function invalid(why: string, host: Host): StepError {
  return new StepError(
    'installer-signature-invalid',
    `The installer’s signature does not prove that it is Microsoft’s: ${why}.`,
    {
      hint: `Do not use the file before you know why. One that you trust for a reason of your own is proven by ${host.spell('msiSha256')}.`,
    },
  )
}
