import { answerOf, powerShell, runInside } from '../../src/engine/inside.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { handClock } from '../support/hand-clock.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { scriptedDocker } from './scripted-docker.ts'

const machine = { name: 'm', id: 'm', isEphemeral: false, platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const patient = {
  now: () => 0,
  sleep: (_: number, signal?: AbortSignal) => new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve())),
}

test('a script runs in the container’s own PowerShell', async () => {
  const docker = scriptedDocker(() => '{"a":1}')
  expect(await runInside(docker, 'c1', 'Get-Date', 1_000, memoryHost({ machine, clock: patient }))).toEqual({
    code: 0,
    isTimeUp: false,
    text: '{"a":1}',
  })
  expect(docker.asked).toEqual([`exec c1 ${powerShell('Get-Date').join(' ')}`])
})

test('what Docker says of an image without PowerShell is told, and is no failure', async () => {
  const docker = scriptedDocker(() => ({ code: 126, stdout: 'OCI runtime exec failed: no such file' }))
  const inside = await runInside(docker, 'c1', 'x', 1_000, memoryHost({ machine, clock: patient }))
  expect(inside).toEqual({ code: 126, isTimeUp: false, text: 'OCI runtime exec failed: no such file' })
})

test('a script that hangs is given up, and what it said is told', async () => {
  const docker = scriptedDocker(() => ({ code: null }))
  const hung = {
    ...docker,
    run: (_: readonly string[], options: { signal?: AbortSignal } = {}) =>
      new Promise<never>((resolve: (value: never) => void) =>
        options.signal?.addEventListener('abort', () => resolve({ code: null, stdout: 'begun', stderr: '' } as never)),
      ),
  }
  expect(await runInside(hung, 'c1', 'x', 5_000, memoryHost({ machine, clock: fakeClock() }))).toEqual({
    code: null,
    isTimeUp: true,
    text: 'begun',
  })
})

test('a cancel ends a script that runs, and no timer stays', async () => {
  const cancel = new AbortController()
  const clock = handClock()
  const docker = scriptedDocker(() => '')
  const run: typeof docker.run = async (_, options) => {
    cancel.abort()
    if (!options?.signal?.aborted) await new Promise(resolve => options?.signal?.addEventListener('abort', resolve))
    return { code: null, stdout: '', stderr: '', timedOut: false }
  }
  const inside = runInside({ ...docker, run }, 'c1', 'x', 5_000, memoryHost({ machine, clock, signal: cancel.signal }))
  expect(await stepErrorOf(inside)).toMatchObject({ code: 'cancelled' })
  expect(clock.sleepers()).toBe(0)
})

test('a cancel is a cancel', async () => {
  const host = memoryHost({ machine, clock: patient, signal: AbortSignal.abort() })
  expect(
    await stepErrorOf(
      runInside(
        scriptedDocker(() => ''),
        'c1',
        'x',
        1_000,
        host,
      ),
    ),
  ).toMatchObject({ code: 'cancelled' })
})

test.each([
  ['{"a":1}', { a: 1 }],
  ['words\r\n{"a":1}\r\nmore words\r\n', { a: 1 }],
  ['{"a":1}\n{"a":2}\n', { a: 2 }],
  ['{"a":1}\n{broken', { a: 1 }],
  ['', undefined],
  ['[1]', undefined],
])('%j answers %j', (text, answer) => expect(answerOf(text)).toEqual(answer))
