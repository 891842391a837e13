import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { memoryHost } from '../../../src/host/memory.ts'
import { systemClock } from '../../../src/host/process-parts.ts'
import { download } from '../../../src/installer/download/download.ts'
import { readResumption } from '../../../src/installer/download/resumption.ts'
import { sha256Of } from './stage.ts'

const kills = 50
const atOnce = 4
const size = 2_000_000
const bytes = randomBytes(size)
const sha256 = sha256Of(bytes)

let folder: string
let server: Server
/** Told of every byte that goes out, by the path that it is asked under. */
let sent: (path: string, count: number) => void = () => {}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shir-kill-'))
  await build({
    entryPoints: [resolve(__dirname, 'fetching.ts')],
    outfile: join(folder, 'fetching.mjs'),
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error' },
  })
  server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const [from = 0, last = size - 1] = (/=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []).slice(1).map(Number)
    const end = Math.min(last + 1, size)
    response.writeHead(206, { etag: '"one"', 'content-length': end - from, 'content-range': `bytes ${from}-${end - 1}/${size}` })
    for (let at = from; at < end && !response.destroyed; at += 16_384) {
      const slice = bytes.subarray(at, Math.min(at + 16_384, end))
      response.write(slice)
      sent(path, slice.length)
      await new Promise(done => setTimeout(done, 1))
    }
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }
const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

/** Fetches in a process of its own, and kills that when the server has sent `point` bytes. */
async function killedAt(point: number, path: string, part: string): Promise<void> {
  const child = spawn(process.execPath, [join(folder, 'fetching.mjs'), urlOf(path), part], { stdio: 'ignore', env: {} })
  let count = 0
  watched.set(path, more => {
    count += more
    if (count >= point) child.kill('SIGKILL')
  })
  await once(child, 'close')
  watched.delete(path)
}
const watched = new Map<string, (count: number) => void>()

test(`kill -9 at ${kills} random points, and each time the next run goes on and is whole`, async () => {
  const asked = new Map<string, number>()
  sent = (path, count) => {
    watched.get(path)?.(count)
    asked.set(path, (asked.get(path) ?? 0) + count)
  }
  const points = Array.from({ length: kills }, () => Math.floor(Math.random() * size))
  const outcomes: object[] = []
  let resumed = 0
  const next = async (): Promise<void> => {
    const index = points.length - 1
    const point = points.pop()
    if (point === undefined) return
    const [path, pathAgain, part] = [`/${index}`, `/again-${index}`, join(folder, `part-${index}`)]
    await killedAt(point, path, part)

    const resumption = await readResumption(part)
    const onDisk = await readFile(part).catch(() => Buffer.alloc(0))
    const lies = (resumption?.done ?? []).filter(({ from, to }) => !onDisk.subarray(from, to).equals(bytes.subarray(from, to)))
    const claimed = (resumption?.done ?? []).reduce((sum, { from, to }) => sum + to - from, 0)
    const host = memoryHost({ machine, clock: systemClock })
    const done = await download({ version: undefined, url: urlOf(pathAgain), shown: 'it' }, part, host)
    const isWhole = (await readFile(part)).equals(bytes)
    const isThrifty = (asked.get(pathAgain) ?? 0) <= size - claimed + 1
    if (claimed > 0) resumed++
    outcomes.push({ point, lies, isWhole, isThrifty, sha256: done.sha256 })
    return next()
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  expect(outcomes).toHaveLength(kills)
  expect(outcomes.map(outcome => ({ ...outcome, point: 0 }))).toEqual(
    Array.from({ length: kills }, () => ({ point: 0, lies: [], isWhole: true, isThrifty: true, sha256 })),
  )
  // How many resumptions a disk takes in that time is its own affair; but a run that never resumes would be as whole.
  expect(resumed).toBeGreaterThan(kills / 10)
})
