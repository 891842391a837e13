import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { runScript } from './process.ts'
import type { StepRequest } from './record.ts'
import { ACTION, action, CANCEL_ON_READY, complete, inFolder, STAY, task } from './steps.ts'

describe('GitHub', () => {
  test('a cancelled step that exits with 0 is cancelled, and its post step runs with the state', async () => {
    const record = await action(`process.on('SIGINT', () => process.exit(0)); console.log('::save-state name=id::7'); ${STAY}`, {
      ...CANCEL_ON_READY,
      post: "console.log('cleaned ' + process.env.STATE_id)",
    })
    expect(record).toMatchObject({ outcome: 'cancelled', exitCode: 0, post: { outcome: 'succeeded', log: 'cleaned 7' } })
    expect(record.cancel).toEqual({ signals: ['SIGINT'], tookMs: expect.any(Number) })
    expect(record.cancel?.tookMs).toBeLessThan(5_000)
    expect(record.post?.cancel).toBeUndefined()
  })

  test('a step that ignores SIGINT gets SIGTERM after 7.5 s and SIGKILL after 10 s', async () => {
    const started = performance.now()
    const times: Record<string, number> = {}
    const record = await action(`for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name)); ${STAY}`, {
      onLine(line, control) {
        times[line] = performance.now() - started
        if (line === 'ready') control.cancel()
      },
    })
    const { ready = 0, SIGTERM = 0 } = times
    expect(record).toMatchObject({ outcome: 'cancelled', exitCode: null })
    expect(record.log).toContain('SIGINT\nSIGTERM')
    expect(record.cancel?.signals).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL'])
    expect(record.cancel?.tookMs).toBeGreaterThan(9_900)
    expect(SIGTERM - ready).toBeGreaterThan(7_400)
    expect(SIGTERM - ready).toBeLessThan(9_500)
    expect(performance.now() - started).toBeLessThan(14_000)
  })

  test('a killed step has failed, and post still runs unless it is not wanted or its condition is not met', async () => {
    const kill: Partial<StepRequest> = { onLine: (line, control) => line === 'ready' && control.kill() }
    expect(await action(STAY, { ...kill, post: 'process.exit(3)' })).toMatchObject({
      outcome: 'failed',
      exitCode: null,
      post: { outcome: 'failed', exitCode: 3 },
    })
    expect((await action(STAY, { ...kill, runPost: false })).post).toBeUndefined()
    expect((await action(STAY, { ...kill, manifest: ACTION.replace('post:', 'post-if: success(), post:') })).post).toBeUndefined()
  })

  test('a child that keeps the output open holds the step up for five seconds and is ended as an orphan', async () => {
    const started = performance.now()
    const record = await action(
      `import { spawn } from 'node:child_process'
       spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit', detached: true }).unref()
       process.exit(0)`,
    )
    expect(performance.now() - started).toBeGreaterThan(4_900)
    expect(performance.now() - started).toBeLessThan(9_000)
    expect(record.outcome).toBe('succeeded')
    expect(record.warnings).toEqual([expect.stringMatching(/^Terminate orphan process: pid \(\d+\) \(node\)$/)])
  })
})

describe('Azure', () => {
  test('a cancelled task is cancelled whatever it tells, and post knows of it', async () => {
    const record = await task(`process.on('SIGINT', () => { ${complete('Failed')}; process.exit(0) }); ${STAY}`, {
      ...CANCEL_ON_READY,
      post: 'console.log(process.env.AGENT_JOBSTATUS)',
    })
    expect(record).toMatchObject({ outcome: 'cancelled', exitCode: 0, post: { raw: 'Canceled\n' } })
  })

  test('two variables of the pipeline say how long a cancelled task is given', async () => {
    const record = await task(`for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name)); ${STAY}`, {
      ...CANCEL_ON_READY,
      environment: { PROCESS_SIGINT_TIMEOUT: '300', PROCESS_SIGTERM_TIMEOUT: '400' },
    })
    expect(record).toMatchObject({ outcome: 'cancelled', exitCode: null, cancel: { signals: ['SIGINT', 'SIGTERM', 'SIGKILL'] } })
    expect(record.raw).toContain('SIGINT\nSIGTERM')
    expect(record.cancel?.tookMs).toBeGreaterThan(650)
    expect(record.cancel?.tookMs).toBeLessThan(5_000)
  })

  test('a frozen task hears nothing until it is thawed; only the last signal ends it while it is frozen', async () => {
    const script = `process.on('SIGINT', () => process.exit(4)); process.on('SIGTERM', () => {}); ${STAY}`
    const freeze = (thawAt?: NodeJS.Signals): Partial<StepRequest> => ({
      environment: { PROCESS_SIGINT_TIMEOUT: '300', PROCESS_SIGTERM_TIMEOUT: '700' },
      onLine(line, control) {
        if (line !== 'ready') return
        control.freeze()
        control.cancel()
      },
      onSignal: (signal, control) => signal === thawAt && control.thaw(),
    })
    expect(await task(script, freeze('SIGTERM'))).toMatchObject({ exitCode: 4, cancel: { signals: ['SIGINT', 'SIGTERM'] } })
    expect(await task(script, freeze())).toMatchObject({ exitCode: null, cancel: { signals: ['SIGINT', 'SIGTERM', 'SIGKILL'] } })
  })

  test('a task that says it is done is over five seconds later, though it runs on', async () => {
    const started = performance.now()
    const record = await task(`console.log('##vso[task.complete result=Succeeded;done=true;]'); ${STAY}`)
    expect(record.outcome).toBe('succeeded')
    expect(performance.now() - started).toBeLessThan(9_000)
    expect(record.warnings).toEqual([expect.stringContaining('Terminate orphan process')])
  })
})

describe('the process', () => {
  const run = async (script: string, rest: Partial<Parameters<typeof runScript>[0]> = {}) => {
    return inFolder({ 'main.mjs': script }, folder =>
      runScript({
        node: process.execPath,
        script: join(folder, 'main.mjs'),
        workingDirectory: folder,
        environment: { TRACK: folder },
        tracking: `TRACK=${folder}`,
        onLine: () => {},
        ...rest,
      }),
    )
  }

  test('the hard limit ends the whole tree, also what hides in a group of its own', async () => {
    const started = performance.now()
    const end = await run(
      `import { spawn } from 'node:child_process'
       for (const detached of [true, false]) spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit', detached })
       ${STAY}`,
      { limitMs: 1_500 },
    )
    expect(end).toMatchObject({ overran: true, exitCode: null })
    // Both children held the output open; had one lived on, it would have taken five seconds more.
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('keeps bytes of a character together over chunks', async () => {
    const lines: string[] = []
    const end = await run(
      'process.stdout.write(Buffer.from([0xe2, 0x82])); setTimeout(() => process.stdout.write(Buffer.from([0xac, 0x0a])), 100)',
      { onLine: line => lines.push(line) },
    )
    expect(lines).toEqual(['€'])
    expect(end.raw).toBe('€\n')
  })

  test('what a test throws while it looks at a line comes back to it, and the process is gone', async () => {
    const thrown = run(STAY, {
      onLine() {
        throw new Error('seen')
      },
    })
    await expect(thrown).rejects.toThrow('seen')
  })

  test('a node that cannot be started is an error', async () => {
    await expect(run('', { node: '/no/such/node' })).rejects.toThrow('ENOENT')
  })

  test('the node program of the request is the one that runs', async () => {
    await inFolder({ node: '#!/bin/sh\necho chosen\n' }, async folder => {
      await chmod(join(folder, 'node'), 0o755)
      expect((await run('', { node: join(folder, 'node') })).raw).toBe('chosen\n')
    })
  })
})
