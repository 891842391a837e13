import { once } from 'node:events'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { open, rm, truncate, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { type Offer, offerInstaller } from '../../../src/image/delivery/offer.ts'
import { type TestMachine, testMachine } from '../../support/machine.ts'
import { stepErrorOf } from '../../support/rejection.ts'

let bench: TestMachine
let cancel: AbortController
const offers: Offer[] = []
beforeEach(async () => {
  bench = await testMachine()
  cancel = new AbortController()
})
afterEach(async () => {
  await Promise.all(offers.splice(0).map(offer => offer.close()))
  await bench.remove()
})

const file = () => path.join(bench.folder, 'installer')
async function offered(
  size: number,
  more: Partial<Parameters<typeof offerInstaller>[0]> = {},
  limits?: { headMs: number; silenceMs: number },
) {
  const facts = { file: file(), size, address: '127.0.0.1', name: 'IntegrationRuntime_5.70.9748.2.msi', ...more }
  const offer = await offerInstaller(facts, { signal: cancel.signal, spell: name => name }, limits)
  offers.push(offer)
  return offer
}

/** More than sockets hold between them. */
const large = 128 * 1024 * 1024
async function offeredLarge(limits?: { headMs: number; silenceMs: number }) {
  const handle = await open(file(), 'w')
  await handle.truncate(large)
  await handle.close()
  return offered(large, {}, limits)
}

async function offeredText(text = 'the installer') {
  await writeFile(file(), text)
  return offered(text.length)
}

async function until(isSo: () => boolean) {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve))
}

async function closed(one: Socket | IncomingMessage) {
  one.on('error', () => undefined)
  await new Promise(resolve => one.once('close', resolve))
}

/** How often this process has the offered file open. */
function readers(): number {
  const descriptors = readdirSync('/proc/self/fd').map(name => `/proc/self/fd/${name}`)
  return descriptors.filter(one => existsSync(one) && readlinkSync(one) === file()).length
}

/** An answer of which nothing is read yet. */
async function begun(url: string): Promise<IncomingMessage> {
  const request = get(url, { agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response
}

/** Everything that a connection brings for these bytes, until its end. */
async function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', chunk => {
    text += chunk
  })
  socket.write(bytes)
  await closed(socket)
  return text
}

describe('the offered file', () => {
  test('is fetched whole, as one answer without ranges, as often as it is asked for', async () => {
    const text = 'x'.repeat(3_000_000)
    const offer = await offeredText(text)
    for (const count of [1, 2]) {
      const answer = await fetch(offer.url, { headers: { range: 'bytes=5-9' } })
      expect([answer.status, Object.fromEntries(answer.headers)]).toEqual([
        200,
        expect.objectContaining({ 'content-length': '3000000', 'accept-ranges': 'none', connection: 'close' }),
      ])
      expect(await answer.text()).toBe(text)
      await until(() => offer.delivered() === count)
      expect(offer.requested()).toBe(count)
    }
  })

  test('has an address that nobody can guess, and that ends in its name', async () => {
    const [one, other] = [await offeredText(), await offeredText()]
    const pattern = /^http:\/\/127\.0\.0\.1:\d+\/([\w-]{43})\/IntegrationRuntime_5\.70\.9748\.2\.msi$/
    const [, first] = pattern.exec(one.url) ?? []
    const [, second] = pattern.exec(other.url) ?? []
    expect(first).toBeDefined()
    expect(second).toBeDefined()
    expect(first).not.toBe(second)
  })

  test('is at that address alone', async () => {
    const { port } = new URL((await offeredText()).url)
    // 127.0.0.2 is this machine too.
    await expect(once(connect(Number(port), '127.0.0.2'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('can be asked about without being fetched', async () => {
    const offer = await offeredText()
    const answer = await fetch(offer.url, { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '13', ''])
    expect([offer.requested(), offer.delivered()]).toEqual([1, 0])
  })

  test('costs little memory, however large', async () => {
    const offer = await offeredLarge()
    const before = process.memoryUsage().arrayBuffers
    let [most, length] = [0, 0]
    for await (const chunk of await begun(offer.url)) {
      length += chunk.length
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    expect(length).toBe(large)
    expect(most).toBeLessThan(large / 2)
  })
})

describe('whatever else is asked for', () => {
  test.each<[string, string, (url: URL) => string]>([
    ['the root', 'GET', () => '/'],
    ['the folder', 'GET', url => path.posix.dirname(url.pathname)],
    ['the name alone', 'GET', url => `/${path.posix.basename(url.pathname)}`],
    ['a query', 'GET', url => `${url.pathname}?a=b`],
    ['more', 'GET', url => `${url.pathname}/more`],
    ['another letter case', 'GET', url => url.pathname.toUpperCase()],
    ['a way through a proxy', 'GET', url => url.href],
    ['a way around', 'GET', url => `/a/..${url.pathname}`],
    ['POST', 'POST', url => url.pathname],
    ['PUT', 'PUT', url => url.pathname],
    ['OPTIONS', 'OPTIONS', url => url.pathname],
    ['TRACE', 'TRACE', url => url.pathname],
  ])('%s (%s): 404, not a byte more, and no hint', async (_, method, target) => {
    const offer = await offeredText()
    const text = await raw(offer.url, `${method} ${target(new URL(offer.url))} HTTP/1.1\r\n\r\n`)
    expect(text.replace(/Date: .*\r\n/, '')).toBe('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    expect(offer.requested()).toBe(0)
  })

  test.each([
    ['no HTTP', '\x16\x03\x01\0\0\r\n\r\n'],
    ['half a request', 'GET /a b c\r\n\r\n'],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\n\r\n'],
    ['a head without an end', `GET / HTTP/1.1\r\na: ${'x'.repeat(100_000)}\r\n\r\n`],
  ])('%s: the connection ends without a word', async (_, bytes) => {
    const offer = await offeredText()
    expect(await raw(offer.url, bytes)).toBe('')
    expect(await (await fetch(offer.url)).text()).toBe('the installer')
  })

  test('an expectation: 404', async () => {
    const offer = await offeredText()
    expect(await raw(offer.url, 'GET / HTTP/1.1\r\nExpect: mercy\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /)
  })
})

describe('no delivery', () => {
  test('is what breaks off midway; the next one is', async () => {
    const offer = await offeredLarge()
    const response = await begun(offer.url)
    response.socket.resetAndDestroy()
    await closed(response)
    let length = 0
    for await (const chunk of await begun(offer.url)) length += chunk.length
    expect(length).toBe(large)
    await until(() => offer.delivered() > 0)
    expect([offer.requested(), offer.delivered()]).toEqual([2, 1])
  })

  test.each<[string, () => Promise<void>]>([
    ['that became shorter', () => truncate(file(), 5)],
    ['that is gone', () => rm(file())],
  ])('is a file %s: the answer breaks off', async (_, change) => {
    const offer = await offeredText()
    await change()
    await expect(fetch(offer.url).then(answer => answer.text())).rejects.toThrow()
    expect([offer.requested(), offer.delivered()]).toEqual([1, 0])
  })

  test('is more than the file had when it was verified', async () => {
    const offer = await offeredText()
    await writeFile(file(), 'the installer and more')
    expect(await (await fetch(offer.url)).text()).toBe('the installer')
  })
})

describe('the offer ends', () => {
  test.each<[string, (offer: Offer) => unknown]>([
    ['when it is closed', offer => offer.close()],
    ['when the run is cancelled', () => cancel.abort()],
  ])('%s, with every delivery and every connection', async (_, end) => {
    const offer = await offeredLarge()
    const { hostname, port } = new URL(offer.url)
    const idle = connect(Number(port), hostname)
    await once(idle, 'connect')
    const response = await begun(offer.url)
    const over = [closed(response), closed(idle)]
    await end(offer)
    response.resume()
    await Promise.all(over)
    expect(response.complete).toBe(false)
    await offer.close()
    await expect(once(connect(Number(port), hostname), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect([offer.requested(), offer.delivered()]).toEqual([1, 0])
  })

  test('at once where the run was cancelled before', async () => {
    cancel.abort()
    await expect(fetch((await offeredText()).url)).rejects.toThrow()
  })

  test('for a client that sends nothing, and for one that reads nothing', async () => {
    const offer = await offeredLarge({ headMs: 40, silenceMs: 80 })
    const { hostname, port } = new URL(offer.url)
    await closed(connect(Number(port), hostname).resume())
    const deaf = await begun(offer.url)
    expect(readers()).toBe(1)
    await until(() => readers() === 0)
    deaf.destroy()
    expect(offer.delivered()).toBe(0)
  })
})

test('an address that is not this machine’s', async () => {
  const error = await stepErrorOf(offered(1, { address: '203.0.113.1' }))
  expect(error).toMatchObject({ code: 'delivery-failed', message: expect.stringContaining('203.0.113.1 (EADDRNOTAVAIL)') })
  expect(error.hint).toContain('installerDelivery: copy')
})
