import { inspectContainers, inspectImage } from '../../src/engine/inspect.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { syntheticKey } from '../support/synthetic-key.ts'
import { container20, container29, image20, image29 } from './recorded-answers.ts'
import { scriptedDocker } from './scripted-docker.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const newHost = () => memoryHost({ machine, clock: fakeClock() })
const answering = (value: unknown) => scriptedDocker(() => JSON.stringify([value]))

describe('an image', () => {
  test.each([
    ['20.10', image20],
    ['29', image29],
  ])('as engine %s tells it', async (_, recorded) => {
    expect(await inspectImage(answering(recorded), 'shir:1')).toEqual({
      id: recorded.Id,
      os: recorded.Os,
      osVersion: 'OsVersion' in recorded ? recorded.OsVersion : undefined,
      repoDigests: recorded.RepoDigests,
      repoTags: recorded.RepoTags,
      labels: { 'io.github.shir-container.shir-version': '5.70.9748.2' },
      hasHealthCheck: true,
    })
  })

  test.each([
    ['no health check', {}],
    ['none at all', undefined],
    ['null', { Healthcheck: null }],
    ['an empty one', { Healthcheck: { Test: [] } }],
    ['one that was taken away', { Healthcheck: { Test: ['NONE'] } }],
  ])('with %s has none', async (_, config) => {
    const facts = await inspectImage(answering({ Id: 'sha256:1', Os: 'linux', RepoDigests: null, Config: config }), 'x')
    expect(facts).toMatchObject({ hasHealthCheck: false, repoDigests: [], repoTags: [], labels: {} })
  })

  test('that is not there is undefined; any other refusal is an error; the reference is no option', async () => {
    const missing = scriptedDocker(() => ({ code: 1, stdout: '[]\n', stderr: 'Error: No such image: x\n' }))
    expect(await inspectImage(missing, '--help')).toBeUndefined()
    expect(missing.asked).toEqual(['image inspect -- --help'])
    const refused = scriptedDocker(() => ({ code: 1, stderr: 'Error response from daemon: layer is broken\n' }))
    expect(await stepErrorOf(inspectImage(refused, 'x'))).toMatchObject({
      code: 'engine-failed',
      message: expect.stringContaining('layer is broken'),
    })
  })
})

describe('a container', () => {
  test.each([
    ['20.10', container20],
    ['29', container29],
  ])('as engine %s tells it: probes of an earlier start are left out', async (_, recorded) => {
    const [facts] = await inspectContainers(answering(recorded), ['shir-1'], newHost())
    expect(facts).toEqual({
      id: recorded.Id,
      name: 'shir-1',
      labels: recorded.Config.Labels,
      imageId: recorded.Image,
      removesItself: false,
      restartPolicy: 'no',
      nodeName: 'node-1',
      status: 'running',
      exitCode: 0,
      restartCount: 2,
      startedAt: recorded.State.StartedAt,
      health: 'starting',
      probes: [
        { startedAt: expect.any(String), exitCode: 1, output: 'Connecting' },
        { startedAt: expect.any(String), exitCode: -1, output: 'Health check exceeded timeout (30s)' },
      ],
    })
  })

  test('its key becomes a secret of the host, and is not in what is told of it', async () => {
    const host = newHost()
    const facts = await inspectContainers(answering(container20), ['shir-1'], host)
    expect(host.masks).toEqual([syntheticKey])
    expect(JSON.stringify(facts)).not.toContain(syntheticKey)
  })

  test.each([
    ['no variable', ['PATH=/bin'], 'SHIR-AB12-1'],
    ['an empty one', ['NODE_NAME='], 'SHIR-AB12-1'],
    ['one without a value', ['NODE_NAME'], 'SHIR-AB12-1'],
    ['one with signs', ['NODE_NAME=a=b'], 'a=b'],
    ['no environment', null, 'SHIR-AB12-1'],
  ])('with %s for its name is called %s', async (_, env, name) => {
    const raw = { ...container20, Config: { ...container20.Config, Env: env, Hostname: 'SHIR-AB12-1' } }
    expect((await inspectContainers(answering(raw), ['x'], newHost()))[0]?.nodeName).toBe(name)
  })

  test.each([undefined, null, { Status: 'none' }])('whose health is %j has no health check', async health => {
    const raw = { ...container20, State: { ...container20.State, Health: health } }
    expect((await inspectContainers(answering(raw), ['x'], newHost()))[0]).toMatchObject({ health: undefined, probes: [] })
  })

  test('none is asked for: nobody is asked', async () => {
    const docker = scriptedDocker(() => '[]')
    expect(await inspectContainers(docker, [], newHost())).toEqual([])
    expect(docker.asked).toEqual([])
  })

  test('those that are gone are left out, the others are told all the same', async () => {
    const docker = scriptedDocker(() => ({
      code: 1,
      stdout: JSON.stringify([container20]),
      stderr: 'Error: No such container: b\n',
    }))
    expect(await inspectContainers(docker, ['a', 'b'], newHost())).toHaveLength(1)
    expect(docker.asked).toEqual(['container inspect -- a b'])
    const refused = scriptedDocker(() => ({ code: 1, stdout: '[]', stderr: 'Error response from daemon: no\n' }))
    expect(await stepErrorOf(inspectContainers(refused, ['a'], newHost()))).toMatchObject({ code: 'engine-failed' })
  })
})
