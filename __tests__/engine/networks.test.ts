import { networkCalled, removeUnusedNetwork } from '../../src/engine/networks.ts'
import { scriptedDocker } from './scripted-docker.ts'

/** An engine with networks of one name: when each was made, and how many containers run on it; `undefined` where it has just gone. */
const engineWith = (networks: Readonly<Record<string, readonly [created: string, containers: number] | undefined>>) =>
  scriptedDocker(command => {
    if (command.startsWith('ps')) return command.endsWith('network=c') ? 'ended' : ''
    if (command.startsWith('network ls')) return Object.keys(networks).join('\n')
    const id = command.split(' ').at(-1) ?? ''
    const network = networks[id]
    if (network === undefined) return { code: 1, stderr: `Error response from daemon: network ${id} not found` }
    const [Created, count] = network
    const Containers = Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, {}]))
    return JSON.stringify([{ Id: id, Created, Containers }])
  })
const [early, late] = ['2026-11-25T10:00:00.1Z', '2026-11-25T10:00:00.123456789Z']

test.each([
  ['none of that name', {}, undefined],
  ['one', { a: [late, 0] }, 'a'],
  ['two without containers: the older', { a: [late, 0], b: [early, 0] }, 'b'],
  ['two of one moment: by id, so that all choose alike', { b: [early, 0], a: [early, 0] }, 'a'],
  ['the younger has the nodes', { a: [early, 0], b: [late, 2] }, 'b'],
  ['both have some: the one with more', { a: [early, 1], b: [late, 2] }, 'b'],
  ['one that goes while it is looked at', { a: undefined, b: [late, 0] }, 'b'],
] as const)('the network of a name: %s', async (_, networks, chosen) => {
  expect(await networkCalled(engineWith(networks), 'shir-network')).toBe(chosen)
})

test('a name is asked for as it is, and not as a pattern', async () => {
  const docker = engineWith({})
  await networkCalled(docker, 'a.b-network')
  expect(docker.asked).toEqual(['network ls --quiet --no-trunc --filter name=^a\\.b-network$'])
})

test('a network on which there is a container, running or ended, is not removed', async () => {
  const docker = engineWith({ a: [early, 1], b: [early, 0], c: [early, 0] })
  const removed = []
  for (const id of ['a', 'b', 'c', 'gone']) removed.push(await removeUnusedNetwork(docker, id))
  expect(removed).toEqual([false, true, false, false])
  expect(docker.asked.filter(command => command.startsWith('network rm'))).toEqual(['network rm b'])
})
