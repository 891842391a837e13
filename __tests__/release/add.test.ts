import { StepError } from '../../src/contract/reasons.ts'
import type { JudgedNode, Node, NodePlan, Observation } from '../../src/contract/values.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { addNodes } from '../../src/release/add.ts'
import type { Resolution, Target } from '../../src/target/target.ts'
import { image } from '../report/stories.ts'
import { fakeClock } from '../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const policy = { healthTimeoutMs: 600_000, soakMs: 0 }
const plan = (number: number): NodePlan => ({
  ...{
    name: `node-${number}`,
    container: `shir-${number}`,
    hostname: `h-${number}`,
    variables: [],
    labels: [],
    restartPolicy: 'no',
  },
  ...{ isolation: undefined, memory: undefined, cpus: undefined, network: undefined, ownNetwork: undefined, volumes: [] },
})
const usual = { kind: 'seen', atMs: 0, status: 'running', exitCode: 0, restartCount: 0, probes: [], lines: [] } as const
const looks: Readonly<Record<string, Observation>> = {
  healthy: { ...usual, health: 'healthy' },
  unhealthy: { ...usual, health: 'unhealthy' },
}

/** A target whose nodes come to what is said, by number; what happened to whom is written down in order. */
interface Stand {
  /** By number: nodes of an earlier run that are there, and stay. */
  readonly kept?: readonly number[]
  /** The run at whose job's end they go. */
  readonly endsWithJob?: string
  /** By number: further nodes of the set. */
  readonly surplus?: readonly number[]
  /** What a node answers when it is asked for hostnames; all are known where nothing is said. */
  readonly resolve?: (node: number, hostnames: readonly string[]) => Resolution
}

function targetOf(
  ends: Readonly<Record<number, 'healthy' | 'unhealthy' | StepError | Error>>,
  { kept = [], endsWithJob, surplus = [], resolve }: Stand,
) {
  const found = (number: number) => ({ ...plan(number), planned: false, id: `c-${number}`, version: undefined })
  const story: string[] = []
  const numberOf = (node: { readonly container: string }) => Number(node.container.slice(-1))
  const target = {
    survey: async () => ({ standing: kept.map(number => ({ ...found(number), endsWithJob })), surplus: surplus.map(found) }),
    resolve: async (node: Node, hostnames: readonly string[]) => {
      story.push(`ask ${numberOf(node)} for ${hostnames.join(' ')}`)
      return resolve?.(numberOf(node), hostnames) ?? { kind: 'known', unresolved: [] }
    },
    add: async (node: NodePlan): Promise<Node> => {
      story.push(`add ${numberOf(node)}`)
      await Promise.resolve()
      const end = ends[numberOf(node)]
      if (end instanceof Error) throw end
      return { planned: false, name: node.name, container: node.container, id: node.container, version: undefined }
    },
    observe: async function* (node: Node) {
      story.push(`watch ${numberOf(node)}`)
      const look = looks[String(ends[numberOf(node)])]
      if (look) yield look
    },
    lastWords: async () => [],
  } as unknown as Target
  return { target, story }
}

async function add(count: number, ends: Parameters<typeof targetOf>[0], stand: Stand = {}, of = image) {
  const host = memoryHost({ machine, clock: fakeClock() })
  const { target, story } = targetOf(ends, stand)
  const passed: string[] = []
  const judged: JudgedNode[] = []
  const plans = Array.from({ length: count }, (_, index) => plan(index + 1))
  const warnings: string[] = []
  const adding = addNodes(plans, of, target, policy, host, {
    warn: (code, message) => void warnings.push(`${code}: ${message}`),
    judged: async one => {
      judged.push(one)
      // The record takes its time, and is waited for.
      await new Promise(resolve => setImmediate(resolve))
      if (one.verdict.outcome === 'healthy') passed.push(one.node.container)
    },
  })
  const error = await adding.catch((thrown: unknown) => thrown as Error)
  judged.sort((a, b) => a.node.container.localeCompare(b.node.container))
  return { judged, error, story, passed, warnings, host }
}

test('the first alone until it is proven, then the others together', async () => {
  const { judged, story, passed } = await add(4, { 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'healthy' })
  expect(story.slice(0, 5)).toEqual(['add 1', 'watch 1', 'add 2', 'add 3', 'add 4'])
  expect(judged.map(({ verdict }) => verdict.outcome)).toEqual(['healthy', 'healthy', 'healthy', 'healthy'])
  expect(passed[0]).toBe('shir-1')
  expect([...passed].sort()).toEqual(['shir-1', 'shir-2', 'shir-3', 'shir-4'])
})

test('the first fails: no other is made, and the log says so', async () => {
  const { judged, story, passed, host } = await add(3, { 1: 'unhealthy', 2: 'healthy', 3: 'healthy' })
  expect(story).toEqual(['add 1', 'watch 1'])
  expect(judged).toMatchObject([{ node: { container: 'shir-1' }, verdict: { reason: 'unhealthy' } }])
  expect(passed).toEqual([])
  expect(host.lines.at(-1)).toBe('shir-2, shir-3 not started, since the first node failed.')
})

test('a later one fails: those that passed stay', async () => {
  const { judged, passed } = await add(3, { 1: 'healthy', 2: 'unhealthy', 3: 'healthy' })
  expect(judged.map(({ verdict }) => verdict.outcome)).toEqual(['healthy', 'failed', 'healthy'])
  expect([...passed].sort()).toEqual(['shir-1', 'shir-3'])
})

test('every verdict is told as soon as there is one, so that an early end loses none', async () => {
  const { judged } = await add(3, { 1: 'healthy', 2: 'unhealthy', 3: new StepError('cancelled', 'cancelled') })
  expect(judged.map(({ node }) => node.container)).toEqual(['shir-1', 'shir-2'])
})

test('one that cannot even be started is a failed node with the engine’s reason', async () => {
  const refused = new StepError('start-failed', 'no room', { hint: 'Make room.' })
  const { judged, passed } = await add(2, { 1: 'healthy', 2: refused })
  expect(judged[1]).toMatchObject({
    node: { container: 'shir-2', id: '' },
    verdict: { outcome: 'failed', reason: 'start-failed', message: 'no room', hint: 'Make room.', status: 'not started' },
  })
  expect(passed).toEqual(['shir-1'])
})

test.each([
  ['cancelled', new StepError('cancelled', 'cancelled')],
  ['a defect', new TypeError('x is not a function')],
])('%s is no verdict: it ends the run, when every other watch has ended', async (_, end) => {
  const { error, story } = await add(3, { 1: 'healthy', 2: end, 3: 'healthy' })
  expect(error).toBe(end)
  expect(story).toContain('watch 3')
})

test('an image without a health check could prove nothing: none is started, and what stands is kept all the same', async () => {
  const blind = { ...image, hasHealthCheck: false }
  const { error, story } = await add(2, {}, { kept: [1] }, blind)
  expect(error).toMatchObject({ code: 'no-health-check' })
  expect(story).toEqual([])
  expect((await add(1, {}, { kept: [1] }, blind)).judged).toMatchObject([{ isKept: true }])
})

test('none is planned: none is made', async () => {
  expect(await add(0, {})).toMatchObject({ judged: [], story: [] })
})

describe('run twice', () => {
  test('nodes that are there as planned are kept: nothing is started or watched', async () => {
    const { judged, story, passed, host } = await add(2, {}, { kept: [1, 2] })
    expect(story).toEqual([])
    expect(judged).toMatchObject(
      [1, 2].map(number => ({ node: { id: `c-${number}` }, verdict: { outcome: 'healthy' }, isKept: true })),
    )
    expect(passed).toEqual(['shir-1', 'shir-2'])
    expect(host.lines).toContain('shir-1: kept; it is healthy, and of this image and configuration.')
  })

  test('only what is missing is started, all of it at once since one is proven already', async () => {
    const { story, passed } = await add(4, { 1: 'healthy', 3: 'healthy' }, { kept: [2, 4] })
    expect(story.slice(0, 2)).toEqual(['add 1', 'add 3'])
    expect([...passed].sort()).toEqual(['shir-1', 'shir-2', 'shir-3', 'shir-4'])
  })

  test('a kept one that goes with another job is a warning; with this job it is none', async () => {
    expect((await add(1, {}, { kept: [1], endsWithJob: '77' })).warnings).toEqual([
      expect.stringMatching(/^node-ends-early: shir-1 is kept, but goes at the end of another job, .*\(cleanup\)/),
    ])
    expect((await add(1, {}, { kept: [1], endsWithJob: 'memory' })).warnings).toEqual([])
  })

  test('a set made smaller: what is beyond it stays, and is a warning with the way to remove it', async () => {
    const { warnings, story } = await add(2, {}, { kept: [1, 2], surplus: [3] })
    expect(warnings).toEqual([
      expect.stringMatching(/^node-surplus: shir-3 .*nodeCount is 2.*mode remove and containerName shir-3\.$/),
    ])
    expect(story).toEqual([])
  })

  test('a missing one that fails leaves those that are kept', async () => {
    const { judged } = await add(3, { 3: 'unhealthy' }, { kept: [1, 2] })
    expect(judged.map(({ verdict }) => verdict.outcome)).toEqual(['healthy', 'healthy', 'failed'])
  })
})

describe('the peers of a set', () => {
  const asked = (story: readonly string[]) => story.filter(line => line.startsWith('ask'))

  test('one alone has none', async () => expect(asked((await add(1, { 1: 'healthy' })).story)).toEqual([]))

  test('each pair is asked for once, by the one that became healthy later', async () => {
    const { story, host } = await add(3, { 1: 'healthy', 2: 'healthy', 3: 'healthy' })
    expect(asked(story)).toEqual(['ask 2 for h-1', 'ask 3 for h-1 h-2'])
    expect(host.lines).toContain('shir-3: finds shir-1 (h-1), shir-2 (h-2)')
  })

  test('a new one is asked for those that are kept; one that fails is neither asked nor asked for', async () => {
    const { story } = await add(4, { 2: 'unhealthy', 4: 'healthy' }, { kept: [1, 3] })
    expect(asked(story)).toEqual(['ask 4 for h-1 h-3'])
  })

  test('a name that does not resolve fails the node that asked, and no other', async () => {
    const { judged } = await add(2, { 1: 'healthy', 2: 'healthy' }, { resolve: () => ({ kind: 'known', unresolved: ['h-1'] }) })
    expect(judged).toMatchObject([
      { verdict: { outcome: 'healthy' } },
      {
        verdict: {
          ...{ outcome: 'failed', reason: 'peer-unresolved', hint: expect.stringContaining('Leave `network` out') },
          message: 'inside the container the hostname of shir-1 (h-1) does not resolve',
        },
      },
    ])
  })

  test('an image that has no means to tell: said, and no failure', async () => {
    const { judged, host } = await add(
      2,
      { 1: 'healthy', 2: 'healthy' },
      { resolve: () => ({ kind: 'unknown', why: 'no PowerShell' }) },
    )
    expect(judged.map(({ verdict }) => verdict.outcome)).toEqual(['healthy', 'healthy'])
    expect(host.lines).toContain('shir-2: whether it finds shir-1 (h-1) could not be asked inside the container: no PowerShell')
  })
})
