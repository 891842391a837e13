import { networksCalled, oldestFirst, removeUnusedNetwork } from '../../src/engine/networks.ts'
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
  ['one', { a: [late, 0] }, ['a']],
  ['two: the older first', { a: [late, 0], b: [early, 0] }, ['b', 'a']],
  ['two of one moment: by id, so that all see them alike', { b: [early, 0], a: [early, 0] }, ['a', 'b']],
  ['one that goes while it is looked at', { a: undefined, b: [late, 0] }, ['b']],
] as const)('networks by age: %s', async (_, networks, sorted) => {
  expect(await oldestFirst(engineWith(networks), Object.keys(networks))).toEqual(sorted)
})

test('a name is asked for as it is, and not as a pattern', async () => {
  const docker = engineWith({})
  await networksCalled(docker, 'a.b-network')
  expect(docker.asked).toEqual(['network ls --quiet --no-trunc --filter name=^a\\.b-network$'])
})

test('a network on which there is a container, running or ended, is not removed', async () => {
  const docker = engineWith({ a: [early, 1], b: [early, 0], c: [early, 0] })
  const removed = []
  for (const id of ['a', 'b', 'c', 'gone']) removed.push(await removeUnusedNetwork(docker, id))
  expect(removed).toEqual([false, true, false, false])
  expect(docker.asked.filter(command => command.startsWith('network rm'))).toEqual(['network rm b'])
})
