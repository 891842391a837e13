import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a registry does wrong to the requests that fit, so many times. */
export interface RegistryFault {
  readonly method: string
  /** Of the address, `/v2/…`. */
  readonly path: RegExp
  readonly times: number
  readonly commit: (response: ServerResponse) => void
}

/** A registry that does wrong by order. */
export interface RegistryProxy {
  /** `127.0.0.1:PORT` */
  readonly name: string
  /** From now on; the faults of before are over. */
  commit(...faults: readonly RegistryFault[]): void
  /** `METHOD path` of what was answered wrongly so far. */
  readonly committed: readonly string[]
  close(): Promise<void>
}

/** An answer in the registry's own notation. */
export function refuses(status: number, code: string, message: string): RegistryFault['commit'] {
  return response =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errors: [{ code, message }] }))
}

/** An answer with the page of a proxy, or with nothing. */
export function answers(status: number, page = ''): RegistryFault['commit'] {
  return response => void response.writeHead(status, { 'content-type': 'text/html' }).end(page)
}

/** Ends the connection without an answer: in good order, which Docker calls EOF, or by a reset. */
export const hangsUp: RegistryFault['commit'] = response => void response.socket?.end()
export const resets: RegistryFault['commit'] = response => void response.socket?.resetAndDestroy()

/** Stands in front of a registry; what no fault fits goes through as it is. */
export async function registryProxy(registry: string): Promise<RegistryProxy> {
  const committed: string[] = []
  let faults: { readonly fault: RegistryFault; left: number }[] = []
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request
    const due = faults.find(({ fault, left }) => left > 0 && fault.method === method && fault.path.test(url))
    if (due === undefined) return forward(registry, request, response)
    due.left--
    committed.push(`${method} ${url}`)
    request.resume()
    due.fault.commit(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    name: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    commit: (...ordered) => {
      faults = ordered.map(fault => ({ fault, left: fault.times }))
    },
    committed,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** With the host that was asked for, which the registry names where an upload goes on. */
function forward(registry: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request
  const [host, port] = registry.split(':')
  const onward = ask({ host, port, method, path: url, headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}
