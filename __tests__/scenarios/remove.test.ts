import { running, type Stage, setStage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.remove())

const pair = { enableHa: 'true', nodeCount: '2', nodeName: 'eu' }
const removing = { mode: 'remove' }
const containers = async () => (await stage.docker('ps', '-aq')).split('\n').filter(id => id !== '')
const networks = () => stage.docker('network', 'ls', '-q', '--filter', 'label=io.github.shir-container.name=shir')
const nodesOf = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) => JSON.parse(outputs.nodes ?? '')
const changesSince = (moment: number) =>
  stage.engine
    .calls()
    .slice(moment)
    .map(({ argv }) => (argv[0] === 'network' ? `network ${argv[1]}` : String(argv[0])))
    .filter(command => !['version', 'info', 'ps', 'container', 'network ls', 'network inspect'].includes(command))

test('a set is removed, one node after the other, SHIR first in each; the network goes with the last', async () => {
  const started = await stage.play({ ...running(), ...pair })
  const moment = stage.engine.calls().length
  const host = await stage.play(removing)
  expect(host.failed).toBe(false)
  expect(changesSince(moment)).toEqual([...['update', 'exec', 'stop', 'rm'], ...['update', 'exec', 'stop', 'rm'], 'network rm'])
  expect(host.outputs).toMatchObject({ verdict: 'skipped', reason: '', changed: 'true', image: '', built: 'false' })
  expect(nodesOf(host)).toEqual(nodesOf(started).map((node: object) => ({ ...node, status: 'removed', health: 'none' })))
  expect(host.groups).toEqual(['Preflight', 'Nodes'])
  expect(host.page).toMatch(/^## SHIR Container: 2 nodes are removed\n/)
  expect(host.page).toContain('| `eu-1` | `shir-1` | skipped |  | removed, none |')
  expect(stage.engine.nodes()).toMatchObject([{ status: 'Offline' }, { status: 'Offline' }])
  expect([await containers(), await networks()]).toEqual([[], ''])
})

test('whose record stays is a warning that names the node, in the log and on the page', async () => {
  await stage.play({ ...running(), nodeName: 'eu' })
  const host = await stage.play(removing)
  expect(host.annotations).toEqual([
    {
      level: 'warning',
      title: 'SHIR Container: node-record-left',
      message:
        'The container of node eu is removed. If the node had registered, its record stays in the integration runtime and counts as one of its nodes: delete it on the runtime’s page (Nodes), or let it expire (enableAe).',
    },
  ])
  expect(host.page).toContain('- Warning: The container of node eu is removed')
})

test('nothing there is success, and says so', async () => {
  const host = await stage.play(removing)
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ verdict: 'skipped', changed: 'false', nodes: '[]' })
  expect(host.lines).toContain('There is no container called shir on this engine: nothing to remove.')
  expect(host.page).toMatch(/^## SHIR Container: nothing to remove\n/)
})

test('a network that was left alone goes, too', async () => {
  await stage.play({ ...running(), ...pair })
  await stage.docker('rm', '-f', '--', 'shir-1', 'shir-2')
  const host = await stage.play(removing)
  expect(host.outputs).toMatchObject({ changed: 'true', nodes: '[]' })
  expect(await networks()).toBe('')
})

test.each([
  ['a container', { containerName: 'shir-2' }, ['shir-2']],
  ['a node', { nodeName: 'eu-1' }, ['shir-1']],
  ['a set of nodes', { nodeName: 'eu' }, ['shir-1', 'shir-2']],
  ['both', { containerName: 'shir', nodeName: 'EU-2' }, ['shir-2']],
  ['another', { containerName: 'other' }, []],
])('selected by the name of %s', async (_, inputs, removed) => {
  await stage.play({ ...running(), ...pair })
  const host = await stage.play({ ...removing, ...inputs })
  expect(nodesOf(host).map(({ container }: { readonly container: string }) => container)).toEqual(removed)
  expect(await containers()).toHaveLength(2 - removed.length)
  expect((await networks()) === '').toBe(removed.length === 2)
})

test.each([
  ['exited', ['stop'], 'shir-1: is exited, so that there is no SHIR to end', ['update', 'rm']],
  ['paused', ['pause'], 'shir-1: SHIR was ended (SHIR/stop.ps1)', ['update', 'unpause', 'exec', 'stop', 'rm']],
])('one that is %s', async (_, command, words, changes) => {
  await stage.play(running())
  await stage.docker(...command, 'shir-1')
  const moment = stage.engine.calls().length
  const host = await stage.play(removing)
  expect(host.lines).toContain(words)
  expect(changesSince(moment)).toEqual(changes)
  expect(host.annotations).toHaveLength(1)
  expect(await containers()).toEqual([])
})

test('what no step started goes by its container’s name alone', async () => {
  await stage.play({ ...running(), mode: 'build', image: 'mine:1' })
  await stage.docker('run', '-d', '--name', 'shir-1', '-e', 'NODE_NAME=theirs', '--', 'mine:1')
  for (const inputs of [{}, { nodeName: 'theirs' }]) {
    const spared = await stage.play({ ...removing, ...inputs })
    expect(spared.outputs).toMatchObject({ changed: 'false', nodes: '[]' })
    expect(spared.lines).toContain('shir-1 stays: no step started it. With containerName shir-1 it is removed all the same.')
  }
  const host = await stage.play({ ...removing, containerName: 'shir' })
  expect(nodesOf(host)).toMatchObject([{ container: 'shir-1', name: 'theirs' }])
  expect(await containers()).toEqual([])
})

test.each([
  ['a set', pair, { verdict: 'healthy', changed: 'true' }],
  ['a single node, which the service refuses beside the record that is left', {}, { reason: 'registration-forbidden' }],
])('a run after the removal of %s', async (_, inputs, outcome) => {
  await stage.play({ ...running(), ...inputs })
  await stage.play(removing)
  expect((await stage.play({ ...running(), ...inputs })).outputs).toMatchObject(outcome)
})

test('two jobs at once remove each container once, and both end well', async () => {
  await stage.play({ ...running(), ...pair })
  const both = await Promise.all([stage.play(removing), stage.play(removing)])
  expect(both.map(({ outputs }) => outputs.verdict)).toEqual(['skipped', 'skipped'])
  const removed = both.flatMap(host => nodesOf(host).map(({ container }: { readonly container: string }) => container))
  expect([...removed].sort()).toEqual(['shir-1', 'shir-2'])
  expect([await containers(), await networks()]).toEqual([[], ''])
})

test('a cancel is said, with what was removed by then', async () => {
  await stage.play({ ...running(), ...pair })
  const host = await stage.play(removing, { cancelAt: /^shir-1: removed/ })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'cancelled', changed: 'true' })
  expect(nodesOf(host)).toMatchObject([{ container: 'shir-1', status: 'removed' }])
  expect(await containers()).toHaveLength(1)
})

test('a dry run prints each command and asks nobody', async () => {
  await stage.play(running())
  const moment = stage.engine.calls().length
  const host = await stage.play({ ...removing, dryRun: 'true' })
  expect(stage.engine.calls()).toHaveLength(moment)
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ verdict: 'skipped', changed: 'false', nodes: '[]' })
  const commands = host.lines.flatMap(line => /^Would run[^:]*: docker ([a-z]+(?: ls| rm| inspect)?)/.exec(line)?.[1] ?? [])
  expect(commands).toEqual([
    ...['ps', 'container inspect', 'update', 'unpause', 'exec', 'stop', 'rm', 'network ls', 'network rm'],
  ])
})
