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

test('nodes are told to the service: registered, online, offline after they are gone', async () => {
  await docker('build', '-t', 'node', '--', path.join(folder, 'context'))
  const run = await docker(
    'run',
    '-d',
    '--name',
    'n1',
    '-e',
    'AUTH_KEY',
    '--hostname',
    'a-very-long-hostname',
    '--health-start-interval',
    '1s',
    '--',
    'node',
  )
  expect(run.exitCode).toBe(0)
  await docker.event('n1', 'health_status')
  expect(engine.nodes()).toEqual([
    {
      containerId: run.stdout.trim(),
      containerName: 'n1',
      nodeName: 'A-VERY-LONG-HOS',
      factory: 'rehearsal',
      status: 'Online',
      registeredAt: expect.any(Date),
      startedAt: expect.any(Date),
    },
  ])
  await docker('rm', '-f', '--', 'n1')
  expect(engine.nodes()).toMatchObject([{ containerName: 'n1', status: 'Offline' }])
  expect(engine.calls().at(-1)).toEqual({ argv: ['rm', '-f', '--', 'n1'], exitCode: 0 })
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
