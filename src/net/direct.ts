import { connect as connectPlainly, isIP, type OnReadOpts, type Socket } from 'node:net'
import { addAbortSignal } from 'node:stream'
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls'
import type { Clock } from '../host/host.ts'
import { callOf } from './credentials.ts'
import { HttpFailure, refusalOf } from './failure.ts'
import { type Head, longestHead, parseHead, requestFor } from './head.ts'
import { type Limits, limitTime, tooLate } from './limits.ts'
import { openTunnel, type ProxyFor } from './proxy.ts'
import { limitSilence, type Silence } from './silence.ts'

/** Where the bytes of a body are put as they come. */
export interface Room {
  /** Where the next ones go; never empty. */
  next(): Buffer
  /** So many came there. Where it answers false the connection waits for `resume`; what it has already may still come. */
  took(bytes: number): boolean
}

/**
 * A connection that is asked for one range after the other and puts the bytes right where they are wanted. Node's own client makes
 * an object of each 16 KB that TLS brings; without that, 1 GB costs half of its processor time (docs/benchmarks.md). This one knows
 * answers in their plainest form alone: any other is for Node's client to read, which is then asked the same.
 */
export interface Direct {
  /**
   * Asks for a range.
   * @param accept says where the body goes; what it throws ends the connection
   * @returns true when the whole body came; false, with the connection closed, for an answer that it cannot read
   * @throws HttpFailure for what is no success; what the connection does comes as Node's own error, for `classify`
   */
  fetch(url: URL, headers: Readonly<Record<string, string>>, accept: (head: Head) => Room): Promise<boolean>
  /** Goes on after there was no room. */
  resume(): void
  /** Ends what is fetched with that error. */
  destroy(error: Error): void
  close(): void
}

export interface DirectOptions extends Limits {
  readonly clock: Clock
  readonly proxyFor: ProxyFor
  readonly signal: AbortSignal
}

/** Made anew each time: an error keeps the stack that made it, and so the step on it. */
class ClosedByServer extends HttpFailure {
  constructor() {
    super('The server closed the connection')
  }
}

/** Who hears what a connection brings. */
interface Listener {
  /** Where what comes next is put. Asked after each arrival: the first bytes of an answer are where the last one's listener had them put. */
  next(): Buffer
  /** Whether more may come. */
  took(bytes: Buffer): boolean
  broke(error: Error): void
}

/**
 * Copies a chunk to where its reader wants it, piece by piece.
 * @param took hears of each piece, where it lies now
 * @returns whether more may come
 */
export function spread(chunk: Buffer, next: () => Buffer, took: (bytes: Buffer) => boolean): boolean {
  let mayCome = true
  for (let at = 0; at < chunk.length; ) {
    const place = next()
    const copied = chunk.copy(place, 0, at)
    at += copied
    mayCome = took(place.subarray(0, copied))
  }
  return mayCome
}

export function openDirect(options: DirectOptions): Direct {
  let connection: Connection | undefined
  let origin = ''

  /** Between two requests nothing comes. What comes all the same is no part of an answer, nor is what would follow it. */
  const idle: Listener = {
    next: () => Buffer.allocUnsafe(longestHead),
    took: () => {
      close()
      return false
    },
    broke: () => {},
  }
  let heard = idle

  const close = () => {
    heard = idle
    connection?.socket.destroy()
    connection = undefined
  }

  const listen = () => {
    connection?.silence.listen()
    connection?.socket.resume()
  }

  /** While the reader is behind, the limit on silence rests. */
  const limited = (mayCome: boolean) => {
    if (!mayCome) connection?.silence.wait()
    return mayCome
  }

  const open = async (url: URL) => {
    close()
    const onread = {
      buffer: () => heard.next(),
      callback: (count: number, at: Uint8Array) => limited(heard.took((at as Buffer).subarray(0, count))),
    }
    const opened = await connect(url, onread, options)
    const { socket } = opened
    const broke = (error: Error) => {
      if (connection === opened) heard.broke(error)
    }
    // Through a tunnel Node does not know `onread`, and hands over objects after all.
    socket.on('data', (chunk: Buffer) => {
      const mayCome = spread(
        chunk,
        () => heard.next(),
        bytes => heard.took(bytes),
      )
      if (!limited(mayCome)) socket.pause()
    })
    socket.on('error', broke)
    socket.on('end', () => broke(new ClosedByServer()))
    socket.on('close', () => broke(new ClosedByServer()))
    connection = opened
    origin = url.origin
    return socket
  }

  const exchange = (on: Socket, text: string, accept: (head: Head) => Room) =>
    new Promise<boolean>((resolve, reject) => {
      const lift = limitTime(options.clock, options.headMs, () => broke(tooLate('The server did not answer', options.headMs)))
      const done = (isWhole: boolean, isKept: boolean) => {
        lift()
        heard = idle
        if (!isKept) close()
        resolve(isWhole)
      }
      const broke = (error: unknown) => {
        lift()
        close()
        reject(error)
      }
      const accepting = (head: Head) => {
        lift()
        return accept(succeeding(head, options.clock))
      }
      heard = answerListener(accepting, done, broke)
      on.write(text, 'latin1')
      listen()
    })

  return {
    fetch: async (url, headers, accept) => {
      const text = requestFor(callOf(url), headers)
      const socket = connection?.socket
      if (socket === undefined || socket.destroyed || origin !== url.origin) return exchange(await open(url), text, accept)
      let isAnswered = false
      const accepting = (head: Head) => {
        isAnswered = true
        return accept(head)
      }
      return exchange(socket, text, accepting).catch(async error => {
        // A kept connection may be closed by the server in the moment in which it is used again: that says nothing of the server.
        if (isAnswered || !isClosing(error) || options.signal.aborted) throw error
        return exchange(await open(url), text, accept)
      })
    },
    resume: listen,
    destroy: error => heard.broke(error),
    close: () => {
      heard.broke(new HttpFailure('The connection was closed'))
      close()
    },
  }
}

/** What a connection says that was closed from the other side. */
function isClosing(error: unknown): boolean {
  return error instanceof ClosedByServer || ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function succeeding(head: Head, clock: Clock): Head {
  if (head.status >= 200 && head.status < 300) return head
  throw refusalOf(head.status, head.text, head.headers['retry-after'], clock)
}

/** Reads a head, asks where its body goes, and puts it there. */
function answerListener(
  accept: (head: Head) => Room,
  done: (isWhole: boolean, isKept: boolean) => void,
  broke: (error: unknown) => void,
): Listener {
  let top = Buffer.alloc(0)
  let room: Room | undefined
  let left = 0
  let isKept = true

  const tookBody = (body: Room, count: number): boolean => {
    left -= count
    if (left < 0) throw new HttpFailure('The server sends more than was asked for')
    const isFree = body.took(count)
    if (left === 0) done(true, isKept)
    return left === 0 || isFree
  }

  const tookHead = (bytes: Buffer): boolean => {
    top = Buffer.concat([top, bytes])
    const end = top.indexOf('\r\n\r\n')
    if (end < 0 && top.length < longestHead) return true
    const head = end < 0 ? undefined : parseHead(top.toString('latin1', 0, end))
    if (head === undefined) {
      done(false, false)
      return false
    }
    room = accept(head)
    left = head.length
    isKept = head.isKept
    let isFree = true
    if (left === 0) done(true, isKept)
    for (let at = end + 4; at < top.length; ) {
      const copied = top.copy(room.next(), 0, at)
      at += copied
      isFree = tookBody(room, copied)
    }
    return isFree
  }

  return {
    next: () => room?.next() ?? Buffer.allocUnsafe(longestHead),
    took: bytes => {
      try {
        return room ? tookBody(room, bytes.length) : tookHead(bytes)
      } catch (error) {
        broke(error)
        return false
      }
    },
    broke,
  }
}

interface Connection {
  readonly socket: Socket
  readonly silence: Silence
}

/** A connection on which `onread` hears everything: through the proxy of its address, where there is one, and with TLS for https. */
async function connect(url: URL, onread: OnReadOpts, options: DirectOptions): Promise<Connection> {
  const { clock, proxyFor, idleMs, headMs, signal } = options
  const isSecure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (isSecure ? 443 : 80))
  const proxy = proxyFor(url)
  const tunnel = proxy && (await openTunnel(proxy, { host, port }, options))
  const name = isIP(host) === 0 ? { servername: host } : {}
  // Node's types do not know `onread` for TLS.
  const how = { host, port, onread, ...name, ...(tunnel && { socket: tunnel }) }
  const socket = isSecure ? connectSecurely(how as ConnectionOptions) : (tunnel ?? connectPlainly(how))
  addAbortSignal(signal, socket)
  const silence = limitSilence(socket, idleMs, failure => socket.destroy(failure))
  if (socket === tunnel) return { socket, silence }
  const lift = limitTime(clock, headMs, () => socket.destroy(tooLate('The server did not answer', headMs)))
  return new Promise<Connection>((resolve, reject) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => resolve({ socket, silence }))
    socket.on('error', reject)
    socket.once('close', () => reject(new HttpFailure('The connection was closed')))
  }).finally(lift)
}
