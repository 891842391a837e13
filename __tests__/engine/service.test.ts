import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openDocker } from '../../src/engine/docker.ts'
import { examineEngine } from '../../src/engine/preflight.ts'
import { startOf } from '../../src/engine/service.ts'
import type { Clock } from '../../src/host/host.ts'
import type { MemoryOptions } from '../../src/host/memory.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

/** Pauses between two looks are over at once, as if each took `pauseMs`; limits on programs never come. */
function patientClock(onPause: () => void = () => {}, pauseMs = 2_000): Omit<Clock, 'alarm'> {
  const clock = fakeClock()
  return {
    now: clock.now,
    sleep: async (ms, signal) => {
      if (ms !== 2_000) return new Promise(resolve => signal?.addEventListener('abort', () => resolve(), { once: true }))
      onPause()
      return clock.sleep(pauseMs, signal)
    },
  }
}

const at = (...names: readonly string[]) => path.join(bench.folder, ...names)

async function program(file: string, script: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
}

const noPipe =
  'error during connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.52/version": open //./pipe/docker_engine: The system cannot find the file specified.'
const server = { Version: '29.1.5', ApiVersion: '1.52', Os: 'windows' }
const info = {
  OSVersion: '10.0.20348',
  OperatingSystem: 'Windows (OS Build 20348.169)',
  DockerRootDir: 'C:\\ProgramData\\docker',
}

/**
 * A Windows machine whose engine answers once the file `up` is there, and is silent until then; `sc` is its sc.exe, a shell script,
 * which finds in `$n` how often it was called.
 */
async function windowsMachine(sc: string | undefined, options: Partial<MemoryOptions> = {}, silence = noPipe) {
  const [up, calls] = [at('up'), at('calls')]
  await program(
    at('bin', 'docker.exe'),
    `[ -e '${up}' ] || { echo ${JSON.stringify(silence)} >&2; exit 1; }
case $1 in version) printf %s '${JSON.stringify({ Server: server })}';; info) printf %s '${JSON.stringify(info)}';; esac`,
  )
  if (sc !== undefined)
    await program(at('Windows', 'System32', 'sc.exe'), `echo "$@" >> '${calls}'; n=$(wc -l < '${calls}'); up='${up}'\n${sc}`)
  const host = bench.host({
    machine: { ...bench.machine, platform: 'win32' },
    clock: patientClock(),
    ...options,
    environment: {
      Path: `${at('bin')}:/usr/bin:/bin`,
      SystemRoot: at('Windows'),
      USERPROFILE: at('home'),
      ...options.environment,
    },
  })
  return {
    host,
    examine: async () => examineEngine(await openDocker(host), host),
    calls: () =>
      readFile(calls, 'utf8').then(
        text => text.trim().split('\n'),
        () => [],
      ),
  }
}

// A process of Linux ends with one byte, so that the programs of these tests end with none of Windows' larger codes.
test.each<[number | null, string, string | undefined]>([
  [0, 'it was started', undefined],
  [1056, 'Windows says that it runs already', undefined],
  [5, 'this user has not the right to start it', 'Run the step elevated'],
  [1058, 'it is disabled', 'sc.exe config docker start= auto'],
  [1060, 'there is no such service', 'not installed as a service on this machine: start Docker Desktop'],
  [1068, 'sc.exe ended with 1068: [SC] StartService FAILED 1068: The dependency failed to start', undefined],
  [null, 'sc.exe ended with null: [SC] StartService FAILED 1068: The dependency failed to start', undefined],
])('sc.exe ends with %s: %s', (code, says, hint) => {
  const stdout = '[SC] StartService FAILED 1068:\r\n\r\nThe dependency failed to start.\r\n\r\n'
  expect(startOf({ code, stdout, timedOut: false })).toEqual({ says, ...(hint && { hint: expect.stringContaining(hint) }) })
})

test('a stopped service is started, and the engine is asked until it answers', async () => {
  const stopped = await windowsMachine('[ $n = 3 ] && : > "$up"; exit 0')
  expect(await stopped.examine()).toMatchObject({ os: 'windows', windowsBuild: 20348, windowsRevision: 169 })
  expect(await stopped.calls()).toEqual(['start docker', 'start docker', 'start docker'])
  expect(stopped.host.lines.slice(0, 3)).toEqual([
    `The engine does not answer. Starting the Windows service docker: ${at('Windows', 'System32', 'sc.exe')} start docker`,
    'After 0 s: it was started.',
    'The engine answers after 6 s.',
  ])
})

test('one that Windows cannot start yet is tried again', async () => {
  const early = await windowsMachine('[ $n = 2 ] && : > "$up" && exit 0; echo "[SC] FAILED 1068:"; echo; echo Why.; exit 44')
  expect(await early.examine()).toMatchObject({ os: 'windows' })
  expect(early.host.lines.slice(1, 4)).toEqual([
    'After 0 s: sc.exe ended with 44: [SC] FAILED 1068: Why.',
    'After 2 s: it was started.',
    'The engine answers after 4 s.',
  ])
})

test.each([
  ['a right that is missing', 'exit 5', 'this user has not the right to start it', 'Run the step elevated', 1],
  ['an engine that stays silent', 'exit 0', 'it was started, but the engine did not answer within 60 s', 'event log', 4],
  ['a machine without sc.exe', undefined, 'sc.exe could not be run (ENOENT)', 'Start-Service docker', 0],
])('what was tried is said of %s', async (_, sc, why, hint, calls) => {
  const machine = await windowsMachine(sc, { clock: patientClock(undefined, 15_000) })
  const error = await stepErrorOf(machine.examine())
  expect(error).toMatchObject({
    code: 'engine-unreachable',
    message: expect.stringContaining('cannot find the file specified. Starting the Windows service docker did not help: '),
    hint: expect.stringContaining(hint),
  })
  expect(error.message.endsWith(`${why}.`)).toBe(true)
  expect(await machine.calls()).toHaveLength(calls)
})

test.each<[string, Partial<MemoryOptions>, string]>([
  ['DOCKER_HOST leads elsewhere', { environment: { DOCKER_HOST: 'tcp://build-host:2376' } }, noPipe],
  ['DOCKER_CONTEXT leads elsewhere', { environment: { DOCKER_CONTEXT: 'desktop-linux' } }, noPipe],
  ['something listens, and lets this user not in', {}, 'error during connect: open //./pipe/docker_engine: Access is denied.'],
])('no service is started where %s', async (_, options, silence) => {
  const machine = await windowsMachine('exit 0', options, silence)
  expect(await stepErrorOf(machine.examine())).toMatchObject({
    code: 'engine-unreachable',
    message: expect.not.stringContaining('Starting'),
  })
  expect(await machine.calls()).toEqual([])
})

test('nor where nothing may be changed', async () => {
  const { host, calls } = await windowsMachine('exit 0')
  expect(await stepErrorOf(examineEngine(await openDocker(host), host, false))).toMatchObject({ code: 'engine-unreachable' })
  expect(await calls()).toEqual([])
})

test('nor on any other system', async () => {
  const machine = await windowsMachine('exit 0', { machine: { ...bench.machine, platform: 'linux' } })
  await program(at('bin', 'docker'), `echo ${JSON.stringify(noPipe)} >&2; exit 1`)
  const host = bench.host({
    clock: patientClock(),
    environment: { PATH: `${at('bin')}:/usr/bin:/bin`, SystemRoot: at('Windows') },
  })
  expect(await stepErrorOf(examineEngine(await openDocker(host), host))).toMatchObject({ code: 'engine-unreachable' })
  expect(await machine.calls()).toEqual([])
})

test('a cancel ends the wait', async () => {
  const cancel = new AbortController()
  const clock = patientClock(() => cancel.abort())
  const machine = await windowsMachine('exit 0', { signal: cancel.signal, clock })
  expect(await stepErrorOf(machine.examine())).toMatchObject({ code: 'cancelled' })
  expect(await machine.calls()).toEqual(['start docker'])
})
