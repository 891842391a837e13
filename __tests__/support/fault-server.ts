import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How one request is answered. */
export type Answer = (response: ServerResponse) => void

interface SeenRequest {
  /** With the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
}

export interface FaultServer {
  readonly port: number
  readonly requests: readonly SeenRequest[]
  url(path: string): string
  close(): Promise<void>
}

/**
 * A server on this machine that does wrong by order: the answers of a path are given one after the other, the last one for ever.
 * A path that has none is 404. `answers` may be filled later, where an answer needs the server's own address.
 */
export async function faultServer(answers: Record<string, readonly Answer[]>): Promise<FaultServer> {
  const requests: SeenRequest[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const key = path.split('?')[0] ?? ''
    const count = requests.filter(seen => seen.path.split('?')[0] === key).length
    requests.push({ path, headers: request.headers })
    const known = answers[key] ?? [status(404)]
    const answer = known[Math.min(count, known.length - 1)] ?? status(404)
    answer(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    requests,
    url: path => `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function whole(bytes: Buffer | string, headers: Readonly<Record<string, string>> = {}): Answer {
  return response => void response.writeHead(200, { 'content-length': Buffer.byteLength(bytes), ...headers }).end(bytes)
}

/** Announces all of `bytes` and ends in good order after `sent` of them. */
export function short(bytes: Buffer, sent: number): Answer {
  return response => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, sent), () => response.socket?.end())
  }
}

/** Announces no length: the end of the connection is the end of the body, and it comes after `sent` bytes. */
export function cut(bytes: Buffer, sent: number): Answer {
  return ({ socket }) => {
    socket?.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n')
    socket?.end(bytes.subarray(0, sent))
  }
}

/** Breaks off a body in chunks, whose last chunk would have told its end. */
export function cutInChunks(bytes: Buffer, sent: number): Answer {
  return response => {
    response.writeHead(200)
    response.write(bytes.subarray(0, sent), () => response.socket?.end())
  }
}

/** Announces all, sends `sent` bytes and resets the connection. */
export function reset(bytes: Buffer, sent: number): Answer {
  return response => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, sent), () => response.socket?.resetAndDestroy())
  }
}

/** Sends `sent` bytes and then nothing more, with the connection open. `onStall` is called when they are out. */
export function stalled(bytes: Buffer, sent: number, onStall: () => void = () => {}): Answer {
  return response => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, sent), onStall)
  }
}

/** Takes the request and answers nothing at all. */
export const silent: Answer = () => {}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return response => void response.writeHead(code, headers).end(`the server's page for ${code}`)
}

export function redirect(to: string, code = 302): Answer {
  return status(code, { location: to })
}

export function page(html = '<!DOCTYPE html><html><body>Sign in</body></html>'): Answer {
  return whole(html, { 'content-type': 'text/html' })
}
