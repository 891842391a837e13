import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const hosts = [
  'go.microsoft.com',
  'www.microsoft.com',
  'download.microsoft.com',
  'api.github.com',
  'raw.githubusercontent.com',
] as const
const stablePath = '/fwlink/?linkid=839822&clcid=0x409'
const pagePath = '/en-us/download/details.aspx?id=39717'
const filesFolder = '/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10/'

/** What Microsoft's servers have. May be changed between two runs. */
export interface Offer {
  /** By file name, such as `IntegrationRuntime_5.70.9748.2.msi`. */
  files: Readonly<Record<string, Buffer>>
  /** The file name to which the stable address leads; or a whole address. */
  stable: string
  /** The Download Center's page; `downloadPage` makes one. */
  page: string
  /** What GitHub has of the public manifest, by address without `https://`. */
  github?: Readonly<Record<string, string>>
  /** True where GitHub's limit of questions is reached. */
  isGithubBusy?: boolean
}

export interface Microsoft {
  readonly offer: Offer
  /** What a child process needs to take this for Microsoft. */
  readonly environment: { readonly HTTPS_PROXY: string; readonly NODE_EXTRA_CA_CERTS: string }
  /** `go.microsoft.com/fwlink/?linkid=…`, in the order in which they came. */
  readonly requests: readonly string[]
  /** The addresses that were asked with an authorization, and that. */
  readonly authorized: readonly (readonly [string, string])[]
  /** `host:port` of every CONNECT, refused ones too. */
  readonly tunnels: readonly string[]
  close(): Promise<void>
}

/**
 * Imitates go.microsoft.com, www.microsoft.com, download.microsoft.com, and GitHub’s hosts of the public manifest on this machine: one
 * HTTPS server with a certificate for all of them (made by `openssl`), and a CONNECT proxy that leads to it and to nowhere else.
 */
export async function imitateMicrosoft(offer: Offer): Promise<Microsoft> {
  const folder = await mkdtemp(join(tmpdir(), 'microsoft-'))
  const { certificate, key } = await certify(folder)
  const requests: string[] = []
  const authorized: [string, string][] = []
  const tunnels: string[] = []
  const sockets = new Set<Socket>()
  const server = createTlsServer({ cert: await readFile(certificate), key: await readFile(key) }, (request, response) => {
    const address = `${request.headers.host}${request.url}`
    requests.push(address)
    if (request.headers.authorization) authorized.push([address, request.headers.authorization])
    const { status, headers = {}, body = '' } = answer(address, offer, request.headers.range)
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body)
  })
  await listen(server)
  const { port } = server.address() as AddressInfo

  const proxy = createServer().on('connect', (request, client: Socket) => {
    const to = request.url ?? ''
    tunnels.push(to)
    sockets.add(client)
    client.on('error', () => client.destroy())
    if (!hosts.some(host => to === `${host}:443`)) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const onward = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'))
    sockets.add(onward)
    onward.on('error', () => client.destroy())
    onward.pipe(client).pipe(onward)
  })
  await listen(proxy)
  return {
    offer,
    requests,
    authorized,
    tunnels,
    environment: {
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      NODE_EXTRA_CA_CERTS: certificate,
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all([server, proxy].map(close))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The Download Center's page with these files, in this order; each an address, or a file name in Microsoft's own folder. */
export function downloadPage(files: readonly string[]): string {
  const downloadFile = files.map(file => {
    const url = file.includes('://') ? file : `https://download.microsoft.com${filesFolder}${file}`
    return {
      isPrimary: 'False',
      name: file.split('/').at(-1),
      url,
      size: '1000',
      version: '5.0',
      datePublished: '11/2/2026 9:14:22 AM',
    }
  })
  const details = { dlcDetailsView: { downloadTitle: 'Integration Runtime', downloadFile } }
  return `<!DOCTYPE html><html><head><title>Download</title><script>window.dataLayer = window.dataLayer || [];</script></head>
<body><script>window.__DLCDetails__=${JSON.stringify(details)}</script><script>window.other={}</script></body></html>`
}

interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

function answer(address: string, { files, stable, page, github, isGithubBusy }: Offer, range: string | undefined): Reply {
  const fileName = new RegExp(`^download\\.microsoft\\.com${filesFolder}([^/?]+)$`, 'i').exec(address)?.[1]
  const file = fileName === undefined ? undefined : files[decodeURIComponent(fileName)]
  if (file) return fileOrRange(file, range)
  if (address === `www.microsoft.com${pagePath}`)
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page }
  if (isGithubBusy && address.startsWith('api.github.com/')) return { status: 403, body: '{"message":"API rate limit exceeded"}' }
  if (github?.[address] !== undefined) return { status: 200, body: github[address] }
  // Microsoft's link leads through a second one, as it does in the world.
  if (address === `go.microsoft.com${stablePath}`) return { status: 302, headers: { location: '/fwlink/p/?LinkID=839822' } }
  if (address === 'go.microsoft.com/fwlink/p/?LinkID=839822')
    return {
      status: 302,
      headers: { location: stable.includes('://') ? stable : `https://download.microsoft.com${filesFolder}${stable}` },
    }
  return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>Not found</html>' }
}

/** As a good server gives a file that never changes. */
function fileOrRange(file: Buffer, range: string | undefined): Reply {
  const headers = { 'content-type': 'application/octet-stream', etag: `"${createHash('sha256').update(file).digest('hex')}"` }
  const [, from, last] = (/^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []).map(Number)
  if (from === undefined || last === undefined) return { status: 200, headers, body: file }
  const body = file.subarray(from, last + 1)
  const end = from + body.length - 1
  return { status: 206, headers: { ...headers, 'content-range': `bytes ${from}-${end}/${file.length}` }, body }
}

/** A certificate for all hosts that vouches for itself, so that naming it in NODE_EXTRA_CA_CERTS is enough. */
async function certify(folder: string): Promise<{ readonly certificate: string; readonly key: string }> {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const names = hosts.map(host => `DNS:${host}`).join(',')
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const files = ['-keyout', key, '-out', certificate]
  await promisify(execFile)('openssl', [...request, ...files, '-subj', '/CN=imitation', '-addext', `subjectAltName=${names}`])
  return { certificate, key }
}

function listen(server: HttpServer | TlsServer): Promise<void> {
  return new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
}

function close(server: HttpServer | TlsServer): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
