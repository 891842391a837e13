import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { StepControl, StepRecord, StepRequest } from '../runners/record.ts'
import { type Answer, type FaultServer, faultServer, stalled, whole } from '../support/fault-server.ts'
import { type Copies, copyProduct } from './copies.ts'
import { contents } from './findings.ts'
import { installer, msiSha256, version } from './scenario.ts'
import { launch, openStage, type Stage } from './stage.ts'

const path = `/IntegrationRuntime_${version}.msi`
const waits = 'Another job on this machine is fetching the same installer: this one waits for it.'

let copies: Copies
let stage: Stage
let server: FaultServer
let answers: Record<string, readonly Answer[]>
let bytes: Buffer
beforeAll(async () => {
  copies = await copyProduct()
  bytes = await readFile(installer)
})
afterAll(() => copies.remove())
beforeEach(async () => {
  stage = await openStage()
  answers = {}
  server = await faultServer(answers)
})
afterEach(async () => {
  await Promise.all([server.close(), stage.close()])
})

/** A job on this machine, as a runner of its own runs it. */
function job(onLine?: StepRequest['onLine']): Promise<StepRecord> {
  return launch({
    ...{ host: 'github', copies, runtime: { name: '', program: process.execPath, handler: '' }, stage },
    inputs: { mode: 'build', msiUrl: server.url(path), msiSha256 },
    rest: { environment: stage.environment, temp: join(stage.folders.temp, randomUUID()), ...(onLine ? { onLine } : {}) },
  })
}

const parts = async () => Object.keys(await contents(stage.folders.toolCache)).filter(file => /parts/.test(file))

test('five jobs at once make one download', async () => {
  const held: ServerResponse[] = []
  let waiting = 0
  const giveWhenAllWait = () => {
    if (waiting === 4) for (const response of held.splice(0)) whole(bytes)(response)
  }
  answers[path] = [
    response => {
      held.push(response)
      giveWhenAllWait()
    },
  ]
  const onLine = (line: string) => {
    if (line === waits) waiting++
    giveWhenAllWait()
  }
  const records = await Promise.all(Array.from({ length: 5 }, () => job(onLine)))
  expect(records.map(({ outcome }) => outcome)).toEqual(Array(5).fill('succeeded'))
  expect(server.requests.filter(({ headers }) => headers.range?.startsWith('bytes=0-') ?? true)).toHaveLength(1)
  expect(records.map(({ outputs }) => outputs['cache-hit']).sort()).toEqual(['false', 'true', 'true', 'true', 'true'])
  expect(await parts()).toEqual([])
})

test('a job that is killed while it fetches, and one that waits for it: the other takes over', async () => {
  let kill = () => {}
  let other: Promise<StepRecord> | undefined
  answers[path] = [
    stalled(bytes, 1_000, () => {
      // The other one begins to wait, and then this one is killed.
      other = job(line => line === waits && kill())
    }),
    whole(bytes),
  ]
  const killed = await job((_, control: StepControl) => {
    kill = control.kill
  })
  expect(killed.outcome).toBe('failed')
  const record = await other
  expect(record).toMatchObject({ outcome: 'succeeded', annotations: [] })
  expect(record?.outputs['cache-hit']).toBe('false')
  expect(await parts()).toEqual([])
})

test('a job that waits ends at once when it is cancelled, and the one that fetches does not notice', async () => {
  const held: ServerResponse[] = []
  let waiter: Promise<StepRecord> | undefined
  answers[path] = [
    response => {
      held.push(response)
      waiter = job((line, control) => line === waits && control.cancel())
      void waiter.then(() => whole(bytes)(response))
    },
  ]
  const record = await job()
  expect(record).toMatchObject({ outcome: 'succeeded', annotations: [] })
  expect(await waiter).toMatchObject({ outcome: 'cancelled', outputs: { reason: 'cancelled' } })
  expect(await parts()).toEqual([])
})
