import { createVirtualTime } from './virtual-time.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

function makeTime() {
  const seen: string[] = []
  const time = createVirtualTime(0, error => seen.push(`${error}`))
  const note = (what: string) => () => void seen.push(`${what} at ${time.seconds()}`)
  return { time, seen, note }
}

test('time stands still until everyone sleeps', async () => {
  const { time, seen, note } = makeTime()
  const [one, other] = [time.enter(), time.enter()]
  one.sleep(5000, note('one'))
  await turn()
  expect(seen).toEqual([])
  other.sleep(3000, note('other'))
  await turn()
  expect(seen).toEqual(['other at 3'])
  other.leave()
  await turn()
  expect(seen).toEqual(['other at 3', 'one at 5'])
})

test('nothing happens where nobody takes part', async () => {
  const { time, seen, note } = makeTime()
  time.at(1, note('never'))
  await turn()
  expect([seen, time.now()]).toEqual([[], 0])
})

test('what is due at once happens in the order in which it was asked for', async () => {
  const { time, seen, note } = makeTime()
  const one = time.enter()
  one.timer(2000, note('timer'))
  time.at(2, note('action'))
  one.sleep(2000, note('sleep'))
  await turn()
  expect(seen).toEqual(['timer at 2', 'action at 2', 'sleep at 2'])
})

test('who is woken early is awake, and is not called', async () => {
  const { time, seen, note } = makeTime()
  const one = time.enter()
  const sleep = one.sleep(60_000, note('sleep'))
  one.timer(10_000, () => sleep.cancel())
  one.timer(20_000, note('timer'))
  await turn()
  expect(time.seconds()).toBe(10)
  one.sleep(60_000, note('second sleep'))
  await turn()
  expect(seen).toEqual(['timer at 20', 'second sleep at 70'])
})

test('an action is awaited; only who came in with it lets time go on before it is done', async () => {
  const { time, seen, note } = makeTime()
  const one = time.enter()
  time.at(1, async () => {
    await turn()
    note('others enter')()
    const other = time.enter()
    await new Promise<void>(resolve => other.sleep(5000, resolve))
    other.leave()
    await turn()
    note('action done')()
  })
  one.sleep(2000, () => {
    note('one')()
    one.leave()
  })
  for (let turns = 0; turns < 10; turns += 1) await turn()
  expect(seen).toEqual(['others enter at 1', 'one at 2', 'action done at 6'])
})

test('an action outlives the one that slept when it began', async () => {
  const { time, seen, note } = makeTime()
  const one = time.enter()
  time.at(1, async () => {
    const other = time.enter()
    one.leave()
    await new Promise<void>(resolve => other.sleep(5000, resolve))
    note('action done')()
  })
  one.sleep(10_000, note('never'))
  await turn()
  await turn()
  expect(seen).toEqual(['action done at 6'])
})

test('an action that fails is told', async () => {
  const { time, seen } = makeTime()
  time.at(1, () => {
    throw new Error('no')
  })
  time.enter().sleep(2000, () => {})
  await turn()
  expect(seen).toEqual(['Error: no'])
})
