import { azureHost } from '../../../src/host/azure.ts'
import type { Host } from '../../../src/host/host.ts'
import { download } from '../../../src/installer/download/download.ts'
import { guard } from '../../../src/report/guard.ts'
import { withinStage } from '../../../src/report/progress.ts'
import { type Answer, ranges, whole } from '../../support/fault-server.ts'
import { makeStage, oneByOne, type Stage, servedFile } from './stage.ts'

/** A CommonJS module as Node gives it to an `import()`: all of it is the default. */
jest.mock('azure-pipelines-task-lib/task.js', () => ({
  __esModule: true,
  default: jest.requireActual('azure-pipelines-task-lib/task.js'),
}))

let stage: Stage
beforeEach(async () => {
  stage = await makeStage()
})
afterEach(async () => {
  jest.restoreAllMocks()
  delete process.env.AGENT_TEMPDIRECTORY
  await stage.close()
})

/** Time passes whenever someone looks at it, so that a small file takes long enough to tell of it. */
function passingClock(): Host['clock'] {
  let nowMs = 0
  return { ...stage.bench.clock, now: () => (nowMs += 400) }
}

const file = servedFile()
const ways: readonly (readonly [string, Answer])[] = [
  ['over ranges', ranges(file)],
  ['as one stream', whole(file.bytes)],
]

describe.each(ways)('while a file comes %s', (_, answer) => {
  beforeEach(() => {
    stage.answers['/a'] = [answer]
  })

  test('its host hears how far it is, more and more', async () => {
    stage.host = stage.bench.host({ clock: passingClock() })
    await stage.fetch()
    const percents = stage.host.progressed.map(text => Number.parseInt(text, 10))
    expect(percents.length).toBeGreaterThan(2)
    expect(percents).toEqual([...new Set(percents)].sort((a, b) => a - b))
    expect(percents.at(-1)).toBeLessThanOrEqual(100)
  })

  test('the task on Azure Pipelines shows it as its own', async () => {
    process.env.AGENT_TEMPDIRECTORY = stage.bench.folder // task-lib leaves a file there, and in the sources otherwise
    jest.spyOn(process, 'on').mockReturnValue(process) // a test is not cancelled by signals
    const written: string[] = []
    jest.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0)
    const azure = withinStage(guard({ ...(await azureHost()), clock: passingClock() }), 5, 25)
    await download({ version: undefined, url: stage.server.url('/a'), shown: 'it' }, stage.part, azure, oneByOne)
    const shown = written.join('').match(/^##vso\[task\.setprogress value=\d+;\]Installer: .*$/gm) ?? []
    expect(shown.length).toBeGreaterThan(2)
    const percents = shown.map(line => Number(/=(\d+)/.exec(line)?.[1]))
    expect([Math.min(...percents) >= 5, Math.max(...percents) <= 25]).toEqual([true, true])
  })
})
