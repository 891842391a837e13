import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { memoryHost } from '../../src/host/memory.ts'
import { httpGet } from '../../src/net/http.ts'
import { proxiesOf } from '../../src/net/proxy.ts'
import { type FaultServer, faultServer, whole } from '../support/fault-server.ts'
import { imitateMicrosoft } from '../support/microsoft.ts'
import { describeWith } from '../support/program.ts'
import { type RecordingClock, recordingClock } from '../support/recording-clock.ts'
import { httpFailureOf } from '../support/rejection.ts'

const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }
const foreign = 'https://download.example/a.msi'

let server: FaultServer
let proxy: Server
let tunnels: { readonly to: string | undefined; readonly authorization: string | undefined }[]
let answer: string
let clock: RecordingClock
beforeEach(async () => {
  server = await faultServer({ '/a': [whole('here')] })
  tunnels = []
  answer = 'HTTP/1.1 200 Connection established'
  clock = recordingClock()
  proxy = createServer().on('connect', (request, socket) => {
    tunnels.push({ to: request.url, authorization: request.headers['proxy-authorization'] })
    socket.on('error', () => {})
    if (!/ 2\d\d /.test(answer)) return socket.end(`${answer}\r\n\r\n`)
    const onward = connect(server.port, '127.0.0.1', () => socket.write(`${answer}\r\n\r\n`))
    onward.on('error', () => socket.destroy())
    onward.pipe(socket).pipe(onward)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  proxy.closeAllConnections()
  await new Promise(resolve => proxy.close(resolve))
  await server.close()
})

const proxyAt = (user = '') => `http://${user}127.0.0.1:${(proxy.address() as AddressInfo).port}`
/** What the proxy takes to be the server’s name: this machine itself is never asked through one. */
const outside = () => server.url('/a').replace('127.0.0.1', 'files.example')
const get = (environment: Readonly<Record<string, string>>, url = outside()) =>
  httpGet(url, memoryHost({ machine, clock, environment }), response => response.text())

test.each(['HTTP_PROXY', 'http_proxy'])('%s of the host’s environment is used', async name => {
  expect(await get({ [name]: proxyAt() })).toBe('here')
  expect(tunnels).toEqual([{ to: `files.example:${server.port}`, authorization: undefined }])
})

test('with its user name and password', async () => {
  expect(await get({ HTTP_PROXY: proxyAt('me:s3cret@') })).toBe('here')
  expect(tunnels.map(({ authorization }) => authorization)).toEqual([`Basic ${Buffer.from('me:s3cret').toString('base64')}`])
})

test.each(['', 'other.example'])('this machine itself is asked past it, whatever NO_PROXY says: "%s"', async list => {
  const url = server.url('/a').replace('http://', 'http://me:s3cret@')
  expect(await get({ HTTP_PROXY: proxyAt(), NO_PROXY: list }, url)).toBe('here')
  expect(tunnels).toEqual([])
})

test.each([
  ['example.com', 'https://example.com/', true],
  ['example.com', 'https://a.example.com/', true],
  ['.example.com', 'https://a.example.com/', true],
  ['.example.com', 'https://example.com/', true],
  ['*.example.com', 'https://a.example.com/', true],
  ['EXAMPLE.com', 'https://example.com/', true],
  ['example.com', 'https://badexample.com/', false],
  ['example.com', 'https://example.com.evil.example/', false],
  ['example.com:443', 'https://example.com/', true],
  ['example.com:8443', 'https://example.com/', false],
  ['example.com:8443', 'https://example.com:8443/', true],
  ['other.example  example.com', 'https://example.com/', true],
  ['10.0.0.1', 'https://10.0.0.1/', true],
  ['0.0.1', 'https://10.0.0.1/', false],
  ['[fd00::1]', 'https://[fd00::1]:8080/', true],
  ['fd00::1', 'https://[fd00::1]:8080/', true],
  ['fd00::1', 'https://[fd00::2]/', false],
  ['other.example', 'http://localhost:8080/', true],
  ['other.example', 'http://127.1.2.3/', true],
  ['other.example', 'https://[::1]/', true],
  ['other.example', 'https://127.0.0.1.example.com/', false],
  ['*', 'https://anything.example/', true],
  ['', 'https://example.com/', false],
])('NO_PROXY=%s goes past it for %s: %s', (list, url, isPast) => {
  const environment = { https_proxy: 'http://proxy.example:8080', http_proxy: 'http://proxy.example:8080', NO_PROXY: list }
  expect(proxiesOf(environment)(new URL(url)) === undefined).toBe(isPast)
})

test.each([
  ['https://a.example/', { HTTPS_PROXY: 'http://s.example', HTTP_PROXY: 'http://p.example' }, 'http://s.example/'],
  ['http://a.example/', { HTTPS_PROXY: 'http://s.example', HTTP_PROXY: 'http://p.example' }, 'http://p.example/'],
  ['https://a.example/', { HTTP_PROXY: 'http://p.example' }, 'http://p.example/'],
  ['http://a.example/', { HTTPS_PROXY: 'http://s.example' }, undefined],
  ['https://a.example/', { HTTPS_PROXY: 'http://upper.example', https_proxy: 'http://lower.example' }, 'http://lower.example/'],
])('%s with %o goes through %s', (url, environment, proxy) => {
  expect(proxiesOf(environment)(new URL(url))?.href).toBe(proxy)
})

test('a proxy that cannot reach the server now is asked again, one that refuses is not', async () => {
  answer = 'HTTP/1.1 502 Bad Gateway'
  await httpFailureOf(get({ HTTPS_PROXY: proxyAt() }, foreign))
  expect(tunnels).toHaveLength(5)
  answer = 'HTTP/1.1 407 Proxy Authentication Required'
  expect((await httpFailureOf(get({ HTTPS_PROXY: proxyAt() }, foreign))).hint).toContain('user name and password')
  expect(tunnels).toHaveLength(6)
})

test('an empty one is none', () => {
  expect(proxiesOf({ HTTP_PROXY: '', http_proxy: '' })(new URL(outside()))).toBeUndefined()
})

test('the process’s own environment counts for nothing, the host’s for all', async () => {
  process.env.HTTP_PROXY = 'http://127.0.0.1:9'
  try {
    expect(await get({ HTTP_PROXY: proxyAt() })).toBe('here')
    expect(proxiesOf({})(new URL(outside()))).toBeUndefined()
  } finally {
    delete process.env.HTTP_PROXY
  }
})

test.each([407, 403, 502])('a proxy that answers %d is named as the one who refuses', async code => {
  answer = `HTTP/1.1 ${code} No`
  const failure = await httpFailureOf(get({ HTTPS_PROXY: proxyAt() }, foreign))
  expect(failure.message).toMatch(new RegExp(`proxy.*${code}`, 'i'))
})

test('a proxy that nobody reaches is named as what failed, and may be there in a while', async () => {
  const address = proxyAt()
  proxy.closeAllConnections()
  await new Promise(resolve => proxy.close(resolve))
  const failure = await httpFailureOf(get({ HTTPS_PROXY: address }, foreign))
  expect(failure.message).toBe('The connection to the proxy failed (ECONNREFUSED) (5 attempts)')
  expect(failure.hint).toContain('HTTPS_PROXY')
})

test.each(['HTTP/1.1 201 Created', 'HTTP/1.1 299 Fine', 'HTTP/1.0 200 OK'])('"%s" opens the tunnel', async first => {
  answer = first
  expect(await get({ HTTP_PROXY: proxyAt() })).toBe('here')
})

test('one that refuses what it was given says so', async () => {
  answer = 'HTTP/1.1 407 Proxy Authentication Required'
  const failure = await httpFailureOf(get({ HTTPS_PROXY: proxyAt('me:s3cret@') }, foreign))
  expect(failure.hint).toBe('The proxy does not take the user name and password that stand in its address: correct them there.')
})

test.each([
  ['proxy.example:8080', 'http://proxy.example:8080/'],
  ['10.0.0.1:8080', 'http://10.0.0.1:8080/'],
  ['me:s3cret@proxy.example:8080', 'http://me:s3cret@proxy.example:8080/'],
  ['[fd00::1]:8080/', 'http://[fd00::1]:8080/'],
])('an address without a scheme, %s, is an http one', (address, expected) => {
  expect(proxiesOf({ HTTPS_PROXY: address })(new URL(foreign))?.href).toBe(expected)
})

test('one that cannot be used hinders nobody who does not need it', async () => {
  const HTTPS_PROXY = 'socks5://proxy.example:1080'
  expect(await get({ HTTPS_PROXY }, server.url('/a'))).toBe('here')
  expect(await get({ HTTPS_PROXY, HTTP_PROXY: proxyAt() })).toBe('here')
  expect(proxiesOf({ HTTPS_PROXY, NO_PROXY: 'download.example' })(new URL(foreign))).toBeUndefined()
})

test.each(['proxy', 'https://', '/run/proxy', 'socks5://127.0.0.1:1080'])(
  'an address of a proxy that cannot be used, %s, is told at once',
  async address => {
    const failure = await httpFailureOf(get({ HTTPS_PROXY: address }, foreign))
    expect(failure.message).toContain('HTTPS_PROXY')
    expect(failure.hint).toContain('http://')
    expect(clock.sleeps).toEqual([])
  },
)

describeWith('openssl', 'a server for which nobody vouches', () => {
  test('is left at once, and the hint names what makes it trusted', async () => {
    const microsoft = await imitateMicrosoft({ files: {}, stable: '', page: '' })
    const { HTTPS_PROXY } = microsoft.environment
    const failure = await httpFailureOf(get({ HTTPS_PROXY }, 'https://go.microsoft.com/fwlink/'))
    expect(failure.message).toContain('self-signed certificate')
    expect(failure.hint).toContain('NODE_EXTRA_CA_CERTS')
    expect(clock.sleeps).toEqual([])
    expect(microsoft.tunnels).toEqual(['go.microsoft.com:443'])
    await microsoft.close()
  })
})
