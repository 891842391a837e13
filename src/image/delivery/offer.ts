import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Host } from '../../host/host.ts'
import { deliveryFailed } from './failure.ts'

/** A verified installer, and the address of this machine at which containers can fetch it. */
export interface Offered {
  readonly file: string
  /** Of the file, in bytes. */
  readonly size: number
  /** One address of this machine; nothing is offered at any other. */
  readonly address: string
  /** The file's name in the URL: some tools name by it what they fetch. */
  readonly name: string
}

/** An installer that can be fetched until `close`. */
export interface Offer {
  readonly url: string
  /** How often the whole file went out; its last bytes may still be on their way. */
  delivered(): number
  /** How often it was asked for. */
  requested(): number
  /** Ends every delivery. */
  close(): Promise<void>
}

/** A dead client holds nothing for ever. A disk that writes back a gigabyte can hold a good one up for a while. */
const limits = { headMs: 10_000, silenceMs: 120_000 }

/** Read at once: as much as stays in memory for each delivery. */
const chunkSize = 1024 * 1024

/**
 * Offers a file over HTTP at one address of this machine, under a path that nobody can guess; everything else is answered with a
 * bare 404. After it listens no client can make it fail, and a cancel ends it.
 * @param limits how long a client's head may take, and how long a client may take no byte
 * @throws StepError `delivery-failed` where it cannot listen there
 */
export async function offerInstaller(
  offered: Offered,
  host: Pick<Host, 'signal' | 'spell'>,
  { headMs, silenceMs } = limits,
): Promise<Offer> {
  const { createServer } = await import('node:http') // a good part of a cold start: loaded only where something is offered
  const path = `/${randomBytes(32).toString('base64url')}/${encodeURIComponent(offered.name)}`
  const counts = { requested: 0, delivered: 0 }
  const heads = { headersTimeout: headMs, requestTimeout: headMs, connectionsCheckingInterval: headMs / 2 }
  const server = createServer({ ...heads, requireHostHeader: false }, (request, response) => {
    response.on('error', () => undefined) // the client's loss: the build says what it lacks
    const isAsked = request.url === path && (request.method === 'GET' || request.method === 'HEAD')
    if (!isAsked) return refuse(response)
    counts.requested++
    void deliver(offered, request, response, counts)
  })
  server.timeout = silenceMs
  // What is no HTTP, or asks for more than a file, learns nothing either.
  server.on('clientError', (_, socket) => socket.destroy())
  server.on('checkExpectation', (_, response) => refuse(response))

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: offered.address, port: 0 }, () => resolve((server.address() as AddressInfo).port))
  }).catch((error: NodeJS.ErrnoException) => {
    throw deliveryFailed(`it cannot be offered at ${offered.address} (${error.code})`, host, { cause: error })
  })
  server.on('error', () => undefined) // a connection that could not be accepted is its client's loss alone

  const closed = new Promise<void>(resolve => server.once('close', resolve))
  const end = () => {
    server.close()
    server.closeAllConnections()
  }
  if (host.signal.aborted) end()
  else host.signal.addEventListener('abort', end, { once: true })
  return {
    url: `http://${offered.address.includes(':') ? `[${offered.address}]` : offered.address}:${port}${path}`,
    delivered: () => counts.delivered,
    requested: () => counts.requested,
    close: () => {
      host.signal.removeEventListener('abort', end)
      end()
      return closed
    },
  }
}

/** The same for everything that is not the file, so that it tells nothing. */
function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Length': 0, Connection: 'close' }).end()
}

async function deliver(
  { file, size }: Offered,
  { method }: IncomingMessage,
  response: ServerResponse,
  counts: { delivered: number },
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': size,
    'Accept-Ranges': 'none',
    Connection: 'close',
  })
  if (method === 'HEAD') return void response.end()
  try {
    let sent = 0
    for await (const chunk of createReadStream(file, { end: size - 1, highWaterMark: chunkSize })) {
      await send(response, chunk)
      sent += chunk.length
    }
    // A file that was cut meanwhile must not look whole.
    if (sent !== size) return void response.destroy()
    counts.delivered++ // before the end: by now the client may have gone, content
    response.end()
  } catch {
    response.destroy() // the client went, or the file did
  }
}

/** Resolves once the system has taken the bytes. @throws Error where the connection ends before */
function send(response: ServerResponse, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('The connection ended.'))
    response.once('close', gone)
    response.write(chunk, error => {
      response.off('close', gone)
      if (error) reject(error)
      else resolve()
    })
  })
}
