/** How a download behaves; tests have servers that are smaller and quicker than any in the world. */
export interface Tuning {
  /** How long a server may say nothing, in milliseconds. */
  readonly idleMs: number
  /** How long a server has for the head of its answer, as a whole, in milliseconds. */
  readonly headMs: number
  /** How often in a row one connection may fail. */
  readonly tries: number
  /** How many connections there are: those it begins with, how many are added where they gain, and the most. */
  readonly segments: { readonly first: number; readonly step: number; readonly most: number }
  /** How much one request asks for. */
  readonly pieceBytes: { readonly least: number; readonly most: number }
  /** How long a number of connections is tried before it is judged, in milliseconds. */
  readonly measureMs: number
  readonly pace: Pace
  /** The longest that a download may take, in milliseconds. */
  readonly overallMs: number
  /** How often it is written down what has come, in milliseconds. */
  readonly resumptionEveryMs: number
  /** From which size on a file is worth a thread for its hash. */
  readonly largeBytes: number
}

/** The slowest that one connection may be, averaged over `windowMs`. */
export interface Pace {
  readonly windowMs: number
  /** Bytes a second. */
  readonly least: number
  /** So many times slower than its neighbours are on average. */
  readonly behind: number
}

const MiB = 1024 * 1024

export const usualTuning: Tuning = {
  // Servers that live answer within seconds; the platforms' own downloaders would wait for three minutes, or for ever.
  idleMs: 30_000,
  // Twice that: one that is slow in its connection as in its answer, and silent for long in neither, has time for both.
  headMs: 60_000,
  // With backoffs of up to 30 s, full jitter, this survives an outage of about a minute: a firewall or a Wi-Fi that starts anew.
  tries: 8,
  // Four make most lines full; more than eight are rude, and servers begin to refuse them.
  segments: { first: 4, step: 2, most: 8 },
  // The pieces are taken in the file's order. Large ones cost few requests; small ones keep the unhashed rest short, let all connections
  // end together, and spare NTFS from filling with zeros what lies before a write far behind the file's written part.
  pieceBytes: { least: 4 * MiB, most: 16 * MiB },
  // Long enough for a new connection's handshake and slow start over an ocean, short enough to matter within a minute's download.
  measureMs: 1_000,
  // A modem's rate is not worth waiting for; a neighbour's twentieth is a connection that went a bad way: a new one may go a better.
  pace: { windowMs: 15_000, least: 1024, behind: 20 },
  // 1 GB in two hours is 1.1 Mbit/s. A slower line is better served by its own copy of the file, and hosted jobs end after six hours.
  overallMs: 2 * 60 * 60 * 1_000,
  // A resumption costs a flush of what was written since; what came in less time is fetched again soon enough.
  resumptionEveryMs: 5_000,
  // Hashing this takes 20 ms, as long as a thread takes to start.
  largeBytes: 32 * MiB,
}
