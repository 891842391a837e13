import { StepError } from '../contract/reasons.ts'
import { HttpFailure, isWorthAnotherTry } from '../net/failure.ts'

/** Microsoft withdraws old versions; a mirror answers 410 where it remembers what it had. */
const isAbsent = ({ status }: HttpFailure) => status === 404 || status === 410
const isForbidden = ({ status }: HttpFailure) => status === 401 || status === 403

/**
 * Rethrows why an installer did not come, as its user is told. `shown` stands for the address, which may hold a token.
 * @param whose the server's; Microsoft alone withdraws versions
 * @throws StepError `installer-not-found`, `download-failed`; what is no failure of HTTP passes as it is
 */
export function explainDownload(shown: string, whose: 'microsoft' | 'own'): (error: unknown) => never {
  return error => {
    if (!(error instanceof HttpFailure)) throw error
    if (isAbsent(error))
      throw new StepError('installer-not-found', `There is nothing at ${shown}: the server answered ${error.status}.`, {
        hint:
          whose === 'microsoft'
            ? 'Microsoft keeps only the last few versions; take another version, or keep the installer yourself and name it.'
            : 'Check that address; some servers say so, too, of what they do not let us see.',
        cause: error,
      })
    if (isForbidden(error))
      throw new StepError('download-failed', `The server does not give ${shown} to us: it answered ${error.status}.`, {
        hint: 'If the address holds a SAS token, it may have expired.',
        cause: error,
      })
    throw new StepError('download-failed', `${shown} could not be downloaded: ${error.message}.`, explained(error))
  }
}

/**
 * Rethrows why nobody told which version `stable` or `latest` is.
 * @throws StepError `version-lookup-failed`, `download-failed`; what is no failure of HTTP passes as it is
 */
export function explainLookup(version: string, address: string): (error: unknown) => never {
  return error => {
    if (!(error instanceof HttpFailure)) throw error
    if (isAbsent(error)) throw lookupFailed(version, `${address} leads to nothing (${error.status})`, error)
    const asked = `${address} could not be asked which version "${version}" is`
    throw new StepError('download-failed', `${asked}: ${error.message}.`, explained(error))
  }
}

/** An answer came, but no version is in it. */
export function lookupFailed(version: string, why: string, cause?: unknown): StepError {
  return new StepError('version-lookup-failed', `The version that "${version}" means could not be found: ${why}.`, {
    hint: 'Give an exact version such as 5.70.9748.2, or the installer’s own address.',
    cause,
  })
}

function explained(failure: HttpFailure): { readonly hint: string; readonly cause: unknown } {
  return { hint: failure.hint ?? hintOn(failure), cause: failure }
}

function hintOn(failure: HttpFailure): string {
  if (failure.status === undefined) return 'Check the network, the firewall and HTTPS_PROXY of this machine.'
  return isWorthAnotherTry(failure)
    ? 'The server, or something before it, is busy or broken: try again later.'
    : 'Check that address: its server answers, but gives no file there.'
}
