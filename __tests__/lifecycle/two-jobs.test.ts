import path from 'node:path'
import { type FileServer, serveFiles } from '../../rehearsal/files.ts'
import { type Copies, copyProduct } from '../bundles/copies.ts'
import { realEngineAnswers } from '../engine/engines.ts'
import { makeStepBench, msiPath, type StepBench } from '../engine/step-bench.ts'
import { describeWith } from '../support/program.ts'
import { runAction, stateOf, wholeRun } from './runs.ts'
import { openStage } from './stage.ts'

/** 5 here, 20 in a soak. */
const rounds = Number(process.env.RACE_ROUNDS ?? 5)

describeWith(
  realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers',
  'two jobs at once, on the real engine',
  () => {
    let bench: StepBench
    let copies: Copies
    let files: FileServer
    beforeAll(async () => {
      bench = await makeStepBench()
      copies = await copyProduct()
      files = await serveFiles(path.dirname(msiPath))
      // From then on builds come from the engine's cache: two that begin from nothing make two images.
      const inputs = {
        mode: 'build',
        msiPath,
        buildContext: 'context',
        image: bench.image,
        labels: `${bench.engine.prefix}=step`,
      }
      expect((await bench.play(inputs)).annotations).toEqual([])
    })
    afterAll(async () => {
      await Promise.all([copies.remove(), files.close()])
      await bench.remove()
    })

    test(
      `${rounds} rounds of the same installer, image and names: one wins, the other has the same node or says why it has none`,
      async () => {
        const endings = new Map<string, number>()
        const broken: string[] = []
        for (let round = 1; round <= rounds; round++) {
          const name = bench.newName()
          const stage = await openStage(bench, name)
          const inputs = wholeRun(bench, name, { 'msi-url': `${files.address}/${path.basename(msiPath)}` })
          // Two runners of one machine share its tools, but neither their workspaces nor their temporary folders.
          const other = await openStage(bench, name)
          const beside = { ...other, folders: { ...other.folders, toolCache: stage.folders.toolCache } }
          const jobs = await Promise.all([runAction(copies, stage, inputs), runAction(copies, beside, inputs)])
          for (const { outcome, outputs } of jobs) {
            const ending = outcome === 'succeeded' ? `succeeded, changed ${outputs.changed}` : `${outcome}, ${outputs.reason}`
            endings.set(ending, (endings.get(ending) ?? 0) + 1)
          }
          const { containers, left } = await stateOf(bench, stage, name)
          const lefts = [...left, ...(await stateOf(bench, other, name)).left]
          const isGood =
            jobs.some(({ outcome }) => outcome === 'succeeded') &&
            jobs.every(({ outcome, outputs }) => outcome === 'succeeded' || outputs.reason === 'already-exists') &&
            containers.length === 1 &&
            containers[0]?.health === 'healthy' &&
            lefts.length === 0
          if (!isGood) broken.push(JSON.stringify({ round, outputs: jobs.map(({ outputs }) => outputs), containers, lefts }))
          // What the two have kept is whole: a third job takes it, and finds its node there.
          const third = await runAction(copies, stage, inputs)
          if (third.outcome !== 'succeeded' || third.outputs['cache-hit'] !== 'true')
            broken.push(`${round}: a third job: ${third.log}`)
          await bench.engine.docker('rm', '-f', `${name}-1`)
          await Promise.all([stage.remove(), other.remove()])
        }
        process.stdout.write(
          `two jobs at once: ${rounds} rounds; ${[...endings].map(([ending, count]) => `${ending}: ${count}`).join('; ')}; broken end states: ${broken.length}\n`,
        )
        expect(broken).toEqual([])
      },
      rounds * 60_000,
    )
  },
)
