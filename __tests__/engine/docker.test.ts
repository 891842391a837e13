import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { firstLine, openDocker } from '../../src/engine/docker.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

/** A machine whose docker is this shell script. */
async function machineWith(script: string, folder = path.join(bench.folder, 'bin')) {
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'docker'), `#!/bin/sh\n${script}\n`)
  await chmod(path.join(folder, 'docker'), 0o755)
  return { PATH: `${folder}:/usr/bin:/bin`, DOCKER_HOST: 'tcp://h:1', INPUT_AUTH_KEY: 'secret', ACTIONS_RUNTIME_TOKEN: 't' }
}

test('there is no docker', async () => {
  const host = bench.host({ environment: { PATH: bench.folder } })
  expect(await stepErrorOf(openDocker(host))).toMatchObject({ code: 'docker-missing' })
})

test('a docker inside the workspace is none', async () => {
  const environment = await machineWith('echo stolen', path.join(bench.machine.workspace, 'bin'))
  const host = bench.host({ environment: { ...environment, PATH: environment.PATH.split(':')[0] } })
  expect(await stepErrorOf(openDocker(host))).toMatchObject({ code: 'docker-missing' })
})

test('it is run with the classic builder, without hints of its own, and without what it must not see', async () => {
  const environment = await machineWith('env | sort')
  const docker = await openDocker(bench.host({ environment: { ...environment, DOCKER_BUILDKIT: '1' } }))
  expect(docker.program).toBe(path.join(bench.folder, 'bin', 'docker'))
  const lines = (await docker.ask(['x'], { variables: { AUTH_KEY: 'k', DOCKER_BUILDKIT: '1' } })).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining(['DOCKER_BUILDKIT=0', 'DOCKER_CLI_HINTS=false', 'DOCKER_HOST=tcp://h:1', 'AUTH_KEY=k']),
  )
  expect(lines.join()).not.toMatch(/INPUT_AUTH_KEY|ACTIONS_RUNTIME_TOKEN/)
})

test('an engine that hangs counts as unreachable for what reads, and is waited for by what works', async () => {
  const environment = await machineWith('[ "$1" = build ] && { echo built; exit 0; }; exec sleep 600')
  const { clock } = bench.host()
  // Every limit of a minute is over at once; what has no limit never asks.
  const asked: number[] = []
  const sleep: typeof clock.sleep = async ms => void asked.push(ms)
  const docker = await openDocker(bench.host({ environment, clock: { ...clock, sleep } }))
  for (const hung of [docker.read(['container', 'inspect']), docker.ask(['ps'])])
    expect(await stepErrorOf(hung)).toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringContaining('did not answer in 60 s'),
    })
  asked.length = 0
  expect(await docker.run(['build'])).toMatchObject({ code: 0, stdout: 'built\n' })
  expect(asked).toEqual([])
})

test('another exit code is an answer to run, and an error of ask', async () => {
  const docker = await openDocker(
    bench.host({ environment: await machineWith('echo out; echo "Error response from daemon: no room" >&2; exit 7') }),
  )
  expect(await docker.run(['x'])).toMatchObject({ code: 7, stdout: 'out\n' })
  expect(await stepErrorOf(docker.ask(['pull', 'x']))).toMatchObject({
    code: 'engine-failed',
    message: 'docker pull failed: no room',
  })
})

test.each([
  'Cannot connect to the Docker daemon at tcp://h:1. Is the docker daemon running?',
  'error during connect: in the default daemon configuration on Windows, the docker client must be run with elevated privileges',
  'failed to connect to the docker API at npipe:////./pipe/docker_engine; check if the path is correct and if the daemon is running',
  'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
])('an engine that does not answer: %s', async words => {
  const docker = await openDocker(bench.host({ environment: await machineWith(`echo ${JSON.stringify(words)} >&2; exit 1`) }))
  expect(await stepErrorOf(docker.run(['ps']))).toMatchObject({
    code: 'engine-unreachable',
    message: expect.stringContaining(words.slice(0, 40)),
  })
})

test('an engine that hangs', async () => {
  const docker = await openDocker(bench.host({ environment: await machineWith('exec sleep 30') }))
  expect(await stepErrorOf(docker.ask(['version'], { limitMs: 200 }))).toMatchObject({
    code: 'engine-unreachable',
    message: expect.stringContaining('"docker version" did not answer in 0.2 s'),
  })
})

test('a docker that cannot be started', async () => {
  const environment = await machineWith('')
  await writeFile(path.join(bench.folder, 'bin', 'docker'), '#!/no/such/interpreter\n')
  const docker = await openDocker(bench.host({ environment }))
  expect(await stepErrorOf(docker.run(['x']))).toMatchObject({
    code: 'engine-failed',
    message: expect.stringContaining('ENOENT'),
  })
})

test('a cancelled run', async () => {
  const cancel = new AbortController()
  const docker = await openDocker(bench.host({ environment: await machineWith('exec sleep 30'), signal: cancel.signal }))
  const running = stepErrorOf(docker.run(['build']))
  setTimeout(() => cancel.abort(), 100)
  expect(await running).toMatchObject({ code: 'cancelled' })
})

test('a docker that is ended by its caller’s own signal may blame its engine: what that means is the caller’s to say', async () => {
  const script = 'trap "echo error during connect: context canceled >&2; exit 1" INT\necho ready\nwhile :; do sleep 0.1; done'
  const docker = await openDocker(bench.host({ environment: await machineWith(script) }))
  const cancel = new AbortController()
  const end = await docker.run(['manifest'], { signal: cancel.signal, onLine: () => cancel.abort() })
  expect(end).toMatchObject({ code: 1, stderr: expect.stringContaining('error during connect') })
})

test.each([
  ['Error response from daemon: x', 'x'],
  ['docker: Error response from daemon: Conflict.\n\nRun docker --help', 'Conflict.'],
  ['DEPRECATED: The legacy builder\nInstall the buildx component\nhttps://docs.docker.com/go/buildx/\n\nreal', 'real'],
  ['WARNING: no swap limit\r\n\r\nreal\r\n', 'real'],
  ['', 'it said nothing'],
  ['  \n ', 'it said nothing'],
])('the first line of %j that says something is %j', (text, line) => {
  expect(firstLine(text)).toBe(line)
})
