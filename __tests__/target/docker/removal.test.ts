import type { Docker } from '../../../src/engine/docker.ts'
import { memoryHost } from '../../../src/host/memory.ts'
import { removeContainer } from '../../../src/target/docker/removal.ts'
import { scriptedDocker } from '../../engine/scripted-docker.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { stepErrorOf } from '../../support/rejection.ts'
import { syntheticKey } from '../../support/synthetic-key.ts'

const machine = { name: 'm', id: 'm', isEphemeral: false, platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const node = { planned: false, name: 'eu', container: 'shir-1', id: 'c1', version: undefined }
const missing = { code: 1, stderr: 'Error response from daemon: No such container: c1' }
const untilAborted = (signal?: AbortSignal) => new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
type Answer = Parameters<typeof scriptedDocker>[0]

/** What inspect says of a container in this state, `exited 3` where its exit code is none. */
function seen(state: string, AutoRemove: boolean): string {
  const [status = '', exitCode = '0'] = state.split(' ')
  const Config = { Hostname: 'h', Env: [`AUTH_KEY=${syntheticKey}`], Labels: {} }
  return JSON.stringify([
    {
      Id: 'c1',
      Name: '/shir-1',
      Config,
      HostConfig: { AutoRemove },
      State: { Status: status, ExitCode: Number(exitCode), StartedAt: '2026-01-01T00:00:00Z' },
    },
  ])
}

/** Removes a container whose inspect answers are `states`, the last of them again and again; other commands end well unless `answer` knows better. */
async function remove(
  states: readonly string[],
  answer: (command: string) => ReturnType<Answer> | undefined = () => undefined,
  removesItself = false,
) {
  const left = [...states]
  const docker = scriptedDocker(command => {
    const known = answer(command.split(' ')[0] ?? '')
    if (known !== undefined) return known
    if (command.startsWith('exec')) return '{"by":"SHIR/stop.ps1"}'
    if (!command.startsWith('container inspect')) return ''
    const state = left.length > 1 ? left.shift() : left[0]
    return state === 'none' ? { ...missing, stdout: '[]' } : seen(String(state), removesItself)
  })
  // The limit of what runs inside is never up.
  const clock = {
    ...fakeClock(),
    sleep: (ms: number, signal?: AbortSignal) =>
      ms > 10_000
        ? new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
        : fakeClock().sleep(ms, signal),
  }
  const host = memoryHost({ machine, clock })
  const removing = removeContainer(node, docker, host)
  const changes = () =>
    docker.asked.map(command => String(command.split(' ')[0])).filter(word => word !== 'container' && word !== 'events')
  return { removing, changes, host }
}

const removed = (wasStarted = true) => ({ kind: 'removed', node: 'eu', wasStarted })
test.each<[string, readonly string[], boolean]>([
  ['running', ['update', 'exec', 'stop', 'rm'], true],
  ['paused', ['update', 'unpause', 'exec', 'stop', 'rm'], true],
  ['restarting', ['update', 'stop', 'rm'], true],
  ['exited', ['update', 'rm'], true],
  ['created', ['update', 'rm'], false],
  ['dead', ['rm'], true],
])('one that is %s: %j', async (status, commands, wasStarted) => {
  const { removing, changes, host } = await remove([status])
  expect(await removing).toEqual(removed(wasStarted))
  expect(changes()).toEqual(commands)
  expect(host.lines.at(-1)).toBe('shir-1: removed')
})

test.each([
  ['before', ['none'], undefined, []],
  ['before nothing starts it again', ['running', 'none'], 'update', ['update']],
  ['after that', ['running', 'none'], undefined, ['update']],
  ['before it goes on', ['paused', 'paused', 'none'], 'unpause', ['update', 'unpause']],
  ['before it is stopped', ['running', 'running', 'none'], 'stop', ['update', 'exec', 'stop']],
  ['before it is removed', ['running', 'running', 'none'], 'rm', ['update', 'exec', 'stop', 'rm']],
])('someone else removes it %s: gone, and no failure', async (_, states, command, commands) => {
  const { removing, changes } = await remove(states, word => (word === command ? missing : undefined))
  expect(await removing).toEqual({ kind: 'gone' })
  expect(changes()).toEqual(commands)
})

test.each([
  ['from the beginning', ['removing', 'removing', 'none'], undefined],
  ['just then', ['running', 'running', 'removing', 'none'], 'removal of container c1 is already in progress'],
])('someone else is removing it %s: it is waited for', async (_, states, stderr) => {
  const { removing } = await remove(states, word => (word === 'rm' && stderr !== undefined ? { code: 1, stderr } : undefined))
  expect(await removing).toEqual({ kind: 'gone' })
})

test.each([
  ['stop', ['update', 'exec', 'stop']],
  ['rm', ['update', 'exec', 'stop', 'rm']],
])('one that goes by itself when it ends is gone before docker %s, and counts as removed', async (command, commands) => {
  const stderr = 'Restart policy cannot be updated because AutoRemove is enabled for the container'
  const answer = (word: string) => (word === 'update' ? { code: 1, stderr } : word === command ? missing : undefined)
  const { removing, changes } = await remove(['running', 'running', 'removing', 'none'], answer, true)
  expect(await removing).toEqual(removed())
  expect(changes()).toEqual(commands)
})

test('another job is quicker to let a paused one go on', async () => {
  const stderr = 'Error response from daemon: Container c1 is not paused'
  const { removing } = await remove(['paused'], word => (word === 'unpause' ? { code: 1, stderr } : undefined))
  expect(await removing).toEqual(removed())
})

test('a container that ends at that very moment is asked again not to be restarted', async () => {
  let refusals = 2
  const stderr = 'Error response from daemon: Cannot update container c1: cannot update a stopped container: unknown'
  const { removing, changes } = await remove(['running', 'exited'], word =>
    word === 'update' && refusals-- > 0 ? { code: 1, stderr } : undefined,
  )
  expect(await removing).toEqual(removed())
  expect(changes()).toEqual(['update', 'update', 'update', 'rm'])
})

test.each(['update', 'unpause', 'stop', 'rm'])(
  'any other refusal of docker %s is told in the engine’s words, and ends the removal',
  async command => {
    const { removing } = await remove(['paused'], word =>
      word === command ? { code: 1, stderr: 'Error response from daemon: busy' } : undefined,
    )
    expect(await stepErrorOf(removing)).toMatchObject({ code: 'engine-failed', message: `docker ${command} failed: busy` })
  },
)

test.each<[string, ReturnType<Answer>, string]>([
  ['stop.ps1', '{"by":"SHIR/stop.ps1"}\nSHIR has stopped.', 'SHIR was ended (SHIR/stop.ps1)'],
  ['dmgcmd', '{"by":"dmgcmd -Stop"}', 'SHIR was ended (dmgcmd -Stop)'],
  [
    'nothing',
    { code: 1, stdout: '{"by":"nothing"}' },
    'is stopped without ending SHIR before: its image has neither SHIR/stop.ps1 nor dmgcmd.exe',
  ],
  [
    'a script that fails',
    { code: 1, stdout: '{"by":"SHIR/stop.ps1"}' },
    'is stopped without ending SHIR before: SHIR/stop.ps1 ended with exit code 1',
  ],
  [
    'no PowerShell',
    { code: 126, stdout: 'OCI: no such file' },
    'is stopped without ending SHIR before: PowerShell did not run in it: OCI: no such file',
  ],
])('what ends SHIR: %s', async (_, answer, words) => {
  const { removing, host } = await remove(['running'], word => (word === 'exec' ? answer : undefined))
  expect(await removing).toEqual(removed())
  expect(host.lines[0]).toBe(`shir-1: ${words}`)
})

test.each<[string, ReturnType<Answer>, string]>([
  ['the script is ended with its container', { code: 137, stdout: '{"by":"SHIR/stop.ps1"}' }, 'SHIR was ended (SHIR/stop.ps1)'],
  [
    'it ended before the script began',
    { code: 126, stdout: 'OCI: no process' },
    'is stopped without ending SHIR before: it has just ended',
  ],
])('%s', async (_, answer, words) => {
  const { removing, host } = await remove(['running', 'running', 'exited'], word => (word === 'exec' ? answer : undefined))
  expect(await removing).toEqual(removed())
  expect(host.lines[0]).toBe(`shir-1: ${words}`)
})

test('a container that ends with a failure while the script runs has taken no leave', async () => {
  const { removing, host } = await remove(['running', 'running', 'exited 3'], word =>
    word === 'exec' ? { code: 137, stdout: '{"by":"SHIR/stop.ps1"}' } : undefined,
  )
  expect(await removing).toEqual(removed())
  expect(host.lines[0]).toBe('shir-1: is stopped without ending SHIR before: SHIR/stop.ps1 ended with exit code 137')
})

test('docker stop is given its own minute and more', async () => {
  const limits = new Map<string, number>()
  const docker = scriptedDocker(command =>
    command.startsWith('container inspect') ? seen('exited', false) : command.startsWith('exec') ? '{}' : '',
  )
  let looks = 0
  const read: Docker['read'] = (args, options) => {
    limits.set(String(args[0]), options?.limitMs ?? 60_000)
    return args[0] === 'container' && looks++ < 2
      ? Promise.resolve({ code: 0, stdout: seen('running', false), stderr: '', timedOut: false })
      : docker.read(args, options)
  }
  const clock = { ...fakeClock(), sleep: (_: number, signal?: AbortSignal) => untilAborted(signal) }
  await removeContainer(node, { ...docker, read }, memoryHost({ machine, clock }))
  expect(limits.get('stop')).toBeGreaterThan(90_000)
})

test('someone else’s removal that never comes to its end is given up, and no watch of the engine’s events stays', async () => {
  const docker = scriptedDocker(() => seen('removing', false))
  let isWatched = false
  const run: Docker['run'] = async (_, options) => {
    isWatched = true
    await untilAborted(options?.signal)
    isWatched = false
    return { code: null, stdout: '', stderr: '', timedOut: false }
  }
  const refusal = await stepErrorOf(removeContainer(node, { ...docker, run }, memoryHost({ machine, clock: fakeClock() })))
  expect(refusal).toMatchObject({
    code: 'engine-failed',
    message: 'shir-1 is being removed by someone else, and is still there.',
  })
  await new Promise(resolve => setImmediate(resolve))
  expect(isWatched).toBe(false)
})
