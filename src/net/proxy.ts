import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { isLoopback } from '../contract/kinds.ts'
import type { Clock, Host } from '../host/host.ts'
import { basicOf } from './credentials.ts'
import { classify, HttpFailure } from './failure.ts'
import { type Limits, limitTime, tooLate } from './limits.ts'

/**
 * Which proxy leads to an address, by the host's environment; `undefined` where none does.
 * @throws HttpFailure, final, where that proxy's own address cannot be used
 */
export type ProxyFor = (url: URL) => URL | undefined

/** A server, by name or number. */
export interface Destination {
  readonly host: string
  readonly port: number
}

/** `host:port`, as addresses and CONNECT spell it. */
export function authorityOf({ host, port }: Destination): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` in either letter case; `HTTP_PROXY` stands for the first where that is missing.
 * This machine itself is never asked through one: a proxy would take its own machine to be meant, and see a password in clear text.
 */
export function proxiesOf(environment: Host['environment']): ProxyFor {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || ''
  // Read when they are needed: one that cannot be used hinders nobody else.
  const secure = () => proxyAt('HTTPS_PROXY', read('HTTPS_PROXY'))
  const plain = () => proxyAt('HTTP_PROXY', read('HTTP_PROXY'))
  const exceptions = read('NO_PROXY')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  return url => {
    if (isLoopback(url.hostname) || exceptions.some(exception => covers(exception, url))) return undefined
    return url.protocol === 'https:' ? (secure() ?? plain()) : plain()
  }
}

function proxyAt(name: string, address: string): URL | undefined {
  if (address === '') return undefined
  // Many write `host:port`, and most programs take it.
  const whole = /^[^/]+:\d+\/?$/.test(address) ? `http://${address}` : address
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  // The address itself is not told: it may hold a password.
  throw new HttpFailure(`The proxy’s address in ${name} cannot be used`, { isFinal: true, hint: 'Write it as http://host:port.' })
}

/** `*`, or a name with an optional port; `example.com`, `.example.com` and `*.example.com` all mean it and what is below it. */
function covers(exception: string, url: URL): boolean {
  if (exception === '*') return true
  const [, pattern = exception, port] = /^(.*?)(?::(\d+))?$/.exec(isIP(exception) === 6 ? `[${exception}]` : exception) ?? []
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false
  const name = pattern.replace(/^\*?\./, '')
  return url.hostname === name || (isIP(url.hostname) === 0 && url.hostname.endsWith(`.${name}`))
}

/**
 * Opens a tunnel through a proxy (CONNECT), for http as for https: a proxy then sees no address and no header. The packages that
 * do this read the process's own environment, and print what they connect to where DEBUG is set.
 * @throws HttpFailure where the proxy refuses, or is not reached, which names it as the one who does
 */
export function openTunnel(
  proxy: URL,
  to: Destination,
  options: Limits & { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Socket> {
  const authority = authorityOf(to)
  const authorization = basicOf(proxy)
  return new Promise((resolve, reject) => {
    const ask = (proxy.protocol === 'https:' ? secureRequest : request)({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
      },
      agent: false,
      timeout: options.idleMs,
      signal: options.signal,
    })
    const lift = limitTime(options.clock, options.headMs, () => ask.destroy(tooLate('The proxy did not answer', options.headMs)))
    ask.once('close', lift)
    ask.on('timeout', () => ask.destroy(new HttpFailure('The proxy does not answer (timeout)')))
    ask.on('error', error => reject(options.signal.aborted ? error : unreached(error)))
    // A proxy that answers anything else than a tunnel answers a request like any other server.
    ask.on('response', answer => {
      answer.destroy()
      reject(refusal(answer.statusCode, authorization !== undefined))
    })
    ask.on('connect', (answer, socket: Socket) => {
      lift()
      const { statusCode: status = 0 } = answer
      if (status >= 200 && status < 300) return resolve(socket)
      socket.destroy()
      reject(refusal(status, authorization !== undefined))
    })
    ask.end()
  })
}

/** What the way to a proxy did, so that nobody looks for the fault at the server. */
function unreached(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error
  const failure = classify(error, 'The connection to the proxy')
  const hint = failure.hint ?? 'Check HTTPS_PROXY and HTTP_PROXY of this machine, and whether that proxy can be reached from it.'
  return new HttpFailure(failure.message, { ...failure, cause: error, hint })
}

function refusal(status: number | undefined, hasUser: boolean): HttpFailure {
  return new HttpFailure(`The proxy refuses the connection: it answered ${status}`, {
    // A proxy says 502 to 504 for a server that it cannot reach now; what else it refuses it will refuse again.
    isFinal: status === undefined || status < 500,
    hint: status === 407 ? hintOnUser(hasUser) : 'Let the proxy through to that server, or name the server in NO_PROXY.',
  })
}

function hintOnUser(isGiven: boolean): string {
  return isGiven
    ? 'The proxy does not take the user name and password that stand in its address: correct them there.'
    : 'Give the proxy’s user name and password in HTTPS_PROXY, as in http://user:password@host:port.'
}
