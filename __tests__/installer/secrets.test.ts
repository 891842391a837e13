import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { runStep } from '../../src/step.ts'
import {
  type Answer,
  type FaultServer,
  faultServer,
  page,
  ranges,
  redirect,
  reset,
  status,
  whole,
} from '../support/fault-server.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { tinyDocker } from '../support/tiny-docker.ts'
import { type Bench, everythingToldTo, makeBench } from './bench.ts'

const { bytes, fileName, sha256 } = sampleInstaller('5.70.9748.2')
const path = `/${fileName}`
const file = { bytes, state: { etag: '"first"' } }
const user = 'deployment-reader'
const password = 'p%40ss+w0rd%2Fof-the-mirror'
const signature = 'c2lnbmF0dXJlLW9mLXRoZS10b2tlbg%3D%3D'
const query = `?sv=2024-08-04&se=2026-12-01T00%3A00%3A00Z&sig=${signature}`
const secrets = [user, password, decodeURIComponent(password), signature, decodeURIComponent(signature), '2026-12-01T00', 'sig=']

/** What waits between two attempts is over at once; heartbeats and the limits of a docker command never are. */
const untilAborted = (ms: number, signal?: AbortSignal) =>
  new Promise<void>(resolve => {
    if (ms < 30_000) resolve()
    else signal?.addEventListener('abort', () => resolve(), { once: true })
  })

let bench: Bench
let server: FaultServer
let answers: Record<string, readonly Answer[]>
beforeEach(async () => {
  bench = await makeBench()
  answers = { '/elsewhere': [ranges(file, { sent: 9, ending: 'reset' }), status(403)] }
  server = await faultServer(answers)
})
afterEach(async () => {
  await server.close()
  await bench.remove()
})

const outcomes: readonly (readonly [string, readonly Answer[], string])[] = [
  ['a good answer', [whole(bytes)], 'build-failed'],
  ['ranges', [ranges(file)], 'build-failed'],
  ['ranges, of which some break', [ranges(file), ranges(file, { sent: 9, ending: 'reset' }), ranges(file)], 'build-failed'],
  ['ranges that end in 403', [redirect(`/elsewhere${query}`)], 'download-failed'],
  ['a good answer in the end', [status(503), reset(bytes, 1_000), whole(bytes)], 'build-failed'],
  ['403', [status(403)], 'download-failed'],
  ['404', [status(404)], 'installer-not-found'],
  ['503 for ever', [status(503)], 'download-failed'],
  ['a page', [page(`<html>${password} ${query}</html>`)], 'installer-not-msi'],
  ['a redirect to another server', [redirect(`http://mirror.example/a.msi${query}`)], 'download-failed'],
  ['a redirect to itself', [redirect(`${path}${query}`)], 'download-failed'],
  ['another version', [whole(sampleInstaller('5.69.9720.1').bytes)], 'installer-version-mismatch'],
]
const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('user name, password and query of an address are told nowhere and kept nowhere', () => {
  test.each(outcomes)('after %s', async (_, given, reason) => {
    answers[path] = given
    const msiUrl = `${server.url(path).replace('http://', `http://${user}:${password}@`)}${query}`
    const host = bench.host({
      clock: { ...bench.clock, sleep: untilAborted },
      inputs: { mode: 'build', msiUrl, cacheDir: 'cache', verifySignature: 'false' },
      environment: { PATH: await tinyDocker(join(bench.folder, 'bin')) },
    })
    await runStep(host, resolve('container'))

    expect(host.outputs.reason).toBe(reason)
    expect(server.requests[0]?.path).toBe(`${path}${query}`)
    expect(server.requests[0]?.headers.authorization).toMatch(/^Basic /)
    const files = await bench.files()
    const contents = await Promise.all(files.map(async file => readFile(join(bench.folder, file), 'latin1')))
    const places = {
      told: everythingToldTo(host),
      names: files.join('\n'),
      contents: contents.join('\n'),
      state: `${host.state.load()}`,
    }
    for (const [place, text] of Object.entries(places))
      for (const secret of secrets) expect({ place, holds: text.includes(secret) }).toEqual({ place, holds: false })
    expect(host.masks).toEqual(expect.arrayContaining([user, password, decodeURIComponent(signature)]))
  })

  test('a query that tells what everyone may know leaves the outputs whole', async () => {
    answers['/dl'] = [whole(bytes)]
    const msiUrl = `${server.url('/dl')}?package=shir@5.70.9748.2&version=5.70.9748.2&se=2027-09-09&sum=${sha256}&sig=${signature}`
    const host = bench.host({
      clock: { ...bench.clock, sleep: untilAborted },
      inputs: { mode: 'build', msiUrl, shirVersion: '5.70.9748.2', msiSha256: sha256 },
      environment: { PATH: await tinyDocker(join(bench.folder, 'bin')) },
    })
    await runStep(host, resolve('container'))
    expect(host.outputs).toMatchObject({
      shirVersion: '5.70.9748.2',
      msiSha256: sha256,
      cacheKey: `shir-5.70.9748.2-${sha256.slice(0, 16)}`,
      expires: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    })
    expect(everythingToldTo(host)).not.toMatch(/package=|sig=|c2lnbmF0/)
  })

  test('after an address that cannot be read, since its password is not escaped', async () => {
    const unescaped = 's3cret/of-the-mirror'
    const host = bench.host({ inputs: { mode: 'build', msiUrl: `https://${user}:${unescaped}@mirror.example/a.msi${query}` } })
    await runStep(host, resolve('container'))
    expect(host.outputs.reason).toBe('invalid-input')
    for (const part of [user, unescaped, signature]) expect(everythingToldTo(host)).not.toContain(part)
  })
})
