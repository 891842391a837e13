/** What the rehearsal's engine does with images beyond the contract: Microsoft's bases, the installation, a registry that refuses. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Engine, type EngineOptions, startEngine } from '../../rehearsal/engine/engine.ts'
import { rehearsedInstaller } from '../../rehearsal/installer.ts'
import { type DockerCommand, dockerCommand } from './docker-command.ts'

const base = 'mcr.microsoft.com/windows/servercore'
const options: EngineOptions = {
  os: 'windows',
  osVersion: '10.0.20348.5499',
  apiVersion: '1.52',
  version: '29.1.5',
  speed: 1000,
}
const installer = Buffer.alloc(100_000, 'an installer')
const sha256 = createHash('sha256').update(installer).digest('hex')

let folder: string
let engine: Engine
let docker: DockerCommand
const servers: Server[] = []

async function start(more: Partial<EngineOptions> = {}): Promise<{ engine: Engine; docker: DockerCommand }> {
  const started = await startEngine({ ...options, ...more })
  const environment = { PATH: process.env.PATH ?? '', DOCKER_HOST: started.address, DOCKER_BUILDKIT: '0' }
  return { engine: started, docker: dockerCommand(await started.docker(folder), environment) }
}

/** Answers with its address. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/unguessable/IntegrationRuntime_5.70.9748.2.msi`
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shir-rehearsal-'))
  const context = path.join(folder, 'context')
  await mkdir(path.join(context, 'SHIR'), { recursive: true })
  await writeFile(path.join(context, 'SHIR', 'build.ps1'), 'exit 0')
  await writeFile(
    path.join(context, 'Dockerfile'),
    [
      `FROM ${base}:ltsc2022`,
      'COPY SHIR C:/SHIR/',
      'ARG INSTALLER_URL=https://go.microsoft.com/fwlink/',
      'ARG MSI_SHA256',
      'ARG SHIR_VERSION',
      'RUN ["powershell", "-File", "C:/SHIR/build.ps1"]',
    ].join('\n'),
  )
  ;({ engine, docker } = await start())
})
afterAll(async () => {
  for (const server of servers) server.close()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a base of Microsoft’s', () => {
  test('is a list of one: a pull tells the list’s digest, the registry the manifest’s, and both can be pulled', async () => {
    await docker('pull', '--', `${base}:ltsc2022`)
    const known = async () => JSON.parse((await docker('image', 'inspect', '--', `${base}:ltsc2022`)).stdout)[0]
    const { Id, RepoDigests } = await known()
    const [manifest] = JSON.parse((await docker('manifest', 'inspect', '--verbose', '--', `${base}:ltsc2022`)).stdout)
    expect(manifest.SchemaV2Manifest.config.digest).toBe(Id)
    expect(RepoDigests).toEqual([expect.stringMatching(`^${base}@sha256:[0-9a-f]{64}$`)])
    const own = `${base}@${manifest.Descriptor.digest}`
    expect(RepoDigests).not.toContain(own)
    for (const reference of [RepoDigests[0], own])
      expect(await docker('pull', '--', reference)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining(`\nDigest: ${reference.slice(base.length + 1)}\n`),
      })
    expect((await known()).RepoDigests).toEqual([RepoDigests[0], own].sort())
    // The client asks for Windows' newer versions too: it is the engine that refuses them.
    const newer = JSON.parse((await docker('manifest', 'inspect', '-v', '--', `${base}:ltsc2025`)).stdout)
    expect(newer[0].Descriptor.platform['os.version']).toMatch(/^10\.0\.26100\./)
  })

  test('that is none is not there; a registry that asks for a login says so', async () => {
    expect(await docker('manifest', 'inspect', '--', `${base}:none`)).toMatchObject({
      exitCode: 1,
      stderr: `no such manifest: ${base}:none\n`,
    })
    expect(await docker('manifest', 'inspect', '--', 'someone/shir:1')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^errors:\ndenied: requested access to the resource is denied\nunauthorized: /),
    })
  })
})

describe('a RUN of build.ps1', () => {
  const build = (args: Readonly<Record<string, string>>, context = 'context') => {
    const given = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`])
    return docker('build', '--no-cache', '-t', 'shir', ...given, '--', path.join(folder, context))
  }
  const recorded = async () => {
    const id = (await docker('create', '--', 'shir')).stdout.trim()
    const copied = await docker('cp', '--', `${id}:C:/SHIR/installed.json`, path.join(folder, 'installed.json'))
    await docker('rm', '--', id)
    expect(copied).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    return JSON.parse(await readFile(path.join(folder, 'installed.json'), 'utf8'))
  }
  const size = async (reference: string) => JSON.parse((await docker('image', 'inspect', '--', reference)).stdout)[0].Size

  test('fetches the installer from this machine, proves it, and keeps none of it', async () => {
    const asked: string[] = []
    const INSTALLER_URL = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      response.end(installer)
    })
    const built = await build({ INSTALLER_URL, MSI_SHA256: sha256.toUpperCase(), SHIR_VERSION: '5.70.9748.2' })
    expect(built).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(' as asked.\n') })
    expect(asked).toEqual(['GET /unguessable/IntegrationRuntime_5.70.9748.2.msi'])
    expect(await recorded()).toEqual({ shirVersion: '5.70.9748.2', msiSha256: sha256 })
    expect((await size('shir')) - (await size(`${base}:ltsc2022`))).toBeLessThan(1000)
  })

  test.each<[string, RequestListener, string, number]>([
    [
      'that is not there',
      (_, response) => response.writeHead(404).end(),
      'The remote server returned an error: (404) Not Found.',
      4,
    ],
    [
      'that breaks off',
      (_, response) => void response.writeHead(200, { 'content-length': 9 }).end('x'),
      'The underlying connection',
      4,
    ],
    ['of another hash', (_, response) => response.end('another'), 'but MSI_SHA256 is', 1],
  ])('fails with the script’s words for an installer %s', async (_, answer, text, tries) => {
    let asked = 0
    const INSTALLER_URL = await serve((request, response) => {
      asked++
      answer(request, response)
    })
    const { exitCode, stdout, stderr } = await build({ INSTALLER_URL, MSI_SHA256: sha256 })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/\nThe command 'powershell -File C:\/SHIR\/build\.ps1' returned a non-zero code: 1\n$/)
    expect(stdout).toMatch(/\n\[[^\]]+\] ERROR: The .*\n$/)
    expect(stdout.split('ERROR: ')[1]).toContain(text)
    expect(asked).toBe(tries)
  })

  test('fails where nobody listens, as where a firewall would let nothing through', async () => {
    const { exitCode, stdout } = await build({ INSTALLER_URL: 'http://127.0.0.1:1/x.msi' })
    expect({ exitCode, failures: stdout.split('The download from INSTALLER_URL failed: Unable to connect').length - 1 }).toEqual({
      exitCode: 1,
      failures: 4,
    })
  })

  test('asks nobody else, and takes Microsoft’s installer for what was asked', async () => {
    expect(await build({ SHIR_VERSION: '5.69.1.2', MSI_SHA256: 'AB12' })).toMatchObject({ exitCode: 0 })
    expect(await recorded()).toEqual({ shirVersion: '5.69.1.2', msiSha256: 'ab12' })
    await build({})
    expect(await recorded()).toEqual({ shirVersion: rehearsedInstaller.version, msiSha256: rehearsedInstaller.sha256 })
  })

  test('knows a copied installer by its name and its bytes, and proves that too', async () => {
    const context = path.join(folder, 'copied')
    await mkdir(path.join(context, 'SHIR'), { recursive: true })
    await writeFile(path.join(context, 'SHIR', 'IntegrationRuntime_5.68.1.2.msi'), installer)
    await writeFile(path.join(context, 'Dockerfile'), await readFile(path.join(folder, 'context', 'Dockerfile')))
    expect(await build({}, 'copied')).toMatchObject({ exitCode: 0 })
    expect(await recorded()).toEqual({ shirVersion: '5.68.1.2', msiSha256: sha256 })
    expect((await size('shir')) - (await size(`${base}:ltsc2022`))).toBeGreaterThanOrEqual(installer.length)
    expect(await build({ MSI_SHA256: '0'.repeat(64) }, 'copied')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(`ERROR: The SHA-256 of IntegrationRuntime_5.68.1.2.msi is ${sha256.toUpperCase()}, but`),
    })
  })
})

test('containers reach this machine at an address that it has', async () => {
  const [network] = JSON.parse((await docker('network', 'inspect', '--', 'nat')).stdout)
  expect(network.IPAM.Config[0].Gateway).toBe('127.0.0.1')
  await docker('network', 'create', 'own')
  const [own] = JSON.parse((await docker('network', 'inspect', '--', 'own')).stdout)
  expect(own.IPAM.Config[0].Gateway).toMatch(/^172\.\d+\.0\.1$/)
})

test('a created container is no node until it is started', async () => {
  await docker('pull', '--', `${base}:ltsc2022`)
  await docker('create', '--name', 'looked-into', '--', `${base}:ltsc2022`)
  expect(engine.nodes()).toEqual([])
  await docker('start', '--', 'looked-into')
  expect(engine.nodes()).toMatchObject([{ containerName: 'looked-into' }])
  await docker('rm', '-f', '--', 'looked-into')
})

test.each([
  [503, 'received unexpected HTTP status: 503 Service Unavailable\n'],
  [429, 'toomanyrequests: too many requests, try again later\n'],
] as const)('a registry that answers with %i takes a push in the end', async (status, stderr) => {
  const other = await start({ pushRefusals: { count: 2, status } })
  try {
    const [image, push] = ['rehearsal.azurecr.io/shir:1', () => other.docker('push', '--', 'rehearsal.azurecr.io/shir:1')]
    await other.docker('pull', '--', `${base}:ltsc2022`)
    await other.docker('tag', '--', `${base}:ltsc2022`, image)
    for (let tries = 0; tries < 2; tries++) expect(await push()).toMatchObject({ exitCode: 1, stderr })
    expect(await other.docker('manifest', 'inspect', '--', image)).toMatchObject({ exitCode: 1 })
    expect(await push()).toMatchObject({ exitCode: 0 })
    expect(await other.docker('manifest', 'inspect', '--', image)).toMatchObject({ exitCode: 0 })
  } finally {
    await other.engine.close()
  }
})
