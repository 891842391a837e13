import { type AgentOptions, type ClientRequestArgs, type IncomingMessage, Agent as PlainAgent, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { isLoopback } from '../contract/kinds.ts'
import type { Host } from '../host/host.ts'
import { callOf, withCredentialsOf } from './credentials.ts'
import { type Direct, openDirect } from './direct.ts'
import { HttpFailure, refusalOf } from './failure.ts'
import { baseHeaders } from './head.ts'
import { type Limits, limitTime, tooLate } from './limits.ts'
import { authorityOf, type Destination, openTunnel, type ProxyFor, proxiesOf } from './proxy.ts'
import { limitSilence, type Silence } from './silence.ts'

const mostRedirects = 10
const pastRedirects = 'Give the https address to which the redirects should lead.'

/** An answer worth having: status 200 to 299, or a redirect to a goal, whose body is not there to read. */
export interface Answer {
  readonly status: number
  /** By lower-case name; of several the first, or all with commas between, as Node joins them. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** As it came, still coded where `content-encoding` says so. Not to be left: read it, or destroy it. */
  readonly body: IncomingMessage
  /** Where the redirects led. May hold a token. */
  readonly url: URL
}

/** What a request may have of its own. */
export interface Particulars {
  /** `authorization` is sent to the first server alone: a redirect must not carry a token elsewhere. */
  readonly headers?: Readonly<Record<string, string>>
  /** True for an address that a redirect shall lead to and that is not asked itself: the redirect is then the answer. */
  readonly isGoal?: (url: string) => boolean
  /** Ends the request; the host's own where none is given. */
  readonly signal?: AbortSignal
}

/** Connections to servers, which are kept and used again until `close`. */
export interface Client {
  /**
   * GETs once, with proxies from the host's environment, following redirects from https to https only (http: on this machine alone).
   * @throws HttpFailure for what is no success; what the connection does comes as Node's own error, for `classify`
   */
  get(url: URL, particulars?: Particulars): Promise<Answer>
  /** A connection for one range after the other, by the same proxies and limits. */
  direct(signal: AbortSignal): Direct
  close(): void
}

/**
 * Node's own client, with an agent that knows proxies: undici, which `fetch` is made of, ends the whole process where a server
 * closes its connection while the reader of a body is behind (nodejs/undici#5360; 6.29.1 and 7.30.2 have it, 8 needs Node 22).
 */
export function openClient(host: Host, limits: Limits): Client {
  const { idleMs, headMs } = limits
  const over = new AbortController()
  // Node's agents end no connection that is only being made: a tunnel would outlast the run that wanted it.
  const ends = AbortSignal.any([host.signal, over.signal])
  const proxyFor = proxiesOf(host.environment)
  const tunnel = (proxy: URL, to: Destination) => openTunnel(proxy, to, { ...limits, clock: host.clock, signal: ends })
  const options: AgentOptions = { keepAlive: true }
  const [secure, plain] = [new SecureAgent(options), new PlainAgent(options)]
  leadThrough(secure, 'https:', proxyFor, tunnel)
  leadThrough(plain, 'http:', proxyFor, tunnel)

  const ask = (url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const call = callOf(url)
      const isSecure = url.protocol === 'https:'
      let answer: IncomingMessage | undefined
      let silence: Silence | undefined
      const sent = (isSecure ? secureRequest : request)(call.href, {
        agent: isSecure ? secure : plain,
        headers: { ...baseHeaders, ...headers, ...call.headers },
        signal,
      })
      sent.on('socket', socket => {
        const limit = limitSilence(socket, idleMs, failure => {
          // What nobody has read yet is no silence of the server.
          if (answer && answer.readableLength > 0) limit.listen()
          else (answer ?? sent).destroy(failure)
        })
        const lift = limitTime(host.clock, headMs, () => sent.destroy(tooLate('The server did not answer', headMs)))
        sent.once('response', lift)
        sent.once('close', lift)
        sent.once('close', limit.forget) // its agent may give it to another request
        silence = limit
      })
      sent.on('error', error => {
        // A kept connection may be closed by the server in the moment in which it is used again: that says nothing of the server.
        const wasStale = sent.reusedSocket && answer === undefined && (error as NodeJS.ErrnoException).code === 'ECONNRESET'
        if (wasStale && !signal.aborted) resolve(ask(url, headers, signal))
        else reject(error)
      })
      sent.on('response', response => {
        answer = response
        // What breaks before anyone reads would end the process otherwise; whoever reads hears it all the same.
        response.on('error', () => {})
        response.on('pause', () => silence?.wait())
        response.on('resume', () => silence?.listen())
        resolve(response)
      })
      sent.end()
    })

  return {
    get: async (url, { headers = {}, isGoal, signal = host.signal } = {}) => {
      const { authorization: _, ...elsewhere } = headers
      let current = url
      for (let redirects = 0; redirects <= mostRedirects; redirects++) {
        const body = await ask(current, current.origin === url.origin ? headers : elsewhere, signal)
        const { statusCode: status = 0, statusMessage } = body
        const fields = body.headers as Answer['headers']
        if (status >= 200 && status < 300) return { status, headers: fields, body, url: current }
        body.destroy()
        if (status < 300 || status >= 400 || fields.location === undefined)
          throw refusalOf(status, statusMessage, fields['retry-after'], host.clock)
        current = redirected(current, fields.location)
        if (isGoal?.(current.href)) return { status, headers: fields, body, url: current }
      }
      throw new HttpFailure(`The server redirects more than ${mostRedirects} times`, { isFinal: true, hint: pastRedirects })
    },
    direct: signal => openDirect({ ...limits, proxyFor, clock: host.clock, signal: AbortSignal.any([signal, over.signal]) }),
    close: () => {
      over.abort()
      secure.destroy()
      plain.destroy()
    },
  }
}

type Connected = (error: Error | null, socket?: Duplex) => void

/** Lets an agent's connections lead through the proxy of their address, where there is one. */
function leadThrough(
  agent: PlainAgent,
  protocol: 'https:' | 'http:',
  proxyFor: ProxyFor,
  tunnel: (proxy: URL, to: Destination) => Promise<Socket>,
): void {
  // Node's own, which knows TLS and its sessions; it takes a connection that exists already as `socket`.
  const connect = agent.createConnection.bind(agent) as (options: object, connected: Connected) => Duplex | undefined
  const connectThrough = (options: ClientRequestArgs, connected: Connected): Duplex | undefined => {
    const to = { host: String(options.host), port: Number(options.port) }
    const proxy = proxyFor(new URL(`${protocol}//${authorityOf(to)}`))
    if (proxy === undefined) return connect(options, connected)
    tunnel(proxy, to).then(
      socket => connected(null, protocol === 'https:' ? connect({ ...options, socket }, () => {}) : socket),
      (error: Error) => connected(error),
    )
    return undefined
  }
  Object.assign(agent, { createConnection: connectThrough })
}

function redirected(from: URL, header: string): URL {
  const location = asWritten(header)
  const refused = (what: string) => new HttpFailure(`The server redirects to ${what}`, { isFinal: true, hint: pastRedirects })
  if (!URL.canParse(location, from.href)) throw refused('something that is no address')
  const to = new URL(location, from.href)
  const isHere = to.protocol === 'http:' && from.protocol === 'http:' && isLoopback(to.hostname)
  if (to.protocol !== 'https:' && !isHere) throw refused('an address that is not https')
  return withCredentialsOf(from, to)
}

/** A header as its server wrote it: Node takes each byte for a letter of Latin-1, and many write UTF-8. */
function asWritten(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'))
  } catch {
    return header
  }
}
