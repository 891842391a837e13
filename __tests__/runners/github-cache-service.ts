import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the service behaves, besides well. */
export type Mood =
  | 'well'
  /** The job's token may read and not write. */
  | 'read-only'
  /** It may not even read. */
  | 'denied'
  /** Every call is answered with 500. */
  | 'broken'
  /** No call is answered at all. */
  | 'hanging'
  /** The quota of the repository is used up. */
  | 'full'

/** A blob that was uploaded and finalized; `archive` is what `tar` made. */
export interface Entry {
  readonly key: string
  readonly version: string
  readonly archive: Buffer
}

export interface CacheServer {
  /** What the runner tells a job of it. */
  readonly environment: Readonly<Record<string, string>>
  /** Oldest first. May be changed between two runs. */
  readonly entries: Entry[]
  /** `GetCacheEntryDownloadURL shir-…`, `GET blob`, in the order in which they came. */
  readonly calls: readonly string[]
  mood: Mood
  /** Resolves with the first call. */
  readonly called: Promise<void>
  close(): Promise<void>
}

const service = '/twirp/github.actions.results.api.v1.CacheService/'
/** The runner's token of the job, which this imitation knows. */
const token = 'Bearer imitated.runtime.token'

/**
 * GitHub's cache service, version 2, as `@actions/cache` 6.3.0 speaks to it: Twirp calls in JSON, and blobs by signed addresses, put whole or in
 * blocks. Keys are looked up exactly, then by prefix, newest first, within one version (which is a hash over the paths).
 */
export async function serveCache(): Promise<CacheServer> {
  const entries: Entry[] = []
  const calls: string[] = []
  const uploads = new Map<
    string,
    { readonly key: string; readonly version: string; blocks: Map<string, Buffer>; whole?: Buffer }
  >()
  const state = { mood: 'well' as Mood }
  let tellCall = () => {}
  const called = new Promise<void>(resolve => {
    tellCall = resolve
  })

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const body = await read(request)
    if (!url.pathname.startsWith(service)) return blob(request, url, body, response)
    const method = url.pathname.slice(service.length)
    const asked = JSON.parse(body.toString()) as {
      key: string
      version: string
      restore_keys?: readonly string[]
      size_bytes?: string
    }
    calls.push(`${method} ${asked.key}`)
    tellCall()
    if (state.mood === 'hanging') return
    if (state.mood === 'broken') return answer(response, 500, { code: 'internal', msg: 'something went wrong' })
    if (request.headers.authorization !== token) return answer(response, 401, { code: 'unauthenticated', msg: 'who are you?' })
    if (state.mood === 'denied')
      return answer(response, 403, { code: 'permission_denied', msg: 'cache read denied: no readable scopes' })
    if (method === 'GetCacheEntryDownloadURL') return answer(response, 200, find(asked))
    if (method === 'CreateCacheEntry') return answer(response, ...create(asked))
    if (method === 'FinalizeCacheEntryUpload') return answer(response, 200, finalize(asked))
    answer(response, 404, { code: 'bad_route', msg: 'no such method' })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function find({ key, version, restore_keys = [] }: { key: string; version: string; restore_keys?: readonly string[] }) {
    const newest = entries.filter(entry => entry.version === version).reverse()
    const found =
      newest.find(entry => entry.key === key) ?? newest.find(entry => restore_keys.some(prefix => entry.key.startsWith(prefix)))
    if (found === undefined) return { ok: false }
    return {
      ok: true,
      matched_key: found.key,
      signed_download_url: `${address}/download/${entries.indexOf(found)}?sig=c2lnbmVkLWRvd25sb2Fk`,
    }
  }

  function create({ key, version }: { key: string; version: string }): [number, object] {
    if (state.mood === 'full') return [429, { code: 'resource_exhausted', msg: 'insufficient usage' }]
    if (state.mood === 'read-only') return [200, { ok: false, message: 'cache write denied: token is read-only' }]
    if (entries.some(entry => entry.key === key && entry.version === version))
      return [409, { code: 'already_exists', msg: 'it is there' }]
    const id = randomUUID()
    uploads.set(id, { key, version, blocks: new Map() })
    return [200, { ok: true, signed_upload_url: `${address}/upload/${id}?sig=c2lnbmVkLXVwbG9hZA` }]
  }

  function finalize({ key, version, size_bytes }: { key: string; version: string; size_bytes?: string }) {
    const [id, upload] = [...uploads].find(([, one]) => one.key === key && one.version === version) ?? []
    if (id === undefined || upload?.whole === undefined || upload.whole.length !== Number(size_bytes)) return { ok: false }
    uploads.delete(id)
    entries.push({ key, version, archive: upload.whole })
    return { ok: true, entry_id: String(entries.length) }
  }

  function blob(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): void {
    const [, kind, id = ''] = url.pathname.split('/')
    calls.push(`${request.method} blob`)
    if (!url.searchParams.has('sig')) return void response.writeHead(403).end()
    const headers = { etag: '"1"', 'last-modified': 'Sun, 22 Nov 2026 12:00:00 GMT', 'x-ms-request-id': randomUUID() }
    if (kind === 'download') {
      const archive = entries[Number(id)]?.archive ?? Buffer.of()
      return void response
        .writeHead(200, { ...headers, 'content-length': archive.length })
        .end(request.method === 'HEAD' ? undefined : archive)
    }
    const upload = uploads.get(id)
    if (upload === undefined) return void response.writeHead(404).end()
    const part = url.searchParams.get('comp')
    if (part === 'block') upload.blocks.set(url.searchParams.get('blockid') ?? '', body)
    else if (part === 'blocklist')
      upload.whole = Buffer.concat(
        [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g)].map(
          ([, one = '']) => upload.blocks.get(one) ?? Buffer.of(),
        ),
      )
    else upload.whole = body
    response.writeHead(201, headers).end()
  }

  return {
    environment: {
      RUNNER_ENVIRONMENT: 'github-hosted',
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: `${address}/`,
    },
    entries,
    calls,
    called,
    get mood() {
      return state.mood
    },
    set mood(mood) {
      state.mood = mood
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
