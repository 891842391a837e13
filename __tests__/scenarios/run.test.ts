import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { everything } from '../support/machine.ts'
import { isLook, running, type Stage, setStage, version } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.remove())

const nodesOf = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) => JSON.parse(outputs.nodes ?? '')
const containers = async () => (await stage.docker('ps', '-aq')).split('\n').filter(id => id !== '')

test('an installer becomes an image becomes a proven node', async () => {
  const host = await stage.play(running())
  expect(host.annotations).toEqual([])
  expect(host.failed).toBe(false)
  expect(host.groups).toEqual(['Preflight', 'Version', 'Fingerprint', 'Installer', 'Image', 'Nodes'])
  expect(host.order).toEqual([
    ...['Preflight', 'Version', 'Fingerprint', 'Installer', 'Image', 'Nodes'].map(title => `group ${title}`),
    'outputs',
    'summary',
  ])
  expect(host.outputs).toMatchObject({
    ...{ image: `shir:${version}`, built: 'true', changed: 'true', shirVersion: version, verdict: 'healthy', reason: '' },
    ...{ cacheHit: 'false', digest: '', imageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
  })
  const [node] = stage.engine.nodes()
  expect(node).toMatchObject({ containerName: 'shir-1', factory: 'rehearsal', status: 'Online' })
  expect(nodesOf(host)).toEqual([
    { name: node?.nodeName, container: 'shir-1', id: node?.containerId, health: 'healthy', status: 'running', version },
  ])
  expect(host.page).toContain('## SHIR Container: the node passed its gate')
  expect(host.progressed.map(text => Number.parseInt(text, 10))).toEqual(
    [...host.progressed.map(text => Number.parseInt(text, 10))].sort((a, b) => a - b),
  )
  expect(host.progressed.at(-1)).toBe('100 Done')
})

test('the key is masked first, goes by name alone, and is nowhere in what was said', async () => {
  const host = await stage.play(running())
  const key = rehearsalKey()
  expect(host.masks).toEqual(expect.arrayContaining([key, key.split('@').at(-1)]))
  expect(everything(host)).not.toContain(key.split('@').at(-1))
  const run = stage.engine.calls().find(({ argv }) => argv[0] === 'run')
  expect(run?.argv).toEqual(expect.arrayContaining(['--env', 'AUTH_KEY']))
  expect(JSON.stringify(stage.engine.calls())).not.toContain(key)
})

test('what is built stays as it is: no journal is left open, no staging folder, no other container', async () => {
  const host = await stage.play(running())
  expect(await containers()).toHaveLength(1)
  expect(stage.engine.calls().filter(({ argv }) => argv[0] === 'rm' && !isLook(argv))).toEqual([])
  const journal = String(host.state.load())
  expect(journal).toMatch(/\.jsonl$/)
  expect([await readdir(path.dirname(journal)), await readdir(stage.machine.temp)]).toEqual([[], []])
})

test('an image that exists is used, without an installer', async () => {
  await stage.play({ ...running(), mode: 'build', authKey: '', healthTimeout: '', soak: '', image: 'shir:mine' })
  const host = await stage.play({ ...running(), msiPath: '', msiSha256: '', image: 'shir:mine' })
  expect(host.groups).toEqual(['Preflight', 'Image', 'Nodes'])
  expect(host.outputs).toMatchObject({
    image: 'shir:mine',
    built: 'false',
    changed: 'true',
    shirVersion: version,
    verdict: 'healthy',
  })
})

test('an HA set: the first alone, then the others; a network on which they find each other', async () => {
  // Slow enough that two starts come before one registration, however busy the machine is.
  await stage.remove()
  stage = await setStage({ speed: 60 })
  const host = await stage.play({ ...running(), enableHa: 'true', nodeCount: '3', nodeName: 'eu', containerName: 'team' })
  expect(host.annotations).toEqual([])
  expect(nodesOf(host).map(({ name }: { name: string }) => name)).toEqual(['eu-1', 'eu-2', 'eu-3'])
  expect(stage.engine.nodes()).toMatchObject([
    { containerName: 'team-1', status: 'Online' },
    { containerName: expect.stringMatching(/^team-[23]$/), status: 'Online' },
    { containerName: expect.stringMatching(/^team-[23]$/), status: 'Online' },
  ])
  const [first, second, third] = stage.engine.nodes().map(({ startedAt, registeredAt }) => ({ startedAt, registeredAt }))
  expect(Number(second?.startedAt)).toBeGreaterThan(Number(first?.registeredAt))
  expect(Number(third?.startedAt)).toBeLessThan(Number(second?.registeredAt))
  expect(await stage.docker('network', 'ls', '-q', '--filter', 'label=io.github.shir-container.name=team')).not.toBe('')
  expect(host.page).toContain('3 nodes passed their gate')
  expect(await containers()).toHaveLength(3)
})

test.each([
  ['rehearsal-bad-key', {}, 'invalid-key', 'Take a fresh key'],
  ['rehearsal-bad-key', { restartPolicy: 'no' }, 'invalid-key', 'Take a fresh key'],
  ['rehearsal-forbidden', {}, 'registration-forbidden', 'no remote access'],
  ['rehearsal-exits', { restartPolicy: 'no' }, 'exited', 'last log lines'],
  ['rehearsal-restart-loop', {}, 'restart-loop', 'last log lines'],
  ['rehearsal-never-healthy', {}, 'unhealthy', 'firewall'],
])('a node of %s (%j) fails with %s, and goes', async (factory, more, reason, hint) => {
  const host = await stage.play({ ...running(factory), ...more })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason, built: 'true', imageId: expect.stringContaining('sha256:') })
  expect(host.order.slice(-4)).toEqual(['outputs', 'summary', 'annotation error', 'fail'])
  expect(host.annotations).toHaveLength(1)
  expect(host.annotations[0]).toMatchObject({ level: 'error', title: `SHIR Container: ${reason}` })
  expect(host.annotations[0]?.message).toContain(hint)
  expect(host.groups).toContain('What shir-1 said last')
  expect(host.page.split('\n')[0]).toBe(`## SHIR Container: failed (${reason})`)
  expect(nodesOf(host)).toMatchObject([{ container: 'shir-1' }])
  expect(host.lines).toContain('Removed shir-1, which never passed its gate.')
  expect(await containers()).toEqual([])
})

test('a node that is still starting when its time is up', async () => {
  const slow = await setStage({ speed: 30 })
  try {
    const host = await slow.play({ ...running('rehearsal-never-healthy'), healthTimeout: '1s' })
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'timeout' })
    expect(host.annotations[0]?.message).toMatch(/not healthy in time \(running, starting[\s\S]*a longer `?health-?timeout/i)
  } finally {
    await slow.remove()
  }
})

test('a node that falls in its soak fails', async () => {
  const host = await stage.play({ ...running('rehearsal-flaps'), soak: '10s' })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'unhealthy' })
  expect(host.lines.join('\n')).toContain('shir-1: healthy (Connected); watching for 10s')
})

test('the first of a set fails: no other is made, and the network goes with it', async () => {
  const host = await stage.play({ ...running('rehearsal-bad-key'), enableHa: 'true', nodeCount: '2' })
  expect(stage.engine.nodes()).toHaveLength(1)
  expect(host.lines).toContain('shir-2 not started, since the first node failed.')
  expect(await containers()).toEqual([])
  expect(host.lines).toContain('Removed the network shir-network.')
})

test('the second of a set fails: the first stays, the second goes, and the outputs tell both', async () => {
  const host = await stage.play({ ...running('rehearsal-second-refused'), enableHa: 'true', nodeCount: '2' })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'node-limit', changed: 'true' })
  expect(nodesOf(host)).toMatchObject([{ container: 'shir-1', health: 'healthy' }, { container: 'shir-2' }])
  expect((await stage.docker('ps', '-a', '-q', '--filter', 'name=shir-1')).trim()).not.toBe('')
  expect(await containers()).toHaveLength(1)
})

test('a name in use ends the step before anything is built', async () => {
  await stage.play(running())
  const calls = stage.engine.calls().length
  const host = await stage.play({ ...running(), timezone: 'UTC' })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'already-exists', nodes: '[]', changed: 'false' })
  expect(host.annotations[0]?.message).toMatch(/shir-1 \(running, another configuration\)[\s\S]*mode remove/)
  expect(
    stage.engine
      .calls()
      .slice(calls)
      .some(({ argv }) => ['build', 'run', 'rm'].includes(String(argv[0]))),
  ).toBe(false)
  expect(stage.engine.nodes()).toMatchObject([{ status: 'Online' }])
})

test('an image that nobody has', async () => {
  const host = await stage.play({ ...running(), msiPath: '', msiSha256: '', image: 'nowhere.example/shir:1' })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'image-missing' })
  expect(host.annotations[0]?.message).toContain('nowhere.example/shir:1')
})

test('a cancel while a node is watched: said, and nothing stays', async () => {
  const host = await stage.play(running('rehearsal-never-healthy'), { cancelAt: /^shir-1: running/ })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'cancelled', built: 'true' })
  expect(host.annotations).toMatchObject([{ message: 'The run was cancelled.\nRun the step again.' }])
  expect(await containers()).toEqual([])
})

test('a cancel while the second node is watched: the first stays, and is told; the second goes', async () => {
  const host = await stage.play({ ...running(), enableHa: 'true', nodeCount: '2' }, { cancelAt: /^shir-2: running/ })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'cancelled' })
  expect(nodesOf(host)).toMatchObject([{ container: 'shir-1', health: 'healthy', status: 'running' }])
  expect(await containers()).toHaveLength(1)
})

test('a cancel with cleanup never: the node that is watched stays, and nothing is owed', async () => {
  const host = await stage.play({ ...running(), cleanup: 'never' }, { cancelAt: /^shir-1: running/ })
  expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'cancelled' })
  expect(await containers()).toHaveLength(1)
  expect(stage.engine.calls().filter(({ argv }) => argv[0] === 'rm' && !isLook(argv))).toEqual([])
  expect(await readdir(path.dirname(String(host.state.load())))).toEqual([])
})

test('a password in a proxy address reaches the container, and is in no command and no dry run', async () => {
  const containerEnv = 'https_proxy=http://me:pass-word@proxy:8080\nPLAIN=hidden-value'
  const planned = await stage.play({ ...running(), containerEnv, dryRun: 'true' })
  expect(everything(planned)).not.toMatch(/pass-word|hidden-value/)
  const host = await stage.play({ ...running(), containerEnv })
  expect(host.failed).toBe(false)
  expect(everything(host)).not.toMatch(/pass-word|hidden-value/)
  expect(JSON.stringify(stage.engine.calls())).not.toMatch(/pass-word|hidden-value/)
  const [facts] = JSON.parse(await stage.docker('container', 'inspect', '--', 'shir-1'))
  expect(facts.Config.Env).toEqual(expect.arrayContaining(['https_proxy=http://me:pass-word@proxy:8080', 'PLAIN=hidden-value']))
  expect(await readdir(stage.machine.temp)).toEqual([])
})

test.each([
  [{}, '4g', '8g'],
  [{ memory: '6g' }, '6g', '6g'],
])('under Hyper-V with %j the build and the node have memory of their own, and it is said', async (more, build, node) => {
  const host = await stage.play({ ...running(), isolation: 'hyperv', ...more })
  expect(host.annotations).toEqual([])
  const argumentsOf = (command: string) =>
    stage.engine
      .calls()
      .find(({ argv }) => argv[0] === command)
      ?.argv.join(' ')
  expect(argumentsOf('build')).toContain(`--isolation hyperv --memory ${build}`)
  expect(argumentsOf('run')).toContain(`--isolation hyperv --memory ${node}`)
  expect(host.lines.filter(line => line.includes('under Hyper-V it would have 1 GB'))).toHaveLength(build === node ? 0 : 2)
})
