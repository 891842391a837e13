/** How the engine says what a registry did, in a pull and in a push alike. Texts that were seen, each where its comment says. */

/** Asked too often. hub-feedback #1907, #2421; containerregistry #140; build-push-action #1194. */
export const asksTooOften = /toomanyrequests|Too Many Requests/i

/**
 * A registry that was not there for a moment, or a connection that broke. containerregistry #132, #139; iis-docker #70;
 * docker/cli #2141; moby #17506; harbor #3270. `forcibly closed` is Windows' own word for a reset.
 */
export const isUnavailable = new RegExp(
  [
    'received unexpected HTTP status: 5\\d\\d',
    'error parsing HTTP 5\\d\\d response',
    'TLS handshake timeout',
    'i/o timeout',
    'Client\\.Timeout exceeded',
    'request canceled while waiting for connection',
    'connection reset by peer',
    'forcibly closed by the remote host',
    'broken pipe',
    'unexpected EOF',
    '(?:Get|Head|Post|Put|Patch) "?https?:\\S+: EOF',
    '^EOF$',
  ].join('|'),
  'im',
)
