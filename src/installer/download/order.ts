import type { Host } from '../../host/host.ts'
import type { Client } from '../../net/client.ts'
import { HttpFailure } from '../../net/failure.ts'
import type { Hasher } from './hasher.ts'
import { megabytes } from './progress.ts'
import type { Tuning } from './tuning.ts'

/** What is fetched, where to, and with what. */
export interface Order {
  readonly url: URL
  /** The part. */
  readonly file: string
  readonly client: Client
  /** Its signal ends the download when the run is cancelled, and when the time is up. */
  readonly host: Host
  readonly tuning: Tuning
}

/** Windows Installer's container ends there: more is no installer, and must not fill the disk. */
export const mostBytes = 4 * 1024 ** 3

/** What lies in the part after a download: the SHA-256 is that of the bytes on the disk, in lower-case hexadecimal. */
export interface Downloaded {
  readonly size: number
  readonly sha256: string
}

/** @throws HttpFailure, final */
export function checkSize(size: number): void {
  if (size > mostBytes) throw new HttpFailure(`The file of ${megabytes(size)} is larger than any installer`, { isFinal: true })
}

/** Who hashes a file of that size. The thread and what starts it are loaded only where a file is worth it. */
export async function hasherFor({ file, host, tuning }: Order, size: number | undefined): Promise<Hasher> {
  const { hasherOf, plainHasher } = await import('./hasher.ts')
  return size !== undefined && size < tuning.largeBytes ? plainHasher(file, host.signal) : hasherOf(file, host.signal)
}
