import { type MemoryOptions, memoryHost } from '../../src/host/memory.ts'
import { httpGet } from '../../src/net/http.ts'
import { type Answer, type FaultServer, faultServer, redirect, status, whole } from '../support/fault-server.ts'
import { type RecordingClock, recordingClock } from '../support/recording-clock.ts'
import { httpFailureOf } from '../support/rejection.ts'

const body = 'installer '.repeat(20_000)
const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }

let server: FaultServer
let answers: Record<string, readonly Answer[]>
let clock: RecordingClock
beforeEach(async () => {
  answers = {}
  server = await faultServer(answers)
  clock = recordingClock()
})
afterEach(async () => {
  await server.close()
})

const hostWith = (options: Partial<MemoryOptions> = {}) => memoryHost({ machine, clock, ...options })
const read = (response: { text(): Promise<string> }) => response.text()
const get = (path: string, host = hostWith()) => httpGet(server.url(path), host, read)

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%d is followed, relative and absolute, and the last address is told', async code => {
    answers['/a'] = [redirect('b', code)]
    answers['/b'] = [redirect(server.url('/c'), code)]
    answers['/c'] = [whole(body)]
    const told = await httpGet(server.url('/a'), hostWith(), async (_, finalUrl) => finalUrl)
    expect(told).toBe(server.url('/c'))
  })

  test('a goal that a redirect leads to is told, and not asked', async () => {
    answers['/a'] = [redirect('/b')]
    answers['/b'] = [redirect('/goal?sig=1')]
    const isGoal = (url: string) => new URL(url).pathname === '/goal'
    const told = await httpGet(server.url('/a'), hostWith(), async (_, finalUrl) => finalUrl, { isGoal })
    expect(told).toBe(server.url('/goal?sig=1'))
    expect(server.requests.map(({ path }) => path)).toEqual(['/a', '/b'])
  })

  test('a goal must be an address that may be followed', async () => {
    answers['/a'] = [redirect('http://download.example/goal')]
    const failure = await httpFailureOf(httpGet(server.url('/a'), hostWith(), read, { isGoal: () => true }))
    expect(failure.message).toContain('not https')
  })

  test('headers of one’s own go to the first server alone', async () => {
    const other = await faultServer({ '/b': [whole(body)] })
    answers['/a'] = [redirect('/again')]
    answers['/again'] = [redirect(other.url('/b'))]
    const headers = { authorization: 'Bearer token' }
    await httpGet(server.url('/a'), hostWith(), read, { headers })
    const sent = [...server.requests, ...other.requests].map(request => request.headers.authorization)
    await other.close()
    expect(sent).toEqual(['Bearer token', 'Bearer token', undefined])
  })

  test('ten in a row are followed', async () => {
    for (let hop = 0; hop < 10; hop++) answers[`/${hop}`] = [redirect(`/${hop + 1}`)]
    answers['/10'] = [whole(body)]
    expect(await get('/0')).toBe(body)
  })

  test('a loop is given up at once', async () => {
    answers['/a'] = [redirect('/b')]
    answers['/b'] = [redirect('/a')]
    const failure = await httpFailureOf(get('/a'))
    expect(failure.message).toContain('redirects more than 10 times')
    expect(server.requests).toHaveLength(11)
    expect(clock.sleeps).toEqual([])
  })

  test.each([
    'http://download.example/IntegrationRuntime_5.70.9748.2.msi',
    'http://169.254.169.254/metadata',
    'http://127.0.0.1.evil.example/',
    'ftp://127.0.0.1/file',
    'file:///etc/passwd',
    'data:text/plain,installer',
  ])('to %s is refused at once', async location => {
    answers['/a'] = [redirect(location)]
    const failure = await httpFailureOf(get('/a'))
    expect(failure).toMatchObject({ message: 'The server redirects to an address that is not https', isFinal: true })
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    ['UTF-8', Buffer.from('/é/ö?n=目', 'utf8'), '/%C3%A9/%C3%B6?n=%E7%9B%AE'],
    ['Latin-1', Buffer.from('/é', 'latin1'), '/%C3%A9'],
    ['escapes', Buffer.from('/%C3%A9'), '/%C3%A9'],
  ])('to an address in %s is followed', async (_, location, asked) => {
    answers['/a'] = [
      ({ socket }) => {
        const head = ['HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: ', location, '\r\n\r\n']
        socket?.end(Buffer.concat(head.map(part => Buffer.from(part))))
      },
    ]
    answers[asked.split('?')[0] ?? ''] = [whole(body)]
    expect(await get('/a')).toBe(body)
    expect(server.requests[1]?.path).toBe(asked)
  })

  test.each(['http://', 'http://[', 'https://files.example:99999/'])(
    'to %s, which is no address, is refused at once',
    async location => {
      answers['/a'] = [redirect(location)]
      const failure = await httpFailureOf(get('/a'))
      expect(failure).toMatchObject({ message: 'The server redirects to something that is no address', isFinal: true })
      expect(failure.hint).toContain('https address')
    },
  )

  test('without a target is an answer like any other that is no success', async () => {
    answers['/a'] = [status(302)]
    expect((await httpFailureOf(get('/a'))).message).toContain('302')
  })
})

describe('user name and password in the address', () => {
  const withUser = (path: string, user = 'reader:p%40ss%20w%C3%B6rd') => server.url(path).replace('http://', `http://${user}@`)
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
  const getWith = (url: string, host = hostWith()) => httpGet(url, host, read)
  const authorizations = () => server.requests.map(({ headers }) => headers.authorization)

  test('are sent as basic authentication', async () => {
    answers['/a'] = [whole(body)]
    expect(await getWith(withUser('/a'))).toBe(body)
    expect(authorizations()).toEqual([basic('reader:p@ss wörd')])
  })

  test('are sent as they are where they are no valid escapes', async () => {
    answers['/a'] = [whole(body)]
    await getWith(withUser('/a', '100%:50%25'))
    expect(authorizations()).toEqual([basic('100%:50%')])
  })

  test('go along to the same server only', async () => {
    const other = await faultServer({ '/c': [whole(body)] })
    answers['/a'] = [redirect('/b')]
    answers['/b'] = [redirect(server.url('/d'))]
    answers['/d'] = [redirect(other.url('/c'))]
    await getWith(withUser('/a'))
    expect(authorizations()).toEqual(Array(3).fill(basic('reader:p@ss wörd')))
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
    await other.close()
  })

  test('a redirect may name its own', async () => {
    answers['/a'] = [redirect(withUser('/b', 'second:other'))]
    answers['/b'] = [whole(body)]
    await getWith(server.url('/a'))
    expect(authorizations()).toEqual([undefined, basic('second:other')])
  })

  test('appear in no message', async () => {
    answers['/a'] = [status(503)]
    const host = hostWith()
    const failure = await httpFailureOf(getWith(`${withUser('/a')}?sig=c2lnbmF0dXJl`, host))
    const told = [...host.lines, failure.message, failure.hint].join('\n')
    expect(told).not.toMatch(/reader|p%40ss|p@ss|sig=|c2lnbmF0dXJl/)
  })
})
