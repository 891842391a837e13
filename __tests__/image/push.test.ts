import type { RegistryAnswer } from '../../src/engine/manifest.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { pushAll } from '../../src/image/push.ts'
import { scriptedDocker } from '../engine/scripted-docker.ts'
import { recordingClock } from '../support/recording-clock.ts'
import { stepErrorOf } from '../support/rejection.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const imageId = `sha256:${'1'.repeat(64)}`
const digest = `sha256:${'d'.repeat(64)}`
const other = `sha256:${'e'.repeat(64)}`
const found: RegistryAnswer = { kind: 'found', digest, imageId, os: 'windows', osVersion: undefined, bytes: 0 }
const last = `5.70: digest: ${digest} size: 528`

/** Pushes with answers of docker and of the registry that come one after the other, the last ones for ever. */
function pushing(stderrs: readonly string[], registry: readonly RegistryAnswer[] = [found], references = ['r/x:1'], said = last) {
  const abort = new AbortController()
  const clock = recordingClock()
  const host = memoryHost({ machine, clock, signal: abort.signal })
  let pushes = 0
  let asks = 0
  const docker = scriptedDocker(() => {
    const stderr = stderrs[Math.min(pushes++, stderrs.length - 1)] ?? ''
    return { code: stderr === '' ? 0 : 1, stderr }
  })
  const run: typeof docker.run = async (args, options) => {
    const finished = await docker.run(args, options)
    if (finished.code === 0) for (const line of said.split('\n')) options?.onLine?.(line, 'stdout')
    return finished
  }
  const ask = async () => registry[Math.min(asks++, registry.length - 1)] ?? found
  return { host, clock, docker, abort, end: pushAll(imageId, references, ask, { ...docker, run }, host) }
}

test('each reference is pushed, in its order, and has the digest that its registry gave', async () => {
  const { docker, end, host, clock } = pushing([''], [found], ['r/x:1', 'q/y:2'])
  expect(await end).toEqual([
    { reference: 'r/x:1', digest },
    { reference: 'q/y:2', digest },
  ])
  expect(docker.asked).toEqual(['push -- r/x:1', 'push -- q/y:2'])
  expect(clock.sleeps).toEqual([])
  expect(host.lines).toEqual(expect.arrayContaining(['Pushing r/x:1', `│ ${last}`, `Pushed q/y:2: ${digest}`]))
})

test.each([
  'received unexpected HTTP status: 503 Service Unavailable',
  'received unexpected HTTP status: 500 Internal Server Error',
  'error parsing HTTP 502 response body: invalid character \'<\' looking for beginning of value: "<html>"',
  'toomanyrequests: too many requests',
  'error parsing HTTP 429 response body: invalid character \'T\' looking for beginning of value: "Too Many Requests (HAP429).\\n"',
  'Get "https://r/v2/": net/http: TLS handshake timeout',
  'Head "https://r/v2/x/blobs/sha256:1": dial tcp 192.0.2.1:443: i/o timeout',
  'Get "https://r/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  'read tcp 192.0.2.1:1->192.0.2.2:443: read: connection reset by peer',
  'write tcp 192.0.2.1:1->192.0.2.2:443: wsasend: An existing connection was forcibly closed by the remote host.',
  'write tcp 192.0.2.1:1->192.0.2.2:443: write: broken pipe',
  'unexpected EOF',
  'Put "http://r/v2/x/manifests/1": EOF',
  'EOF\n',
])('%s: it is tried again, later and later, and then gone through', async words => {
  const { docker, end, clock, host } = pushing([words, words, words, ''])
  expect(await end).toEqual([{ reference: 'r/x:1', digest }])
  expect(docker.asked).toHaveLength(4)
  expect(clock.sleeps).toHaveLength(3)
  for (const [index, ms] of clock.sleeps.entries()) expect(ms).toBeLessThanOrEqual(2_000 * 2 ** index)
  expect(host.lines.filter(line => /trying again in \d+ s \([123] of 4\)$/.test(line))).toHaveLength(3)
})

test('it is given up after four attempts, with the registry’s own words', async () => {
  const { docker, end } = pushing(['received unexpected HTTP status: 503 Service Unavailable'])
  expect(await stepErrorOf(end)).toMatchObject({
    code: 'push-failed',
    message: 'r/x:1 could not be pushed: received unexpected HTTP status: 503 Service Unavailable (4 attempts)',
    hint: expect.stringContaining('again and again'),
  })
  expect(docker.asked).toHaveLength(4)
})

test.each([
  ['denied: requested access to the resource is denied', 'az acr login'],
  ['unauthorized: authentication required', 'three hours'],
  ['no basic auth credentials', 'docker login'],
  ['error parsing HTTP 403 response body: unexpected end of JSON input: ""', 'docker login'],
  ["name unknown: The repository with name 'x' does not exist in the registry with id '1'", 'Make the repository first'],
  [
    'error parsing HTTP 413 response body: invalid character \'<\' looking for beginning of value: "<html>413 Request Entity Too Large"',
    'client_max_body_size',
  ],
  ['unknown: The operation is disallowed.', 'unlock it'],
  ['Get "https://r/v2/": x509: certificate signed by unknown authority', 'certs.d'],
  ['Get "https://r/v2/": http: server gave HTTP response to HTTPS client', 'insecure-registries'],
  ['Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused', 'reaches it'],
  ['An image does not exist locally with the tag: r/x', 'own words'],
  ['something that nobody has seen', 'own words'],
])('%s: not tried again, and told with what to do', async (words, hint) => {
  const { docker, end } = pushing([words])
  expect(await stepErrorOf(end)).toMatchObject({
    code: 'push-failed',
    message: `r/x:1 could not be pushed: ${words}`,
    hint: expect.stringContaining(hint),
  })
  expect(docker.asked).toHaveLength(1)
})

test('what is pushed already is told when a later one fails', async () => {
  const { end } = pushing(['', 'denied: requested access to the resource is denied'], [found], ['r/x:1', 'q/y:2'])
  expect(await stepErrorOf(end)).toMatchObject({
    message: expect.stringContaining('q/y:2'),
    hint: expect.stringMatching(/ Already pushed: r\/x:1\.$/),
  })
})

describe('what the registry has there afterwards', () => {
  test.each<[string, RegistryAnswer, string]>([
    ['another digest', { ...found, digest: other, imageId: other }, `the registry took ${digest}, but has ${other} there now`],
    [
      'another image',
      { ...found, imageId: other },
      `the registry took the image ${imageId}, but has the image ${other} there now`,
    ],
  ])('%s: someone else was quicker, and it is not pushed over theirs', async (_, answer, why) => {
    const { end, docker } = pushing([''], [answer])
    expect(await stepErrorOf(end)).toMatchObject({
      code: 'push-failed',
      message: `r/x:1 could not be pushed: ${why}`,
      hint: expect.stringContaining('the same tag'),
    })
    expect(docker.asked).toHaveLength(1)
  })

  test('a manifest that an engine of containerd’s takes for the image’s name is ours', async () => {
    const said = `1: digest: ${imageId} size: 1`
    const { end } = pushing([''], [{ ...found, imageId: other, digest: imageId }], undefined, said)
    expect(await end).toEqual([{ reference: 'r/x:1', digest: imageId }])
  })

  test('nothing: it is pushed again, and that is given up too', async () => {
    const once = pushing([''], [{ kind: 'absent' }, found])
    expect(await once.end).toEqual([{ reference: 'r/x:1', digest }])
    expect(once.docker.asked).toHaveLength(2)
    const always = pushing([''], [{ kind: 'absent' }])
    expect(await stepErrorOf(always.end)).toMatchObject({
      code: 'push-failed',
      message: 'r/x:1 could not be pushed: the registry took it, and says that it has no such thing (4 attempts)',
    })
  })

  test('a registry that cannot be asked is said, and no failure', async () => {
    const { end, host } = pushing([''], [{ kind: 'unknown', why: 'no such host' }])
    expect(await end).toEqual([{ reference: 'r/x:1', digest }])
    expect(host.lines).toContain('The registry could not be asked whether it has it: no such host')
  })

  test('a docker that tells no digest is believed, and the registry’s taken', async () => {
    expect(await pushing([''], [found], undefined, 'x: Pushed').end).toEqual([{ reference: 'r/x:1', digest }])
    expect(await pushing([''], [{ kind: 'unknown', why: 'x' }], undefined, '').end).toEqual([
      { reference: 'r/x:1', digest: undefined },
    ])
  })
})

test('a cancel between two attempts ends it', async () => {
  const abort = new AbortController()
  const clock = recordingClock(() => abort.abort())
  const host = memoryHost({ machine, clock, signal: abort.signal })
  const docker = scriptedDocker(() => ({ code: 1, stderr: 'unexpected EOF' }))
  expect(await stepErrorOf(pushAll(imageId, ['r/x:1'], async () => found, docker, host))).toMatchObject({ code: 'cancelled' })
  expect(docker.asked).toHaveLength(1)
})
