import type { NodePlan } from '../../../src/contract/values.ts'
import type { EngineFacts } from '../../../src/engine/preflight.ts'
import { memoryHost } from '../../../src/host/memory.ts'
import type { Journal } from '../../../src/journal/journal.ts'
import { dockerTarget } from '../../../src/target/docker/docker-target.ts'
import { scriptedDocker } from '../../engine/scripted-docker.ts'
import { image } from '../../report/stories.ts'
import { fakeClock } from '../../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const engine = { os: 'linux', apiVersion: '1.41' } as EngineFacts
const plan: NodePlan = {
  ...{ name: 'eu', container: 'shir-1', hostname: 'h-1', variables: [], labels: [], restartPolicy: 'no' },
  ...{ memory: undefined, cpus: undefined, volumes: [], network: 'shir-network' },
  ownNetwork: { name: 'shir-network', labels: [] },
}

/**
 * Adds a node on an engine whose networks of that name are as told, before ours is made and after; @returns the network that the node was put on,
 * and what was changed.
 */
async function add(before: readonly string[], after: readonly string[], refusal = '') {
  let isMade = false
  const docker = scriptedDocker(command => {
    if (command.startsWith('network create')) {
      isMade = true
      return refusal === '' ? 'ours' : { code: 1, stderr: refusal }
    }
    if (command.startsWith('ps')) return ''
    if (command.startsWith('network ls')) return (isMade ? after : before).join('\n')
    if (command.startsWith('network inspect')) {
      const id = command.split(' ').at(-1)
      return JSON.stringify([{ Id: id, Created: id === 'older' ? '2026-01-01T00:00:00Z' : '2026-01-02T00:00:00Z' }])
    }
    return 'c0ffee'
  })
  const owed: string[] = []
  const journal = { id: 'run', intend: async ({ kind }: { readonly kind: string }) => void owed.push(kind) } as unknown as Journal
  await dockerTarget(docker, engine, memoryHost({ machine, clock: fakeClock() }), journal).add(plan, image)
  const run = docker.asked.find(command => command.startsWith('run')) ?? ''
  const changes = docker.asked.filter(command => /^network (?:create|rm)/.test(command)).map(command => command.split(' ')[1])
  return { network: /--network (\S+)/.exec(run)?.[1], changes, owed }
}

test('there is none: one is made, and owed before that', async () => {
  expect(await add([], ['ours'])).toEqual({ network: 'ours', changes: ['create'], owed: ['network', 'container'] })
})

test('there is one: it is used, and not owed', async () => {
  expect(await add(['older'], [])).toEqual({ network: 'older', changes: [], owed: ['container'] })
})

test('another job made one at the same moment: both take the older, and the other one goes', async () => {
  expect(await add([], ['ours', 'older'])).toMatchObject({ network: 'older', changes: ['create', 'rm'] })
  expect(await add([], ['ours', 'younger'])).toMatchObject({ network: 'ours', changes: ['create'] })
})

test('the engine refuses a second one of that name: that of the other job is used', async () => {
  expect(await add([], ['older'], 'network with name shir-network already exists')).toMatchObject({ network: 'older' })
})

test('any other refusal is the engine’s word', async () => {
  await expect(add([], [], 'Error response from daemon: no room')).rejects.toMatchObject({
    ...{ code: 'engine-failed', message: 'docker network failed: no room' },
  })
})
