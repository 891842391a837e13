import { memoryHost } from '../../src/host/memory.ts'
import { followBuild } from '../../src/image/build-output.ts'
import type { Finished } from '../../src/process/run.ts'
import { type HandClock, handClock } from '../support/hand-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const finished = (code: number): Finished => ({ code, stdout: '', stderr: '', timedOut: false })
const minute = 60_000

/** A build that goes on as the test says. */
function following(clock: HandClock = handClock()) {
  const host = memoryHost({ machine, clock })
  let resolve: (end: Finished) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const running = new Promise<Finished>((ends, fails) => {
    resolve = ends
    reject = fails
  })
  let onLine: (line: string, stream: 'stdout' | 'stderr') => void = () => {}
  const end = followBuild(host, told => {
    onLine = told
    return running
  })
  const says = (...lines: readonly string[]) => {
    for (const line of lines) onLine(line, 'stdout')
  }
  const complains = (...lines: readonly string[]) => {
    for (const line of lines) onLine(line, 'stderr')
  }
  return {
    host,
    clock,
    end,
    says,
    complains,
    ends: (code: number) => resolve(finished(code)),
    fails: (error: Error) => reject(error),
  }
}

test('every step is progress and has its time, also the last one; lines are told as foreign', async () => {
  const { host, clock, end, says, ends } = following()
  says('Sending build context to Docker daemon  2.048kB', '')
  await clock.advance(500)
  says('Step 1/3 : FROM base', ' ---> 0123456789ab')
  await clock.advance(2_000)
  says('Step 2/3 : RUN x', ' ---> Using cache', 'Step 3/3 : ENTRYPOINT ["y"]')
  await clock.advance(1_500)
  ends(0)
  expect(await end).toEqual({
    ...{ code: 0, step: 'Step 3/3 : ENTRYPOINT ["y"]', lines: [], why: expect.any(String) },
    times: [
      { step: 1, of: 3, instruction: 'FROM base', ms: 2_000 },
      { step: 2, of: 3, instruction: 'RUN x', ms: 0 },
      { step: 3, of: 3, instruction: 'ENTRYPOINT ["y"]', ms: 1_500 },
    ],
  })
  expect(host.progressed).toEqual([
    '37 Building: step 1 of 3, FROM base',
    '48 Building: step 2 of 3, RUN x',
    '60 Building: step 3 of 3, ENTRYPOINT ["y"]',
  ])
  expect(host.lines[0]).toBe('│ Sending build context to Docker daemon  2.048kB')
  expect(host.lines).toHaveLength(6)
})

test('what a step prints is no step, unless it is the one that is due', async () => {
  const { end, says, ends } = following()
  says(
    'Step 2/3 : RUN x',
    'Step 1/3 : no',
    'Step 2/3 : no',
    'Step 3/4 : no',
    'Step 4/3 : no',
    'Step 3/3 : RUN y',
    'Step 3/3 : no',
  )
  ends(1)
  const { times, step } = await end
  expect(times.map(({ instruction }) => instruction)).toEqual(['RUN x', 'RUN y'])
  expect(step).toBe('Step 3/3 : RUN y')
})

test('a failed step: its own last lines and nothing of the step before, whichever stream came first', async () => {
  const { end, says, complains, ends } = following()
  says('Step 1/2 : FROM base', 'of another step', 'Step 2/2 : RUN x')
  complains(
    'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.',
    '            environment-variable.',
  )
  complains("The command 'x' returned a non-zero code: 3")
  says(...Array.from({ length: 30 }, (_, number) => `line ${number + 1}`), 'Removing intermediate container 0123456789ab')
  ends(1)
  const { code, step, lines, why } = await end
  expect({ code, step, why }).toEqual({ code: 1, step: 'Step 2/2 : RUN x', why: "The command 'x' returned a non-zero code: 3" })
  expect(lines).toHaveLength(20)
  expect(lines[0]).toBe('line 13')
  expect(lines.slice(-3)).toEqual(['line 30', 'Removing intermediate container 0123456789ab', why])
})

test.each<[string, readonly string[], readonly string[], string]>([
  [
    'a Dockerfile that cannot be read',
    [],
    ['Error response from daemon: dockerfile parse error line 2: unknown instruction: RUM'],
    'dockerfile parse error line 2: unknown instruction: RUM',
  ],
  ['an engine that only prints', ['Step 1/1 : FROM x', 'no such base', ' ---> '], [], 'no such base'],
  ['an engine that is silent', [], [], 'it said nothing'],
])('%s', async (_, said, complained, why) => {
  const { end, says, complains, ends } = following()
  says(...said)
  complains(...complained)
  ends(1)
  expect(await end).toMatchObject({ why })
})

test('a build that is silent is said to be, once in five minutes, with what runs and since when', async () => {
  const { host, clock, end, says, ends } = following(handClock(Date.UTC(2026, 0, 1, 12, 0, 0)))
  const told = () => host.lines.filter(line => line.startsWith('The build has said nothing'))
  await clock.advance(5 * minute - 1)
  expect(told()).toEqual([])
  await clock.advance(1)
  expect(told()).toEqual(['The build has said nothing for 5 min: docker build runs since 12:00:00 UTC (5 min).'])
  says('Step 2/8 : RUN msiexec')
  await clock.advance(4 * minute)
  says('still there')
  await clock.advance(4 * minute)
  expect(told()).toHaveLength(1)
  await clock.advance(minute)
  await clock.advance(minute)
  await clock.advance(4 * minute)
  expect(told().slice(1)).toEqual([
    'The build has said nothing for 5 min: step 2 of 8 (RUN msiexec) runs since 12:05:00 UTC (9 min).',
    'The build has said nothing for 10 min: step 2 of 8 (RUN msiexec) runs since 12:05:00 UTC (14 min).',
  ])
  ends(0)
  await end
  expect(clock.sleepers()).toBe(0)
})

test('a build that cannot be run ends the watch too', async () => {
  const { clock, end, fails } = following()
  fails(new Error('no docker'))
  await expect(end).rejects.toThrow('no docker')
  expect(clock.sleepers()).toBe(0)
})
