/** What the rehearsal's engine does beyond the contract: Windows, newer engines, what it tells the rehearsal, and its end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Engine, startEngine } from '../../rehearsal/engine/engine.ts'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { type DockerCommand, dockerCommand } from './docker-command.ts'
import { makeNodeContext } from './images.ts'

let engine: Engine
let docker: DockerCommand
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shir-rehearsal-'))
  engine = await startEngine({ os: 'windows', osVersion: '10.0.20348.5499', apiVersion: '1.52', version: '29.1.5', speed: 200 })
  const environment = {
    PATH: process.env.PATH ?? '',
    DOCKER_HOST: engine.address,
    DOCKER_BUILDKIT: '0',
    AUTH_KEY: rehearsalKey(),
  }
  docker = dockerCommand(await engine.docker(folder), environment)
  await makeNodeContext(path.join(folder, 'context'), { speed: 1, runs: false })
})
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

test('it is a Windows engine', async () => {
  const { Server } = JSON.parse((await docker('version', '--format', '{{json .}}')).stdout)
  expect(Server).toMatchObject({
    Os: 'windows',
    ApiVersion: '1.52',
    Version: '29.1.5',
    KernelVersion: expect.stringMatching(/^10\.0 20348 /),
  })
  const info = JSON.parse((await docker('info', '--format', '{{json .}}')).stdout)
  expect(info).toMatchObject({
    OSType: 'windows',
    OSVersion: '10.0.20348',
    OperatingSystem: 'Microsoft Windows Server Version 21H2 (OS Build 20348.5499)',
    Isolation: 'process',
  })
})

test('Microsoft’s base images can be pulled and built on, newer ones are refused', async () => {
  const base = 'mcr.microsoft.com/windows/servercore'
  expect(await docker('pull', '--', `${base}:ltsc2022`)).toMatchObject({ exitCode: 0 })
  const [image] = JSON.parse((await docker('image', 'inspect', '--', `${base}:ltsc2022`)).stdout)
  expect(image).toMatchObject({
    Os: 'windows',
    OsVersion: expect.stringMatching(/^10\.0\.20348\./),
    RepoDigests: [expect.stringContaining('@sha256:')],
  })
  expect(await docker('image', 'inspect', '--', image.RepoDigests[0])).toMatchObject({ exitCode: 0 })
  expect(await docker('pull', '--', `${base}:ltsc2025`)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('incompatible with a 10.0.20348 host'),
  })

  await writeFile(
    path.join(folder, 'Dockerfile'),
    [
      '# escape=`',
      'ARG BASE=missing',
      `FROM \${BASE}:ltsc2022`,
      'ARG VERSION',
      'ENV A=1 B="two words"',
      'COPY context/SHIR `',
      '  C:/SHIR/',
      'RUN powershell C:\\SHIR\\build.ps1',
      'LABEL version=$VERSION',
      'HEALTHCHECK --interval=30s CMD powershell C:/SHIR/health-check.ps1',
    ].join('\r\n'),
  )
  const built = await docker(
    'build',
    '-t',
    'rehearsal.azurecr.io/shir:1',
    '--build-arg',
    `BASE=${base}`,
    '--build-arg=VERSION=5.70',
    '--',
    folder,
  )
  expect(built).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Successfully tagged rehearsal.azurecr.io/shir:1\n'),
  })
  const pushed = await docker('push', '--', 'rehearsal.azurecr.io/shir:1')
  expect(pushed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\n1: digest: sha256:[0-9a-f]{64} size: \d+\n$/) })
  const [mine] = JSON.parse((await docker('image', 'inspect', '--', 'rehearsal.azurecr.io/shir:1')).stdout)
  expect(mine.RepoDigests).toEqual([`rehearsal.azurecr.io/shir@${/sha256:[0-9a-f]{64}/.exec(pushed.stdout)?.[0]}`])
  expect(mine.Config).toMatchObject({
    Env: ['A=1', 'B=two words'],
    Labels: { version: '5.70' },
    Healthcheck: { Test: ['CMD-SHELL', 'powershell C:/SHIR/health-check.ps1'], Interval: 30e9 },
  })
})

describe('nodes', () => {
  beforeAll(() => docker('build', '-t', 'node', '--', path.join(folder, 'context')))

  const run = (name: string, factory: string, ...args: readonly string[]) => {
    const client = docker.with({ AUTH_KEY: rehearsalKey(factory) })
    return client('run', '-d', '--name', name, '-e', 'AUTH_KEY', '--health-start-interval', '1s', ...args, '--', 'node')
  }
  const nodesOf = (factory: string) => engine.nodes().filter(node => node.factory === factory)
  const statusOf = async (factory: string, status: string) => {
    while (nodesOf(factory).at(-1)?.status !== status) await new Promise(setImmediate)
  }

  test('are told to the service: registered, online, and offline some time after they are gone', async () => {
    const { exitCode, stdout } = await run('n1', 'rehearsal', '--hostname', 'a-very-long-hostname')
    expect(exitCode).toBe(0)
    await docker.event('n1', 'health_status')
    expect(nodesOf('rehearsal')).toEqual([
      {
        containerId: stdout.trim(),
        containerName: 'n1',
        nodeName: 'A-VERY-LONG-HOS',
        factory: 'rehearsal',
        status: 'Online',
        registeredAt: expect.any(Date),
        startedAt: expect.any(Date),
      },
    ])
    const [{ registeredAt, startedAt } = {}] = nodesOf('rehearsal')
    expect(Number(registeredAt) - Number(startedAt)).toBeGreaterThan(0)
    expect(Date.now() - Number(registeredAt)).toBeLessThan(10_000)
    await docker('rm', '-f', '--', 'n1')
    expect(engine.calls().at(-1)).toEqual({ argv: ['rm', '-f', '--', 'n1'], exitCode: 0 })
    await statusOf('rehearsal', 'Offline')
  })

  test('leave a record that forbids the next one, unless both have remote access', async () => {
    for (const [factory, ...ha] of [['eu'], ['us', '-e', 'ENABLE_HA=true']] as const) {
      await run(`${factory}-1`, factory, ...ha)
      await docker.event(`${factory}-1`, 'health_status')
      await docker('rm', '-f', '--', `${factory}-1`)
      await run(`${factory}-2`, factory, ...ha)
      await docker.event(`${factory}-2`, 'health_status')
    }
    expect(nodesOf('eu').at(-1)).toMatchObject({ status: 'NeedRegistration', registeredAt: undefined })
    expect((await docker('logs', '--', 'eu-2')).stdout).toContain('\nSHIR-EVENT {"code":"registration-forbidden"}\n')
    expect(nodesOf('us').at(-1)).toMatchObject({ status: 'Online' })
    await docker('rm', '-f', '--', 'eu-2', 'us-2')
  })

  test('are registered once, over every way in which their container is started again', async () => {
    await run('n2', 'again', '--restart', 'unless-stopped')
    await docker.event('n2', 'health_status: healthy')
    const stop = await docker('exec', 'n2', 'powershell', '-File', 'C:\\SHIR\\stop.ps1')
    expect(stop).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/dmgcmd -Stop ended with exit code 0\.\n.*SHIR has stopped\.\n$/),
    })
    expect(nodesOf('again')).toMatchObject([{ status: 'Offline' }])
    await docker.event('n2', 'health_status: healthy', 2)
    await docker('stop', '--', 'n2')
    const [stopped] = JSON.parse((await docker('container', 'inspect', '--', 'n2')).stdout)
    expect(stopped.State).toMatchObject({ Status: 'exited', ExitCode: 3221225786 })
    expect(nodesOf('again')).toMatchObject([{ status: 'Offline' }])
    await docker('start', '--', 'n2')
    await docker.event('n2', 'health_status: healthy', 3)
    const said = (await docker('logs', '--', 'n2')).stdout
    expect(said.match(/Registering the node/g)).toHaveLength(1)
    expect(said.match(/is registered already/g)).toHaveLength(2)
    expect(said).not.toMatch(/ERROR|SHIR-EVENT/)
    await docker('rm', '-f', '--', 'n2')
  })

  test('obey dmgcmd.exe: a SHIR that somebody stops ends its container in the end', async () => {
    await run('n3', 'stopped')
    await docker.event('n3', 'health_status')
    const dmgcmd = (...args: readonly string[]) => docker('exec', 'n3', 'C:\\SHIR\\dmgcmd.exe', ...args)
    expect(await dmgcmd('-cgc')).toEqual({ exitCode: 0, stdout: 'Connected\n', stderr: '' })
    expect(await dmgcmd('-Stop')).toMatchObject({ exitCode: 0 })
    expect(await dmgcmd('-cgc')).toMatchObject({ exitCode: 1, stdout: 'Disconnected\n' })
    expect((await docker.event('n3', 'die')).Actor.Attributes.exitCode).toBe('20')
    expect((await docker('logs', '--', 'n3')).stdout).toContain('SHIR does not run: diahost.exe has 180 s to come back.')
    await docker('rm', '--', 'n3')
  })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a waiting client with %i', async (signal, exitCode) => {
  const child = spawn(docker.program, ['events', '--since', '1'], {
    env: { ...docker.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([exitCode, null])
})

test('an engine that ends lets its clients go', async () => {
  const other = await startEngine({ os: 'linux', osVersion: '12', apiVersion: '1.41', version: '20.10.24', speed: 1 })
  const waiting = docker.with({ DOCKER_HOST: other.address })('events')
  while (other.calls().length === 0) await new Promise(setImmediate)
  await other.close()
  expect(await waiting).toEqual({ exitCode: 1, stdout: '', stderr: 'error during connect: unexpected EOF\n' })
})
