import { StepError } from '../../contract/reasons.ts'
import type { Host } from '../../host/host.ts'
import { openClient } from '../../net/client.ts'
import { HttpFailure } from '../../net/failure.ts'
import { limitTime } from '../../net/limits.ts'
import { explainDownload } from '../explain.ts'
import { isMicrosoft, type Source } from '../source.ts'
import { fetchByRanges } from './by-ranges.ts'
import type { Downloaded, Order } from './order.ts'
import { Restart } from './restart.ts'
import { removeResumption } from './resumption.ts'
import { type Tuning, usualTuning } from './tuning.ts'
import { fetchWhole } from './whole.ts'

/** How often a download begins again for nothing before it does without ranges, and before it gives up. */
const restarts = { byRanges: 5, most: 10 } as const

/**
 * Fetches a source into the file `part`: over several connections where the server gives ranges of one certain state of the file, as one
 * stream elsewhere. A part that an earlier run left, with its resumption `<part>.json`, is resumed where the server still has that
 * file. After a failure both stay for the next run. What the bytes are is for the proof to say.
 * @throws StepError `download-failed`, `installer-not-found`, `disk-full`, `io-failed`, `cancelled`
 */
export async function download(source: Source, part: string, host: Host, tuning: Tuning = usualTuning): Promise<Downloaded> {
  const time = new AbortController()
  const lift = limitTime(host.clock, tuning.overallMs, () => time.abort(tookTooLong(source, tuning)))
  try {
    return await fetched(source, part, { ...host, signal: AbortSignal.any([host.signal, time.signal]) }, tuning)
  } catch (error) {
    // What the end of the time has ended tells only that it was ended.
    if (time.signal.aborted && !host.signal.aborted) throw time.signal.reason
    return explainDownload(source.shown, isMicrosoft(new URL(source.url)) ? 'microsoft' : 'own')(error)
  } finally {
    lift()
  }
}

function tookTooLong({ shown }: Source, { overallMs }: Tuning): StepError {
  const minutes = Math.round(overallMs / 60_000)
  return new StepError('download-failed', `${shown} could not be downloaded: It did not end within ${minutes} minutes.`, {
    hint: 'What has come is kept: the next run goes on from there, where the server gives ranges. Or name a server that is nearer.',
  })
}

async function fetched({ url }: Source, file: string, host: Host, tuning: Tuning): Promise<Downloaded> {
  const client = openClient(host, tuning)
  const order: Order = { url: new URL(url), file, client, host, tuning }
  try {
    for (let restarted = 0, byRanges = true, isAgain = false; ; isAgain = true) {
      try {
        return await (byRanges ? fetchByRanges(order, isAgain) : fetchWhole(order))
      } catch (error) {
        if (!(error instanceof Restart)) throw error
        // An address that holds for some minutes only may be asked for anew as often as it brings something.
        if (error.how !== 'resume' || !error.hasGained) restarted++
        if (restarted > restarts.most) throw new HttpFailure(`${error.message}, again and again`, { isFinal: true })
        host.log(`${error.message}; ${nextStep[error.how]}.`)
        if (error.how !== 'resume') await removeResumption(file, host)
        // What has come is worth its ranges: only a beginning from nothing is tried without them.
        byRanges = byRanges && error.how !== 'stream' && (error.how === 'resume' || restarted <= restarts.byRanges)
      }
    }
  } finally {
    client.close()
  }
}

const nextStep = {
  resume: 'its address is asked for anew, and what has come is kept',
  anew: 'it is fetched from the beginning',
  stream: 'it is fetched from the beginning, as one stream',
} as const
