import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { megabytes } from './download/progress.ts'

/**
 * The StepError `disk-full`: a folder has no room for the installer.
 * @param bytes what is free there and what is missing, where that was asked before anything was written
 */
export function diskFull(
  folder: string,
  host: Host,
  { bytes, cause }: { readonly bytes?: { readonly free: number; readonly missing: number }; readonly cause?: unknown },
): StepError {
  const message = bytes
    ? `${folder} has room for ${megabytes(bytes.free)}, but the installer needs ${megabytes(bytes.missing)}.`
    : `There is no room left in ${folder} for the installer.`
  return new StepError('disk-full', message, {
    hint: `An installer takes about 1 GB, and its image several. Make room, or name a folder on another disk in ${host.spell('cacheDir')}.`,
    cause,
  })
}
