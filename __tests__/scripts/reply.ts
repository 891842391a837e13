/** How the faked Windows answers a command; `windows.ps1` turns it into a value or an error of PowerShell. */
export interface Reply {
  readonly value?: unknown
  readonly error?: Failure
  /** Written by the wire, since the world may not see the container's files. */
  readonly files?: readonly WrittenFile[]
}

export interface Failure {
  readonly message: string
  /** The real cmdlet's ErrorId. */
  readonly id: string
  /** The .NET type; a general one is taken where that does not exist. */
  readonly exception: string
  /** True where the real cmdlet ends the caller's statement whatever -ErrorAction says. */
  readonly isTerminating: boolean
}

export interface WrittenFile {
  readonly path: string
  readonly base64: string
  readonly isProgram: boolean
}

/** An error that -ErrorAction decides on. */
export function failure(message: string, id: string, exception = 'System.InvalidOperationException'): Reply {
  return { error: { message, id, exception, isTerminating: false } }
}

/** An error that always ends the statement. */
export function terminating(message: string, id: string, exception = 'System.InvalidOperationException'): Reply {
  return { error: { message, id, exception, isTerminating: true } }
}

/** Ends a call that the world does not know: the test fails, whatever the script makes of the error. */
export class UnknownCall extends Error {}
