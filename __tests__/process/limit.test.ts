import { memoryHost } from '../../src/host/memory.ts'
import { withinLimit } from '../../src/process/limit.ts'
import { fakeClock } from '../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const patient = {
  now: () => 0,
  sleep: (_: number, signal?: AbortSignal) => new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve())),
}
const ended = (signal: AbortSignal) =>
  new Promise<unknown>(resolve => signal.addEventListener('abort', () => resolve(signal.reason)))

test('what takes too long is told that its time was up, and no cancel', async () => {
  const host = memoryHost({ machine, clock: fakeClock() })
  const [reason, isTimeUp] = await withinLimit(5_000, host, async ({ signal }, limit) => [await ended(signal), limit.aborted])
  expect(reason).toMatchObject({ code: 'engine-failed', message: 'It was not done in 5 s.' })
  expect([isTimeUp, host.signal.aborted]).toEqual([true, false])
})

test('a cancel of the run is a cancel, whatever time is left', async () => {
  const cancel = new AbortController()
  const host = memoryHost({ machine, clock: patient, signal: cancel.signal })
  const [ending, limit] = await withinLimit(5_000, host, async ({ signal }, time) => {
    setImmediate(() => cancel.abort())
    return [await ended(signal), time] as const
  })
  expect([(ending as Error).name, limit.aborted]).toEqual(['AbortError', false])
})

test('what is done in time ends the wait for the limit', async () => {
  let waits = 0
  const clock = {
    now: () => 0,
    sleep: async (ms: number, signal?: AbortSignal) => {
      waits++
      await patient.sleep(ms, signal)
      waits--
    },
  }
  expect(await withinLimit(5_000, memoryHost({ machine, clock }), async () => 'done')).toBe('done')
  await new Promise(resolve => setImmediate(resolve))
  expect(waits).toBe(0)
})
