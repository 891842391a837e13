import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { isLook, running, type Stage, setStage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.remove())

const nodesOf = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) => JSON.parse(outputs.nodes ?? '')
const pair = { enableHa: 'true', nodeCount: '2' }
/** The commands since a moment that change something. */
const changesSince = (moment: number) =>
  stage.engine
    .calls()
    .slice(moment)
    .filter(({ argv }) => !isLook(argv))
    .map(({ argv }) => String(argv[0]))
    .filter(command => ['run', 'rm', 'stop', 'update', 'push'].includes(command))

test('run twice is run once: built again it is the same image, the node is kept, and nothing was changed', async () => {
  const first = await stage.play(running())
  const moment = stage.engine.calls().length
  const second = await stage.play({ ...running(), soak: '10s' })
  expect(second.annotations).toEqual([])
  expect(second.outputs).toMatchObject({ verdict: 'healthy', changed: 'false', built: 'false', imageId: first.outputs.imageId })
  expect(nodesOf(second)).toEqual(nodesOf(first))
  expect(second.lines).toContain('shir-1: kept; it is healthy, and of this image and configuration.')
  expect(second.page).toContain('| healthy (kept) |')
  expect(changesSince(moment)).toEqual([])
})

test('a set, too; and of a set only what is missing is added', async () => {
  const first = await stage.play({ ...running(), ...pair })
  expect((await stage.play({ ...running(), ...pair })).outputs).toMatchObject({ changed: 'false', nodes: first.outputs.nodes })
  await stage.docker('rm', '-f', '--', 'shir-1')
  const third = await stage.play({ ...running(), ...pair, nodeCount: '3' })
  expect(third.annotations).toEqual([])
  expect(third.outputs).toMatchObject({ verdict: 'healthy', changed: 'true' })
  const ids = (host: typeof first) => nodesOf(host).map(({ id }: { readonly id: string }) => id)
  expect(ids(third)[1]).toBe(ids(first)[1])
  expect(ids(third)).toHaveLength(3)
  expect(third.lines.join('\n')).toMatch(/shir-[13]: finds shir-2 \(shir-[0-9a-f]{4}-2\)/)
})

test('another image ends the step before anything is started', async () => {
  await stage.play(running())
  const moment = stage.engine.calls().length
  const host = await stage.play({ ...running(), labels: 'team=data' })
  expect(host.outputs).toMatchObject({ reason: 'already-exists', nodes: '[]', built: 'true', changed: 'true' })
  expect(host.annotations[0]?.message).toMatch(/shir-1 \(running, another image\)/)
  expect(changesSince(moment)).toEqual([])
})

test.each([
  ['another key', { authKey: rehearsalKey('rehearsal', 'another') }, 'another configuration'],
  ['another variable', { containerEnv: 'A=1' }, 'another configuration'],
  ['another size', { nodeCount: '1', enableHa: 'false' }, 'another configuration'],
])('%s ends it before anything is built', async (_, more, words) => {
  await stage.play({ ...running(), ...pair })
  const moment = stage.engine.calls().length
  const host = await stage.play({ ...running(), ...pair, ...more })
  expect(host.outputs).toMatchObject({ reason: 'already-exists', nodes: '[]', built: 'false', changed: 'false' })
  expect(host.annotations[0]?.message).toContain(words)
  expect(
    stage.engine
      .calls()
      .slice(moment)
      .some(({ argv }) => argv[0] === 'build'),
  ).toBe(false)
})

test('a node that was stopped is not taken for one that runs', async () => {
  await stage.play(running())
  await stage.docker('stop', '--', 'shir-1')
  const host = await stage.play(running())
  expect(host.outputs).toMatchObject({ reason: 'already-exists', built: 'false' })
  expect(host.annotations[0]?.message).toContain('shir-1 (exited)')
})

test('the third of a set is refused: the first two stay, and it is said; the next run adds the third alone', async () => {
  const inputs = { ...running(), ...pair }
  const first = await stage.play(inputs)
  const bare = await stage.docker('run', '-d', '--name', 'shir-3', '--restart', 'no', '--', 'shir:5.70.9748.2')
  const refused = await stage.play({ ...inputs, nodeCount: '3' })
  expect(refused.annotations[0]?.message).toMatch(/shir-3 \(\w+, not started by this step\)/)
  await stage.docker('rm', '-f', '--', bare.trim())
  const third = await stage.play({ ...inputs, nodeCount: '3' })
  expect(third.outputs).toMatchObject({ verdict: 'healthy', changed: 'true' })
  expect(nodesOf(third).slice(0, 2)).toEqual(nodesOf(first))
})

test('a network that does not resolve the hostnames of others: the second node fails, and the first stays', async () => {
  const host = await stage.play({ ...running(), ...pair, network: 'nat' })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'peer-unresolved', changed: 'true' })
  expect(host.annotations[0]?.message).toMatch(
    /shir-2\) is not good: inside the container the hostname of shir-1 \(shir-[0-9a-f]{4}-1\) does not resolve; shir-1 stays as it is\.\nLeave `network` out/,
  )
  expect((await stage.docker('ps', '-aq')).trim().split('\n')).toHaveLength(1)
})
