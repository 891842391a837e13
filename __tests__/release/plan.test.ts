import fc from 'fast-check'
import { parseInputs } from '../../src/contract/parse.ts'
import { nodeHostname, planNodes } from '../../src/release/plan.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

const starter = { machineName: 'runner-7', run: 'run-id', page: 'https://ci.example/1', endsWithJob: undefined }
const shir = 'io.github.shir-container'

async function plan(inputs: Readonly<Record<string, string>>, by: Parameters<typeof planNodes>[2] = starter) {
  const asked = await parseInputs({ mode: 'run', authKey: syntheticKey, image: 'shir:1', ...inputs }, key => key)
  return planNodes(asked.inputs, asked.given, by)
}
const ha = (nodeCount: number) => ({ enableHa: 'true', nodeCount: String(nodeCount) })

test('one node, everything left to the defaults', async () => {
  const [node, ...others] = await plan({})
  expect(others).toEqual([])
  expect(node).toMatchObject({
    ...{ container: 'shir-1', restartPolicy: 'unless-stopped', memory: undefined, cpus: undefined, volumes: [] },
    ...{ network: undefined, ownNetwork: undefined },
    labels: [
      { name: `${shir}.name`, value: 'shir' },
      { name: `${shir}.run`, value: 'run-id' },
      { name: `${shir}.page`, value: 'https://ci.example/1' },
      { name: `${shir}.node`, value: node?.name },
      { name: `${shir}.config`, value: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ],
  })
  expect(node?.hostname).toMatch(/^shir-[0-9a-f]{4}-1$/)
  expect(node?.name).toBe(node?.hostname)
})

test('what is not given is left to the image: only the key and the name are set', async () => {
  const [node] = await plan({})
  expect(node?.variables.map(({ name }) => name)).toEqual(['AUTH_KEY', 'NODE_NAME'])
  expect(JSON.stringify(node)).not.toContain(syntheticKey)
})

test('every variable that is given, in the container’s own spelling, and the user’s last', async () => {
  const [node] = await plan({
    ...{ nodeName: 'eu', enableHa: 'True', haPort: '8070', enableAe: 'true', aeTime: '900', timezone: 'UTC' },
    ...{ containerEnv: 'A=1\nB="x"', memory: '8g', cpus: '2', restartPolicy: 'no', volumes: 'C:\\a:C:\\b', network: 'mine' },
  })
  const told = node?.variables.map(({ name, value }) => ({ name, value: typeof value === 'string' ? value : value.reveal() }))
  expect(told?.slice(1)).toEqual([
    ...[
      { name: 'NODE_NAME', value: 'eu' },
      { name: 'ENABLE_HA', value: 'true' },
      { name: 'HA_PORT', value: '8070' },
    ],
    ...[
      { name: 'ENABLE_AE', value: 'true' },
      { name: 'AE_TIME', value: '900' },
      { name: 'TZ', value: 'UTC' },
    ],
    ...[
      { name: 'A', value: '1' },
      { name: 'B', value: '"x"' },
    ],
  ])
  expect(node).toMatchObject({
    memory: '8g',
    cpus: '2',
    restartPolicy: 'no',
    volumes: ['C:\\a:C:\\b'],
    network: 'mine',
    ownNetwork: undefined,
  })
})

test('four nodes: containers, hostnames and names with -1 to -4, on a network of their own', async () => {
  const nodes = await plan({ ...ha(4), nodeName: 'eu', containerName: 'team.shir' })
  expect(nodes.map(({ container }) => container)).toEqual([1, 2, 3, 4].map(number => `team.shir-${number}`))
  expect(nodes.map(({ name }) => name)).toEqual(['eu-1', 'eu-2', 'eu-3', 'eu-4'])
  expect(new Set(nodes.map(({ hostname }) => hostname)).size).toBe(4)
  for (const node of nodes) {
    expect(node).toMatchObject({ network: 'team.shir-network', ownNetwork: { name: 'team.shir-network' } })
    expect(node.variables).toContainEqual({ name: 'NODE_NAME', value: node.name })
    expect(node.ownNetwork?.labels.map(({ name }) => name)).toEqual([`${shir}.name`, `${shir}.run`, `${shir}.page`])
  }
})

test('several nodes on a network of the user’s have none of their own', async () => {
  for (const node of await plan({ ...ha(2), network: 'mine' }))
    expect(node).toMatchObject({ network: 'mine', ownNetwork: undefined })
})

test('a terminal has no page', async () => {
  const [node] = await plan({}, { ...starter, page: undefined })
  expect(node?.labels.map(({ name }) => name)).not.toContain(`${shir}.page`)
})

test('nodes that go at the end of their job carry its run, which makes them no other nodes', async () => {
  const [node] = await plan({}, { ...starter, endsWithJob: '77' })
  const [lasting] = await plan({})
  expect(node?.labels).toEqual([...(lasting?.labels ?? []), { name: `${shir}.ends-with`, value: '77' }])
})

test.each([
  ['shir', 1, /^shir-[0-9a-f]{4}-1$/],
  ['a-very-long-container-name', 4, /^a-very-l-[0-9a-f]{4}-4$/],
  ['Team_A.shir', 2, /^team-a-s-[0-9a-f]{4}-2$/],
  ['a_______', 1, /^a-[0-9a-f]{4}-1$/],
  ['x1', 3, /^x1-[0-9a-f]{4}-3$/],
])('the hostname of %s, node %i', (containerName, number, pattern) => {
  expect(nodeHostname(containerName, 'runner-7', number)).toMatch(pattern)
})

test('a hostname is one that Windows and DNS take, for every container name that is allowed', () => {
  const containerName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{1,59}$/)
  fc.assert(
    fc.property(containerName, fc.string(), fc.integer({ min: 1, max: 4 }), (name, machine, number) => {
      expect(nodeHostname(name, machine, number)).toMatch(/^(?=.{1,15}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])$/)
    }),
  )
})

test('another machine has other hostnames; the same one has the same, in whatever letter case it is told', () => {
  expect(nodeHostname('shir', 'a', 1)).not.toBe(nodeHostname('shir', 'b', 1))
  expect(nodeHostname('shir', 'RUNNER', 1)).toBe(nodeHostname('shir', 'runner', 1))
})
