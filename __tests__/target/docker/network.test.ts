import { memoryHost } from '../../../src/host/memory.ts'
import type { Debt } from '../../../src/journal/debt.ts'
import type { Journal } from '../../../src/journal/journal.ts'
import { ensureNetwork, isNetworkUnsettled } from '../../../src/target/docker/network.ts'
import { scriptedDocker } from '../../engine/scripted-docker.ts'

const machine = { name: 'm', id: 'm', isEphemeral: false, platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const engine = { os: 'linux', apiVersion: '1.41' } as Parameters<typeof ensureNetwork>[1]

/** An engine that lets two networks have one name: those that are there, by when they were made; `own` is made at second 5. */
async function ensure(
  others: Readonly<Record<string, string>>,
  more: { readonly elapse?: (networks: Map<string, string>) => void } = {},
) {
  const networks = new Map<string, string>()
  const debts: Debt[] = []
  let now = 0
  const docker = scriptedDocker(command => {
    if (command.startsWith('ps')) return ''
    if (command.startsWith('network ls')) return command.includes('label=') ? '' : [...networks.keys()].join('\n')
    if (command.startsWith('network create')) {
      for (const [id, created] of [...Object.entries(others), ['own', '2026-01-01T00:00:05.5Z'] as const])
        networks.set(id, created)
      return 'own\n'
    }
    if (command.startsWith('network inspect'))
      return JSON.stringify(
        [...networks].filter(([id]) => command.includes(id)).map(([Id, Created]) => ({ Id, Created, Containers: {} })),
      )
    networks.delete(String(command.split(' ').at(-1)))
    return ''
  })
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
      more.elapse?.(networks)
    },
  }
  const journal = { id: 'run', intend: async (debt: Debt) => void debts.push(debt) } as unknown as Journal
  const id = await ensureNetwork({ name: 'shir-network', labels: [] }, engine, docker, memoryHost({ machine, clock }), journal)
  return { id, left: [...networks.keys()], debts, waitedMs: now }
}

const debts = [{ kind: 'network', name: 'shir-network', run: 'run' }]

test('a network that nobody else has made is used as it is', async () => {
  expect(await ensure({})).toEqual({ id: 'own', left: ['own'], debts, waitedMs: 0 })
})

test('where another job was quicker and the engine has let both, the younger network goes', async () => {
  expect(await ensure({ other: '2026-01-01T00:00:05.49Z' })).toEqual({ id: 'other', left: ['other'], debts, waitedMs: 0 })
})

test('where the other is the younger one, its job is waited for: nobody removes what is not theirs', async () => {
  let looks = 0
  const elapse = (networks: Map<string, string>) => void (++looks === 3 && networks.delete('other'))
  expect(await ensure({ other: '2026-01-01T00:00:05.51Z' }, { elapse })).toMatchObject({
    id: 'own',
    left: ['own'],
    waitedMs: 300,
  })
})

test('a job that never gives up its network is not waited for without end: the engine says what it makes of it', async () => {
  const { id, left, waitedMs } = await ensure({ other: '2026-01-01T00:00:06Z' })
  expect({ id, left }).toEqual({ id: 'own', left: ['other', 'own'] })
  expect(waitedMs).toBeLessThan(11_000)
})

test.each([
  ['docker: Error response from daemon: network shir-network is ambiguous (2 matches found on name).', true],
  ['docker: Error response from daemon: network 0f12 not found.', true],
  ['docker: Error response from daemon: Conflict. The container name "/shir-1" is already in use by container "0f12".', false],
])('%s', (stderr, isUnsettled) => expect(isNetworkUnsettled(stderr)).toBe(isUnsettled))

test('a network that is there is used, and not owed', async () => {
  const docker = scriptedDocker(command => (command.startsWith('network ls') && !command.includes('label=') ? 'other' : ''))
  const host = memoryHost({ machine, clock: { now: () => 0, sleep: async () => {} } })
  const journal = { id: 'run', intend: async () => expect('a debt').toBe('none') } as unknown as Journal
  expect(await ensureNetwork({ name: 'shir-network', labels: [] }, engine, docker, host, journal)).toBe('other')
})

test('an engine that refuses a second one of that name: the other job’s is used; any other refusal is the engine’s word', async () => {
  const refused = (stderr: string, later: string) => {
    let isAsked = false
    const docker = scriptedDocker(command => {
      if (command.startsWith('network create')) {
        isAsked = true
        return { code: 1, stderr }
      }
      return isAsked && !command.includes('label=') ? later : ''
    })
    const host = memoryHost({ machine, clock: { now: () => 0, sleep: async () => {} } })
    const journal = { id: 'run', intend: async () => {} } as unknown as Journal
    return ensureNetwork({ name: 'shir-network', labels: [] }, engine, docker, host, journal)
  }
  expect(await refused('network with name shir-network already exists', 'other')).toBe('other')
  await expect(refused('Error response from daemon: no room', '')).rejects.toMatchObject({ code: 'engine-failed' })
})
