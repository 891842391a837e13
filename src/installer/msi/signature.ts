import { openCompoundFile } from './compound-file.ts'
import { withPositionalFile } from './positional-file.ts'

/** Where Windows Installer packages carry their Authenticode signature. */
export const signatureStreamName = '\u0005DigitalSignature'

/** Signatures with their certificates and timestamps are some 20 KB. */
const limitBytes = 1 << 20

/**
 * The Authenticode signature of a Windows Installer package (PKCS #7), or `undefined` where it carries none. Nothing of it is proven.
 * Throws StepError `installer-missing` or `installer-not-msi`, as `readMsiProperties` does.
 */
export async function readMsiSignature(path: string): Promise<Buffer | undefined> {
  return withPositionalFile(path, async file => {
    const container = await openCompoundFile(file)
    const stream = container.streams.get(signatureStreamName)
    return stream === undefined ? undefined : container.read(stream, limitBytes)
  })
}
