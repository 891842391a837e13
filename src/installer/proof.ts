import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import { compareVersions, oldestVersion } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import { sha256OfFile, sizeOfInstaller } from './file.ts'
import { proveFormat } from './msi/format.ts'
import { readMsiProperties } from './msi/properties.ts'
import { proveProduct } from './product.ts'
import { proveVersion } from './product-version.ts'
import { microsoftTrust, type Trust } from './signature/trust.ts'
import { type ProvenSignature, planSignature, proveSignature } from './signature-proof.ts'

/** A hash that an installer must have, and who says so. */
export interface ExpectedHash {
  /** Lower-case hexadecimal. */
  readonly value: string
  /** The user, or the list of known versions. */
  readonly by: 'input' | 'known'
}

/** What an installer must be; `undefined` where nothing was asked. */
export interface Expected {
  readonly version: string | undefined
  readonly sha256: ExpectedHash | undefined
  readonly verifySignature: boolean
}

/** What is known of the file from how it was come by. */
export interface Facts {
  /** Its name where it came from, which may tell the fourth part of the version; empty where it has none that counts. Defaults to the file's own. */
  readonly name?: string
  /** Of the bytes on the disk, where they were hashed already: lower-case hexadecimal. */
  readonly sha256?: string
}

/** What is known of a proven installer. */
export interface Proven {
  /** All four parts. */
  readonly version: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** As the package itself says it, which may be three parts. */
  readonly productVersion: string
  /** The subject whose signature was found valid; `undefined` where none was checked. */
  readonly signer: string | undefined
  /** What was proven and by what, in sentences for the log and the summary. */
  readonly proofs: readonly string[]
}

/**
 * Proves an installer, cheapest proof first and nothing trusted before it is proven: size, the format (which an HTML page fails at byte
 * 0), SHA-256, the product, ProductVersion, the signature. A hash that the user gave and that matches is proof enough: the signature is then
 * only told. One of a known version vouches for a file whose signature nothing on this machine can check. Without a hash the
 * signature is required, and that the product is SHIR.
 * @param trust whose signature counts
 * @throws StepError `installer-missing`, `installer-not-msi`, `installer-hash-mismatch`, `installer-not-shir`,
 * `installer-version-mismatch`, `installer-version-unknown`, `installer-too-old`, `installer-signature-invalid`, `installer-signature-unchecked`
 */
export async function proveInstaller(
  file: string,
  expected: Expected,
  host: Host,
  facts: Facts = {},
  trust: Trust = microsoftTrust,
): Promise<Proven> {
  return prove(file, expected, host, facts, () => proveSignature(file, expected, trust, host))
}

/** The same without the signature, for whose check a program would be started: for a dry run, which starts none. */
export async function proveContents(file: string, expected: Expected, host: Host): Promise<Proven> {
  return prove(file, expected, host, {}, () => planSignature(file, expected, host))
}

async function prove(
  file: string,
  expected: Expected,
  host: Host,
  facts: Facts,
  signature: () => Promise<ProvenSignature>,
): Promise<Proven> {
  const size = await sizeOfInstaller(file)
  await proveFormat(file)
  const sha256 = facts.sha256 ?? (await sha256OfFile(file, host.signal))
  const hashProof = proveHash(sha256, expected.sha256)
  const { values } = await readMsiProperties(file)
  const productProof = proveProduct(values, expected.sha256 !== undefined, host)
  const productVersion = values.get('ProductVersion') ?? ''
  const evidence = { fileName: facts.name ?? path.basename(file), hashBy: expected.sha256?.by }
  const { version, proof } = proveVersion(productVersion, expected.version, evidence)
  if (compareVersions(version, oldestVersion) < 0)
    throw new StepError(
      'installer-too-old',
      `Version ${version} cannot run in a container; the first that can is ${oldestVersion}.`,
      {
        hint: 'Take a newer installer.',
      },
    )
  const { signer, proof: signatureProof } = await signature()
  return { version, sha256, size, productVersion, signer, proofs: [productProof, proof, hashProof, signatureProof] }
}

const hashWords = { input: 'the one that was asked for', known: 'the one of the list of known versions' } as const

function proveHash(sha256: string, expected: ExpectedHash | undefined): string {
  if (expected === undefined) return `SHA-256 ${sha256} (computed; none was given to compare it with)`
  if (sha256 === expected.value) return `SHA-256 ${sha256} (${hashWords[expected.by]})`
  const wanted = expected.by === 'input' ? 'was asked for' : 'is that version’s in the list of known versions'
  throw new StepError('installer-hash-mismatch', `The installer’s SHA-256 is ${sha256}, but ${expected.value} ${wanted}.`, {
    hint: 'Either the file was changed on its way or the expected hash is another file’s. Do not use it before you know which.',
  })
}
