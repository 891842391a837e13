/**
 * An address without what only lets its holder in, and is signed anew for each run: what is left tells one file from another. A name
 * that is missing here costs a resumption; one too many could take two files for one.
 * @returns still no text to show or to keep: what else stands in the query may be secret too
 */
export function unsigned(address: string): string {
  const { origin, pathname, searchParams } = new URL(address)
  const isShared = searchParams.has('sig')
  const rest = [...searchParams].filter(([name]) => !isCredential(name.toLowerCase(), isShared))
  return `${origin}${pathname}?${new URLSearchParams(rest)}`
}

function isCredential(name: string, isShared: boolean): boolean {
  return /^x-(?:amz|goog)-/.test(name) || credentials.has(name) || (isShared && sharedAccess.has(name))
}

/** Amazon's and Google's older signatures, CloudFront's, and what many call it. */
const credentials: ReadonlySet<string> = new Set([
  ...['awsaccesskeyid', 'googleaccessid', 'signature', 'expires', 'policy', 'key-pair-id', 'token', 'access_token'],
])

/** Azure's shared access signatures, whose short names mean something else where `sig` is not among them. */
const sharedAccess: ReadonlySet<string> = new Set([
  ...['sig', 'sv', 'ss', 'srt', 'sr', 'st', 'se', 'sp', 'spr', 'sip', 'si', 'sdd', 'ses'],
  ...['skoid', 'sktid', 'skt', 'ske', 'sks', 'skv', 'saoid', 'suoid', 'scid'],
])
