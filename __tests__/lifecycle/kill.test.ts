import { type FSWatcher, mkdirSync, readFileSync, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Copies, copyProduct } from '../bundles/copies.ts'
import { describeOnEngine } from '../engine/engines.ts'
import { makeReadyBench, type StepBench } from '../engine/step-bench.ts'
import { runAction, stateOf, wholeRun } from './runs.ts'
import { openStage, type Stage } from './stage.ts'

/** 10 here, 100 in a soak. */
const points = Number(process.env.KILL_POINTS ?? 10)

describeOnEngine('kill -9, on the real engine', () => {
  let bench: StepBench
  let copies: Copies
  beforeAll(async () => {
    bench = await makeReadyBench()
    copies = await copyProduct()
  }, 120_000)
  afterAll(() => Promise.all([copies.remove(), bench.remove()]))

  /** Where a run is killed: at its n-th docker, or at the n-th change of the folder of journals. */
  interface Point {
    readonly at: 'child' | 'journal'
    readonly count: number
  }

  /** Notes each docker in `calls`, the step's number first, and kills the step at the n-th of them, of which two may begin at once. */
  const lines = (stage: Stage, killAt: number) => {
    const calls = path.join(stage.folders.home, 'calls')
    const note = `echo "$PPID $1" >> '${calls}'`
    const kill = `[ $(wc -l < '${calls}') -ge ${killAt} ] && kill -9 $(head -n 1 '${calls}' | cut -d ' ' -f 1) 2>/dev/null`
    return killAt === 0 ? note : `${note}\n${kill}`
  }
  const callsOf = (stage: Stage) =>
    readFile(path.join(stage.folders.home, 'calls'), 'utf8').then(text => text.trimEnd().split('\n'))

  /** Counts the changes of the folder of journals, and kills the step at the n-th. */
  function watchJournals(stage: Stage, killAt: number): { readonly watcher: FSWatcher; readonly count: () => number } {
    const folder = path.join(stage.folders.toolCache, 'shir', 'journal')
    mkdirSync(folder, { recursive: true })
    let count = 0
    const watcher = watch(folder, () => {
      if (++count !== killAt) return
      const [pid] = readFileSync(path.join(stage.folders.home, 'calls'), 'utf8').split(' ')
      try {
        process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It has ended: told by its exit code.
      }
    })
    return { watcher, count: () => count }
  }

  interface Killed {
    readonly point: Point
    readonly found: unknown
    readonly isKilled: boolean
    readonly isTakenBack: boolean
  }

  /** One name for all runs, since hostnames hang on it. */
  const name = () => `${bench.engine.prefix}-killed`
  const clear = async (stage: Stage) => {
    await bench.engine.docker('rm', '-f', `${name()}-1`)
    await bench.engine.docker('image', 'rm', '-f', `${name()}:1`)
    await stage.remove()
  }

  /** Both kinds in turn, spread over the whole of a run. */
  function spread(at: Point['at'], total: number, wanted: number): readonly Point[] {
    return Array.from({ length: wanted }, (_, index) => ({ at, count: 1 + Math.floor((index * total) / wanted) }))
  }

  async function runUnharmed() {
    const stage = await openStage(bench, name())
    await stage.before(lines(stage, 0))
    const journals = watchJournals(stage, 0)
    expect(await runAction(copies, stage, wholeRun(bench, name()))).toMatchObject({ outcome: 'succeeded' })
    journals.watcher.close()
    const facts = {
      children: (await callsOf(stage)).length,
      changes: journals.count(),
      end: await stateOf(bench, stage, name()),
    }
    await clear(stage)
    return facts
  }

  /**
   * Kills a run there, lets the post step come, and runs it again. A run that has ended by then, since its gate had to look less
   * often or its journal was written at once, is killed one earlier.
   */
  async function runKilled(point: Point): Promise<Killed> {
    const stage = await openStage(bench, name())
    await stage.before(lines(stage, point.at === 'child' ? point.count : 0))
    const { watcher } = watchJournals(stage, point.at === 'journal' ? point.count : 0)
    const { exitCode, post } = await runAction(copies, stage, wholeRun(bench, name()))
    watcher.close()
    const afterPost = await stateOf(bench, stage, name())
    await stage.before('')
    const again = await runAction(copies, stage, wholeRun(bench, name()))
    const found = {
      post: { outcome: post?.outcome, annotations: post?.annotations, left: afterPost.left },
      again: { outcome: again.outcome, reason: again.outputs.reason, end: await stateOf(bench, stage, name()) },
    }
    await clear(stage)
    const isKilled = exitCode === null
    if (!isKilled && point.count > 1) return runKilled({ ...point, count: point.count - 1 })
    return { point, found, isKilled, isTakenBack: /never passed its gate/.test(post?.raw ?? '') }
  }

  const half = Math.ceil(points / 2)
  test(
    `at ${points} points of its life, then the post step, then run again: always the same end`,
    async () => {
      const { children, changes, end } = await runUnharmed()
      const chosen = [...spread('child', children, half), ...spread('journal', changes, points - half)]
      const expected = {
        post: { outcome: 'succeeded', annotations: [], left: [] },
        again: { outcome: 'succeeded', reason: '', end },
      }
      const runs: Killed[] = []
      for (const point of chosen) runs.push(await runKilled(point))
      const same = runs.filter(({ found }) => JSON.stringify(found) === JSON.stringify(expected))
      process.stdout.write(
        `kill -9: ${runs.length} points of ${children} child starts and ${changes} journal changes; ${runs.filter(({ isKilled }) => isKilled).length} killed, ${runs.filter(({ isTakenBack }) => isTakenBack).length} containers taken back by the post step; reruns with the same final state: ${same.length} of ${runs.length}\n`,
      )
      expect(runs.filter(({ isKilled }) => !isKilled).map(({ point }) => point)).toEqual([])
      expect(runs.map(({ point, found }) => ({ point, found }))).toEqual(runs.map(({ point }) => ({ point, found: expected })))
    },
    (points + 2) * 60_000,
  )
})
