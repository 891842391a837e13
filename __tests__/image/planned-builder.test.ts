import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { memoryHost } from '../../src/host/memory.ts'
import type { Context } from '../../src/image/context.ts'
import type { ImageOrder } from '../../src/image/order.ts'
import { plannedBuilder } from '../../src/image/planned-builder.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const installer = { version: '5.70.9748.2', sha256: 'a'.repeat(64) } as Parameters<ReturnType<typeof plannedBuilder>['build']>[2]

/** A plan by a Dockerfile with, or without, the argument by which it would be served. */
function planning(delivery: ImageOrder['delivery'], declared: readonly string[], given: Context['args'] = []) {
  const host = memoryHost({ machine, clock: fakeClock() })
  const args = new Map(declared.map(name => [name, undefined] as const))
  const dockerfile = path.join(bench.folder, 'Dockerfile')
  writeFileSync(dockerfile, ['FROM x', ...declared.map(name => `ARG ${name}`), 'RUN y', ''].join('\n'))
  const context = {
    dockerfile,
    bases: [],
    additions: [],
    args: given,
    declares: { args },
    description: 'x',
  } as unknown as Context
  const order: ImageOrder = {
    ...{ context, references: ['r/x:1'], labels: [], isolation: undefined, memory: undefined, delivery },
    ...{ isPushed: false, isRun: false, rebuild: false },
  }
  return { host, order, builder: plannedBuilder(host) }
}

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

const set = [{ name: 'INSTALLER_URL', value: 'u' }]

test.each([
  [[], [], 'the Dockerfile has no ARG INSTALLER_URL'],
  [['INSTALLER_URL'], set, 'buildArgs sets INSTALLER_URL'],
])('a plan refuses to serve what a build would refuse: %j %j', async (declared, given, why) => {
  const { builder, order } = planning('serve', declared, given)
  expect(await stepErrorOf(builder.prepare(order))).toMatchObject({
    code: 'delivery-failed',
    message: expect.stringContaining(why),
  })
})

test.each<[ImageOrder['delivery'], readonly string[], Context['args'], boolean]>([
  ['serve', ['INSTALLER_URL'], [], true],
  ['auto', ['INSTALLER_URL'], [], true],
  ['auto', ['INSTALLER_URL'], set, false],
  ['auto', [], [], false],
  ['copy', ['INSTALLER_URL'], [], false],
])('%s with %j and %j: the build is told the address: %p', async (delivery, declared, given, isServed) => {
  const { builder, host, order } = planning(delivery, declared, given)
  await builder.build(order, await builder.prepare(order), installer, 'f')
  const command = host.lines.find(line => line.includes('docker build'))
  expect(command?.includes('INSTALLER_URL=<address>')).toBe(isServed)
  expect(host.lines.some(line => line.startsWith('Would offer the installer'))).toBe(isServed)
})
