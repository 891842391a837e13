import { spawn } from 'node:child_process'
import { readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { type Copies, copyProduct, repository } from './copies.ts'
import { formsOf } from './findings.ts'
import { describeOnEach } from './runtimes.ts'
import { furnish, msiSha256, version } from './scenario.ts'
import { openStage, type Stage } from './stage.ts'

let copies: Copies
let stage: Stage
beforeAll(async () => {
  copies = await copyProduct()
})
afterAll(() => copies.remove())
beforeEach(async () => {
  stage = await openStage()
  await furnish(stage)
})
afterEach(() => stage.close())

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Command {
  readonly environment?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly cwd?: string
  /** Sent when standard error says this. */
  readonly interruptAt?: string
}

async function start(
  program: string,
  args: readonly string[],
  { environment, stdin, cwd, interruptAt }: Command = {},
): Promise<Ended> {
  const env = { ...stage.environment, ...environment }
  const child = spawn(program, args, { cwd: cwd ?? stage.folders.workspace, env, stdio: 'pipe' })
  child.stdin.on('error', () => undefined).end(stdin ?? '')
  let said = ''
  child.stderr.on('data', chunk => {
    const before = said
    said += String(chunk)
    if (interruptAt && said.includes(interruptAt) && !before.includes(interruptAt)) child.kill('SIGINT')
  })
  const code = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}

describeOnEach(({ program }) => {
  const shir = (args: readonly string[], command?: Command) =>
    start(program, [path.join(copies.folder.github, 'dist', 'terminal.mjs'), ...args], command)
  const run = ['run', '--msi-path', 'installer.msi', '--msi-sha256', msiSha256, '--health-timeout', '15s', '--soak', '0s']

  test('--help and --version', async () => {
    const help = await shir(['--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const words of ['build|run|gate', '--node-count', '--msi-url', 'AUTH_KEY', '--auth-key-stdin', '--health-timeout'])
      expect(help.stdout).toContain(words)
    expect(help.stdout).not.toContain('--auth-key ')
    const { version: own } = JSON.parse(await readFile(path.join(copies.folder.github, 'package.json'), 'utf8'))
    expect(await shir(['--version'])).toEqual({ code: 0, stdout: `${own}\n`, stderr: '' })
  })

  test.each([
    ['a variable', { environment: { AUTH_KEY: rehearsalKey() } }, []],
    ['standard input', { stdin: `${rehearsalKey()}\n` }, ['--auth-key-stdin']],
  ])('run with the key in %s: outputs on standard output, the story on standard error', async (_, command, flags) => {
    const ended = await shir([...run, ...flags], command)
    expect(ended).toMatchObject({ code: 0 })
    const lines = ended.stdout.trimEnd().split('\n')
    const outputs = Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
    expect(Object.keys(outputs)).toEqual(copies.outputs.github)
    expect(outputs).toMatchObject({ verdict: 'healthy', reason: '', 'shir-version': version, changed: 'true' })
    expect(ended.stderr).toMatch(/Started shir-1 /)
    expect(formsOf(rehearsalKey()).filter(form => (ended.stdout + ended.stderr).includes(form))).toEqual([])
    expect(stage.engine.nodes()).toMatchObject([{ containerName: 'shir-1', status: 'Online' }])
    const inherited = (await stage.children()).filter(({ argv, environment }) => argv[0] !== 'run' && environment.AUTH_KEY)
    expect(inherited).toEqual([])
  })

  test('as a bin: a link to it runs as a command', async () => {
    const link = path.join(stage.folders.workspace, 'shir-container')
    await symlink(path.join(copies.folder.github, 'dist', 'terminal.mjs'), link)
    const PATH = `${path.dirname(program)}${path.delimiter}${stage.environment.PATH}`
    expect(await start(link, ['--version'], { environment: { PATH } })).toMatchObject({ code: 0, stderr: '' })
  })

  test('a reader that goes away (| head) ends nothing: the run goes on to its end, and tidies up', async () => {
    const args = [path.join(copies.folder.github, 'dist', 'terminal.mjs'), ...run]
    const environment = { ...stage.environment, AUTH_KEY: rehearsalKey('rehearsal-never-healthy') }
    const child = spawn(program, args, { cwd: stage.folders.workspace, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    child.stderr.once('data', () => child.stderr.destroy())
    expect(await new Promise(resolve => child.once('close', resolve))).toBe(1)
    expect((await stage.docker('ps', '--all', '--quiet')).stdout).toBe('')
  })

  test('a failure: exit code 1, one error with its reason and hint, and nothing left behind', async () => {
    const ended = await shir(run, { environment: { AUTH_KEY: rehearsalKey('rehearsal-bad-key') } })
    expect(ended.code).toBe(1)
    expect(ended.stdout).toMatch(/^reason=invalid-key$/m)
    expect(ended.stderr.match(/^error: /gm)).toHaveLength(1)
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect((await stage.docker('ps', '--all', '--quiet')).stdout).toBe('')
  })

  test.each([
    ['a flag that does not exist', ['run', '--node-nmae', 'x'], /--node-name/],
    ['the key as a flag', ['run', '--auth-key', rehearsalKey()], /AUTH_KEY/],
    ['a mode that does not exist', ['rnu'], /run/],
    ['no mode', [], /mode/],
    ['a word too many', ['run', 'eu-1'], /eu-1/],
    ['a value that is not allowed', ['run', '--node-count=5'], /--node-count/],
    ['no key', ['run'], /AUTH_KEY/],
  ])('%s is told, with exit code 1', async (_, args, words) => {
    const ended = await shir(args)
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(words)
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect(formsOf(rehearsalKey()).filter(form => (ended.stdout + ended.stderr).includes(form))).toEqual([])
    expect(stage.engine.calls()).toEqual([])
  })

  test('Ctrl-C during the gate: the container goes, and the exit code is not 0', async () => {
    const ended = await shir(['run', '--msi-path', 'installer.msi', '--msi-sha256', msiSha256, '--health-timeout', '60s'], {
      environment: { AUTH_KEY: rehearsalKey('rehearsal-never-healthy') },
      interruptAt: 'Started shir-1 ',
    })
    expect(ended.code).toBeGreaterThan(0)
    expect(ended.stdout).toMatch(/^reason=cancelled$/m)
    expect((await stage.docker('ps', '--all', '--quiet')).stdout).toBe('')
  })
})

describe('the rehearsal of npm start', () => {
  const rehearse = (...args: readonly string[]) =>
    start(process.execPath, [path.join(repository, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'rehearsal/main.ts', ...args], {
      cwd: repository,
    })

  test('ends well, and says what was real', async () => {
    const { code, stdout } = await rehearse()
    expect(code).toBe(0)
    expect(stdout).toMatch(/^verdict=healthy$/m)
    expect(stdout).toMatch(/^Real: .*\nRehearsed: /m)
  })

  test('--scenario bad-key ends as the real thing would', async () => {
    const { code, stdout, stderr } = await rehearse('--scenario', 'bad-key')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^reason=invalid-key$/m)
    expect(stderr).toContain('InvalidGatewayKey')
  })

  test('a scenario that does not exist is told', async () => {
    const { code, stderr } = await rehearse('--scenario', 'bad-kye')
    expect(code).not.toBe(0)
    expect(stderr).toContain('bad-key')
  })
})
