import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { buildConnector } from 'undici'
import { connections } from '../../src/net/connections.ts'

const openTo = (connect: buildConnector.connector, port: number) =>
  new Promise<'open' | Error>(resolve =>
    connect({ hostname: '127.0.0.1', protocol: 'http:', port: String(port) }, (...[error]) => resolve(error ?? 'open')),
  )

test('a connection that nobody else knows of ends with the rest, and one that failed is told as what it is', async () => {
  const server = createServer(socket => socket.on('error', () => {}))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const made = connections()
  const connect = made.kept(buildConnector({}))
  const taken = once(server, 'connection')
  expect(await openTo(connect, port)).toBe('open')
  const [socket] = await taken
  const closed = once(socket.resume(), 'close')
  made.end()
  await closed
  await new Promise(resolve => server.close(resolve))
  expect(await openTo(connect, port)).toMatchObject({ code: 'ECONNREFUSED' })
})
