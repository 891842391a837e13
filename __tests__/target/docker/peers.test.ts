import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { memoryHost } from '../../../src/host/memory.ts'
import { resolveInside, resolveScript } from '../../../src/target/docker/peers.ts'
import { scriptedDocker } from '../../engine/scripted-docker.ts'
import { describeWith } from '../../support/program.ts'

const machine = { name: 'm', id: 'm', isEphemeral: false, platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const patient = {
  now: () => 0,
  sleep: (_: number, signal?: AbortSignal) => new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve())),
}
const ask = (answer: Parameters<typeof scriptedDocker>[0]) =>
  resolveInside(scriptedDocker(answer), 'c1', ['a-1', 'a-2'], memoryHost({ machine, clock: patient }))

test.each([
  ['all known', '{"resolved":["a-1","a-2"],"unresolved":[]}', { kind: 'known', unresolved: [] }],
  ['one unknown', 'a warning\n{"unresolved":["a-2"],"resolved":["a-1"]}\n', { kind: 'known', unresolved: ['a-2'] }],
  ['a name that nobody asked for', '{"unresolved":["evil"]}', { kind: 'known', unresolved: [] }],
  ['no answer', 'powershell: nonsense\n', { kind: 'unknown', why: 'powershell: nonsense' }],
  ['another answer', '{"unresolved":"a-1"}', { kind: 'unknown', why: '{"unresolved":"a-1"}' }],
])('%s', async (_, text, resolution) => expect(await ask(() => text)).toEqual(resolution))

test('the time that it is given is enough for three names that do not resolve, with PowerShell’s start', async () => {
  const limits: number[] = []
  const sleep = (ms: number, signal?: AbortSignal) => {
    limits.push(ms)
    return patient.sleep(ms, signal)
  }
  const host = memoryHost({ machine, clock: { ...patient, sleep } })
  await resolveInside(
    scriptedDocker(() => '{}'),
    'c1',
    ['a-1', 'a-2', 'a-3'],
    host,
  )
  const pausesMs = 3 * 2 * 3_000
  expect(limits.map(ms => ms > pausesMs + 30_000)).toEqual([true])
})

test('an image without PowerShell has no means: Docker’s words', async () => {
  const stdout = 'OCI runtime exec failed: exec: "powershell": executable file not found in $PATH'
  expect(await ask(() => ({ code: 126, stdout }))).toEqual({ kind: 'unknown', why: stdout })
})

test('the script needs no quoting on its way through docker and Windows', () => {
  expect(resolveScript(['shir-ab12-1', 'shir-ab12-2'])).not.toMatch(/["\r\n]/)
})

describeWith('pwsh', 'in PowerShell', () => {
  const run = async (hostnames: readonly string[]) => {
    const script = resolveScript(hostnames).replace('-Seconds 3', '-Milliseconds 1')
    return JSON.parse(
      (await promisify(execFile)(process.env.PWSH ?? 'pwsh', ['-NoProfile', '-NonInteractive', '-Command', script])).stdout,
    )
  }
  test('it tells which names resolve, and which do not after three tries', async () => {
    expect(await run(['localhost', 'no-such-host-1', 'no-such-host-2'])).toEqual({
      ...{ resolved: ['localhost'], unresolved: ['no-such-host-1', 'no-such-host-2'] },
    })
    expect(await run(['localhost'])).toEqual({ resolved: ['localhost'], unresolved: [] })
  })
})
