import type { buildConnector, Response } from 'undici'
import { isLoopback } from '../contract/kinds.ts'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { connections } from './connections.ts'
import { callOf, withCredentialsOf } from './credentials.ts'
import { afterAttempts, classify, HttpFailure, isOfFileSystem, isWorthAnotherTry, refusalOf } from './failure.ts'
import { steadily } from './steady.ts'

const mostRedirects = 10
const tries = 5
const backoffBaseMs = 1_000
const backoffCapMs = 30_000
/** A server's wish to be left alone for longer than this is not granted. */
const longestWaitMs = 120_000
const pastRedirects = 'Give the https address to which the redirects should lead.'

/** An answer worth having: status 200 to 299, or a redirect where those are not followed. */
export type Answer = Response

/** How long a server may say nothing, in milliseconds. */
export interface Limits {
  readonly connectMs: number
  readonly idleMs: number
}

/** A server that sends nothing for so long is gone; the platforms' own downloaders would wait for ever. */
export const usualLimits: Limits = { connectMs: 30_000, idleMs: 60_000 }

/** What a request may have of its own. */
export interface Particulars {
  /** Sent to the first server alone: a redirect must not carry a token elsewhere. */
  readonly headers?: Readonly<Record<string, string>>
  /** True for an address that a redirect shall lead to and that is not asked itself: `consume` then gets the redirect. */
  readonly isGoal?: (url: string) => boolean
}

/**
 * GETs with proxies from the host's environment, limits on silence, and bounded retries with full jitter. Redirects are
 * followed from https to https only (http: on this machine alone). `consume` reads the body and is part of an attempt: when the
 * connection breaks in it, the whole is tried again.
 * @throws HttpFailure where it gives up, StepError `cancelled`; what the file system refuses to `consume` passes as it is
 */
export async function httpGet<T>(
  url: string,
  host: Host,
  consume: (answer: Answer, finalUrl: string) => Promise<T>,
  limits = usualLimits,
  particulars: Particulars = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(url, host, consume, limits, particulars)
    } catch (error) {
      if (host.signal.aborted) throw cancelled()
      if (isOfFileSystem(error)) throw error
      const failure = classify(error)
      if (attempt >= tries || !isWorthAnotherTry(failure)) throw afterAttempts(failure, attempt)
      const waitMs = Math.min(
        failure.retryAfterMs ?? Math.random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt),
        longestWaitMs,
      )
      host.log(`${failure.message}; trying again in ${Math.ceil(waitMs / 1_000)} s (${attempt} of ${tries})`)
      await host.clock.sleep(waitMs, host.signal)
    }
  }
}

function cancelled(): StepError {
  return new StepError('cancelled', 'The run was cancelled during a download.', { hint: 'Run the step again.' })
}

async function once<T>(
  url: string,
  host: Host,
  consume: (answer: Answer, finalUrl: string) => Promise<T>,
  { connectMs, idleMs }: Limits,
  { headers: own = {}, isGoal }: Particulars,
): Promise<T> {
  const { Agent, buildConnector, EnvHttpProxyAgent, fetch, Pool } = await import('./transport.ts') // loaded only where something is fetched
  const made = connections()
  const limits = {
    connect: made.kept(buildConnector({ timeout: connectMs })),
    ...{ headersTimeout: idleMs, bodyTimeout: idleMs },
    // A proxy’s own connections come from a connector that its agent makes.
    clientFactory: (origin: URL, { connect }: { readonly connect: buildConnector.connector }) =>
      new Pool(origin, { connect: made.kept(connect) }),
  }
  const proxies = proxiesOf(host.environment)
  // The proxy agent warns of itself as experimental at each start: only those who need it shall read that.
  const agent = proxies === undefined ? new Agent(limits) : new EnvHttpProxyAgent({ ...proxies, ...limits })
  const dispatcher = agent.compose(steadily())
  try {
    const first = new URL(url)
    let current = first
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const { href, headers } = callOf(current)
      const answer = await fetch(href, {
        dispatcher,
        redirect: 'manual',
        signal: host.signal,
        headers: { 'user-agent': 'shir-container', accept: '*/*', ...(current.origin === first.origin ? own : {}), ...headers },
      })
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
      if (location !== null) {
        await answer.body?.cancel()
        current = redirected(current, location)
        if (isGoal?.(current.href)) return await consume(answer, current.href)
        continue
      }
      if (!answer.ok) {
        await answer.body?.cancel()
        throw refusalOf(answer, host.clock)
      }
      return await consume(answer, current.href)
    }
    throw new HttpFailure(`The server redirects more than ${mostRedirects} times`, { isFinal: true, hint: pastRedirects })
  } finally {
    await agent.destroy()
    made.end()
  }
}

function redirected(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined
  if (!to || (to.protocol !== 'https:' && !(to.protocol === 'http:' && from.protocol === 'http:' && isLoopback(to.hostname))))
    throw new HttpFailure('The server redirects to an address that is not https', { isFinal: true, hint: pastRedirects })
  return withCredentialsOf(from, to)
}

/**
 * The proxies that the environment names, in either letter case; `undefined` where it names none. What is empty here says no to
 * undici, which would otherwise read the process's own environment.
 */
function proxiesOf(environment: Host['environment']): { httpProxy: string; httpsProxy: string; noProxy: string } | undefined {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || ''
  const [httpProxy, httpsProxy, noProxy] = [read('HTTP_PROXY'), read('HTTPS_PROXY'), read('NO_PROXY')]
  if (!httpProxy && !httpsProxy) return undefined
  if (!isProxy(httpProxy) || !isProxy(httpsProxy))
    // The address itself is not told: it may hold a password.
    throw new HttpFailure(`The proxy’s address in ${isProxy(httpsProxy) ? 'HTTP_PROXY' : 'HTTPS_PROXY'} cannot be used`, {
      isFinal: true,
      hint: 'Write it as http://host:port.',
    })
  return { httpProxy, httpsProxy: httpsProxy || httpProxy, noProxy }
}

function isProxy(address: string): boolean {
  return address === '' || (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))
}
