import { persistently } from '../../net/attempts.ts'
import type { Answer } from '../../net/client.ts'
import { decoded } from '../../net/coding.ts'
import { HttpFailure } from '../../net/failure.ts'
import { wholeLength } from './offer.ts'
import { checkSize, type Downloaded, hasherFor, mostBytes, type Order } from './order.ts'
import { paceOf } from './pace.ts'
import { openPart, refused } from './part.ts'
import { progressOf } from './progress.ts'
import type { Range } from './ranges.ts'
import { removeResumption } from './resumption.ts'
import { newBuffers, pour, sinkOf } from './sink.ts'

/**
 * Takes a whole body as one stream into a part that begins empty. Where it breaks off nothing can be kept.
 * @param size what the server announced; a body that announces nothing is whole where its connection ends, as far as anyone knows
 */
export async function takeWhole(answer: Answer, size: number | undefined, order: Order): Promise<Downloaded> {
  const { file, host, tuning } = order
  checkSize(size ?? 0)
  await removeResumption(file, host)
  const part = await openPart(file, false, size, size ?? 0, host)
  const hasher = await hasherFor(order, size)
  const progress = progressOf(host, 0, size)
  let [came, written] = [0, 0]
  const pace = paceOf(tuning.pace, () => came, host.clock.now())
  const heard = {
    arrived: (bytes: number) => {
      came += bytes
      if (came > mostBytes) throw new HttpFailure('The server sends more than any installer has', { isFinal: true })
      pace.came(bytes, host.clock.now())
      progress.came(bytes)
    },
    written: ({ to }: Range) => {
      written = to
      hasher.advance(to)
    },
    waited: () => pace.waited(host.clock.now()),
  }
  try {
    // This very answer: an address may be good for one request.
    await pour(decoded(answer), sender => sinkOf(part, 0, newBuffers(), heard, sender))
    if (size !== undefined && written !== size) throw new HttpFailure(`${written} of ${size} bytes came`)
    const sha256 = await hasher.digest(written).catch(refused(file, host))
    host.log(`${progress.told()}, as one stream`)
    return { size: written, sha256 }
  } finally {
    hasher.close()
    await part.close()
  }
}

/**
 * Asks for the whole and for no ranges.
 * @throws HttpFailure
 */
export async function fetchWhole(order: Order): Promise<Downloaded> {
  const { url, client, host, tuning } = order
  return persistently(host, tuning.tries, async () => {
    const answer = await client.get(url)
    if (answer.status !== 206) return takeWhole(answer, wholeLength(answer), order)
    answer.body.destroy()
    throw new HttpFailure('The server gave a part where the whole was asked for')
  })
}
