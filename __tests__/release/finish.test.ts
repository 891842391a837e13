import { memoryHost } from '../../src/host/memory.ts'
import type { Claimed } from '../../src/journal/claim.ts'
import type { Debt } from '../../src/journal/debt.ts'
import { finish } from '../../src/release/finish.ts'
import { fakeClock } from '../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const

test('whoever finishes a journal says that it lives, as long as it takes', async () => {
  let beat = () => {}
  const beaten = new Promise<void>(resolve => {
    beat = resolve
  })
  const closed: string[] = []
  const owed: Debt[] = [{ kind: 'path', path: '/nowhere/shir-build-x' }]
  const journal: Claimed = {
    ...{ run: 'r', lastSignMs: 0, unread: 0, deferred: () => [], defer: async () => {} },
    owed: () => owed,
    // Would wait for ever without a beat.
    settle: async () => {
      await beaten
      owed.pop()
    },
    touch: async () => {
      beat()
      await new Promise(resolve => setImmediate(resolve))
    },
    close: async () => void closed.push('closed'),
  }
  const host = memoryHost({ machine, clock: fakeClock() })
  await finish(journal, 'The run r', false, host)
  expect(host.lines).toEqual(['The run r ended early and owes 1 thing.'])
  expect(closed).toEqual(['closed'])
})
