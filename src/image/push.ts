import { StepError } from '../contract/reasons.ts'
import { pushArguments } from '../engine/arguments.ts'
import type { Docker } from '../engine/docker.ts'
import { isImage, type RegistryAnswer } from '../engine/manifest.ts'
import type { Host } from '../host/host.ts'
import { backoffMs, waitForNext } from '../net/attempts.ts'
import { tellForeign } from '../report/guard.ts'
import { pushHint } from './push-hint.ts'
import { isTransient, mostTries, transfer, whyFailed } from './transfer.ts'

/** A reference under which the registry has the image. */
export interface PushedReference {
  readonly reference: string
  /** As the registry gave it; `undefined` where neither docker nor the registry told. */
  readonly digest: string | undefined
}

const silenceHint =
  'Look at the registry’s own state, and at the proxy and the firewall between. A layer that takes longer than that needs a faster line.'

/** How one attempt ended. */
type Attempt =
  | { readonly kind: 'pushed'; readonly digest: string | undefined }
  | { readonly kind: 'failed'; readonly why: string; readonly hint: string; readonly isTransient: boolean }

/**
 * Pushes an image under each of its references, one after the other: each is tried again where the registry may just have been
 * busy, and then looked up, since two jobs may push one tag at once.
 * @param ask asks a registry what it has under a reference
 * @throws StepError `push-failed`, `engine-unreachable`, `cancelled`
 */
export async function pushAll(
  imageId: string,
  references: readonly string[],
  ask: (reference: string) => Promise<RegistryAnswer>,
  docker: Docker,
  host: Host,
): Promise<readonly PushedReference[]> {
  const pushed: PushedReference[] = []
  for (const reference of references) {
    host.log(`Pushing ${reference}`)
    const digest = await pushPersistently(reference, pushed, host, async () => {
      const attempt = await pushOnce(reference, docker, host)
      return attempt.kind === 'pushed' ? compare(attempt.digest, await ask(reference), imageId, host) : attempt
    })
    host.log(`Pushed ${reference}${digest === undefined ? '' : `: ${digest}`}`)
    pushed.push({ reference, digest })
  }
  return pushed
}

async function pushPersistently(
  reference: string,
  before: readonly PushedReference[],
  host: Host,
  push: () => Promise<Attempt>,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    const end = await push()
    if (end.kind === 'pushed') return end.digest
    if (!end.isTransient || attempt === mostTries) {
      const already = before.length > 0 ? ` Already pushed: ${before.map(one => one.reference).join(', ')}.` : ''
      const attempts = attempt === 1 ? '' : ` (${attempt} attempts)`
      throw new StepError('push-failed', `${reference} could not be pushed: ${end.why}${attempts}`, {
        hint: `${end.hint}${already}`,
      })
    }
    await waitForNext(
      `${reference} could not be pushed: ${end.why}`,
      backoffMs({ retryAfterMs: undefined }, attempt),
      attempt,
      mostTries,
      host,
    )
  }
}

async function pushOnce(reference: string, docker: Docker, host: Host): Promise<Attempt> {
  let digest: string | undefined
  const end = await transfer(pushArguments(reference), docker, host, line => {
    digest = /^\S+: digest: (sha256:[0-9a-f]{64}) size: \d+/.exec(line)?.[1] ?? digest
    tellPush(line, host)
  })
  if (end.code === 0) return { kind: 'pushed', digest }
  const hint = end.timedOut ? silenceHint : pushHint(end.stderr)
  return { kind: 'failed', why: whyFailed(end), hint, isTransient: isTransient(end) }
}

/** A push redraws a line for each layer all the time: what completes is worth telling, and that docker itself waits. */
function tellPush(line: string, host: Host): void {
  if (/: (?:Pushed|Layer already exists|Mounted)|Retrying in (?:5|10|15|20) seconds|digest:|error|denied/i.test(line))
    tellForeign(host, line)
}

/** What the registry says now, against what it took. */
function compare(digest: string | undefined, answer: RegistryAnswer, imageId: string, host: Host): Attempt {
  if (answer.kind === 'unknown') {
    host.log(`The registry could not be asked whether it has it: ${answer.why}`)
    return { kind: 'pushed', digest }
  }
  if (answer.kind === 'absent')
    return {
      ...{ kind: 'failed', why: 'the registry took it, and says that it has no such thing', isTransient: true },
      hint: 'Was it deleted in that moment, by a retention rule or by someone else?',
    }
  if ((digest === undefined || answer.digest === digest) && isImage(answer, imageId))
    return { kind: 'pushed', digest: answer.digest }
  const ours = digest === undefined || digest === answer.digest ? `the image ${imageId}` : digest
  const theirs = digest === undefined || digest === answer.digest ? `the image ${answer.imageId}` : answer.digest
  return {
    ...{ kind: 'failed', why: `the registry took ${ours}, but has ${theirs} there now`, isTransient: false },
    hint: 'Someone else has pushed the same tag in the same moment. Give each job a tag of its own, or let one job push at a time.',
  }
}
