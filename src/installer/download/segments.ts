import type { Host } from '../../host/host.ts'
import { backoffMs, failureOf } from '../../net/attempts.ts'
import type { Answer, Client } from '../../net/client.ts'
import type { Direct } from '../../net/direct.ts'
import { afterAttempts, HttpFailure, isWorthAnotherTry } from '../../net/failure.ts'
import { gainOf } from './gain.ts'
import type { Ledger } from './ledger.ts'
import { offerOf, type Validator } from './offer.ts'
import { paceOf } from './pace.ts'
import type { Part } from './part.ts'
import type { Range } from './ranges.ts'
import { Restart } from './restart.ts'
import { type Heard, newBuffers, pour, pourDirect, type Sender, type Sink, sinkOf } from './sink.ts'
import type { Tuning } from './tuning.ts'

/** A file on a server that gives it piece by piece. */
export interface Remote {
  /** Where the redirects led: asked directly from then on. */
  readonly url: URL
  /** Whether redirects led there. Such an address may hold only for some minutes. */
  readonly isRedirected: boolean
  readonly size: number
  readonly validator: Validator
}

/** A request that is answered already. */
export interface Opened {
  readonly answer: Answer
  readonly piece: Range
}

export interface Job {
  readonly client: Client
  readonly remote: Remote
  readonly part: Part
  readonly ledger: Ledger
  readonly heard: Pick<Heard, 'arrived' | 'written'>
  readonly host: Host
  readonly tuning: Tuning
}

/** The headers that ask for a range of one state of a file; of any state where `validator` is missing. */
export function rangeHeaders({ from, to }: Range, validator?: Validator): Readonly<Record<string, string>> {
  return { range: `bytes=${from}-${to - 1}`, ...(validator && { 'if-range': validator.value }) }
}

/**
 * Fetches all that the ledger misses, over several connections, each of which takes one piece after the other. What a connection
 * could not bring is brought by the next that is free; one that fails again and again is done without, as long as there are others.
 * @param first the request that told what the server has: its body is the first piece
 * @returns how many connections there were at most
 * @throws HttpFailure where the last connection gives up, Restart, StepError `cancelled`, `disk-full`, `io-failed`
 */
export async function fetchSegments(job: Job, first: Opened): Promise<number> {
  const { client, host, ledger, heard, tuning } = job
  const over = new AbortController()
  const signal = AbortSignal.any([host.signal, over.signal])
  const gain = gainOf(tuning, host.clock.now())
  const lanes: Promise<void>[] = []
  let wanted = tuning.segments.first
  let open = 0
  let most = 0
  let came = 0
  let failed: { readonly error: unknown } | undefined

  const start = (opened?: Opened) => {
    open++
    most = Math.max(most, open)
    const ended = lane(opened).catch(error => {
      failed ??= { error }
      over.abort()
    })
    lanes.push(ended)
  }

  const lane = async (opened?: Opened) => {
    const buffers = newBuffers()
    const direct = client.direct(signal)
    let failures = 0
    try {
      for (let next = opened; ; next = undefined) {
        if (next === undefined && open > wanted) return // it gained nothing
        const piece = next?.piece ?? ledger.take(wanted)
        if (piece === undefined) return
        let at = piece.from
        const hears = hearing(piece, range => {
          at = range.to
        })
        const into = (sender: Sender) => sinkOf(job.part, piece.from, buffers, hears, sender)
        try {
          if (next) await pour(next.answer.body, into)
          else await fetchPiece(job, direct, piece, into, signal)
          if (at < piece.to) throw new HttpFailure(`The answer broke off, ${piece.to - at} bytes before its end`)
          failures = 0
        } catch (error) {
          ledger.giveBack({ from: at, to: piece.to })
          if (over.signal.aborted) return // another one has ended it all
          if (error instanceof Restart) throw error
          const failure = failureOf(error, host)
          // This server gave right answers before: what is none may be of something on the way, which passes.
          if (!isWorthAnotherTry(failure) && !failure.isForeign)
            throw isStale(failure, job.remote) ? new Restart('resume', failure.message) : failure
          failures = at - piece.from >= tuning.pieceBytes.least ? 1 : failures + 1
          if (failures >= tuning.tries) {
            if (open > 1) return
            throw afterAttempts(failure, failures)
          }
          const waitMs = backoffMs(failure, failures)
          host.log(
            `${failure.message}; that connection goes on at byte ${at} in ${Math.ceil(waitMs / 1_000)} s (${failures} of ${tuning.tries})`,
          )
          await host.clock.sleep(waitMs, signal)
        }
      }
    } finally {
      open-- // at once: whoever gives up next must know who is left
      direct.close()
    }
  }

  const hearing = (piece: Range, wrote: (range: Range) => void): Heard => {
    const pace = paceOf(tuning.pace, () => came / wanted, host.clock.now())
    let missing = piece.to - piece.from
    return {
      arrived: bytes => {
        missing -= bytes
        if (missing < 0) throw new HttpFailure('The server sends more than was asked for')
        came += bytes
        const nowMs = host.clock.now()
        pace.came(bytes, nowMs)
        wanted = gain(nowMs, came)
        while (lanes.length < wanted) start()
        heard.arrived(bytes)
      },
      written: range => {
        ledger.written(range)
        wrote(range)
        heard.written(range)
      },
      waited: () => pace.waited(host.clock.now()),
    }
  }

  start(first)
  while (lanes.length < wanted) start()
  for (let index = 0; index < lanes.length; index++) await lanes[index] // more may come while they are waited for
  if (failed) throw failed.error
  if (ledger.prefix() !== job.remote.size) throw new Error('A download ended although bytes are missing.')
  return most
}

/**
 * Fetches a piece of the state that was begun with, and takes nothing else.
 * @throws Restart where the server has, or gives, something else now
 */
async function fetchPiece(
  job: Job,
  direct: Direct,
  piece: Range,
  into: (sender: Sender) => Sink,
  signal: AbortSignal,
): Promise<void> {
  const { client, remote } = job
  const headers = rangeHeaders(piece, remote.validator)
  try {
    if (await pourDirect(direct, remote.url, headers, head => check(head, piece, remote), into)) return
    const answer = await client.get(remote.url, { headers, signal })
    check(answer, piece, remote)
    await pour(answer.body, into)
  } catch (error) {
    if (error instanceof HttpFailure && error.status === 416) throw new Restart('anew', 'The file on the server became shorter')
    throw error
  }
}

/** @throws Restart where an answer does not bring exactly that piece of that state */
function check(answer: Pick<Answer, 'status' | 'headers'>, piece: Range, { size, validator }: Remote): void {
  const offer = offerOf(answer, piece, validator)
  if (offer.by === 'ranges' && offer.size === size && offer.validator === validator) return
  if (offer.by === 'nothing') throw new Restart('stream', offer.why)
  // A whole file is the answer of a server whose file changed, and of one that gives no ranges any more.
  const isSame = offer.by === 'stream' && answer.headers[validator.header] === validator.value
  throw isSame
    ? new Restart('stream', 'The server gives no ranges any more')
    : new Restart('anew', 'The file on the server changed while it was fetched')
}

/** An address behind a redirect is often signed for some minutes only: the one that redirects knows a fresh one. And one that redirects only later is followed anew. */
function isStale({ status = 0 }: HttpFailure, { isRedirected }: Remote): boolean {
  return (status >= 300 && status < 400) || (isRedirected && [401, 403, 404, 410].includes(status))
}
