import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { everything } from '../support/machine.ts'
import { running, type Stage, setStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.play({ ...running(), enableHa: 'true', nodeCount: '2', nodeName: 'eu' })
})
afterAll(() => stage.remove())

const gating = { mode: 'gate', healthTimeout: '20s', soak: '0s' }

test.each([
  ['the default container name', {}, ['shir-1', 'shir-2']],
  ['a container name', { containerName: 'shir' }, ['shir-1', 'shir-2']],
  ['the name of one container', { containerName: 'shir-2' }, ['shir-2']],
  ['a node name', { nodeName: 'eu' }, ['shir-1', 'shir-2']],
  ['the name of one node', { nodeName: 'eu-1' }, ['shir-1']],
  ['both', { containerName: 'shir', nodeName: 'EU-2' }, ['shir-2']],
])('nodes are found by %s, and nothing is changed', async (_, inputs, found) => {
  const calls = stage.engine.calls().length
  const host = await stage.play({ ...gating, ...inputs })
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ verdict: 'healthy', changed: 'false', built: 'false', image: '' })
  expect(JSON.parse(host.outputs.nodes ?? '').map(({ container }: { container: string }) => container)).toEqual(found)
  const kinds = new Set(
    stage.engine
      .calls()
      .slice(calls)
      .map(({ argv }) => argv[0]),
  )
  expect(['container', 'events', 'info', 'logs', 'ps', 'version']).toEqual(expect.arrayContaining([...kinds]))
})

test.each([
  [{ containerName: 'shir-3' }, 'called shir-3'],
  [{ nodeName: 'e' }, 'of node e'],
  [{ containerName: 'shir', nodeName: 'us' }, 'called shir and of node us'],
])('%j means none', async (inputs, words) => {
  const host = await stage.play({ ...gating, ...inputs })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'not-found', nodes: '[]' })
  expect(host.annotations[0]?.message).toContain(words)
})

test('the key of a container that someone else started is masked, and never said', async () => {
  const key = rehearsalKey('rehearsal-bad-key', 'another-secret')
  await stage.docker('run', '-d', '--name', 'foreign', '--restart', 'no', '-e', `AUTH_KEY=${key}`, '--', 'shir:5.70.9748.2')
  const host = await stage.play({ ...gating, containerName: 'foreign' })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'invalid-key' })
  expect(host.masks).toContain(key)
  expect(everything(host)).not.toContain(key.split('@').at(-1))
  expect(await stage.docker('ps', '-aq', '--filter', 'name=foreign')).not.toBe('')
})

test('a cancel while one node is watched: what the other came to is told', async () => {
  const start = (name: string, factory: string) =>
    stage.docker('run', '-d', '--name', name, '-e', `AUTH_KEY=${rehearsalKey(factory)}`, '--', 'shir:5.70.9748.2')
  await start('pair-1', 'rehearsal-alone')
  await start('pair-2', 'rehearsal-never-healthy')
  const host = await stage.play({ ...gating, containerName: 'pair' }, { cancelAt: /^pair-1: passed its gate/ })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'cancelled' })
  expect(JSON.parse(host.outputs.nodes ?? '')).toMatchObject([{ container: 'pair-1', health: 'healthy' }])
})

test('a dry run says what it would watch', async () => {
  const host = await stage.play({ ...gating, dryRun: 'true', nodeName: 'eu' })
  expect(host.outputs).toMatchObject({ verdict: 'skipped', nodes: '[]' })
  expect(host.lines).toContain('Would look for the containers whose node name is eu or eu-1 to -4.')
})
