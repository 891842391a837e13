import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDocker } from '../../src/engine/docker.ts'
import { askRegistry } from '../../src/engine/manifest.ts'
import type { Clock } from '../../src/host/host.ts'
import { handClock } from '../support/hand-clock.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { describeWith } from '../support/program.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { arm, attestation, digestOf, linux, oci, schema2, windows } from './recorded-manifests.ts'
import { scriptedDocker } from './scripted-docker.ts'

const linuxEngine = { os: 'linux', windowsBuild: undefined } as const
const server2022 = { os: 'windows', windowsBuild: 20348 } as const

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

const answeredBy = (stdout: unknown, engine: Parameters<typeof askRegistry>[2]) =>
  askRegistry(
    scriptedDocker(() => JSON.stringify(stdout)),
    'r.example/shir:1',
    engine,
    bench.host(),
  )

test.each([
  ['schema 2', schema2('a', linux), linuxEngine, 'linux', undefined],
  ['schema 2 for Windows', schema2('a', windows('10.0.20348.5499')), server2022, 'windows', '10.0.20348.5499'],
  ['OCI', oci('a', windows('10.0.20348.1')), server2022, 'windows', '10.0.20348.1'],
  ['for another system than the engine’s, which is the caller’s to judge', schema2('a', linux), server2022, 'linux', undefined],
])('one manifest: %s', async (_, manifest, engine, os, osVersion) => {
  expect(await answeredBy(manifest, engine)).toEqual({
    kind: 'found',
    digest: digestOf('a'),
    imageId: digestOf('ac'),
    ...{ os, osVersion, bytes: 123 },
  })
})

const servercore = [
  schema2('a', windows('10.0.26100.4652')),
  schema2('b', windows('10.0.17763.7558')),
  schema2('c', windows('10.0.20348.3932')),
  schema2('d', windows('10.0.20348.1')),
]
test.each([
  ['this system’s', [oci('a', arm), oci('b', windows('10.0.20348.1')), oci('c', linux)], linuxEngine, 'c'],
  ['no attestation', [oci('a', attestation), oci('b', linux), oci('c', attestation)], linuxEngine, 'b'],
  ['no other processor', [oci('a', arm), oci('b', { os: 'linux' })], linuxEngine, 'b'],
  ['the host’s own build, its first entry', servercore, server2022, 'c'],
  ['the newest build that is not newer', servercore, { os: 'windows', windowsBuild: 26099 }, 'c'],
  ['the first, where all are newer', servercore, { os: 'windows', windowsBuild: 14393 }, 'a'],
  ['the first, where the host’s build is not known', servercore, { os: 'windows', windowsBuild: undefined }, 'a'],
  ['one without a version, where the others are newer', [servercore[0], oci('x', { os: 'windows' })], server2022, 'x'],
] as const)('of a list: %s', async (_, list, engine, chosen) => {
  expect(await answeredBy(list, engine)).toMatchObject({ kind: 'found', digest: digestOf(chosen) })
})

test('a list without an image for this engine is not an absent one', async () => {
  const why = 'it has no image for windows/amd64 under this name'
  expect(await answeredBy([oci('a', linux)], server2022)).toEqual({ kind: 'unknown', why })
})

test.each(['', 'null', '{}', '[{}]', '"x"', '{"Descriptor":{"digest":"sha256:1"}}', '<html>'])(
  'the answer %j is none',
  async stdout => {
    const answer = await askRegistry(
      scriptedDocker(() => ({ stdout })),
      'r.example/x',
      linuxEngine,
      bench.host(),
    )
    expect(answer).toMatchObject({ kind: 'unknown', why: expect.stringMatching(/something else|no image for linux/) })
  },
)

const debug = (message: string) => `time="2026-11-29T01:52:17Z" level=debug msg="${message}"\n`
test.each([
  ['no such manifest: r.example/x:1', 'absent'],
  ['manifest unknown', 'absent'],
  ['manifest unknown: manifest tagged by "x" is not found', 'absent'],
  ['name unknown: repository name not known to registry', 'absent'],
  ['unknown: artifact library/x:1 not found', 'absent'],
  [`${debug('continuing on error (errcode.Errors) manifest unknown: no \\"x\\"')}no such manifest: x`, 'absent'],
  ['unauthorized: authentication required', 'unauthorized: authentication required'],
  ['errors:\ndenied: requested access is denied\nunauthorized: authentication required\n', 'denied: requested access is denied'],
  [
    `${debug('continuing on error (errcode.Errors) unauthorized: log in to \\"r\\"')}no such manifest: x`,
    'unauthorized: log in to "r"',
  ],
  [`${debug('continuing on error (errcode.Errors) errors:\\ndenied: a\\nunauthorized: b\\n')}no such manifest: x`, 'denied: a'],
  [`${debug('skipping non-tls registry endpoint: http://r:1')}no such manifest: x`, 'it speaks plain HTTP, or not at all'],
  [
    'error getting credentials - err: exec: "docker-credential-x": executable file not found in $PATH',
    'error getting credentials - err: exec: "docker-credential-x": executable file not found in $PATH',
  ],
  ['dial tcp: lookup r.example: no such host', 'dial tcp: lookup r.example: no such host'],
])('docker says %j', async (stderr, meant) => {
  const docker = scriptedDocker(() => ({ code: 1, stderr }))
  const answer = await askRegistry(docker, 'r.example/x:1', linuxEngine, bench.host())
  expect(answer).toEqual(meant === 'absent' ? { kind: 'absent' } : { kind: 'unknown', why: meant })
})

test.each([
  ['localhost/x', true],
  ['localhost:5000/x:1', true],
  ['127.0.0.1:5000/a/x@sha256:1', true],
  ['127.8.9.10/x', true],
  ['[::1]:5000/x', true],
  ['localhost:5000', false], // an image's name and its tag
  ['localhost.example/x', false],
  ['127.0.0.1.example/x', false],
  ['r.example:5000/localhost/x', false],
  ['127/x', false],
  ['--insecure', false],
])('plain HTTP is for this machine alone: %s, %p', async (reference, isInsecure) => {
  const docker = scriptedDocker(() => JSON.stringify(schema2('a', linux)))
  await askRegistry(docker, reference, linuxEngine, bench.host())
  expect(docker.asked).toEqual([`--debug manifest inspect --verbose ${isInsecure ? '--insecure ' : ''}-- ${reference}`])
})

/** A registry that says one thing to everything but a greeting; with `undefined` nothing at all. */
async function registryThatSays(told: readonly [status: number, body: string] | undefined, onAsked = () => {}) {
  const server = createServer((request, response) => {
    if (request.url === '/v2/') return response.end('{}')
    onAsked()
    if (told === undefined) return undefined
    const type = told[1].startsWith('{') ? 'application/json' : 'text/html'
    return response.writeHead(told[0], { 'content-type': type }).end(told[1])
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  return {
    reference: `127.0.0.1:${(server.address() as AddressInfo).port}/shir:1`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
const errorBody = (code: string, message: string, detail: unknown = null) =>
  JSON.stringify({ errors: [{ code, message, detail }] })

describeWith('docker', 'the real docker command, and a registry', () => {
  const ask = async (reference: string, clock: Clock = bench.host().clock, signal?: AbortSignal) => {
    const host = bench.host({ clock, ...(signal && { signal }) })
    return askRegistry(await openDocker(host), reference, linuxEngine, host)
  }

  test.each([
    [404, errorBody('MANIFEST_UNKNOWN', 'manifest unknown'), { kind: 'absent' }],
    [404, errorBody('MANIFEST_UNKNOWN', 'no such tag', { tag: '1' }), { kind: 'absent' }],
    [404, errorBody('NAME_UNKNOWN', 'no such repository', {}), { kind: 'absent' }],
    [401, errorBody('UNAUTHORIZED', 'authentication required'), { kind: 'unknown', why: 'unauthorized' }],
    [
      401,
      errorBody('UNAUTHORIZED', 'authentication required', [{ Type: 'repository' }]),
      { kind: 'unknown', why: 'unauthorized: authentication required' },
    ],
    [403, errorBody('DENIED', 'not yours'), { kind: 'unknown', why: 'denied: not yours' }],
    [403, '<html>the proxy says no</html>', { kind: 'unknown', why: expect.stringContaining('the proxy says no') }],
    [429, errorBody('TOOMANYREQUESTS', 'slow down'), { kind: 'unknown', why: 'toomanyrequests: slow down' }],
    [503, 'busy', { kind: 'unknown', why: expect.stringContaining('503') }],
    [200, 'hello', { kind: 'unknown', why: expect.stringMatching(/./) }],
  ])('that says %i %s', async (status, body, answer) => {
    const registry = await registryThatSays([status, body])
    try {
      expect(await ask(registry.reference)).toEqual(answer)
    } finally {
      registry.close()
    }
  })

  test('that is not there, and a name that is an option', async () => {
    expect(await ask('127.0.0.1:1/x:1')).toEqual({ kind: 'unknown', why: expect.stringContaining('connection refused') })
    expect(await ask('--help')).toEqual({ kind: 'unknown', why: expect.stringContaining('invalid reference format') })
  })

  /** Docker does not heed SIGINT while it waits for a registry: the two seconds until it is ended by force are over at once. */
  const forcing = (clock: Clock): Clock => ({
    ...clock,
    sleep: (ms, signal) => (ms === 2_000 ? Promise.resolve() : clock.sleep(ms, signal)),
  })

  test('that hangs is unknown after 10 s, and the engine is not blamed', async () => {
    const clock = handClock()
    const registry = await registryThatSays(undefined, () => void clock.advance(10_000))
    try {
      expect(await ask(registry.reference, forcing(clock))).toEqual({ kind: 'unknown', why: 'it did not answer in 10 s' })
      expect(clock.sleepers()).toBe(0)
    } finally {
      registry.close()
    }
  })

  test('that hangs does not hold up a cancel', async () => {
    const cancel = new AbortController()
    const registry = await registryThatSays(undefined, () => cancel.abort())
    try {
      expect(await stepErrorOf(ask(registry.reference, forcing(handClock()), cancel.signal))).toMatchObject({
        code: 'cancelled',
      })
    } finally {
      registry.close()
    }
  })
})
