import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type FileServer, serveFiles } from '../../rehearsal/files.ts'
import { type Copies, copyProduct } from '../bundles/copies.ts'
import { describeOnEngine } from '../engine/engines.ts'
import { makeReadyBench, msiPath, msiSha256, type StepBench } from '../engine/step-bench.ts'
import { fill } from '../image/folders.ts'
import type { StepRecord } from '../runners/record.ts'
import { endingOf, faultsOf, findNodes, inputsOfWinner, type Race, races } from './races.ts'
import { runAction, wholeRun } from './runs.ts'
import { openStage } from './stage.ts'

/** 20 here, 100 in a soak. */
const rounds = Number(process.env.RACE_ROUNDS ?? 20)
/** Rounds that are under way together: while one waits for its node, another has the machine. */
const lanes = 2

describeOnEngine('two jobs at once, on the real engine', () => {
  let bench: StepBench
  let copies: Copies
  let files: FileServer
  let context: string
  beforeAll(async () => {
    bench = await makeReadyBench(200)
    copies = await copyProduct()
    files = await serveFiles(path.dirname(msiPath))
    context = path.join(bench.machine.workspace, 'short')
    await fill(context, { Dockerfile: `FROM ${bench.image}\n` })
    // From then on builds come from the engine's cache: two that begin from nothing make two images.
    const labels = `${bench.engine.prefix}=step`
    const inputs = { mode: 'build', msiPath, msiSha256, buildContext: context, image: `${bench.image}-short`, labels }
    expect((await bench.play(inputs)).annotations).toEqual([])
  })
  afterAll(async () => {
    await Promise.all([copies.remove(), files.close()])
    await bench.remove()
  })

  /** Runs both jobs, then a third that is asked for what the winner was. */
  async function runRace(race: Race) {
    const name = bench.newName()
    // Two runners of one machine share its tools, but neither their workspaces nor their temporary folders.
    const [stage, other] = await Promise.all([openStage(bench, name), openStage(bench, name)])
    const beside = { ...other, folders: { ...other.folders, toolCache: stage.folders.toolCache } }
    const installer = { 'msi-url': `${files.address}/${path.basename(msiPath)}` }
    const inputs = { ...wholeRun(bench, name, installer), 'build-context': context }

    let begin = () => {}
    const begun = new Promise<void>(resolve => {
      begin = resolve
      if (race.secondAt === undefined) resolve()
    })
    const onLine = (line: string) => void (race.secondAt?.test(line) && begin())
    const first = runAction(copies, stage, { ...inputs, ...race.first }, { onLine }).finally(begin)
    const second = begun.then(() => runAction(copies, beside, asked({ ...inputs, ...race.second })))
    const jobs = await Promise.all([first, second] as const)

    const left = [...(await stage.leftovers()), ...(await other.leftovers())].filter(what => !what.startsWith('container '))
    const found = { ...(await findNodes(bench, name)), left }
    const faults = [...faultsOf(race, jobs, found)]
    const kept = path.join(stage.folders.toolCache, 'shir', '5.70.9748-2', 'x64', path.basename(msiPath))
    if (
      createHash('sha256')
        .update(await readFile(kept))
        .digest('hex') !== msiSha256
    )
      faults.push(`${race.title}: ${kept} is not whole`)
    // What the two have made is one: a third job finds their image, and its nodes there.
    const third = await runAction(copies, stage, { ...inputs, ...inputsOfWinner(race, jobs) }, { runPost: false })
    const { reason, changed, ...outputs } = third.outputs
    const whole = { outcome: 'succeeded', built: 'false', changed: String(found.nodes.length === 0) }
    const isWhole = third.outcome === whole.outcome && outputs.built === whole.built && changed === whole.changed
    if (!isWhole) faults.push(`${race.title}: a third job ended with ${third.outcome} ${reason}, changed ${changed}`)

    await bench.engine.docker('rm', '-f', '-v', '--', ...(await bench.containers(name)))
    await bench.engine.docker('network', 'rm', ...(await findNodes(bench, name)).networks)
    await Promise.all([stage.remove(), other.remove()])
    return { endings: `${race.title}: ${jobs.map(endingOf).join(' / ')}`, faults, said: faults.length > 0 ? tell(jobs) : '' }
  }

  test(
    `${rounds} rounds over the same installer, image and names: one wins, the other has the same node or says why it has none`,
    async () => {
      const endings = new Map<string, number>()
      const broken: string[] = []
      let round = 0
      const lane = async () => {
        while (round < rounds) {
          const race = races[round++ % races.length] as Race
          const ended = await runRace(race)
          endings.set(ended.endings, (endings.get(ended.endings) ?? 0) + 1)
          if (ended.faults.length > 0) broken.push([...ended.faults, ended.endings, ended.said].join('\n'))
        }
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      const list = [...endings].map(([ending, count]) => `\n  ${count} × ${ending}`).sort()
      process.stdout.write(`two jobs at once: ${rounds} rounds; broken end states: ${broken.length}${list.join('')}\n`)
      expect(broken).toEqual([])
    },
    rounds * 60_000,
  )
})

/** A removal is asked for names alone. */
function asked(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return inputs.mode === 'remove' ? { mode: 'remove', 'container-name': String(inputs['container-name']) } : inputs
}

function tell(jobs: readonly StepRecord[]): string {
  return jobs.map(({ log, post }) => `${log}\n── post:\n${post?.log}`).join('\n══ the other:\n')
}
