import type { Dispatcher } from 'undici'

/** What may wait in memory for a slow disk before the server is made to wait after all. */
const mostBehindBytes = 256 * 1024 * 1024

/**
 * Lets a body flow on while its reader is behind. undici stops its parser then, and where the server closes the connection in that
 * moment, as `Connection: close` and HTTP/1.0 do, an assertion ends the whole process (nodejs/undici#5360; 6.29.1 and 7.30.2 have
 * it, 8 has not but needs Node 22).
 */
export function steadily(limitBytes = mostBehindBytes): Dispatcher.DispatcherComposeInterceptor {
  return dispatch => (options, handler) => {
    let behindBytes = 0
    let isHeld = false
    return dispatch(options, {
      onConnect: abort => handler.onConnect?.(abort),
      onError: error => handler.onError?.(error),
      onUpgrade: (status, headers, socket) => handler.onUpgrade?.(status, headers, socket),
      onHeaders: (status, headers, resume, text) => {
        // The reader asks for more only when it has taken what it had.
        const askForMore = () => {
          behindBytes = 0
          if (isHeld) {
            isHeld = false
            resume()
          }
        }
        return handler.onHeaders?.(status, headers, askForMore, text) ?? true
      },
      onData: chunk => {
        behindBytes += chunk.length
        if (handler.onData?.(chunk)) behindBytes = 0
        isHeld = behindBytes > limitBytes
        return !isHeld
      },
      onComplete: trailers => handler.onComplete?.(trailers),
    })
  }
}
