import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type CacheMachine, githubCache } from '../../src/host/github-cache.ts'
import type { Found } from '../../src/host/host.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shir-github-cache-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const { PATH = '' } = process.env

/** A call of the service, whose process runs `script`. */
async function call(
  script: string,
  { signal, ...machine }: Partial<CacheMachine> & { signal?: AbortSignal } = {},
): Promise<Found> {
  const program = path.join(folder, 'program.mjs')
  await writeFile(program, script)
  const service = githubCache(program, { platform: process.platform, environment: { PATH }, ...machine })
  return service.find('shir-key', [], path.join(folder, 'inner', 'shir-installer'), signal ?? new AbortController().signal)
}

beforeEach(() => mkdir(path.join(folder, 'inner')))

describe('the environment of the process', () => {
  const tellEnvironment = 'process.send({ key: JSON.stringify(process.env) }, () => process.exit())'
  const seenOf = async (environment: Record<string, string>) =>
    JSON.parse((await call(tellEnvironment, { environment: { PATH, ...environment } })).key ?? '') as Record<string, string>

  test('has what the library and its tar need, and its own folder as workspace', async () => {
    const needed = {
      ACTIONS_CACHE_MODE: 'read',
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_CACHE_URL: 'https://cache.example/',
      ACTIONS_RESULTS_URL: 'https://results.example/',
      ACTIONS_RUNTIME_TOKEN: 'the job’s',
      CACHE_UPLOAD_CHUNK_SIZE: '1',
      CACHE_UPLOAD_CONCURRENCY: '2',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SERVER_URL: 'https://github.example',
      HOME: '/home/me',
      NODE_EXTRA_CA_CERTS: '/etc/own.pem',
      ProgramFiles: 'C:\\Program Files',
      RUNNER_DEBUG: '1',
      SEGMENT_DOWNLOAD_TIMEOUT_MINS: '3',
      SystemDrive: 'C:',
      SystemRoot: 'C:\\Windows',
      https_proxy: 'http://proxy.example:8080',
    }
    const seen = await seenOf({ ...needed, GITHUB_WORKSPACE: '/elsewhere', RUNNER_TEMP: '/elsewhere' })
    const inner = path.join(folder, 'inner')
    expect(seen).toMatchObject({ ...needed, PATH, GITHUB_WORKSPACE: inner, RUNNER_TEMP: inner })
  })

  test('has no input, no token of anything else, and nothing that is unknown', async () => {
    const secret = {
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's',
      AUTH_KEY: 's',
      AZURE_CLIENT_SECRET: 's',
      DOCKER_AUTH_CONFIG: 's',
      GITHUB_TOKEN: 's',
      INPUT_AUTHKEY: 's',
      'INPUT_AUTH-KEY': 's',
      NODE_OPTIONS: '--no-warnings',
      SOMETHING: 's',
    }
    const seen = await seenOf(secret)
    expect(Object.keys(seen).filter(name => name in secret || name.startsWith('INPUT_'))).toEqual([])
  })
})

describe('a call that is ended', () => {
  const tellReady = "import { writeFileSync } from 'node:fs'; writeFileSync('ready', String(process.pid))"
  const lasting = `${tellReady}; setInterval(() => {}, 1_000)`

  /** Calls, and aborts once the process has said that it is ready, or also that it `isOver`. */
  async function ended(
    script: string,
    machine: Partial<CacheMachine> = {},
    isOver = false,
  ): Promise<{ found: Found; pid: number }> {
    const controller = new AbortController()
    const calling = call(script, { ...machine, signal: controller.signal })
    const pid = await saidIn(path.join(folder, 'inner', 'ready'))
    while (isOver && isRunning(pid)) await new Promise(resolve => setImmediate(resolve))
    controller.abort()
    return { found: await calling, pid }
  }

  async function saidIn(file: string): Promise<number> {
    for (;;) {
      const text = await readFile(file, 'utf8').catch(() => '')
      if (text !== '') return Number(text)
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  /** A Windows whose taskkill is this shell script. */
  async function windows(taskkill: string): Promise<Partial<CacheMachine>> {
    const system = path.join(folder, 'Windows', 'System32')
    await mkdir(system, { recursive: true })
    await writeFile(path.join(system, 'taskkill.exe'), `#!/bin/sh\n${taskkill}\n`)
    await chmod(path.join(system, 'taskkill.exe'), 0o755)
    return { platform: 'win32', environment: { PATH, SystemRoot: path.join(folder, 'Windows') } }
  }

  /** True for no process that has ended and waits to be asked how. */
  function isRunning(pid: number): boolean {
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    return /^[^Z\s]/.test(stdout)
  }

  test('leaves no process', async () => {
    const { found, pid } = await ended(lasting)
    expect(found.key).toBeUndefined()
    expect(isRunning(pid)).toBe(false)
  })

  test.each([
    ['is denied', 'exit 1'],
    ['finds no such process', 'exit 128'],
    ['cannot be found itself', undefined],
  ])('ends all the same on Windows where taskkill %s', async (_, taskkill) => {
    const machine = await windows(taskkill ?? '')
    if (taskkill === undefined) await rm(path.join(folder, 'Windows'), { recursive: true })
    const { pid } = await ended(lasting, machine)
    expect(isRunning(pid)).toBe(false)
  })

  test.each(['win32', 'linux'] as const)('does not wait for what its process left running (%s)', async platform => {
    const machine = platform === 'win32' ? await windows('exit 128') : {}
    // The tar holds the output open; it is out of the reach of whoever ends the group.
    const options = "{ stdio: ['ignore', 'inherit', 'inherit'], detached: true }"
    const tar = `spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)'], ${options})`
    const script = `import { spawn } from 'node:child_process'; const tar = ${tar}; ${tellReady}; writeFileSync('tar', String(tar.pid)); process.exit()`
    await ended(script, machine, true)
    process.kill(await saidIn(path.join(folder, 'inner', 'tar')))
  })
})

test('a process that cannot be started is an answer, no failure', async () => {
  const service = githubCache(path.join(folder, 'none.mjs'), { platform: process.platform, environment: { PATH } })
  const gone = await service.find('key', [], path.join(folder, 'gone', 'shir-installer'), new AbortController().signal)
  expect(gone).toEqual({ key: undefined, why: expect.stringContaining('ENOENT') })
  const huge = 'k'.repeat(4 << 20) // more than any argument may be
  const refused = await service.find(huge, [], path.join(folder, 'inner', 'shir-installer'), new AbortController().signal)
  expect(refused).toEqual({ key: undefined, why: expect.stringContaining('E2BIG') })
})
