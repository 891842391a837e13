import { X509Certificate } from 'node:crypto'
import { contentOf, type Element, elementsOf, firstElement, tags } from './der.ts'

/** What an Authenticode signature says of itself. Nothing of it is proven by being read. */
export interface SignedData {
  readonly signer: X509Certificate
  /** All that it carries, the signer's among them. */
  readonly certificates: readonly X509Certificate[]
  /** It carries further signatures of the same file. */
  readonly isNested: boolean
}

/** Contents of object identifiers. */
const oids = {
  signedData: '2a864886f70d010702',
  indirectData: '2b060104018237020104',
  nestedSignature: '2b060104018237020401',
}

/** The digests that a file may be signed with, and their lengths in bytes. SHA-1 and MD5 prove nothing any more. */
const digestBytes: Readonly<Record<string, number>> = {
  '608648016503040201': 32,
  '608648016503040202': 48,
  '608648016503040203': 64,
}

/**
 * Reads a PKCS #7 signature (RFC 2315, with the content of Microsoft's "Windows Authenticode Portable Executable Signature Format").
 * It is strict: what a program gets to verify afterwards is one signer's signature over a digest of a right length. Programs are less
 * so: osslsigncode before 2.12 copies a digest of any length to 64 bytes.
 * @throws RangeError, or an error of Node's for a malformed certificate, where it is none of these
 */
export function readSignedData(bytes: Buffer): SignedData {
  const [type, wrapped] = elementsOf(contentOf(firstElement(bytes), tags.sequence))
  if (hex(contentOf(type, tags.oid)) !== oids.signedData) throw new RangeError('Not signed data')
  const [, , content, ...rest] = elementsOf(contentOf(firstElement(contentOf(wrapped, tags.first)), tags.sequence))
  proveDigest(content)

  const carried = rest.find(({ tag }) => tag === tags.first)
  // Of another tag are certificates of other kinds than X.509.
  const certificates = elementsOf(contentOf(carried, tags.first)).filter(({ tag }) => tag === tags.sequence)
  const signers = elementsOf(contentOf(rest.at(-1), tags.set))
  if (signers.length !== 1) throw new RangeError(`${signers.length} signers`)
  const [, issued, , ...more] = elementsOf(contentOf(signers[0], tags.sequence))
  const name = hex(contentOf(issued, tags.sequence))
  const signer = certificates.find(({ bytes }) => issuerAndSerial(bytes) === name)
  if (signer === undefined) throw new RangeError('It lacks the certificate of its signer')
  return {
    signer: new X509Certificate(signer.bytes),
    certificates: certificates.map(certificate => new X509Certificate(certificate.bytes)),
    isNested: isNested(more.find(({ tag }) => tag === tags.second)),
  }
}

/** What was signed: an object of Microsoft's, with the digest of the file. */
function proveDigest(content: Element | undefined): void {
  const [type, wrapped] = elementsOf(contentOf(content, tags.sequence))
  if (hex(contentOf(type, tags.oid)) !== oids.indirectData) throw new RangeError('Not signed as a file')
  const [, digestInfo] = elementsOf(contentOf(firstElement(contentOf(wrapped, tags.first)), tags.sequence))
  const [algorithm, digest] = elementsOf(contentOf(digestInfo, tags.sequence))
  const [name] = elementsOf(contentOf(algorithm, tags.sequence))
  if (contentOf(digest, tags.octets).length !== digestBytes[hex(contentOf(name, tags.oid))])
    throw new RangeError('Not a digest of SHA-2')
}

/** By which two things a signer names its certificate; the very bytes. */
function issuerAndSerial(certificate: Buffer): string {
  const [body] = elementsOf(contentOf(firstElement(certificate), tags.sequence))
  const fields = elementsOf(contentOf(body, tags.sequence)).filter(({ tag }) => tag !== tags.first)
  const [serial, , issuer] = fields
  if (serial?.tag !== tags.integer || issuer?.tag !== tags.sequence) throw new RangeError('A certificate of another form')
  return hex(Buffer.concat([issuer.bytes, serial.bytes]))
}

function isNested(attributes: Element | undefined): boolean {
  return elementsOf(attributes?.content ?? Buffer.alloc(0)).some(
    attribute => hex(contentOf(elementsOf(contentOf(attribute, tags.sequence))[0], tags.oid)) === oids.nestedSignature,
  )
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex')
}
