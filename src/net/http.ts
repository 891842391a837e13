import type { Readable } from 'node:stream'
import type { Host } from '../host/host.ts'
import { persistently } from './attempts.ts'
import type { Answer, Particulars } from './client.ts'
import { HttpFailure } from './failure.ts'
import { type Limits, limitTime, tooLate } from './limits.ts'

const tries = 5

interface TextLimits extends Limits {
  /** How long the text may take from its head to its end, in milliseconds. */
  readonly textMs: number
}

/** A server that sends nothing for so long is gone; the platforms' own downloaders would wait for ever. */
export const usualLimits: TextLimits = { idleMs: 30_000, headMs: 60_000, textMs: 120_000 }

const MiB = 1024 * 1024

/** Pages and lists have some 100 KB; more is nothing that we asked for, and must not fill the memory. */
const longestText = 16 * MiB

/** An answer whose body may be read once, as text; what is not read is left. */
export interface TextAnswer extends Omit<Answer, 'body'> {
  text(): Promise<string>
}

/**
 * GETs something small: proxies from the host's environment, a limit on silence, bounded retries with full jitter. `consume` reads the
 * body and is part of an attempt: when the connection breaks in it, the whole is tried again.
 * @throws HttpFailure where it gives up, StepError `cancelled`
 */
export async function httpGet<T>(
  url: string,
  host: Host,
  consume: (answer: TextAnswer, finalUrl: string) => Promise<T>,
  particulars: Particulars = {},
  limits = usualLimits,
): Promise<T> {
  // Node's own clients, TLS and decoders are a third of a cold start: loaded only where something is fetched.
  const [{ openClient }, { decoded }] = await Promise.all([import('./client.ts'), import('./coding.ts')])
  return persistently(host, tries, async () => {
    const client = openClient(host, limits)
    try {
      const answer = await client.get(new URL(url), particulars)
      return await consume({ ...answer, text: () => textOf(decoded(answer), host, limits) }, answer.url.href)
    } finally {
      client.close()
    }
  })
}

async function textOf(body: Readable, host: Host, { textMs }: TextLimits): Promise<string> {
  const lift = limitTime(host.clock, textMs, () => body.destroy(tooLate('The page did not come', textMs)))
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > longestText) throw new HttpFailure(`The server sends more than ${longestText / MiB} MB`, { isFinal: true })
      parts.push(part)
    }
    return Buffer.concat(parts).toString()
  } finally {
    lift()
  }
}
