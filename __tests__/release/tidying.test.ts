import { memoryHost } from '../../src/host/memory.ts'
import { tidying, watchCancel } from '../../src/release/tidying.ts'
import { type HandClock, handClock } from '../support/hand-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
let clock: HandClock
let cancel: AbortController
beforeEach(() => {
  clock = handClock()
  cancel = new AbortController()
})
const open = () => memoryHost({ machine, clock, signal: cancel.signal })

/** Tidies up for ever, as with a docker that hangs, and tells whether it was ended yet. */
function tidy(host = open(), watch = watchCancel(host)) {
  let isEnded = false
  const ended = tidying(host, 60_000, watch, async ({ signal }) => {
    if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve))
    isEnded = true
  })
  return { ended, isEnded: () => isEnded }
}

test('it has its own limit where nobody cancels', async () => {
  const { ended, isEnded } = tidy()
  await clock.advance(59_999)
  expect(isEnded()).toBe(false)
  await clock.advance(1)
  await ended
})

test('a run that was cancelled before has 4 s from then on, not from the tidying', async () => {
  const host = open()
  const watch = watchCancel(host)
  cancel.abort()
  await clock.advance(2_000)
  const { ended, isEnded } = tidy(host, watch)
  await clock.advance(1_999)
  expect(isEnded()).toBe(false)
  await clock.advance(1)
  await ended
})

test('a cancel hurries what is under way, and does not end it at once', async () => {
  const { ended, isEnded } = tidy()
  await clock.advance(30_000)
  cancel.abort()
  await clock.advance(3_999)
  expect(isEnded()).toBe(false)
  await clock.advance(1)
  await ended
})

test('what is late already is ended at once', async () => {
  const host = open()
  const watch = watchCancel(host)
  cancel.abort()
  await clock.advance(10_000)
  const { ended } = tidy(host, watch)
  await clock.advance(0)
  await ended
})

test.each([
  ['by itself', async () => {}],
  ['with a failure', () => Promise.reject(new Error('no'))],
])('what ends %s leaves no timer, and hears no later cancel', async (_, body) => {
  const host = open()
  await tidying(host, 60_000, watchCancel(host), body).catch(() => {})
  await clock.advance(0)
  cancel.abort()
  expect(clock.sleepers()).toBe(0)
})

test('a cancel is noted once, with its moment; one that came before the watch has the watch’s', async () => {
  const watch = watchCancel(open())
  expect(watch.cancelledAtMs).toBeUndefined()
  await clock.advance(5)
  cancel.abort()
  const atMs = clock.now()
  await clock.advance(5)
  expect(watch.cancelledAtMs).toBe(atMs)
  expect(watchCancel(open()).cancelledAtMs).toBe(atMs + 5)
})
