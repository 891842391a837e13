import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How one request is answered. */
export type Answer = (response: ServerResponse) => void

interface SeenRequest {
  /** With the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The client's, which tells connections apart. */
  readonly port: number | undefined
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
    requests.push({ path, headers: request.headers, port: request.socket.remotePort })
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

/** A file as a server has it; its fields may be changed between two requests. */
export interface ServedFile {
  bytes: Buffer<ArrayBufferLike>
  /** Headers that name its state. */
  readonly state: Record<string, string>
}

/** What a server does wrong while it gives a range. */
export interface RangeFault {
  /** It sends so many bytes of the range, and then ends, resets, or says no more. */
  readonly sent?: number
  readonly ending?: 'end' | 'reset' | 'stall'
  /** Headers that are told instead of the right ones; an empty one is left out. */
  readonly headers?: Readonly<Record<string, string>>
  /** It sends the range without telling its length, in chunks. */
  readonly isChunked?: boolean
}

/** Gives ranges of a file, as a good server does: the whole where `If-Range` names another state, 416 where there is nothing. */
export function ranges(
  { bytes, state }: ServedFile,
  { sent, ending = 'end', headers: wrong = {}, isChunked }: RangeFault = {},
): Answer {
  return response => {
    const { range = '', 'if-range': ifRange } = response.req.headers as Readonly<Record<string, string | undefined>>
    const isOf = ifRange === undefined || Object.values(state).includes(ifRange)
    const [, from, last] = (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).map(Number)
    if (from === undefined || last === undefined || !isOf)
      return void response.writeHead(200, { 'content-length': bytes.length, ...state }).end(bytes)
    if (from >= bytes.length) return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    const part = bytes.subarray(from, last + 1)
    const right = {
      ...(isChunked ? {} : { 'content-length': String(part.length) }),
      'content-range': `bytes ${from}-${from + part.length - 1}/${bytes.length}`,
      ...state,
    }
    const headers = Object.fromEntries(Object.entries({ ...right, ...wrong }).filter(([, value]) => value !== ''))
    response.writeHead(206, headers)
    if (sent === undefined) return void response.end(part)
    response.write(part.subarray(0, sent), () => {
      if (ending === 'end') response.socket?.end()
      if (ending === 'reset') response.socket?.resetAndDestroy()
    })
  }
}
