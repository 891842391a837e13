import type { Socket } from 'node:net'
import { HttpFailure } from './failure.ts'

/** A limit on a socket's silence. */
export interface Silence {
  /** Our reader is behind: that nothing comes says nothing about the server. */
  wait(): void
  /** We are ready to read: the time counts from now on. */
  listen(): void
  /** The socket is someone else's now. */
  forget(): void
}

/** Calls `end` where a socket brings nothing for `idleMs` in which we were ready to read. */
export function limitSilence(socket: Socket, idleMs: number, end: (failure: HttpFailure) => void): Silence {
  const look = async () => {
    const { bytesRead, bytesWritten } = socket
    // After a pause of this whole process its timers run before what came meanwhile is read, which gets its turn first.
    await new Promise(resolve => setImmediate(resolve))
    const isWaiting = socket.timeout === 0
    if (!isWaiting && socket.bytesRead === bytesRead && socket.bytesWritten === bytesWritten)
      end(new HttpFailure(`The server sent nothing for ${idleMs / 1_000} s (timeout)`))
  }
  let isOurs = true
  const limit = (ms: number) => {
    if (isOurs) socket.setTimeout(ms)
  }
  limit(idleMs)
  socket.on('timeout', look)
  return {
    wait: () => limit(0),
    listen: () => limit(idleMs),
    forget: () => {
      limit(0)
      isOurs = false
      socket.off('timeout', look)
    },
  }
}
