import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import { outputNames } from '../../src/contract/outputs.ts'
import { type Asked, parseInputs } from '../../src/contract/parse.ts'
import { camel, kebab } from '../../src/contract/spelling.ts'
import { readMsiProperties } from '../../src/installer/msi/properties.ts'
import { type Copies, copyProduct } from '../bundles/copies.ts'
import { launch, openStage } from '../bundles/stage.ts'
import { describeWith } from '../support/program.ts'
import { readText, repository } from '../support/repository.ts'
import { syntheticKey, syntheticSecret } from '../support/synthetic-key.ts'

/** The stand-in for SHIR, and .github/workflows/windows.yml, which runs it on real Windows: as much of both as runs anywhere. */

interface Step {
  readonly name?: string
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}
interface Job {
  readonly 'timeout-minutes'?: number
  readonly strategy?: { readonly 'fail-fast': boolean; readonly matrix: { readonly os: readonly string[] } }
  readonly defaults?: { readonly run: { readonly shell: string } }
  readonly steps: readonly Step[]
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly concurrency: { readonly group: string }
  readonly env: Readonly<Record<string, string>>
  readonly jobs: { readonly installer: Job; readonly image: Job }
}

const text = readText('.github/workflows/windows.yml')
const workflow = parse(text) as Workflow
const { installer, image } = workflow.jobs
const sources = path.join(repository, 'rehearsal/stand-in')
const version = String(workflow.env.SHIR_VERSION)
const msi = `IntegrationRuntime_${version}.msi`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shir-stand-in-test-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => path.join(folder, name)

/** What a step's expressions stand for on the runner. */
const context: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(workflow.env).map(([name, value]) => [`env.${name}`, String(value)])),
  'runner.temp': 'D:\\a\\_temp',
  'needs.installer.outputs.sha256': 'a'.repeat(64),
  'steps.keys.outputs.good-key': syntheticKey,
  'steps.keys.outputs.bad-key': syntheticKey.replaceAll('factory-1', 'bad-key'),
  'steps.run.outputs.verdict': 'healthy',
  'steps.run.outputs.reason': '',
  'steps.run.outputs.image': `shir:${version}`,
  'steps.run.outputs.shir-version': version,
  'steps.run.outputs.nodes': JSON.stringify([{ name: 'stand-in', container: 'shir-1', health: 'healthy' }]),
  'steps.refused.outcome': 'failure',
  'steps.refused.outputs.verdict': 'failed',
  'steps.refused.outputs.reason': 'invalid-key',
}

function evaluate(given: Readonly<Record<string, string>> = {}, changes: Readonly<Record<string, string>> = {}) {
  const known = { ...context, ...changes }
  const replace = (value: string) =>
    value.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      const found = known[expression]
      if (found === undefined) throw new Error(`What is ${expression}?`)
      return found
    })
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, replace(String(value))]))
}

describe('the workflow', () => {
  const uses = image.steps.filter(step => step.uses === './')

  test('runs on each hosted Windows, all to their end', () => {
    expect(image.strategy).toEqual({
      'fail-fast': false,
      matrix: { os: ['windows-2022', 'windows-2025', 'windows-latest'] },
    })
    expect(Object.keys(workflow.on).sort()).toEqual(['pull_request', 'push', 'schedule', 'workflow_dispatch'])
  })
  test('may read the contents and no more, and ends', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.concurrency.group).toContain('github.ref')
    expect([installer, image].map(job => job['timeout-minutes'])).toEqual([15, 60])
  })
  test('names a version of each action that it takes from others', () => {
    const foreign = [...installer.steps, ...image.steps].flatMap(step => (step.uses && step.uses !== './' ? [step.uses] : []))
    expect(foreign.filter(name => !/^actions\/[a-z-]+@(?:v\d+|[0-9a-f]{40})$/.test(name))).toEqual([])
  })
  test('holds no key, and puts no expression into a script', () => {
    expect(text).not.toMatch(/IR@/)
    expect([...installer.steps, ...image.steps].filter(({ run }) => run?.includes('${{'))).toEqual([])
  })
  test.each(uses.map(step => [step.name, step] as const))(
    '“%s” parses through the real parser, without a warning',
    async (_, step) => {
      expect((await asked(step)).warnings).toEqual([])
    },
  )
  test('hands the variable over as it compares it later', async () => {
    const { inputs } = await asked(uses[0] as Step)
    expect(inputs).toMatchObject({
      shirVersion: version,
      nodeName: 'stand-in',
      restartPolicy: 'no',
      timezone: 'W. Europe Standard Time',
    })
    expect(JSON.stringify(inputs.containerEnv)).toContain(workflow.env.PROBE)
    expect(inputs.msiPath).toMatch(`\\installer\\${msi}`)
  })
  test('reads outputs that exist', () => {
    const read = [...text.matchAll(/steps\.(?:run|refused)\.outputs\.([\w-]+)/g)].map(([, name = '']) => name)
    expect(read.length).toBeGreaterThan(0)
    expect(read.filter(name => !outputNames.map(kebab).includes(name))).toEqual([])
  })
  test('downloads what it uploaded', () => {
    const [upload, download] = ['upload', 'download'].map(way => {
      const step = [...installer.steps, ...image.steps].find(({ uses }) => uses?.startsWith(`actions/${way}-artifact@`))
      return evaluate(step?.with)
    })
    const made = `${context['runner.temp']}/installer`
    expect([upload?.name, upload?.path]).toEqual(['installer', `${made}/*.msi`])
    expect([download?.name, download?.path]).toEqual(['installer', made])
  })
})

/** A use of the action as the parser takes it. */
function asked(step: Step, changes: Readonly<Record<string, string>> = {}): Promise<Asked> {
  return parseInputs(inputsOf(step, changes), kebab)
}

function inputsOf(step: Step, changes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(evaluate(step.with, changes)).map(([name, value]) => [camel(name), value]))
}

describeWith('dotnet', 'the stand-in’s own programs', () => {
  describeWith('wixl', 'packed by wixl', () => {
    let sha256 = ''
    // The workflow's own steps, as its runner runs them.
    beforeAll(() => {
      const output = at('output')
      const env = { ...process.env, RUNNER_TEMP: folder, GITHUB_OUTPUT: output }
      const { run = '' } = installer.steps.find(({ id }) => id === 'make') ?? {}
      writeFileSync(at('make.sh'), run)
      execFileSync('bash', ['-e', at('make.sh')], { cwd: repository, env, stdio: 'pipe' })
      sha256 = /^sha256=([0-9a-f]{64})$/m.exec(readFileSync(output, 'utf8'))?.[1] ?? ''
    }, 300_000)

    test('nothing of the build is left in the repository', () => {
      const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      expect(files.filter(name => /(^|\/)(bin|obj)$|\.(dll|exe|msi)$/.test(name))).toEqual([])
    })
    test('the product’s own reader finds SHIR’s version, and another product', async () => {
      const { values } = await readMsiProperties(at(`installer/${msi}`))
      expect(Object.fromEntries(values)).toMatchObject({ ProductVersion: version, Manufacturer: 'SHIR Container', ALLUSERS: '1' })
      expect(values.get('UpgradeCode')).not.toBe('{49681305-13D3-47DE-95B3-90767D1F2148}')
      // As the build looks for it in Windows' list of what is installed.
      expect(values.get('ProductName')).toMatch(/^Microsoft Integration Runtime/)
    })

    describeWith('msiinfo', 'read by msiinfo', () => {
      const rows = (table: string) =>
        execFileSync('msiinfo', ['export', at(`installer/${msi}`), table], { encoding: 'utf8' })
          .split(/\r?\n/)
          .slice(3, -1)
          .map(row => row.split('\t'))

      test('it is a 64-bit package', () => {
        expect(execFileSync('msiinfo', ['suminfo', at(`installer/${msi}`)], { encoding: 'utf8' })).toContain('Template: x64;1033')
        expect(
          rows('Component')
            .map(([name, , directory, attributes]) => [name, directory, attributes])
            .sort(),
        ).toEqual(['Commands', 'Host', 'Upgrade'].map(name => [name, 'SHARED', '256']))
      })
      test('two services start with the machine, each runs a program of its own, and they start at once', () => {
        // Name, display name, own process, automatic start, account, argument, component.
        const services = rows('ServiceInstall').map(row => [1, 2, 3, 4, 8, 10, 11].map(column => row[column]).join(', '))
        expect(services.sort()).toEqual([
          'DIAHostService, Integration Runtime Service, 16, 2, LocalSystem, DIAHostService, Host',
          'DIAHostUpgradeService, Integration Runtime Upgrade Service, 16, 2, LocalSystem, DIAHostUpgradeService, Upgrade',
        ])
        // A service runs the key file of its component.
        const keyFiles = rows('Component').map(row => row[5])
        const programs = rows('File').flatMap(([id, , name]) => (keyFiles.includes(id) ? [name] : []))
        expect(programs).toEqual(['dmgcmd.exe', 'diahost.exe', 'diaupgrade.exe'])
        // Started by the installation, stopped before and after it, deleted by its removal.
        expect(rows('ServiceControl').map(row => [row[1], row[2], row[4]])).toEqual([
          ['DIAHostService', '163', '1'],
          ['DIAHostUpgradeService', '163', '1'],
        ])
        const order = rows('InstallExecuteSequence').map(row => row[0])
        const wanted = ['InstallFiles', 'WriteRegistryValues', 'InstallServices', 'StartServices', 'InstallFinalize']
        expect(order.filter(action => wanted.includes(String(action)))).toEqual(wanted)
      })
      test('the registry names diacmd.exe where the container’s scripts look', () => {
        const [[, root, key, name, value] = []] = rows('Registry')
        expect([root, name, value]).toEqual(['2', 'DiacmdPath', '[SHARED]diacmd.exe'])
        expect(scripts()).toContain(`HKLM:\\${key}'`)
        expect(scripts()).toContain("'DiacmdPath'")
      })
      test('the scripts call its services and its library by the same names', () => {
        const service = rows('ServiceInstall')[0]?.[1]
        expect(scripts()).toContain(`\\Services\\${service}'`)
        expect(rows('File').map(row => row[2])).toContain(/[\w.]+GatewayManagement\.dll/.exec(scripts())?.[0])
      })
    })

    describeWith('msiextract', 'unpacked by msiextract', () => {
      test('it installs programs for 64-bit Windows, and the library that tells the version', () => {
        execFileSync('msiextract', ['-C', at('unpacked'), at(`installer/${msi}`)], { stdio: 'pipe' })
        const shared = at('unpacked/Microsoft Integration Runtime/5.0/Shared')
        const files = readdirSync(shared).sort()
        const library = 'Microsoft.DataTransfer.GatewayManagement.dll'
        expect(files).toEqual([library, 'diacmd.exe', 'diahost.exe', 'diaupgrade.exe', 'dmgcmd.exe'])
        expect(fileVersion(readFileSync(path.join(shared, library)))).toBe(version)
        for (const file of files) {
          const bytes = readFileSync(path.join(shared, file))
          expect([file, bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4).toString(16)]).toEqual([file, '8664'])
          expect(bytes.includes('A stand-in for SHIR, without any Microsoft code', 0, 'utf16le')).toBe(true)
        }
      })
    })

    test('the action builds an image from it and proves its node, on the embedded engine', async () => {
      const copies: Copies = await copyProduct()
      const stage = await openStage()
      try {
        const runtime = { name: 'this Node', program: process.execPath, handler: '' }
        const [run, gate] = image.steps
          .filter(step => step.uses === './')
          .map(step => inputsOf(step, { 'needs.installer.outputs.sha256': sha256 }))
        const start = (inputs: Readonly<Record<string, string>>) => launch({ host: 'github', copies, runtime, stage, inputs })
        const ran = await start({ ...run, msiPath: at(`installer/${msi}`), soak: '1s' })
        expect(ran.outputs).toMatchObject({ verdict: 'healthy', reason: '', 'shir-version': version, image: `shir:${version}` })
        expect(ran.outputs['msi-sha256']).toBe(sha256)
        expect((await start({ ...gate, soak: '1s' })).outputs).toMatchObject({ verdict: 'healthy' })
      } finally {
        await Promise.all([stage.close(), copies.remove()])
      }
    })
  })

  test('dmgcmd.exe’s commands do what the scripts expect', () => {
    const [key, bad] = [syntheticKey, syntheticKey.replace('@factory-1@', '@bad-key@')]
    const done = { exitCode: 0, text: '' }
    const says = (text: string, exitCode = 0) => ({ exitCode, text })
    const refuses = (given: string) => ({
      exitCode: 1,
      text: expect.stringContaining(`ADF service with key ${given} and time cost is`),
    })
    const unknown = says('This stand-in for dmgcmd.exe does not know that call.', 1)
    const table: readonly (readonly [readonly string[], unknown?])[] = [
      [['-cgc'], says('Disconnected', 1)],
      [['-Start'], done],
      [['-cgc'], says('Connecting')],
      [['-RegisterNewNode', bad, 'node-1'], refuses(bad)],
      [['-RegisterNewNode', key.slice(0, -20), 'node-1'], refuses(key.slice(0, -20))],
      [['-cgc'], says('Connecting')],
      [['-enableremoteaccessincontainer', '8060'], done],
      [['-EnableRemoteAccessInContainer', 'x'], says('The port is not valid: x', 1)],
      [['-RegisterNewNode', key, 'node-1', '600'], says(`The node is registered with key ${key}.`)],
      [['-cgc'], says('Connecting')],
      [['wait', '5']],
      [['-cgc'], says('Connected')],
      [['-DisableLocalFolderPathValidation'], done],
      [['-Stop'], done],
      [['-cgc'], says('Disconnected', 1)],
      [['-StopUpgradeService'], done],
      [['-TurnOffAutoUpdate'], done],
      [['-Restart'], done],
      [['-cgc'], says('Connected')],
      [['-Nonsense'], unknown],
      [['-RegisterNewNode'], unknown],
      [[], unknown],
    ]
    const { said, registry, services, notes } = commands(table.map(([call]) => call))
    expect(said).toEqual(table.flatMap(([, answer]) => (answer === undefined ? [] : [answer])))
    // The word by which the scripts know a refused key.
    expect(said.filter(({ text }) => text.includes('the error code is: InvalidGatewayKey,')).length).toBe(2)
    expect(scripts()).toContain("'InvalidGatewayKey'")
    expect(registry.HaveRun).toBe('Mdw')
    expect(services).toEqual(['start', 'stop', 'start', 'stop', 'stop upgrades', 'stop', 'start'])
    expect(notes).toContain('-RegisterNewNode node-1 600')
    expect(JSON.stringify(notes)).not.toMatch(/IR@/)
  }, 300_000)
})

const scripts = () =>
  readdirSync(path.join(repository, 'container'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ps1'))
    .map(name => readText(`container/${name}`))
    .join('\n')

/** The four numbers of a program's version resource (VS_FIXEDFILEINFO). */
function fileVersion(bytes: Buffer): string {
  const start = bytes.indexOf(Buffer.from('bd04effe', 'hex'))
  return [10, 8, 14, 12].map(offset => bytes.readUInt16LE(start + offset)).join('.')
}

interface Answers {
  readonly said: readonly { readonly exitCode: number; readonly text: string }[]
  readonly registry: Readonly<Record<string, string>>
  readonly services: readonly string[]
  readonly notes: readonly string[]
}

/** Compiles the commands for the .NET that is here, with a machine that only remembers, and makes these calls. */
function commands(calls: readonly (readonly string[])[]): Answers {
  cpSync(sources, at('sources'), { recursive: true })
  const major = execFileSync('dotnet', ['--version'], { encoding: 'utf8' }).split('.')[0]
  const properties = ['-p:ImportDirectoryBuildProps=false', `-p:Framework=net${major}.0`]
  const options = ['--output', at('trial'), '--disable-build-servers', '--nologo', '--verbosity', 'quiet']
  execFileSync('dotnet', ['build', at('sources/trial/trial.csproj'), ...properties, ...options], { stdio: 'pipe' })
  const input = JSON.stringify(calls)
  return JSON.parse(execFileSync('dotnet', [at('trial/trial.dll')], { input, encoding: 'utf8' })) as Answers
}

describeWith('pwsh', 'the workflow’s scripts on Windows', () => {
  const pwsh = process.env.PWSH || 'pwsh'
  const scriptsOfSteps = image.steps.filter(step => step.run !== undefined).map(step => [step.name ?? '', step] as const)

  // -Check is the stand-in's own; a real pwsh runs the script named "-Check", and fails.
  test.each(scriptsOfSteps)('“%s” has no fault of syntax', (name, { run }) => {
    const file = at(`${name.replaceAll(/\W/g, '-')}.ps1`)
    writeFileSync(file, String(run))
    expect(execFileSync(pwsh, ['-Check', file], { encoding: 'utf8' })).toBe('')
  })
  test('what they share has none either', () => {
    expect(execFileSync(pwsh, ['-Check', path.join(sources, 'proof.ps1')], { encoding: 'utf8' })).toBe('')
  })
  test('they run in pwsh', () => expect(image.defaults?.run.shell).toBe('pwsh'))

  /** What docker says: always the same, or another thing each time. A number is an exit code. */
  type Said = string | number | readonly (string | number)[]
  const inside = (code: string) => `exec shir-1 powershell -NoProfile -NonInteractive -Command ${code}`
  const log = [{ Output: 'Connecting\r\n' }, { Output: 'Connected\r\n' }]
  const state = (health: string) => JSON.stringify({ Status: 'running', Health: { Status: health, Log: log } })
  const registered = '2026-11-25T12:00:00Z -Start\n2026-11-25T12:00:05Z -RegisterNewNode stand-in\n'
  const printed = '[2026] dmgcmd: The node is registered with key ***.\n[2026] Connection: Connected\n'
  const layers = '{"CreatedBy":"powershell -File C:/SHIR/build.ps1"}\n'
  /** Each call of docker in the steps, by a name, with its answer where all is well. */
  const docker: Readonly<Record<string, readonly [string, Said]>> = {
    inspect: ['inspect --format {{json .State}} shir-1', state('healthy')],
    health: ['inspect --format {{json .State.Health}} shir-1', JSON.stringify({ Log: log })],
    logs: ['logs shir-1', printed],
    image: [`image inspect shir:${version}`, '[{"Id":"sha256:1"}]'],
    history: [`history --no-trunc --format {{json .}} shir:${version}`, layers],
    zone: [inside('(Get-TimeZone).Id'), 'W. Europe Standard Time\r\n'],
    probe: [
      inside('Get-Content -LiteralPath C:\\ProgramData\\shir-stand-in\\DIAHostService.SHIR_PROBE'),
      `${workflow.env.PROBE}\r\n`,
    ],
    upgrades: [inside('(Get-Service -Name DIAHostUpgradeService).StartType'), 'Disabled\r\n'],
    journal: ['exec shir-1 cmd /c type C:\\ProgramData\\shir-stand-in\\dmgcmd.log', registered],
    restart: ['restart -t 60 shir-1', 'shir-1\n'],
    stop: ['exec shir-1 powershell -NoProfile -ExecutionPolicy Bypass -File C:/SHIR/stop.ps1', 'SHIR has stopped.\n'],
    status: ['inspect --format {{.State.Status}} shir-1', ['running\n', 'running\n', 'exited\n']],
    exitCode: ['inspect --format {{.State.ExitCode}} shir-1', '0\n'],
    left: ['ps --all --filter name=refused --format {{.Names}}', ''],
    version: ['version --format {{.Server.Version}}', [1, 1, '29.1.5\n']],
  }
  const all = scriptsOfSteps.map(([name]) => name).filter(name => !['Leave line ends alone', 'Collect logs'].includes(name))

  test.each(all)('“%s” is content where all is well', async name => {
    expect(await runStep(name)).toMatchObject({ exitCode: 0 })
  })

  const outputs = 'The outputs tell of a good node'
  const engine = 'The engine says the same'
  const nowhere = 'The key is in no log and no layer'
  const asAsked = 'Inside everything is as it was asked'
  const ends = 'It ends well'
  const refused = 'It failed for that reason and left nothing'
  /** Step, what is wrong there, as docker or an expression tells it, and what the step says of it. */
  const faults: readonly (readonly [string, string, Readonly<Record<string, Said>>, string])[] = [
    [outputs, 'another verdict', { 'steps.run.outputs.verdict': 'skipped' }, 'the verdict'],
    [outputs, 'a reason', { 'steps.run.outputs.reason': 'timeout' }, 'the reason'],
    [outputs, 'another version', { 'steps.run.outputs.shir-version': '5.70.9748.1' }, 'the version'],
    [outputs, 'no node', { 'steps.run.outputs.nodes': '[]' }, 'the number of nodes'],
    [engine, 'an unhealthy container', { inspect: state('unhealthy') }, 'its health'],
    [engine, 'no container', { inspect: 1 }, 'docker inspect ended with exit code 1'],
    [nowhere, 'the key in the log', { logs: printed + syntheticKey }, 'the key is not in the log'],
    [nowhere, 'its secret in a long line', { logs: printed + 'x'.repeat(150) + syntheticSecret }, 'the key is not in the log'],
    [nowhere, 'the log of something else', { logs: 'hello\n' }, 'the log is that of a registration'],
    [nowhere, 'the key in the health check', { health: `{"Log":"${syntheticKey}"}` }, 'the key is not in the health check'],
    [nowhere, 'the key in a layer', { history: `${layers}ARG ${syntheticKey}` }, 'the key is not in the image'],
    [nowhere, 'the key in the image', { image: `[{"Env":["AUTH_KEY=${syntheticKey}"]}]` }, 'the key is not in the image'],
    [asAsked, 'another time zone', { zone: 'UTC' }, 'the time zone'],
    [asAsked, 'no variable', { probe: 1 }, 'docker exec ended with exit code 1'],
    [asAsked, 'an upgrade service that starts', { upgrades: 'Automatic' }, 'the upgrade service'],
    [asAsked, 'two registrations', { journal: registered + registered }, 'the number of registrations'],
    ['It has not registered again', 'two registrations', { journal: registered + registered }, 'the number of registrations'],
    ['Restart the container', 'a restart that fails', { restart: 1 }, 'docker restart ended with exit code 1'],
    [ends, 'a stop that fails', { stop: 1 }, 'docker exec ended with exit code 1'],
    [ends, 'a container that runs on', { status: 'running' }, 'the container has ended'],
    [ends, 'another exit code', { exitCode: '20' }, 'its exit code'],
    [refused, 'a step that succeeded', { 'steps.refused.outcome': 'success' }, 'the step'],
    [refused, 'another reason', { 'steps.refused.outputs.reason': 'timeout' }, 'the reason'],
    [refused, 'a container that stayed', { left: 'refused-1' }, 'what is left of it'],
    ['Start the engine', 'an engine that never answers', { version: 1 }, 'The engine does not answer'],
  ]
  test.each(faults)('“%s” finds %s', async (name, _, changes, told) => {
    const { exitCode, output } = await runStep(name, changes)
    expect(exitCode).toBe(1)
    expect(output).toContain(told)
    expect(output).not.toContain(syntheticSecret)
  })

  test('a stopped engine is started', async () => {
    expect((await runStep('Start the engine')).output).toContain('Start-Service -Name docker')
  })
  test('the keys are of the form that the contract takes, masked, and made anew', async () => {
    const made = [await runStep('Make up keys'), await runStep('Make up keys')].map(({ outputs, output }) => {
      for (const key of Object.values(outputs)) expect(output).toContain(`::add-mask::${key}\n`)
      return outputs
    })
    expect(made.map(Object.keys)).toEqual([
      ['good-key', 'bad-key'],
      ['good-key', 'bad-key'],
    ])
    expect(new Set(made.flatMap(Object.values)).size).toBe(4)
    for (const [id, key] of Object.entries(made[0] ?? {})) {
      expect(key.split('@')[2]).toBe(id)
      const used = image.steps.find(step => step.with?.['auth-key']?.includes(id))
      expect((await asked(used as Step, { [`steps.keys.outputs.${id}`]: key })).inputs.authKey?.reveal()).toBe(key)
    }
  })
  test('logs are collected whatever docker answers', async () => {
    const { exitCode } = await runStep('Collect logs')
    expect(exitCode).toBe(0)
    expect(readdirSync(at('logs')).sort()).toEqual(['info.txt', 'version.txt'])
  })

  /** Runs a step as the runner does: the same lines around the script, expressions filled in, docker and Windows' own commands faked. */
  async function runStep(name: string, changes: Readonly<Record<string, Said>> = {}) {
    const step = image.steps.find(other => other.name === name)
    const fakes = mkdtempSync(at('fakes-'))
    cpSync(path.join(sources, 'trial/docker.cjs'), path.join(fakes, 'docker'))
    chmodSync(path.join(fakes, 'docker'), 0o755)
    const answers = Object.entries(docker).map(([id, [call, said]]) => [call, [changes[id] ?? said].flat()])
    const end = 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }'
    writeFileSync(path.join(fakes, 'step.ps1'), `$ErrorActionPreference = 'stop'\n${step?.run}\n${end}\n`)
    const env = {
      ...process.env,
      ...Object.fromEntries(Object.entries(workflow.env).map(([variable, value]) => [variable, String(value)])),
      ...evaluate(step?.env, changes as Readonly<Record<string, string>>),
      PATH: `${fakes}${path.delimiter}${process.env.PATH}`,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: path.join(fakes, 'output'),
      DOCKER_ANSWERS: JSON.stringify(Object.fromEntries(answers)),
      DOCKER_CALLS: path.join(fakes, 'calls'),
    }
    const code = `. '${sources}/trial/windows.ps1'; . '${fakes}/step.ps1'`
    const ended = await new Promise<{ exitCode: number; output: string }>(resolve =>
      execFile(pwsh, ['-NoProfile', '-command', code], { cwd: repository, env }, (error, stdout, stderr) =>
        resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
      ),
    )
    const written = readdirSync(fakes).includes('output') ? readFileSync(path.join(fakes, 'output'), 'utf8') : ''
    const pairs = written
      .split('\n')
      .filter(Boolean)
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
    return { ...ended, outputs: Object.fromEntries(pairs) as Readonly<Record<string, string>> }
  }
})
