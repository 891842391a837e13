import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { MemoryHost } from '../../src/host/memory.ts'
import { download } from '../../src/installer/download/download.ts'
import { asStepError } from '../../src/report/recorder.ts'
import { runStep } from '../../src/step.ts'
import { type Answer, type FaultServer, faultServer, short, stalled, status, whole } from '../support/fault-server.ts'
import { recordingClock } from '../support/recording-clock.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { syntheticKey } from '../support/synthetic-key.ts'
import { addressOf, type Bench, makeBench, obtainWanted } from './bench.ts'

const { bytes, fileName } = sampleInstaller('5.70.9748.2')
const path = `/${fileName}`

/** Lets everything else happen first, so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve))
}

let bench: Bench
let server: FaultServer
let answers: Record<string, readonly Answer[]>
let host: MemoryHost
beforeEach(async () => {
  bench = await makeBench()
  answers = {}
  server = await faultServer(answers)
  host = bench.host()
})
afterEach(async () => {
  await server.close()
  await bench.remove()
})

const obtain = (onHost = host) => obtainWanted(onHost, bench.journal(onHost), { msiUrl: addressOf(server.url(path)) })

describe('a run that is cancelled', () => {
  async function cancelledBy(arrange: (stop: () => void) => readonly Answer[]): Promise<void> {
    const controller = new AbortController()
    const stop = () => controller.abort()
    answers[path] = arrange(stop)
    const clock = recordingClock(stop)
    const error = await stepErrorOf(obtain(bench.host({ signal: controller.signal, clock })))
    expect(error.code).toBe('cancelled')
    expect(await bench.files(bench.tools)).toEqual([])
  }

  test.each([
    ['while it waits for an answer', (stop: () => void) => [stop]],
    ['with the first bytes', (stop: () => void) => [stalled(bytes, 1, stop)]],
    ['in the middle', (stop: () => void) => [stalled(bytes, 150_000, stop)]],
    ['with the last byte', (stop: () => void) => [stalled(bytes, bytes.length - 1, stop)]],
    ['between two attempts', () => [status(503)]],
    ['between two attempts, after half of it came', () => [short(bytes, 150_000)]],
  ])('%s leaves no part behind', async (_, arrange) => {
    await cancelledBy(arrange)
  })

  test('at any moment after the first bytes leaves no part behind', async () => {
    answers[path] = [stalled(bytes, 150_000)]
    for (let moment = 0; moment < 60; moment++) {
      const controller = new AbortController()
      let looks = 0
      // The download looks at the clock when it begins, and then with each piece that comes.
      const now = () => {
        if (++looks === 2) void turns(moment).then(() => controller.abort())
        return 0
      }
      const error = await stepErrorOf(obtain(bench.host({ signal: controller.signal, clock: { ...recordingClock(), now } })))
      expect(error.code).toBe('cancelled')
      expect(looks).toBeGreaterThanOrEqual(2)
      expect(await bench.files(bench.tools)).toEqual([])
    }
    await turns(50) // what was opened late would be there now
    expect(await bench.files(bench.tools)).toEqual([])
  })
})

describe('a disk', () => {
  test.each(['build', 'run', 'remove'])(
    'on which the folder is a file is named in mode %s, before anything is asked',
    async mode => {
      await writeFile(join(bench.workspace, 'cache'), 'not a folder')
      const msiUrl = mode === 'remove' ? '' : server.url(path)
      const named = bench.host({ inputs: { mode, msiUrl, cacheDir: 'cache', authKey: mode === 'run' ? syntheticKey : '' } })
      await runStep(named, resolve('container'))
      expect(named.outputs.reason).toBe('invalid-input')
      expect(named.annotations).toEqual([
        expect.objectContaining({ message: expect.stringContaining('cacheDir: cache is not a folder.') }),
      ])
      expect(server.requests).toEqual([])
    },
  )

  test('whose folder vanished is not taken for a bad connection', async () => {
    answers[path] = [whole(bytes)]
    const attempt = download({ version: undefined, url: server.url(path), shown: 'it' }, join(bench.folder, 'gone', 'part'), host)
    const error = asStepError(await attempt.catch((reason: unknown) => reason), false)
    expect(error).toMatchObject({ code: 'io-failed', message: expect.stringContaining('ENOENT') })
    expect(server.requests).toHaveLength(1)
  })
})
