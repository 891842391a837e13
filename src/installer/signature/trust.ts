import {
  authority2010,
  authority2011,
  eccProduct2018,
  eccTimeStamp2018,
  identityVerification2020,
  timeStamp2014,
} from './microsoft-roots.ts'

/** Whose signature counts, and where its chain must end. */
export interface Trust {
  /** The organisation of the signer's subject, exactly. */
  readonly organisation: string
  /** PEM, one certificate each: where the signer's chain must end. The signer itself is not pinned, since Microsoft changes it yearly. */
  readonly roots: readonly string[]
  /** PEM: where the chain of a timestamp must end, which keeps a signature valid when its signer's certificate has expired. */
  readonly timestampRoots: readonly string[]
}

/**
 * Microsoft's. The root of 2020 counts for timestamps alone: below it Microsoft also certifies signers that are others (Trusted
 * Signing).
 */
export const microsoftTrust: Trust = {
  organisation: 'Microsoft Corporation',
  roots: [authority2010, authority2011, eccProduct2018],
  timestampRoots: [authority2010, timeStamp2014, eccTimeStamp2018, identityVerification2020],
}
