import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type FileServer, serveFiles } from '../../rehearsal/files.ts'
import { repository } from '../bundles/copies.ts'
import { describeOnEngine } from '../engine/engines.ts'
import { makeReadyBench, msiPath, msiSha256, running, type StepBench } from '../engine/step-bench.ts'
import { fill } from '../image/folders.ts'
import type { SoakReport, SoakStep } from './soak-process.ts'
import { grown, type SoakedMachine, things, watchMachine } from './soaked-machine.ts'

/** 8 here, 200 in a soak: as many as are measured, after those that warm the process up. */
const wanted = Number(process.env.SOAK_RUNS ?? 8)
/** What a warm process may still gain, once: compiled code and the like. A soak of 200 finds what keeps 5 KB of each run. */
const memoryNoise = 1e6

describeOnEngine('a soak, on the real engine', () => {
  let bench: StepBench
  let files: FileServer
  let machine: SoakedMachine
  let steps: ChildProcess
  let died: Promise<never>
  beforeAll(async () => {
    bench = await makeReadyBench(200)
    files = await serveFiles(path.dirname(msiPath))
    await fill(path.join(bench.machine.workspace, 'soak'), { Dockerfile: `FROM ${bench.image}\nVOLUME /data\n` })
    const TMPDIR = path.join(bench.folder, 'tmp')
    await mkdir(TMPDIR)
    machine = watchMachine(bench)
    steps = fork(path.join(repository, '__tests__', 'lifecycle', 'soak-process.ts'), {
      cwd: repository,
      env: { ...process.env, TMPDIR, TSX_DISABLE_CACHE: '1' },
      // Without compiled code a process is warm sooner.
      execArgv: ['--expose-gc', '--no-opt', '--no-sparkplug', '--import', 'tsx'],
    })
    died = once(steps, 'exit').then(([code]) => {
      throw new Error(`The process of the steps ended with ${code}.`)
    })
    died.catch(() => {})
  })
  afterAll(async () => {
    steps.kill()
    machine.close()
    await files.close()
    await bench.remove()
  })

  interface Run extends Pick<SoakStep, 'inputs' | 'cancelAt'> {
    readonly title: string
    readonly ends: Readonly<Record<string, string>>
  }

  /** What a machine sees, in a row. Nothing of it is there any more at the end. */
  function mix(): readonly Run[] {
    const [image, name] = [`${bench.engine.prefix}-soak:1`, `${bench.engine.prefix}-soak`]
    const msiUrl = `${files.address}/${path.basename(msiPath)}`
    const labels = `${bench.engine.prefix}=step`
    const own = running(image, name)
    const set = { ...running(image, `${name}-set`), nodeCount: '2', enableHa: 'true', cleanup: 'always' }
    const late = { inputs: running(image, `${name}-late`, 'rehearsal-never-healthy'), cancelAt: 'running, starting' }
    return [
      {
        title: 'build',
        inputs: { mode: 'build', msiUrl, msiSha256, buildContext: 'soak', image, labels },
        ends: { cacheHit: 'false' },
      },
      { title: 'run', inputs: own, ends: { verdict: 'healthy', changed: 'true' } },
      { title: 'run again', inputs: own, ends: { verdict: 'healthy', changed: 'false' } },
      { title: 'gate', inputs: { mode: 'gate', containerName: name, soak: '0s' }, ends: { verdict: 'healthy' } },
      { title: 'a bad key', inputs: running(image, `${name}-bad`, 'rehearsal-bad-key'), ends: { reason: 'invalid-key' } },
      { title: 'a cancel', ...late, ends: { reason: 'cancelled' } },
      { title: 'remove', inputs: { mode: 'remove', containerName: name }, ends: { verdict: 'skipped', changed: 'true' } },
      { title: 'a set that goes with its job', inputs: set, ends: { verdict: 'healthy' } },
    ]
  }

  async function play({ inputs, cancelAt, ends, title }: Run): Promise<SoakReport> {
    const step = { machine: bench.machine, inputs, environment: bench.engine.docker.environment }
    steps.send(cancelAt === undefined ? step : { ...step, cancelAt })
    const [report] = (await Promise.race([once(steps, 'message'), died])) as [SoakReport]
    expect({ title, ...report }).toMatchObject({ title, outputs: ends })
    return report
  }

  /** Every run of the mix, from an empty store on. @returns what the process holds after the last */
  async function cycle(runs: readonly Run[]): Promise<SoakReport> {
    await rm(path.join(bench.machine.tools, 'shir', '5.70.9748-2'), { recursive: true, force: true })
    let last: SoakReport | undefined
    for (const run of runs) last = await play(run)
    return last as SoakReport
  }

  const cycles = Math.max(1, Math.round(wanted / 8))
  test(
    `${cycles * 8} runs in a row: nothing grows`,
    async () => {
      const runs = mix()
      const warm = await cycle(runs)
      // From here on the store and the engine's cache are filled. Of nodes nothing stays even of the first runs.
      const before = { ...(await machine.look()), containers: [], networks: [], volumes: [] }
      let last = warm
      for (let count = 0; count < cycles; count++) last = await cycle(runs)
      const growth = grown(before, await machine.look())

      const gained = last.memory - warm.memory
      const held = { handles: last.handles - warm.handles, listeners: last.listeners, steps: last.steps }
      const isNoise = gained <= memoryNoise
      const memory = isNoise ? `none (${Math.round(gained / 1e3)} KB, which is noise)` : `${Math.round(gained / 1e3)} KB`
      const figures = [
        ...Object.entries(held).map(([kind, count]) => `${kind} ${count}`),
        ...things.map(kind => `${kind} ${growth[kind].length}`),
      ]
      process.stdout.write(`soak: ${cycles * 8} runs, growth of memory ${memory}, ${figures.join(', ')}\n`)
      const nothing = { files: [], containers: [], images: [], networks: [], volumes: [] }
      expect({ ...held, ...growth, memory }).toEqual({
        ...{ handles: 0, listeners: 0, steps: 0 },
        ...nothing,
        memory: expect.stringContaining('none'),
      })
    },
    (cycles + 2) * 120_000,
  )
})
