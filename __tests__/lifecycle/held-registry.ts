import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A registry that has nothing, says so at once, and never takes what is pushed to it. */
export interface HeldRegistry {
  /** `127.0.0.1:PORT` */
  readonly name: string
  close(): void
}

export async function holdRegistry(): Promise<HeldRegistry> {
  const unknown = JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] })
  const server = createServer(({ url }, response) => {
    if (url === '/v2/') response.writeHead(200, { 'docker-distribution-api-version': 'registry/2.0' }).end()
    else if (url?.includes('/manifests/')) response.writeHead(404, { 'content-type': 'application/json' }).end(unknown)
    // Everything else waits for an answer.
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    name: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
