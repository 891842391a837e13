import { readCompoundHeader } from './compound-header.ts'
import { withPositionalFile } from './positional-file.ts'

/**
 * Proves by its first bytes that a file is of the format of Windows Installer packages: what an HTML page fails at byte 0.
 * Throws StepError `installer-missing` or `installer-not-msi`, as `readMsiProperties` does.
 */
export async function proveFormat(path: string): Promise<void> {
  await withPositionalFile(path, readCompoundHeader)
}
