import { examineEngine, isAtLeast } from '../../src/engine/preflight.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { scriptedDocker } from './scripted-docker.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const newHost = () => memoryHost({ machine, clock: fakeClock() })

function engine(server: object | undefined, info: object) {
  const version = { Client: { Version: '28.2.2' }, ...(server ? { Server: server } : {}) }
  return scriptedDocker(command => JSON.stringify(command.startsWith('version') ? version : info))
}
const windows = { Version: '29.1.5', ApiVersion: '1.52', Os: 'windows' }
const server2022 = {
  OSVersion: '10.0.20348',
  OperatingSystem: 'Microsoft Windows Server Version 21H2 (OS Build 20348.169)',
  Isolation: 'process',
  DockerRootDir: 'C:\\ProgramData\\docker',
}

test.each([
  [
    'Server 2022',
    windows,
    server2022,
    {
      ...{
        os: 'windows',
        windowsBuild: 20348,
        windowsRevision: 169,
        isolation: 'process',
        version: '29.1.5',
        apiVersion: '1.52',
      },
      ...{ rootDir: 'C:\\ProgramData\\docker', command: '/usr/bin/docker 28.2.2' },
    },
  ],
  [
    'with its revision in the version',
    windows,
    { OSVersion: '10.0.26100.32230', OperatingSystem: 'Windows' },
    { windowsBuild: 26100, windowsRevision: 32230, rootDir: '' },
  ],
  [
    'Windows 11',
    windows,
    { OSVersion: '10.0.22631', Isolation: 'hyperv' },
    { windowsBuild: 22631, windowsRevision: undefined, isolation: 'hyperv' },
  ],
  ['without an isolation', windows, { OSVersion: '10.0.20348' }, { isolation: 'process' }],
  ['of an unreadable build', windows, { OSVersion: 'x' }, { windowsBuild: undefined }],
  [
    'Linux',
    { Version: '20.10.24+dfsg1', ApiVersion: '1.41', Os: 'linux' },
    { OSVersion: '12', OperatingSystem: 'Debian GNU/Linux 12', Isolation: '', DockerRootDir: '/var/lib/docker' },
    {
      ...{ os: 'linux', windowsBuild: undefined, windowsRevision: undefined, isolation: undefined, apiVersion: '1.41' },
      rootDir: '/var/lib/docker',
    },
  ],
])('an engine for %s', async (_, server, info, facts) => {
  expect(await examineEngine(engine(server, info), newHost())).toMatchObject(facts)
})

test('the log begins with who works here', async () => {
  const host = newHost()
  await examineEngine(engine(windows, server2022), host)
  expect(host.lines).toEqual([
    'Command: /usr/bin/docker 28.2.2',
    'Engine: Docker 29.1.5 (API 1.52) for windows containers on Microsoft Windows Server Version 21H2 (OS Build 20348.169), process isolation',
  ])
})

test('no server', async () => {
  expect(await stepErrorOf(examineEngine(engine(undefined, {}), newHost()))).toMatchObject({ code: 'engine-unreachable' })
})

test('both questions are asked at once, and the answer that tells more about the engine counts first', async () => {
  const refusing = (version: object) =>
    scriptedDocker(command => (command.startsWith('version') ? JSON.stringify(version) : { code: 1, stderr: 'no info' }))
  const docker = refusing({ Server: windows })
  expect(await stepErrorOf(examineEngine(docker, newHost()))).toMatchObject({
    code: 'engine-failed',
    message: 'docker info failed: no info',
  })
  expect(docker.asked).toEqual(['version --format {{json .}}', 'info --format {{json .}}'])
  expect(await stepErrorOf(examineEngine(refusing({}), newHost()))).toMatchObject({ code: 'engine-unreachable' })
  const old = refusing({ Server: { ...windows, ApiVersion: '1.40' } })
  expect(await stepErrorOf(examineEngine(old, newHost()))).toMatchObject({ code: 'engine-too-old' })

  // Until `info` is asked as well, `version` has no answer.
  const { promise: infoAsked, resolve: askInfo } = promiseToKeep()
  const waiting = engine(windows, server2022)
  const ask: typeof waiting.ask = async args => {
    if (args[0] === 'info') askInfo()
    await infoAsked
    return waiting.ask(args)
  }
  expect(await examineEngine({ ...waiting, ask }, newHost())).toMatchObject({ windowsBuild: 20348 })
})

function promiseToKeep() {
  let resolve = () => {}
  const promise = new Promise<void>(keep => {
    resolve = keep
  })
  return { promise, resolve }
}

test('an engine older than 20.10', async () => {
  const old = engine({ Version: '19.03.15', ApiVersion: '1.40', Os: 'linux' }, {})
  expect(await stepErrorOf(examineEngine(old, newHost()))).toMatchObject({
    code: 'engine-too-old',
    message: expect.stringContaining('19.03.15 (API 1.40)'),
  })
})

test.each([
  ['1.44', '1.44', true],
  ['1.52', '1.44', true],
  ['1.9', '1.41', false],
  ['1.100', '1.44', true],
  ['2.0', '1.44', true],
  ['0.99', '1.1', false],
])('API %s is at least %s: %s', (version, wanted, expected) => {
  expect(isAtLeast(version, wanted)).toBe(expected)
})
