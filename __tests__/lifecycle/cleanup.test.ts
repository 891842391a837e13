import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { type Copies, copyProduct, type HostName, spelled } from '../bundles/copies.ts'
import { describeOnEngine } from '../engine/engines.ts'
import { makeReadyBench, type StepBench } from '../engine/step-bench.ts'
import { runOnAzure } from '../runners/azure.ts'
import { runOnGitHub } from '../runners/github.ts'
import type { StepControl } from '../runners/record.ts'
import { requestOn } from './runs.ts'
import { openStage, type Stage } from './stage.ts'

const ephemeral = { github: { RUNNER_ENVIRONMENT: 'github-hosted' }, azure: { AGENT_ISSELFHOSTED: '0' } }

describeOnEngine('the end of a job, on the real engine', () => {
  let bench: StepBench
  let copies: Copies
  let stage: Stage
  let name: string
  beforeAll(async () => {
    bench = await makeReadyBench()
    copies = await copyProduct()
  })
  afterAll(() => Promise.all([copies.remove(), bench.remove()]))
  beforeEach(async () => {
    name = bench.newName()
    stage = await openStage(bench, name)
  })
  afterEach(() => stage.remove())

  /** Runs nodes as the host's runner does, its post step too, and notes which containers there were between the two. */
  async function job(host: HostName, more: Readonly<Record<string, string>>, environment = {}, killAt?: RegExp) {
    const all = {
      mode: 'run',
      image: bench.image,
      containerName: name,
      authKey: rehearsalKey(),
      healthTimeout: '30s',
      soak: '0s',
      ...more,
    }
    const inputs = Object.fromEntries(Object.entries(all).map(([key, value]) => [spelled(host, key), value]))
    const onLine = (line: string, control: StepControl) => {
      if (killAt?.test(line)) control.kill()
    }
    const request = { ...requestOn(stage, environment), inputs, onLine }
    const record = await (host === 'github'
      ? runOnGitHub({ folder: copies.folder.github, ...request })
      : runOnAzure({ folder: copies.folder.azure, ...request }))
    const networks = (await bench.engine.docker('network', 'ls', '-q', '--filter', `name=${name}`)).stdout.trim()
    const left = await stage.leftovers()
    return {
      record,
      networks,
      containers: left.filter(one => one.startsWith('container')).length,
      files: left.filter(one => !one.startsWith('container')),
    }
  }
  const clear = () => bench.engine.docker('rm', '-f', `${name}-1`, `${name}-2`)

  test.each(['github', 'azure'] as const)(
    '%s, a machine that ends with the job: two proven nodes and their network go',
    async host => {
      const { record, ...left } = await job(host, { nodeCount: '2', enableHa: 'true' }, ephemeral[host])
      expect(record).toMatchObject({ outcome: 'succeeded', post: { outcome: 'succeeded' } })
      expect(record.post?.annotations.map(({ level, message }) => [level, /If the node had registered/.test(message)])).toEqual([
        ['warning', true],
        ['warning', true],
      ])
      expect(JSON.parse(record.outputs.nodes ?? '')).toMatchObject([{ health: 'healthy' }, { health: 'healthy' }])
      for (const raw of [record.raw, record.post?.raw])
        expect(raw).toContain(
          'Nodes that this step starts and that pass their gate go at the end of the job, since this machine ends with it (cleanup auto).',
        )
      expect(record.post?.raw).toContain(`${name}-1: SHIR was ended (SHIR/stop.ps1)`)
      expect(left).toEqual({ networks: '', containers: 0, files: [] })
    },
  )

  test.each(['github', 'azure'] as const)(
    '%s, a machine that outlives the job: the node stays, and that is said twice',
    async host => {
      const { record, ...left } = await job(host, {})
      for (const raw of [record.raw, record.post?.raw])
        expect(raw).toContain('Nodes that pass their gate stay, since this machine outlives the job (cleanup auto).')
      expect(left).toEqual({ networks: '', containers: 1, files: [] })
      await clear()
    },
  )

  test('always: it goes there too', async () => {
    const { record, ...left } = await job('github', { cleanup: 'always' })
    expect(record.post?.raw).toContain('since cleanup is always')
    expect(left).toEqual({ networks: '', containers: 0, files: [] })
  })

  test('never: even a node that failed its gate stays', async () => {
    const { record, ...left } = await job(
      'github',
      { cleanup: 'never', authKey: rehearsalKey('rehearsal-bad-key') },
      ephemeral.github,
    )
    expect(record.outputs).toMatchObject({ verdict: 'failed', reason: 'invalid-key' })
    expect(left).toEqual({ networks: '', containers: 1, files: [] })
    await clear()
  })

  test('a step that is killed after its first node passed: on a machine that ends with the job the post step takes both', async () => {
    const inputs = { nodeCount: '2', enableHa: 'true', cleanup: 'always' }
    const { record, ...left } = await job('github', inputs, {}, /Started .*-2 /)
    expect(record.exitCode).toBeNull()
    expect(record.post?.raw).toContain(`${name}-1 goes at the end of its job.`)
    expect(record.post?.raw).toContain(`Removed ${name}-2, which never passed its gate.`)
    expect(left).toEqual({ networks: '', containers: 0, files: [] })
  })
})
