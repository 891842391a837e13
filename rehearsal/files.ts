import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

/** A file server on loopback, for one folder. */
export interface FileServer {
  /** `http://127.0.0.1:PORT` */
  readonly address: string
  close(): Promise<void>
}

export async function serveFiles(folder: string): Promise<FileServer> {
  const server = createServer(async (request, response) => {
    const file = path.join(folder, path.basename(new URL(request.url ?? '/', 'http://localhost').pathname))
    const facts = await stat(file).catch(() => undefined)
    if (!facts?.isFile()) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': facts.size })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
