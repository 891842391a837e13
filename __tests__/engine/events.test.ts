import type { Docker } from '../../src/engine/docker.ts'
import { type Bell, watchEvents } from '../../src/engine/events.ts'
import { memoryHost } from '../../src/host/memory.ts'
import type { Finished, RunOptions } from '../../src/process/run.ts'
import { fakeClock } from '../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const

/** A docker whose events this test makes; `end` ends the stream. */
function streaming() {
  const host = memoryHost({ machine, clock: fakeClock() })
  const seen = { args: [] as readonly string[], options: {} as RunOptions }
  let settle: { readonly resolve: (finished: Finished) => void; readonly reject: (error: Error) => void } | undefined
  const run: Docker['run'] = (args, options = {}) => {
    seen.args = args
    seen.options = options
    return new Promise((resolve, reject) => {
      settle = { resolve, reject }
    })
  }
  const docker: Docker = { program: 'docker', run, read: run, ask: async () => '' }
  const over = new AbortController()
  const bell = watchEvents(docker, 'abc', host, over.signal)
  return {
    ...{ bell, host, seen, over },
    ring: () => seen.options.onLine?.('{}', 'stdout'),
    breakOff: () => settle?.reject(new Error('gone')),
  }
}

/** True where the bell rings now; a wait that is given up must cost no ring. */
async function isRung(bell: Bell): Promise<boolean> {
  const giveUp = new AbortController()
  const rung = bell.rung(giveUp.signal).then(() => !giveUp.signal.aborted)
  setImmediate(() => giveUp.abort())
  return rung
}

test('asks for the events that can change a verdict, of this container alone, until it is called off', () => {
  const { seen, over } = streaming()
  expect(seen.args.join(' ')).toBe(
    'events --filter type=container --filter container=abc --filter event=health_status --filter event=die --filter event=oom ' +
      '--filter event=start --filter event=destroy --format {{json .}}',
  )
  expect(seen.options.signal).toBe(over.signal)
})

test('rings at an event; one that came while nobody waited counts once', async () => {
  const { bell, ring } = streaming()
  expect(await isRung(bell)).toBe(false)
  ring()
  ring()
  expect(await isRung(bell)).toBe(true)
  expect(await isRung(bell)).toBe(false)
  const waiting = bell.rung(new AbortController().signal)
  ring()
  await waiting
})

test('a ring after a wait that was given up is the next wait’s', async () => {
  const { bell, ring } = streaming()
  expect(await isRung(bell)).toBe(false)
  ring()
  expect(await isRung(bell)).toBe(true)
})

test('a stream that breaks off is told, and is no failure', async () => {
  const { bell, host, breakOff } = streaming()
  breakOff()
  expect(await isRung(bell)).toBe(false)
  expect(host.lines).toEqual(['The engine’s events broke off; the node is watched by polling alone.'])
})
