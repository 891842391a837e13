import type { Docker } from '../../src/engine/docker.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { pullImage } from '../../src/image/pull.ts'
import { pushAll } from '../../src/image/push.ts'
import type { Finished, RunOptions } from '../../src/process/run.ts'
import { image29 } from '../engine/recorded-answers.ts'
import { scriptedDocker } from '../engine/scripted-docker.ts'
import { handClock } from '../support/hand-clock.ts'
import { stepErrorOf } from '../support/rejection.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const minute = 60_000
const finished = (code: number | null): Finished => ({ code, stdout: '', stderr: '', timedOut: false })

/** A docker whose transfers hang until they are ended, the first `hanging` of them. */
function hangingDocker(hanging: number, ended: () => Finished = () => finished(null)) {
  const abort = new AbortController()
  const clock = handClock()
  const host = memoryHost({ machine, clock, signal: abort.signal })
  const script = scriptedDocker(command => (/^image/.test(command) ? JSON.stringify([image29]) : ''))
  const speakers: NonNullable<RunOptions['onLine']>[] = []
  const run: Docker['run'] = async (args, options = {}) => {
    const answer = await script.run(args, options)
    if (speakers.push(options.onLine ?? (() => {})) > hanging) return answer
    const { signal = host.signal } = options
    return new Promise((resolve, reject) => {
      const end = () => {
        try {
          resolve(ended())
        } catch (error) {
          reject(error)
        }
      }
      signal.addEventListener('abort', end, { once: true })
    })
  }
  const silences = () => host.lines.filter(line => line.includes('has said nothing'))
  return {
    abort,
    clock,
    host,
    silences,
    says: (line: string) => speakers.at(-1)?.(line, 'stdout'),
    docker: { ...script, run },
    script,
  }
}

test('a push that hangs is said to be silent once in five minutes, ended after fifteen, and tried again', async () => {
  const { clock, docker, host, silences, script, says } = hangingDocker(1)
  const end = pushAll('sha256:1', ['r/x:1'], async () => ({ kind: 'unknown', why: 'x' }), docker, host)
  await clock.advance(4 * minute)
  says('0123456789ab: Pushed')
  for (let minutes = 0; minutes < 14; minutes++) await clock.advance(minute)
  expect(silences()).toEqual([5, 10].map(silent => `docker push r/x:1 has said nothing for ${silent} min.`))
  expect(script.asked).toEqual(['push -- r/x:1'])
  await clock.advance(minute)
  expect(host.lines).toContainEqual(
    expect.stringMatching(/^r\/x:1 could not be pushed: docker said nothing for 15 min; trying again in \d+ s \(1 of 4\)$/),
  )
  await clock.advance(minute)
  expect(await end).toEqual([{ reference: 'r/x:1', digest: undefined }])
  expect(script.asked).toEqual(['push -- r/x:1', 'push -- r/x:1'])
  expect(clock.sleepers()).toBe(0)
})

test('a push that hangs again and again is given up', async () => {
  const { clock, docker, host, script } = hangingDocker(9)
  const end = stepErrorOf(pushAll('sha256:1', ['r/x:1'], async () => ({ kind: 'absent' }), docker, host))
  for (let minutes = 0; minutes < 70; minutes++) await clock.advance(minute)
  expect(await end).toMatchObject({
    code: 'push-failed',
    message: 'r/x:1 could not be pushed: docker said nothing for 15 min (4 attempts)',
    hint: expect.stringContaining('the firewall between'),
  })
  expect(script.asked).toHaveLength(4)
})

test('so is a pull', async () => {
  const { clock, docker, host, silences, script } = hangingDocker(1)
  const end = pullImage('r/x:1', docker, host)
  for (let minutes = 0; minutes < 16; minutes++) await clock.advance(minute)
  expect(await end).toMatchObject({ id: image29.Id })
  expect(silences()).toHaveLength(3)
  expect(script.asked.filter(command => command.startsWith('pull'))).toHaveLength(2)
})

test('a cancel in the middle is a cancel, and ends the watch', async () => {
  const { abort, clock, docker, host } = hangingDocker(1)
  const end = stepErrorOf(pushAll('sha256:1', ['r/x:1'], async () => ({ kind: 'absent' }), docker, host))
  await clock.advance(minute)
  abort.abort()
  expect(await end).toMatchObject({ code: 'cancelled' })
  expect(clock.sleepers()).toBe(0)
})
