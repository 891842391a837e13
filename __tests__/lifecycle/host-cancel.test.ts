import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { type Copies, copyProduct, type HostName, hostNames } from '../bundles/copies.ts'
import { realEngineAnswers } from '../engine/engines.ts'
import { makeStepBench, msiPath, msiSha256, type StepBench } from '../engine/step-bench.ts'
import { fill } from '../image/folders.ts'
import type { StepControl } from '../runners/record.ts'
import { type FaultServer, faultServer } from '../support/fault-server.ts'
import { describeWith } from '../support/program.ts'
import { type EndedJob, endedJob, type JobOrder, type Moment, whenMade } from './ended-job.ts'
import { type HeldRegistry, holdRegistry } from './held-registry.ts'
import { openStage, runTerminal, type Stage } from './stage.ts'

/** After 7.5 s the runners become rude. */
const limitMs = 7_000

type Inputs = Readonly<Record<string, string>>
type More = Partial<Pick<JobOrder, 'act' | 'before' | 'environment' | 'onSignal'>>

describeWith(
  realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers',
  'a cancel as the hosts’ runners do it, on the real engine',
  () => {
    let bench: StepBench
    let copies: Copies
    let server: FaultServer
    let registry: HeldRegistry
    const jobs: { readonly what: string; readonly ended: EndedJob }[] = []
    const stages: Stage[] = []
    /** The stories that wait most of their time: they do so while the other tests run. */
    let waiting: Promise<readonly Awaited<ReturnType<typeof end>>[]>

    beforeAll(async () => {
      ;[bench, copies] = await Promise.all([makeStepBench(), copyProduct()])
      const labels = `${bench.engine.prefix}=step`
      const inputs = { mode: 'build', msiPath, msiSha256, buildContext: 'context', image: bench.image, labels }
      expect((await bench.play(inputs)).annotations).toEqual([])
      server = await faultServer({
        '/IntegrationRuntime_5.70.9748.2.msi': [response => void response.writeHead(200, { 'content-length': 1e6 }).write('x')],
      })
      registry = await holdRegistry()
    })
    afterAll(async () => {
      await waiting.catch(() => {})
      const cancels = jobs.flatMap(({ what, ended: { record } }) => (record.cancel ? [{ what, ...record.cancel }] : []))
      const polite = cancels.filter(({ signals }) => signals.length === 1)
      const worst = polite.reduce((a, b) => (b.tookMs > a.tookMs ? b : a), { what: 'none', tookMs: 0 })
      const paid = jobs.filter(({ ended }) => /ended early and owes/.test(ended.record.post?.raw ?? ''))
      // What a removal was to remove is no leftover, nor is a part, or a dead owner's claim, for the next run; their own tests see to them.
      const kept = jobs.filter(({ what }) => !/mode remove$|nothing, while it fetches$/.test(what))
      const left = kept.flatMap(({ ended }) => ended.left).filter(name => !name.endsWith('.claim'))
      process.stdout.write(
        `host cancel: ${cancels.length} cancels, ${polite.length} of them by the first signal alone, worst time to exit ${(worst.tookMs / 1_000).toFixed(2)} s (${worst.what}); ${paid.length} post steps paid what was owed, leftovers ${left.length}\n`,
      )
      registry.close()
      await Promise.all([server.close(), copies.remove(), ...stages.map(stage => stage.remove())])
      await bench.remove()
    })

    const local = { msiPath, msiSha256 }
    const remote = () => ({ msiUrl: server.url('/IntegrationRuntime_5.70.9748.2.msi') })
    const build = (name: string): Inputs => ({ mode: 'build', buildContext: 'slow', image: `${name}:1` })
    const buildAndRun = (name: string): Inputs => ({ ...runOf(name), ...build(name), mode: 'run' })
    /** Two nodes and a network of their own; the first never becomes healthy. */
    const runOf = (name: string): Inputs => ({
      ...{ mode: 'run', containerName: name, image: bench.image, authKey: rehearsalKey('rehearsal-never-healthy') },
      ...{ nodeCount: '2', enableHa: 'true', healthTimeout: '30s', soak: '0s' },
    })
    const push = (name: string): Inputs => ({
      ...{ ...local, buildContext: 'quick', push: 'true' },
      image: `${registry.name}/${name}:1`,
    })

    /** A machine of its own for a job, and the name of what the job makes. */
    async function openJob(host: HostName) {
      const name = bench.newName()
      const stage = await openStage(bench, name)
      stages.push(stage)
      await fill(stage.folders.workspace, {
        'slow/Dockerfile': `FROM ${bench.image}\nLABEL building=${name}\nRUN ["/SHIR/busybox", "sleep", "60"]\n`,
        'quick/Dockerfile': `FROM ${bench.image}\n`,
      })
      return { host, name, stage }
    }

    /** Runs it, and its runner cancels it there, unless `more` says what else becomes of it. */
    async function end(job: Awaited<ReturnType<typeof openJob>>, what: string, inputs: Inputs, at: Moment, more: More = {}) {
      const { host, name, stage } = job
      const order: JobOrder = { host, inputs, at, act: control => control.cancel(), ...more }
      const ended = await endedJob(bench, copies, stage, name, order)
      jobs.push({ what: `${host}, ${what}`, ended })
      return { ...job, ...ended }
    }
    const onBoth = <T>(body: (host: HostName) => Promise<T>) => Promise.all(hostNames.map(body))

    /** What both runners come to see of every step that ends by itself: told once, by its reason; and no job fails over the rest. */
    const told = (host: HostName) => ({
      ...{ outcome: 'cancelled', cancel: { signals: ['SIGINT'] }, outputs: { reason: 'cancelled' } },
      // Azure's agent takes anything but 0 for a fault of its own; there the step tells its result in words.
      exitCode: host === 'github' ? 1 : 0,
      annotations: [
        host === 'github'
          ? { level: 'error', title: 'SHIR Container: cancelled', message: expect.stringContaining('The run was cancelled.') }
          : { level: 'error', message: expect.stringMatching(/^SHIR Container: cancelled: The run was cancelled\./) },
      ],
      // The runner found no process to end.
      warnings: ['The operation was canceled.'],
      post: { outcome: 'succeeded', exitCode: 0, annotations: [], outputs: {}, warnings: [] },
    })

    function expectInTime({ record }: EndedJob): void {
      expect(record.cancel?.tookMs).toBeLessThan(limitMs)
    }

    test.each<[string, (name: string) => Inputs, Moment | ((name: string) => Moment)]>([
      ['mode build, while the installer is fetched', name => ({ ...build(name), ...remote() }), { line: /Fetching/ }],
      ['mode run, while the installer is fetched', name => ({ ...buildAndRun(name), ...remote() }), { line: /Fetching/ }],
      ['mode build, in the midst of a build step', name => ({ ...build(name), ...local }), { line: /Running in/ }],
      ['mode run, in the midst of a build step', name => ({ ...buildAndRun(name), ...local }), { line: /Running in/ }],
      ['mode build, while it pushes', name => ({ ...build(name), ...push(name) }), { line: /Pushing/ }],
      ['mode run, while it pushes', name => ({ ...buildAndRun(name), ...push(name) }), { line: /Pushing/ }],
      ['mode run, when the engine has made its container', runOf, name => ({ seen: then => whenMade(bench, `${name}-1`, then) })],
      ['mode run, while its node is watched', runOf, { line: /running, starting/ }],
    ])('%s: the first signal is enough, and nothing is owed to the post step', async (what, inputs, at) => {
      for (const ended of await onBoth(async host => {
        const job = await openJob(host)
        return end(job, what, inputs(job.name), typeof at === 'function' ? at(job.name) : at)
      })) {
        expect(ended.record).toMatchObject(told(ended.host))
        expect(ended.record.post?.raw).toMatch(/[Nn]othing is owed\./)
        expect(ended.left).toEqual([])
        expectInTime(ended)
      }
    })

    test('mode build, when a server has just taken its connection: that keeps nothing alive', async () => {
      for (const ended of await onBoth(async host => {
        const job = await openJob(host)
        const taking = createServer(socket => socket.on('error', () => {}))
        await new Promise<void>(resolve => taking.listen(0, '127.0.0.1', resolve))
        const msiUrl = `http://127.0.0.1:${(taking.address() as AddressInfo).port}/IntegrationRuntime_5.70.9748.2.msi`
        const seen = (then: () => void) => {
          taking.once('connection', then)
          return () => taking.close()
        }
        return end(job, 'a connection', { ...build(job.name), msiUrl }, { seen })
      })) {
        expect(ended.record).toMatchObject(told(ended.host))
        expect(ended.left).toEqual([])
        expectInTime(ended)
      }
    })

    test('mode remove, while SHIR takes its leave: nothing is owed, and the next removal finishes it', async () => {
      const docker = bench.engine.docker.with({ AUTH_KEY: rehearsalKey() })
      for (const ended of await onBoth(async host => {
        const job = await openJob(host)
        await docker('run', '-d', '--name', `${job.name}-1`, '-e', 'AUTH_KEY', '--', bench.image)
        return end(job, 'mode remove', { mode: 'remove', containerName: job.name }, { docker: 'exec' })
      })) {
        expect(ended.record).toMatchObject(told(ended.host))
        expect(ended.record.post?.raw).toContain('Nothing was begun, nothing is owed.')
        expect(ended.left).toEqual([expect.stringMatching(/^container /)])
        expectInTime(ended)
        const terminal = path.join(copies.folder.github, 'dist', 'terminal.mjs')
        expect((await runTerminal(terminal, ['remove', '--container-name', ended.name], ended.stage)).code).toBe(0)
        expect(await ended.stage.leftovers()).toEqual([])
      }
    })

    /** The first removal of a container hears nothing, as a docker does whose engine hangs. */
    const deaf = ({ folders: { home } }: Stage) =>
      `[ "$1" = rm ] && [ ! -e '${home}/deaf' ] && : > '${home}/deaf' && { trap '' INT; exec sleep 60; }`
    /** A process that the machine gives no time: it hears no signal but the last one. */
    const freeze = { act: (control: StepControl) => [control.freeze(), control.cancel()] }
    const thaw = { onSignal: (signal: NodeJS.Signals, control: StepControl) => void (signal === 'SIGTERM' && control.thaw()) }

    interface Row {
      readonly hosts?: readonly HostName[]
      readonly inputs: (name: string) => Inputs
      readonly at: Moment
      readonly more?: More
      readonly isDeaf?: boolean
      /** What the runner sends; the step ends by itself where that is one. */
      readonly signals: readonly string[]
      readonly exitCode?: number | null
      /** How many things the post step finds owed, and what it says that it removed; nothing said where the engine's pace decides that. */
      readonly owed?: number
      readonly removed?: readonly string[]
      /** What stays all the same; nothing, if nothing else is said. */
      readonly left?: readonly unknown[]
    }
    const watched = { inputs: runOf, at: { line: /running, starting/ }, owed: 2, removed: ['node', 'network'] }
    const killed = { more: freeze, signals: ['SIGINT', 'SIGTERM', 'SIGKILL'], exitCode: null }
    const fetching = { inputs: (name: string) => ({ ...build(name), ...remote() }), at: { line: /Fetching/ } }
    const building = { inputs: (name: string) => ({ ...build(name), ...local }), at: { line: /Running in/ } }
    const rows: Readonly<Record<string, Row>> = {
      'a docker that hears nothing': { ...watched, isDeaf: true, signals: ['SIGINT'] },
      'a container that the engine may be making yet': {
        ...{ inputs: runOf, at: { docker: 'run' }, signals: ['SIGINT'] },
      },
      'a docker that hears nothing, and an agent of less patience': {
        ...{ ...watched, isDeaf: true, hosts: ['azure'], more: { environment: { PROCESS_SIGINT_TIMEOUT: '1000' } } },
        ...{ signals: ['SIGINT', 'SIGTERM'], exitCode: 130 },
      },
      'a process that hears two signals at once': {
        ...{ ...watched, more: { ...freeze, ...thaw }, signals: ['SIGINT', 'SIGTERM'], exitCode: 130 },
      },
      'a process that hears nothing, at the gate': { ...watched, ...killed },
      // Nothing is owed: what came of the download, and the claim to it, are the next run's.
      'a process that hears nothing, while it fetches': {
        ...{ ...fetching, ...killed, owed: Number.NaN, removed: [] },
        left: [expect.stringMatching(/parts\/.*\.1\.claim$/)],
      },
      'a process that hears nothing, while it builds': {
        ...{ ...building, ...killed, owed: 1, removed: [] },
        // Its turn at the image, which the next job finds to be a dead one's.
        left: [expect.stringMatching(/parts\/[0-9a-f]{64}\.1\.claim$/)],
      },
    }
    const removedBy = (post: string) =>
      [
        /^Removed \S+-1, which never passed its gate\.$/m.test(post) && 'node',
        /^Removed the network /m.test(post) && 'network',
      ].filter(one => one !== false)

    /** Whether a part had been begun when its process was killed is chance. */
    const isPart = (name: string) => /parts\/.*\.part$/.test(name)

    const stories = Object.entries(rows).flatMap(([what, row]) => (row.hosts ?? hostNames).map(host => ({ host, what, row })))
    beforeAll(() => {
      waiting = Promise.all(
        stories.map(async ({ host, what, row: { inputs, at, more, isDeaf } }) => {
          const job = await openJob(host)
          return end(job, what, inputs(job.name), at, { ...(isDeaf && { before: deaf(job.stage) }), ...more })
        }),
      )
      waiting.catch(() => {}) // told by the test
    })

    test('a step that cannot pay in time: its journal keeps what is owed, and the post step pays it', async () => {
      const ended = await waiting
      const found = ended.map(({ host, record: { cancel, post, ...main }, left }, index) => ({
        ...{
          what: stories[index]?.what,
          host,
          outcome: main.outcome,
          exitCode: main.exitCode,
          signals: cancel?.signals,
          left: left.filter(name => !isPart(name)),
        },
        ...{ reason: main.outputs.reason, owed: Number(/ended early and owes (\d)/.exec(post?.raw ?? '')?.[1]) },
        ...{ removed: removedBy(post?.raw ?? ''), post: post && [post.outcome, post.exitCode, post.annotations] },
      }))
      const expected = stories.map(({ host, what, row }, index) => ({
        ...{ what, host, outcome: 'cancelled', signals: row.signals, left: row.left ?? [] },
        ...{ owed: row.owed ?? found[index]?.owed, removed: row.removed ?? found[index]?.removed },
        ...{ exitCode: row.exitCode === undefined ? told(host).exitCode : row.exitCode, post: ['succeeded', 0, []] },
        reason: row.signals.length === 1 ? 'cancelled' : undefined,
      }))
      expect(found).toEqual(expected)
      for (const one of ended) if (one.record.cancel?.signals.length === 1) expectInTime(one)
    })
  },
)
