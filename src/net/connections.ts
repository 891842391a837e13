import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'

/** Every connection that an agent has made, so that its end can be made sure of. */
export interface Connections {
  /** A connector of undici’s, whose connections are kept here. */
  kept(connect: buildConnector.connector): buildConnector.connector
  /** Ends them, whatever the agent has done. */
  end(): void
}

/**
 * undici forgets a connection that is made in the moment in which its agent is destroyed: until its parser is compiled, which the
 * first connection of a process waits for, the agent does not know of it (6.29.1, client-h1.js, `await llhttpPromise`). It would keep
 * the process alive for as long as the server likes.
 */
export function connections(): Connections {
  const sockets: Socket[] = []
  return {
    kept: connect => (options, callback) =>
      connect(options, (...result) => {
        const [, socket] = result // undici leaves it out after a failure
        if (socket) sockets.push(socket)
        callback(...result)
      }),
    end: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}
