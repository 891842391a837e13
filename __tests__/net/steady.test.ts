import { steadily } from '../../src/net/steady.ts'
import { Agent, fetch } from '../../src/net/transport.ts'
import { type FaultServer, faultServer, whole } from '../support/fault-server.ts'

const body = Buffer.from('installer '.repeat(300_000))

let server: FaultServer
beforeEach(async () => {
  server = await faultServer({ '/a': [whole(body)], '/closing': [whole(body, { connection: 'close' })] })
})
afterEach(() => server.close())

async function readSlowly(path: string, limitBytes?: number): Promise<Buffer> {
  const agent = new Agent()
  const parts: Uint8Array[] = []
  try {
    const answer = await fetch(server.url(path), { dispatcher: agent.compose(steadily(limitBytes)) })
    for await (const part of answer.body ?? []) {
      parts.push(part as Uint8Array)
      for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
    }
  } finally {
    await agent.destroy()
  }
  return Buffer.concat(parts)
}

test('a server that closes the connection behind a body that is read slowly', async () => {
  expect((await readSlowly('/closing')).equals(body)).toBe(true)
})

test.each([0, 1, 100_000, 2_000_000])('a reader that is %d bytes behind holds the server up and goes on', async limitBytes => {
  expect((await readSlowly('/a', limitBytes)).equals(body)).toBe(true)
})
