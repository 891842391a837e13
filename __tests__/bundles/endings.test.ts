import { readdir } from 'node:fs/promises'
import type { StepControl, StepRecord } from '../runners/record.ts'
import { type Copies, copyProduct, hostNames, spelled } from './copies.ts'
import { containerNames } from './findings.ts'
import { describeOnEach } from './runtimes.ts'
import { furnish, runInputs } from './scenario.ts'
import { type Inputs, launch, openStage, type Stage, type StageOptions } from './stage.ts'

let copies: Copies
beforeAll(async () => {
  copies = await copyProduct()
})
afterAll(() => copies.remove())

/** A RUN takes five seconds there: time enough to end the step in its midst. */
const slowly: StageOptions = { engine: { speed: 1 } }
const insideTheBuild = /Step \d+\/\d+ : RUN/
const startedNode = /Started shir-1 /
/** The runners wait 7.5 s before they become rude. */
const quicklyMs = 5_000

describeOnEach(runtime => {
  describe.each(hostNames)('%s', host => {
    let stage: Stage
    afterEach(() => stage.close())

    interface Ending {
      readonly record: StepRecord
      /** From the signal to the end of the runner's work. */
      readonly tookMs: number
      readonly containers: readonly string[]
      readonly stagingFolders: readonly string[]
    }

    /** Runs the step and ends it at the first line that fits. */
    async function endAt(
      line: RegExp,
      how: keyof StepControl,
      more: { readonly inputs?: Inputs; readonly stage?: StageOptions; readonly runPost?: boolean } = {},
    ): Promise<Ending> {
      stage = await openStage(more.stage)
      await furnish(stage)
      let endedAt = 0
      const onLine = (said: string, control: StepControl) => {
        if (endedAt > 0 || !line.test(said)) return
        endedAt = performance.now()
        control[how]()
      }
      const inputs = more.inputs ?? runInputs('never-healthy', { healthTimeout: '60s' })
      const record = await launch({ host, copies, runtime, stage, inputs, rest: { onLine, runPost: more.runPost ?? true } })
      if (endedAt === 0) throw new Error(`No line was like ${line}:\n${record.raw}`)
      const tookMs = performance.now() - endedAt
      const left = await readdir(stage.folders.temp)
      return {
        record,
        tookMs,
        containers: await containerNames(stage),
        stagingFolders: left.filter(name => !name.endsWith('.md') && name !== '.taskkey'),
      }
    }

    test('a step that is killed while its node starts: the post step removes the container', async () => {
      const { record, containers } = await endAt(startedNode, 'kill')
      expect(stage.engine.nodes()).toHaveLength(1)
      expect(containers).toEqual([])
      expect(record).toMatchObject({
        outcome: 'failed',
        exitCode: null,
        post: { outcome: 'succeeded', exitCode: 0, annotations: [] },
      })
      expect(record.post?.raw).toContain('shir-1')
    })

    test('a step that is killed during the build: the post step removes the staging folder', async () => {
      const { record, stagingFolders } = await endAt(insideTheBuild, 'kill', { stage: slowly })
      expect(stagingFolders).toEqual([])
      expect(record.post).toMatchObject({ outcome: 'succeeded', annotations: [] })
    })

    test.each([
      ['the build', insideTheBuild, slowly],
      ['the gate', startedNode, {}],
    ] as const)('a step that is cancelled during %s ends quickly and leaves nothing', async (_, line, options) => {
      const { record, tookMs, containers, stagingFolders } = await endAt(line, 'cancel', { stage: options, runPost: false })
      expect({ containers, stagingFolders }).toEqual({ containers: [], stagingFolders: [] })
      expect(tookMs).toBeLessThan(quicklyMs)
      expect(record.outcome).toBe('cancelled')
      expect(record.exitCode).not.toBeNull()
      expect(record.outputs[spelled(host, 'reason')]).toBe('cancelled')
      expect(record.annotations.filter(({ level }) => level === 'error')).toHaveLength(1)
      // No child of the step outlives it: the runner found none to end.
      expect(record.warnings).toEqual(['The operation was canceled.'])
    })

    if (runtime.name !== 'Node 20') return

    test('a step that is killed while its second node starts: the first, which is proven, stays', async () => {
      const inputs = runInputs(undefined, { nodeCount: '2', enableHa: 'true' })
      const { containers } = await endAt(/Started shir-2 /, 'kill', { inputs })
      expect(stage.engine.nodes()).toMatchObject([{ containerName: 'shir-1', status: 'Online' }, { containerName: 'shir-2' }])
      expect(containers).toEqual(['shir-1'])
    })

    test('without a post step what a killed step owes would stay', async () => {
      expect((await endAt(startedNode, 'kill', { runPost: false })).containers).toEqual(['shir-1'])
      await stage.close()
      expect((await endAt(insideTheBuild, 'kill', { runPost: false, stage: slowly })).stagingFolders).toHaveLength(1)
    })

    test('after a cancelled step the post step has nothing left to do', async () => {
      const { record } = await endAt(startedNode, 'cancel')
      expect(record.post).toMatchObject({ outcome: 'succeeded', annotations: [], summary: '' })
      expect(record.post?.raw).not.toContain('shir-1')
    })
  })
})
