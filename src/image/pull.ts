import { StepError } from '../contract/reasons.ts'
import { pullArguments } from '../engine/arguments.ts'
import type { Docker } from '../engine/docker.ts'
import { type ImageFacts, inspectImage } from '../engine/inspect.ts'
import type { Host } from '../host/host.ts'
import { backoffMs, waitForNext } from '../net/attempts.ts'
import { tellForeign } from '../report/guard.ts'
import { isTransient, mostTries, transfer, whyFailed } from './transfer.ts'

/**
 * Pulls an image, again where its registry may just have been busy.
 * @throws StepError `image-missing`, `engine-unreachable`, `cancelled`
 */
export async function pullImage(reference: string, docker: Docker, host: Host): Promise<ImageFacts> {
  host.log(`${reference} is not on this engine; pulling it.`)
  for (let attempt = 1; ; attempt++) {
    const end = await transfer(pullArguments(reference), docker, host, line => tellPull(line, host))
    const facts = end.code === 0 ? await inspectImage(docker, reference) : undefined
    if (facts) return facts
    const why = whyFailed(end)
    if (!isTransient(end) || attempt === mostTries)
      throw new StepError('image-missing', `The image ${reference} is not on this engine and could not be pulled: ${why}`, {
        hint: `Check the reference, log in to its registry, or build the image with ${host.spell('mode')} build.`,
      })
    const waitMs = backoffMs({ retryAfterMs: undefined }, attempt)
    await waitForNext(`${reference} could not be pulled: ${why}`, waitMs, attempt, mostTries, host)
  }
}

/** A pull redraws a line for each layer all the time; only what completes is worth telling. */
function tellPull(line: string, host: Host): void {
  if (/complete|^Digest|^Status|error|denied/i.test(line)) tellForeign(host, line)
}
