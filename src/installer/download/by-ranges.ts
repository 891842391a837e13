import { endOf } from '../../contract/reasons.ts'
import { persistently } from '../../net/attempts.ts'
import { HttpFailure } from '../../net/failure.ts'
import { ledgerOf } from './ledger.ts'
import { offerOf } from './offer.ts'
import { checkSize, type Downloaded, hasherFor, type Order } from './order.ts'
import { openPart } from './part.ts'
import { megabytes, progressOf } from './progress.ts'
import { bytesIn, firstGap, type Range } from './ranges.ts'
import { Restart } from './restart.ts'
import { type Resumption, readResumption, removeResumption, resumptionKeeper } from './resumption.ts'
import { fetchSegments, type Job, type Opened, type Remote, rangeHeaders } from './segments.ts'
import { takeWhole } from './whole.ts'

/**
 * Asks for the first bytes that are missing. The answer tells whether the server gives ranges, and is their first piece; or it is
 * the whole file, which is then taken as it comes.
 * @param isAgain true where this run has begun already: what is kept is its own then
 * @throws Restart where what is kept does not fit what the server has now, and where its address holds no more
 */
export async function fetchByRanges(order: Order, isAgain: boolean): Promise<Downloaded> {
  const kept = await readResumption(order.file)
  const begun = await persistently(order.host, order.tuning.tries, () => begin(order, kept))
  if (begun instanceof Restart) throw begun
  if ('sha256' in begun) return begun
  if (kept && !isAgain) order.host.log(`An earlier run has fetched ${shareOf(kept)}: they are kept.`)
  return fetchRest(order, kept, begun)
}

function shareOf({ done, size }: Resumption): string {
  return `${megabytes(bytesIn(done))} of ${megabytes(size)}`
}

interface Begun {
  readonly remote: Remote
  readonly first: Opened
}

async function begin(order: Order, kept: Resumption | undefined): Promise<Begun | Downloaded | Restart> {
  const { url, client, tuning } = order
  const asked = firstPiece(kept, tuning.pieceBytes.most)
  const unfit = (why: string) =>
    kept ? new Restart('anew', 'The server has another file now than the one that was begun') : new Restart('stream', why)
  const answer = await client.get(url, { headers: rangeHeaders(asked, kept?.validator) }).catch((error: unknown) => {
    if (error instanceof HttpFailure && error.status === 416) return undefined
    throw error
  })
  if (answer === undefined) return unfit('The server does not give the range that was asked for')
  const offer = offerOf(answer, asked, kept?.validator)
  const isFit = kept === undefined || (offer.by === 'ranges' && offer.size === kept.size && offer.validator === kept.validator)
  if (isFit && offer.by === 'stream') return takeWhole(answer, offer.size, order)
  if (isFit && offer.by === 'ranges') {
    const remote = { ...offer, url: answer.url, isRedirected: answer.url.href !== url.href }
    return { remote, first: { answer, piece: { from: asked.from, to: Math.min(asked.to, offer.size) } } }
  }
  answer.body.destroy()
  return unfit(offer.by === 'nothing' ? offer.why : '')
}

/** Of a part that is whole but was not proven the last byte is asked for again: the server must still have that file. */
function firstPiece(kept: Resumption | undefined, bytes: number): Range {
  if (kept === undefined) return { from: 0, to: bytes }
  const { from, to } = firstGap(kept.done, kept.size) ?? { from: kept.size - 1, to: kept.size }
  return { from, to: Math.min(to, from + bytes) }
}

async function fetchRest(order: Order, kept: Resumption | undefined, { remote, first }: Begun): Promise<Downloaded> {
  const { file, client, host, tuning } = order
  const { size, validator } = remote
  const before = kept?.done ?? []
  checkSize(size)
  if (kept === undefined) await removeResumption(file, host)

  const part = await openPart(file, kept !== undefined, size, size - bytesIn(before), host)
  const hasher = await hasherFor(order, size)
  const ledger = ledgerOf(size, before, tuning.pieceBytes)
  ledger.claim(first.piece)
  const progress = progressOf(host, bytesIn(before), size)
  const keeper = resumptionKeeper(part, tuning.resumptionEveryMs, host, () => ({ size, validator, done: ledger.done() }))
  const heard: Job['heard'] = {
    arrived: bytes => progress.came(bytes),
    written: () => {
      hasher.advance(ledger.prefix())
      keeper.consider()
    },
  }
  try {
    const segments = await fetchSegments({ client, remote, part, ledger, heard, host, tuning }, first)
    const sha256 = await hasher.digest(size)
    await keeper.stop()
    // The file is whole and its hash is known: a resumption that Windows holds says nothing any more.
    await removeResumption(file, host).catch(() => {})
    host.log(`${progress.told()}, over ${segments} connections`)
    return { size, sha256 }
  } catch (error) {
    // What a cancelled run has fetched is removed by whoever cancelled, and what is begun anew is worth nothing.
    const isCancelled = host.signal.aborted && endOf(host.signal).code === 'cancelled'
    if (!isCancelled && !(error instanceof Restart && error.how !== 'resume')) await keeper.save()
    if (!(error instanceof Restart)) throw error
    throw new Restart(error.how, error.message, bytesIn(ledger.done()) > bytesIn(before))
  } finally {
    first.answer.body.destroy()
    hasher.close()
    await keeper.stop()
    await part.close()
  }
}
