import { paceOf } from '../../../src/installer/download/pace.ts'
import type { Part } from '../../../src/installer/download/part.ts'
import { newBuffers, sinkOf } from '../../../src/installer/download/sink.ts'

test('the time in which a connection waits for our disk is not taken for its slowness', async () => {
  let [nowMs, came] = [0, 0]
  const pace = paceOf({ windowMs: 15_000, least: 1_024, behind: 20 }, () => came, nowMs)
  const heard = {
    arrived: (bytes: number) => {
      came += bytes
      pace.came(bytes, nowMs)
    },
    written: () => {},
    waited: () => pace.waited(nowMs),
  }
  /** Each write is over when it is told so. */
  const writes: (() => void)[] = []
  const part = { write: () => new Promise<void>(resolve => writes.push(resolve)) } as unknown as Part
  let resume = () => {}
  const resumed = new Promise<void>(resolve => {
    resume = resolve
  })
  const sink = sinkOf(part, 0, newBuffers(), heard, { resume, destroy: error => expect(error).toBeUndefined() })

  while (sink.took(sink.next().length)); // until it shall wait
  const before = came
  while (writes.length === 0) await new Promise(resolve => setImmediate(resolve))
  nowMs += before // 1,000 bytes a second, were it the server’s time: less than the least
  writes.shift()?.()
  await resumed
  expect(() => sink.took(1)).not.toThrow()

  nowMs += 15_000
  expect(() => sink.took(1)).toThrow('too slowly')
})
