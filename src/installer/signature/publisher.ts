import { X509Certificate } from 'node:crypto'
import type { SignedData } from './signed-data.ts'
import type { Trust } from './trust.ts'

/** Who signed, as the certificates say it. */
export interface Publisher {
  /** The whole subject in one line (RFC 2253): `CN=…, O=…, L=…, ST=…, C=…`. */
  readonly subject: string
  /** The common name of the root at which the chain ends. */
  readonly root: string
}

/**
 * Who a signature says has signed, or why that is nobody who is trusted. The certificates themselves are read: programs print names
 * in which `/O=` or `, O=` may be part of a value. That the file is the signed one, and the times, are for a program to verify.
 */
export function readPublisher(
  { signer, certificates }: SignedData,
  trust: Trust,
): { readonly publisher: Publisher } | { readonly why: string } {
  const subject = subjectOf(signer)
  if (!isOf(signer, trust.organisation)) return { why: `it is signed by ${subject}, and not by O=${trust.organisation}` }
  const roots = trust.roots.map(pem => new X509Certificate(pem))
  const root = rootOf(signer, certificates, roots)
  if (root === undefined) return { why: `the chain of ${subject} does not end at a root of ${trust.organisation}` }
  return { publisher: { subject, root: String(attribute(root, 'CN') ?? subjectOf(root)) } }
}

/** One organisation, and that one. Two of them are an array, and leave open which is meant. */
function isOf(certificate: X509Certificate, organisation: string): boolean {
  return attribute(certificate, 'O') === organisation
}

function attribute(certificate: X509Certificate, name: 'O' | 'CN'): unknown {
  return (certificate.toLegacyObject().subject as unknown as Readonly<Record<string, unknown>> | undefined)?.[name]
}

function subjectOf({ subject }: X509Certificate): string {
  return (subject ?? '').split('\n').reverse().join(', ')
}

/** The trusted root to which signatures lead, certificate by certificate. Each is looked at once, so that no circle holds it up. */
function rootOf(
  signer: X509Certificate,
  certificates: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): X509Certificate | undefined {
  const seen = new Set([signer.fingerprint256])
  const pending = [signer]
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const current = one
    const root = roots.find(candidate => isIssuedBy(current, candidate))
    if (root) return root
    const issuers = certificates.filter(candidate => !seen.has(candidate.fingerprint256) && isIssuedBy(current, candidate))
    for (const issuer of issuers) seen.add(issuer.fingerprint256)
    pending.push(...issuers)
  }
  return undefined
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false // a key of a kind that OpenSSL does not know
  }
}
