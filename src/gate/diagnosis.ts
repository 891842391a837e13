import type { ReasonCode } from '../contract/reasons.ts'

/** What a log line proves about a node that is not healthy. */
export interface Finding {
  readonly code: ReasonCode
  /** The line; foreign text. */
  readonly line: string
}

/**
 * Texts of SHIR, of upstream's scripts and of Docker, and what each means (facts: targets-and-gate §1.6). The first that fits a
 * line counts: "Failed to get service token" opens the message of a refused key and that of a broken connection alike.
 */
const patterns: readonly { readonly code: ReasonCode; readonly pattern: RegExp }[] = [
  { code: 'missing-key', pattern: /Invalid AUTH_KEY Value/i },
  { code: 'service-unreachable', pattern: /Client IP address is not valid private ip|Proxy Authentication Required/i },
  { code: 'invalid-key', pattern: /InvalidGatewayKey/i },
  {
    code: 'service-unreachable',
    pattern:
      /Failed to get service token.*(?:could not be resolved|No such host is known|Unable to connect|connection attempt failed|actively refused|connection was closed|timed out|Could not establish)/i,
  },
  { code: 'invalid-key', pattern: /Failed to get service token from ADF service with key/i },
  { code: 'registration-forbidden', pattern: /Registration of new node is forbidden/i },
  { code: 'ae-mismatch', pattern: /Error ?Code(?: is)?\W{0,3}1847\b/i },
  { code: 'node-limit', pattern: /Error ?Code(?: is)?\W{0,3}1500\b/i },
  { code: 'os-mismatch', pattern: /does not match the host operating system|no matching manifest for windows|0xc0370106/i },
]

/** What a container can know of itself; every other code in its output is a forgery. */
const eventCodes: readonly ReasonCode[] = [
  ...(['missing-key', 'invalid-key', 'registration-forbidden', 'node-limit', 'ae-mismatch', 'service-unreachable'] as const),
  ...(['registration-failed', 'invalid-input', 'internal', 'exited'] as const),
]

/** Upstream's supervisor says this once a minute; once may be a restart of SHIR, twice is not. */
const hostProcessGone = /diahost\.exe is not running/i

/** Lines of the image's own scripts, which give an event when they give up: what they repeat of dmgcmd's words may be tried again. */
const ownStamp = /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] /

/** The proof of failure among a container's log lines since its start, or `undefined`: its own word, else the first that tells. */
export function diagnose(lines: readonly string[]): Finding | undefined {
  const foreign = lines.filter(line => !ownStamp.test(line))
  return eventFinding(lines) ?? patternFinding(foreign) ?? hostProcessFinding(foreign)
}

/** The line before an event says the same in words. */
function eventFinding(lines: readonly string[]): Finding | undefined {
  for (const [index, line] of lines.entries()) {
    const code = eventCode(line)
    if (code) return { code, line: lines[index - 1] ?? line }
  }
  return undefined
}

function patternFinding(lines: readonly string[]): Finding | undefined {
  for (const line of lines) {
    const code = patterns.find(({ pattern }) => pattern.test(line))?.code
    if (code) return { code, line }
  }
  return undefined
}

/** The image's own scripts say plainly why they give up: `SHIR-EVENT {"code":"invalid-key"}`. */
function eventCode(line: string): ReasonCode | undefined {
  const claimed = /^SHIR-EVENT \{"code":"([a-z-]+)"/.exec(line)?.[1]
  return eventCodes.find(code => code === claimed)
}

function hostProcessFinding(lines: readonly string[]): Finding | undefined {
  const gone = lines.filter(line => hostProcessGone.test(line))
  return gone[1] === undefined ? undefined : { code: 'exited', line: gone[1] }
}

/** What to do about it, inputs by their key in backquotes; `undefined` where the message says it all. */
export const advice: Partial<Record<ReasonCode, string>> = {
  'invalid-key':
    'Take a fresh key from the integration runtime’s page (Settings, Authentication keys); it may have been regenerated.',
  'missing-key': 'The container was started without AUTH_KEY.',
  'registration-forbidden':
    'Another node of this integration runtime has no remote access: remove old nodes on the runtime’s page (Nodes), or start every node with high availability enabled.',
  'node-limit':
    'Remove nodes that are offline on the integration runtime’s page (Nodes), or let offline nodes expire (`enableAe`).',
  'ae-mismatch': 'Use the same offline expiry (`aeTime`) for every node of the integration runtime.',
  'peer-unresolved':
    'Leave `network` out, so that one is made on which the nodes find each other, or name one that resolves their hostnames.',
  'service-unreachable': 'Check that the machine reaches *.servicebus.windows.net and the data factory on port 443.',
  'os-mismatch': 'Build the image on a base that fits this machine’s Windows build.',
  unhealthy:
    'The last answers of the health check and the log tell more; a firewall is the usual cause when SHIR stays at Connecting.',
  timeout: 'The last answers of the health check and the log tell more; a slow machine needs a longer `healthTimeout`.',
  'no-health-check': 'Add a HEALTHCHECK to the image’s Dockerfile; the built-in one has it.',
  exited: 'The container’s last log lines say why it ended.',
  'restart-loop': 'The container’s last log lines say why it ends; upstream’s image ends with 0 whatever happened.',
  'engine-unreachable': 'Start the engine and run the gate again.',
  gone: 'Was it removed by another job?',
}
