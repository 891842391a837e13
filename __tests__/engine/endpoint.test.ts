import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { endpointOf } from '../../src/engine/endpoint.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

const elsewhere = (by: string) => ({ kind: 'elsewhere', by })

test.each([
  ['nothing is said', {}, undefined, { kind: 'default' }],
  ['the default is said', { DOCKER_HOST: 'unix:///var/run/docker.sock' }, undefined, { kind: 'default' }],
  ['the default of Windows is said', { DOCKER_HOST: 'npipe:////./pipe/docker_engine' }, undefined, { kind: 'default' }],
  ['an empty variable says nothing', { DOCKER_HOST: '', DOCKER_CONTEXT: '' }, '{"currentContext":""}', { kind: 'default' }],
  ['another socket', { DOCKER_HOST: 'unix:///run/user/7/docker.sock' }, undefined, { kind: 'socket' }],
  ['another pipe', { DOCKER_HOST: 'npipe:////./pipe/other' }, undefined, { kind: 'socket' }],
  ['another machine', { DOCKER_HOST: 'ssh://me@there' }, undefined, elsewhere('DOCKER_HOST')],
  ['DOCKER_HOST goes first', { DOCKER_HOST: 'tcp://h:1', DOCKER_CONTEXT: 'c' }, undefined, elsewhere('DOCKER_HOST')],
  ['a context', { DOCKER_CONTEXT: 'far' }, '{"currentContext":"near"}', elsewhere('the Docker context far')],
  ['the settings’ context', {}, '{"currentContext":"desktop-linux"}', elsewhere('the Docker context desktop-linux')],
  ['the default context', { DOCKER_CONTEXT: 'default' }, '{"currentContext":"near"}', { kind: 'default' }],
  ['settings that nobody can read', {}, '{"currentContext":', { kind: 'default' }],
  ['settings of another form', {}, '{"currentContext":7}', { kind: 'default' }],
  ['settings that are no object', {}, '"currentContext"', { kind: 'default' }],
])('%s', async (_, environment, settings, expected) => {
  const home = path.join(bench.folder, 'home')
  await mkdir(path.join(home, '.docker'), { recursive: true })
  if (settings !== undefined) await writeFile(path.join(home, '.docker', 'config.json'), settings)
  expect(await endpointOf(bench.host({ environment: { HOME: home, ...environment } }))).toEqual(expected)
})

test('the settings lie where DOCKER_CONFIG says, or in the home of Windows', async () => {
  const folder = path.join(bench.folder, 'settings')
  await mkdir(path.join(folder, '.docker'), { recursive: true })
  for (const [at, name] of [
    ['config.json', 'given'],
    ['.docker/config.json', 'home'],
  ] as const)
    await writeFile(path.join(folder, at), JSON.stringify({ currentContext: name }))
  const windows = { ...bench.machine, platform: 'win32' as const }
  const byVariable = bench.host({ environment: { HOME: '/none', DOCKER_CONFIG: folder } })
  expect(await endpointOf(byVariable)).toEqual(elsewhere('the Docker context given'))
  const byProfile = bench.host({ machine: windows, environment: { HOME: '/none', UserProfile: folder } })
  expect(await endpointOf(byProfile)).toEqual(elsewhere('the Docker context home'))
  expect(await endpointOf(bench.host({ environment: {} }))).toEqual({ kind: 'default' })
})
