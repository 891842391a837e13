/**
 * Why a step ended as it did: one stable kebab-case word each. Users branch on these (`reason` output), so a code is never
 * renamed and never changes its meaning.
 */
export const reasons = {
  // what the user wrote
  'invalid-input': 'An input is missing, malformed or contradicts another one.',
  // the installer
  'installer-missing': 'The installer file that was named does not exist or is not a file.',
  'installer-not-msi': 'The file is not a Windows Installer package (empty, truncated, an HTML page, or damaged).',
  'installer-not-shir': 'The installer is another product’s, and no hash says that it is meant.',
  'installer-hash-mismatch': 'The SHA-256 of the installer is not the expected one.',
  'installer-signature-invalid': 'The installer carries no signature of Microsoft’s that holds.',
  'installer-signature-unchecked':
    'No program of this machine could check the installer’s signature, and no hash vouches for it.',
  'installer-version-mismatch': 'The installer is of another version than the one asked for.',
  'installer-version-unknown': 'The installer does not tell its full four-part version.',
  'installer-too-old': 'The installer is older than the first version that runs in containers.',
  'installer-not-found': 'The address has no installer of that version.',
  'installer-ambiguous': 'More than one installer could be meant.',
  'download-failed': 'The installer could not be downloaded.',
  'disk-full': 'A disk has not the room that is needed.',
  'version-lookup-failed': 'The asked version could not be resolved to a download.',
  withdrawn: 'A warning: Microsoft published this version of SHIR and took it back.',
  expired: 'A warning: this version of SHIR is past its support window of one year.',
  'expires-soon': 'A warning: the support window of this version of SHIR ends within 60 days.',
  // the engine
  'docker-missing': 'No docker command was found.',
  'engine-unreachable': 'The docker command works, but its engine does not answer.',
  'engine-too-old': 'The engine is older than the oldest supported one.',
  'engine-os-mismatch': 'The engine runs other containers than the base image needs (Linux against Windows).',
  'os-mismatch': 'The engine’s Windows build cannot run the base image’s Windows build.',
  'base-newer': 'A warning: the base image’s Windows has a newer revision than this machine’s.',
  'engine-failed': 'A docker command failed for a reason that has no code of its own.',
  // the image
  'context-invalid': 'The build context or its Dockerfile cannot be used.',
  'build-failed': 'docker build ended with an error.',
  'delivery-failed': 'The build could not fetch the installer that the step offered to it.',
  'registry-login-missing': 'A warning: Docker’s settings hold no login for the registry of a push.',
  'image-version-mismatch': 'The image that was built has another version of SHIR than its installer.',
  'version-unread': 'A warning: which version of SHIR the image has could not be read.',
  'push-failed': 'docker push ended with an error.',
  'image-missing': 'The image does not exist on this engine and could not be pulled.',
  // nodes and their gate
  'already-exists': 'A container of that name already exists.',
  'start-failed': 'The engine could not start the container.',
  'not-found': 'No container matches the selection.',
  'no-health-check': 'The image has no health check, so nothing can prove the node.',
  unhealthy: 'The container’s health check failed.',
  exited: 'The container ended.',
  'restart-loop': 'The container ends and is restarted again and again.',
  gone: 'The container was removed by someone else while it was watched.',
  timeout: 'The node was not proven in time.',
  'invalid-key': 'The service refused the authentication key.',
  'missing-key': 'The container was started without an authentication key.',
  'registration-forbidden': 'The service refused a further node, because another node has no remote access.',
  'registration-failed': 'The node could not register, for a reason that the log did not make plain.',
  'service-unreachable': 'The container could not reach the service.',
  'node-limit': 'The integration runtime already has four nodes.',
  'ae-mismatch': 'The offline expiry differs from that of the other nodes.',
  'node-record-left': 'A warning: the container is removed, and the node’s record stays in the integration runtime.',
  'node-ends-early': 'A warning: a node that was kept goes at the end of another job, which started it.',
  'node-surplus': 'A warning: the set has a node that this run does not plan; it stays as it is.',
  'peer-unresolved': 'Inside the container the hostname of another node of its set does not resolve.',
  // everything
  'io-failed': 'A file could not be read or written: no right, or it vanished.',
  cancelled: 'The run was cancelled.',
  internal: 'Something unexpected happened: a defect of this program.',
} as const satisfies Record<string, string>

export type ReasonCode = keyof typeof reasons

/** Something that is told, and does not end the step. */
export interface Warning {
  readonly code: ReasonCode
  readonly message: string
}

/**
 * A failure that the user can understand: one sentence, a stable code, and what to do next. Thrown where it is known, told once
 * at the edge. Every other error that reaches the edge is reported as `io-failed`
 * (the file system's), `cancelled` or `internal`.
 */
export class StepError extends Error {
  readonly code: ReasonCode
  readonly hint: string | undefined

  constructor(code: ReasonCode, message: string, details: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'StepError'
    this.code = code
    this.hint = details.hint
  }
}

/** Why what hangs on a signal ended: its time was up, where the signal says so, or else its user cancelled the run. */
export function endOf({ reason }: AbortSignal): StepError {
  return reason instanceof StepError
    ? reason
    : new StepError('cancelled', 'The run was cancelled.', { hint: 'Run the step again.' })
}

/** True for what the file system, or Node for it (`ERR_FS_EISDIR`), refused. */
export function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  const { code } = (error ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' && /^(?:E[A-Z0-9]+|ERR_FS_[A-Z_]+)$/.test(code)
}

/** True where an error, or what caused it, is that a disk or a quota is full. */
export function isDiskFull(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown }
  return code === 'ENOSPC' || code === 'EDQUOT' || (cause !== undefined && isDiskFull(cause))
}

/** What an error says, whatever was thrown, and whichever realm's error it is. */
export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown }
  return typeof message === 'string' ? message : String(error)
}

/** The same for a sentence that goes on to its own full stop. */
export function whyOf(error: unknown): string {
  return messageOf(error).replace(/\.$/, '')
}
