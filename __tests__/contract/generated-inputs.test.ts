import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { type Key, keys } from '../../src/contract/inputs.ts'
import { reasons } from '../../src/contract/reasons.ts'
import { type MemoryHost, memoryHost } from '../../src/host/memory.ts'
import { runStep } from '../../src/step.ts'
import { fill } from '../image/folders.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { sampleInstaller } from '../support/sample-installer.ts'

/**
 * Ten thousand pipelines that nobody wrote: each is run dry through the whole step and must end in a plan, or in an error that
 * names what is wrong; never in a crash, and never with the key in anything that leaves.
 */
const runs = 10_000
const seed = 20_260_101
const builtInContext = path.resolve(__dirname, '../../container')

type Raw = Readonly<Record<string, string>>

let home: string
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'shir-generated-'))
  const { workspace } = machineOf(home)
  await mkdir(path.join(workspace, 'context', 'SHIR'), { recursive: true })
  await mkdir(path.join(workspace, 'filled', 'SHIR'), { recursive: true })
  await fill(workspace, { 'certificates/root.cer': '', 'extras/extra.ps1': '' })
  const { bytes: installer } = sampleInstaller('5.70.9748.2')
  await writeFile(path.join(workspace, 'installer.msi'), installer)
  await writeFile(path.join(workspace, 'page.msi'), '<html>not found</html>')
  await writeFile(path.join(workspace, 'filled', 'SHIR', 'IntegrationRuntime_5.70.9748.2.msi'), installer)
  await writeFile(path.join(workspace, 'filled', 'Dockerfile'), 'FROM mcr.microsoft.com/windows/servercore:ltsc2019\nARG EXTRA\n')
  await writeFile(
    path.join(workspace, 'context', 'Dockerfile'),
    `ARG BASE_IMAGE=mcr.microsoft.com/windows/servercore:ltsc2022\nFROM \${BASE_IMAGE}\nARG EXTRA=1\nARG INSTALL_JDK\nARG JDK_URL\nARG JDK_SHA256\nARG INSTALL_CERT\n`,
  )
  await writeFile(path.join(workspace, 'context', 'empty.Dockerfile'), '# nothing\n')
})
afterAll(() => rm(home, { recursive: true, force: true }))

function machineOf(folder: string) {
  return {
    name: 'machine-1',
    platform: 'win32',
    temp: path.join(folder, 'temp'),
    tools: path.join(folder, 'tools'),
    workspace: path.join(folder, 'workspace'),
  } as const
}

async function dryRun(inputs: Raw): Promise<MemoryHost> {
  const host = memoryHost({ inputs: { ...inputs, dryRun: 'true' }, machine: machineOf(home), clock: fakeClock() })
  await runStep(host, builtInContext)
  return host
}

/** What each input is given: values that it takes, and values that it must refuse or that lead nowhere. */
const folder = fc.constantFrom('context', './context', 'context/')
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{1,11}$/)
const boolean = fc.constantFrom('true', 'false').chain(text => fc.mixedCase(fc.constant(text)))
const reference = fc.constantFrom(
  'shir',
  'shir:5.70',
  'registry.example/team/shir:latest',
  'localhost:5000/shir',
  'mcr.microsoft.com/windows/servercore:ltsc2022',
)
const pairs = fc
  .uniqueArray(word, { minLength: 1, maxLength: 3 })
  .map(names => names.map(name => `${name}=${name} "1"`).join('\n'))
const seconds = (from: number, to: number) => fc.integer({ min: from, max: to }).map(number => `${number}s`)

const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{43}=$/)
const usualKey = fc.tuple(fc.uuid(), word, base64).map(([id, factory, last]) => `IR@${id}@${factory}@eu@${last}`)
const brokenKey = fc.oneof(
  usualKey.map(key => `"${key}"`),
  usualKey.map(key => `'${key}'`),
  usualKey.map(key => key.replace('@eu@', '@eu@\n')),
  usualKey.map(key => `${key.slice(0, 60)} ${key.slice(60)}`),
  usualKey.map(key => key.slice(3)),
  fc.string({ minLength: 12, maxLength: 80 }),
)

const nasty = fc.oneof(
  fc.constantFrom(
    '--help',
    'yes',
    '-1',
    '0',
    '$(Undefined.Variable)',
    '##vso[task.setvariable variable=a]b',
    '::set-output name=a::b',
    '..',
    '/',
    '__proto__',
    '<>',
    'a\r\nb',
    'a\0b',
    `\${{ x }}`,
    'Run',
    '%',
    '@',
    '=',
    ':',
    '5.70',
    '10',
    '1.5.5.5.5',
  ),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constant('x'.repeat(5_000)),
)

type Givable = Exclude<Key, 'mode' | 'dryRun'>
const values: Readonly<Record<Givable, { readonly valid: fc.Arbitrary<string>; readonly broken: fc.Arbitrary<string> }>> = {
  summary: { valid: boolean, broken: fc.constantFrom('yes', '1') },
  shirVersion: {
    valid: fc.constantFrom('stable', 'latest', '5.70.9748.2', '5.71.0.1'),
    broken: fc.constantFrom('newest', '5.70', '5.2.7713.0', '123456.1.1.1', '5.70.9748.2.1', '05.70.9748.2'),
  },
  msiUrl: {
    valid: fc.constantFrom(
      'https://files.example/shir.msi',
      'https://u:p@files.example/a.msi?sig=abc%2Bdef',
      'http://127.0.0.1:8080/x.msi',
    ),
    broken: fc.constantFrom(
      'http://files.example/shir.msi',
      'file:///shir.msi',
      'files.example',
      'https://',
      'https://files.example/%E0%A4%A.msi',
    ),
  },
  msiPath: {
    valid: fc.constantFrom('installer.msi', './installer.msi'),
    broken: fc.constantFrom('none.msi', 'page.msi', '.', 'installer.msi/x'),
  },
  msiSha256: { valid: fc.stringMatching(/^[0-9a-fA-F]{64}$/), broken: fc.stringMatching(/^[0-9a-f]{63}$/) },
  verifySignature: { valid: boolean, broken: fc.constantFrom('yes', 'off') },
  cacheDir: { valid: fc.constantFrom('cache', 'D:\\cache', '../cache'), broken: fc.constantFrom('a\nb', '$(CACHE)') },
  image: {
    valid: fc.uniqueArray(reference, { minLength: 1, maxLength: 2 }).map(references => references.join('\n')),
    broken: fc.constantFrom('--help', 'Shir:5', 'shir:', 'a b', 'shir\nshir', `shir@sha256:${'a'.repeat(64)}`),
  },
  push: { valid: boolean, broken: fc.constantFrom('yes', 'True ish') },
  baseImage: { valid: reference, broken: fc.constantFrom('--help', 'A/b', 'a:b:c') },
  buildContext: { valid: folder, broken: fc.constantFrom('nowhere', 'installer.msi', 'filled') },
  dockerfile: {
    valid: fc.constantFrom('context/Dockerfile', 'Dockerfile'),
    broken: fc.constantFrom('../Dockerfile', 'none', 'empty.Dockerfile'),
  },
  buildArgs: {
    valid: fc.constantFrom('SHIR_VERSION=1', 'EXTRA=2', 'https_proxy=http://proxy'),
    broken: fc.constantFrom('A', '=1', '1A=2', 'A=1\nA=2', 'NOWHERE=1'),
  },
  labels: { valid: pairs, broken: fc.constantFrom('a', '=', 'ä=1', 'a=1\na=2') },
  installJdk: { valid: boolean, broken: fc.constantFrom('yes', '21') },
  jdkUrl: {
    valid: fc.constantFrom('https://files.example/jdk.msi', 'https://files.example/jdk-21%2B1.msi'),
    broken: fc.constantFrom(
      'http://127.0.0.1:8080/jdk.msi',
      'https://u:p@files.example/jdk.msi',
      'https://files.example/jdk.msi?sig=abc',
      'jdk.msi',
    ),
  },
  jdkSha256: { valid: fc.stringMatching(/^[0-9a-fA-F]{64}$/), broken: fc.stringMatching(/^[0-9a-f]{65}$/) },
  certificates: {
    valid: fc.constantFrom('certificates', './certificates/'),
    broken: fc.constantFrom('none', '.', 'installer.msi'),
  },
  extras: { valid: fc.constantFrom('extras', 'certificates/../extras'), broken: fc.constantFrom('none', '.', 'installer.msi') },
  isolation: { valid: fc.constantFrom('default', 'process', 'hyperv'), broken: fc.constantFrom('hyper-v', 'none') },
  installerDelivery: { valid: fc.constantFrom('auto', 'serve', 'copy'), broken: fc.constantFrom('http', 'off') },
  rebuild: { valid: boolean, broken: fc.constantFrom('always', '1') },
  authKey: { valid: usualKey, broken: brokenKey },
  nodeName: { valid: word, broken: fc.constantFrom('-a', 'a b', 'a'.repeat(151), '--help') },
  enableHa: { valid: boolean, broken: fc.constantFrom('yes', 'on') },
  haPort: { valid: fc.integer({ min: 1, max: 65_535 }).map(String), broken: fc.constantFrom('0', '65536', '8060.5', '-8060') },
  enableAe: { valid: boolean, broken: fc.constantFrom('no', 'off') },
  aeTime: { valid: fc.integer({ min: 600, max: 86_400 }).map(String), broken: fc.constantFrom('599', '10m', '1e3') },
  timezone: {
    valid: fc.constantFrom('W. Europe Standard Time', 'UTC', 'Europe/Berlin', 'No/Where'),
    broken: fc.constantFrom('a\tb', 'x'.repeat(65)),
  },
  localFolders: { valid: boolean, broken: fc.constantFrom('on', 'C:\\data') },
  containerEnv: { valid: pairs, broken: fc.constantFrom('A', 'AUTH_KEY=1', 'auth_key=1', 'A B=1', 'A=1\nA=1') },
  nodeCount: { valid: fc.constantFrom('1', '2', '3', '4'), broken: fc.constantFrom('0', '5', 'two', '1.0') },
  containerName: { valid: word, broken: fc.constantFrom('a', '-ab', 'a/b', 'a'.repeat(61)) },
  memory: { valid: fc.constantFrom('8g', '4096m', '8G'), broken: fc.constantFrom('8 GB', '0', '1.5g') },
  cpus: { valid: fc.constantFrom('4', '1.5'), broken: fc.constantFrom('0', '0.0', 'four', '1,5') },
  restartPolicy: { valid: fc.constantFrom('no', 'always', 'on-failure:3'), broken: fc.constantFrom('never', 'on-failure:0') },
  network: { valid: word, broken: fc.constantFrom('--help', 'a b') },
  volumes: {
    valid: fc.constantFrom('C:\\data:C:\\data', 'name:/data:ro', 'a:/a\nb:/b'),
    broken: fc.constantFrom('data', 'a:b:C', 'a:/a\na:/a'),
  },
  cache: { valid: fc.constantFrom('auto', 'local', 'off'), broken: fc.constantFrom('Off', 'false', 'github') },
  cleanup: { valid: fc.constantFrom('auto', 'always', 'never'), broken: fc.constantFrom('Auto', 'true') },
  healthTimeout: { valid: seconds(1, 900), broken: fc.constantFrom('10', '0s', '25h', '1d', '1.5m') },
  soak: { valid: seconds(0, 60), broken: fc.constantFrom('-1s', 'none', '25h') },
}
const givable = Object.keys(values) as readonly Givable[]

/** Mostly what a person who read the documentation would write; an empty text is an input that was not given. */
const proper: fc.Arbitrary<Raw> = fc
  .record({
    mode: fc.constantFrom('build', 'run', 'gate', 'remove'),
    ...Object.fromEntries(
      givable.map(key => [
        key,
        fc.oneof(
          { weight: key === 'authKey' ? 1 : 6, arbitrary: fc.constant('') },
          { weight: key === 'authKey' ? 6 : 1, arbitrary: values[key].valid },
        ),
      ]),
    ),
  })
  .map(raw => raw as Raw)

/** Takes back what contradicts itself, as a person would. */
function agreed(raw: Raw): Raw {
  return {
    ...raw,
    ...(raw.msiPath ? { msiUrl: '', msiSha256: '', shirVersion: '' } : {}),
    ...(/^[sl]/.test(raw.shirVersion ?? '') ? { msiUrl: '' } : {}),
    ...(raw.image ? {} : { push: '' }),
    ...(Number(raw.nodeCount || 1) > 1 ? { enableHa: 'True' } : {}),
    ...(raw.buildContext ? { dockerfile: '', extras: '' } : {}),
    ...(raw.jdkUrl && raw.jdkSha256 ? {} : { jdkUrl: '', jdkSha256: '' }),
    buildArgs: '',
    image: raw.image?.split('\n')[0] ?? '',
  }
}

/** One thing gone wrong: a broken value, a name that does not exist, the key in a box that is not its own. */
const flaw: fc.Arbitrary<(raw: Raw) => Raw> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...givable)
      .chain(key => values[key].broken.map(value => (raw: Raw) => ({ ...raw, [key]: value }))),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...keys), nasty).map(([key, value]) => (raw: Raw) => ({ ...raw, [key]: value })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.oneof(word, fc.constantFrom('nodeNme', 'authkey', 'node_name')), nasty)
      .map(([name, value]) => (raw: Raw) => ({ ...raw, [name]: value })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...keys), fc.constantFrom('', 'A=', 'x '), fc.constantFrom('', '\n', ' x'))
      .map(([key, before, after]) => (raw: Raw) => ({ ...raw, [key]: `${before}${raw.authKey ?? ''}${after}` })),
  },
  { weight: 1, arbitrary: fc.constant((raw: Raw) => ({ ...raw, mode: '' })) },
)
const flaws = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(flaw, { minLength: 1, maxLength: 1 }) },
  { weight: 2, arbitrary: fc.array(flaw, { minLength: 2, maxLength: 6 }) },
)

const rawInputs: fc.Arbitrary<Raw> = fc
  .tuple(proper, fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }), flaws)
  .map(([raw, isAgreed, broken]) => broken.reduce((sum, apply) => apply(sum), isAgreed ? agreed(raw) : raw))

/** Everything that left the process, but for what was said to be hidden. */
function told({ lines, groups, annotations, outputs, progressed, page }: MemoryHost): string {
  const annotated = annotations.flatMap(({ title, message }) => [title, message])
  return [...lines, ...groups, ...annotated, ...Object.values(outputs), ...progressed, page].join('\n')
}

/** The key, its last part and that part's beginning, as far as they are long enough to be told from ordinary words. */
function secretsOf({ authKey = '' }: Raw): readonly string[] {
  const key = authKey.trim()
  const last = key.slice(key.lastIndexOf('@') + 1)
  return [...[key, last].filter(part => part.length >= 6), ...(key.includes('@') && last.length >= 40 ? [last.slice(0, 12)] : [])]
}

/** By the input's name or by what was given; what the one installer's bytes turn out to be is said of "the installer". */
function namesWhatIsWrong(fault: string, reason: string, raw: Raw): boolean {
  const { workspace } = machineOf(home)
  const given = Object.entries(raw).flatMap(([name, value]) =>
    value.trim() === '' ? [] : [name, path.normalize(value.trim()), path.resolve(workspace, value.trim())],
  )
  const names = reason === 'invalid-input' ? [...keys, ...Object.keys(raw)] : [...keys, ...given]
  return (
    names.some(text => fault.toLowerCase().includes(text.toLowerCase())) ||
    (reason.startsWith('installer-') && fault.startsWith('The installer'))
  )
}

/** What is wrong with how a run ended; nothing, for a plan or a clear error. */
function objections(raw: Raw, host: MemoryHost): readonly string[] {
  const { reason = 'none told', verdict, changed } = host.outputs
  const text = told(host)
  const [error, ...more] = host.annotations.filter(({ level }) => level === 'error')
  const always = [
    ...secretsOf(raw).flatMap(secret => (text.includes(secret) ? [`echoes ${secret}`] : [])),
    ...(changed === 'false' ? [] : ['a dry run changed something']),
    ...(more.length === 0 ? [] : ['more than one error']),
    ...(/\bundefined\b|\bNaN\b|\[object |\n\s+at \w+/.test(error?.message ?? '') ? ['an error in a program’s words'] : []),
  ]
  if (reason === '') {
    const isPlan = verdict === 'skipped' && error === undefined && !host.failed && text.includes('Would ')
    return isPlan ? always : [...always, 'no plan and no reason']
  }
  const isTold = verdict === 'failed' && error !== undefined && host.failed
  return [
    ...always,
    ...(Object.hasOwn(reasons, reason) ? [] : [`${reason} is no reason code`]),
    ...(['internal', 'io-failed', 'cancelled'].includes(reason) ? [`crashed: ${reason}`] : []),
    ...(isTold ? [] : ['a reason without its failure']),
    ...faultsIn(error?.message ?? '').flatMap(fault => (namesWhatIsWrong(fault, reason, raw) ? [] : [`names nothing: ${fault}`])),
  ]
}

/** Each thing that is wrong with the inputs stands in a line of its own; the last line is the hint. */
function faultsIn(message: string): readonly string[] {
  return /^\d+ things are wrong/.test(message) ? message.split('\n').slice(1, -1) : [message]
}

test(`${runs} generated inputs each give a plan or a clear error, never a crash and never the key`, async () => {
  const before = await readdir(home, { recursive: true })
  const endings = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(rawInputs, async raw => {
      const host = await dryRun(raw)
      const { reason = 'none told' } = host.outputs
      endings.set(reason, (endings.get(reason) ?? 0) + 1)
      const found = objections(raw, host)
      if (found.length > 0) throw new Error(`${found.join('\n')}\n\n${told(host)}`)
    }),
    { numRuns: runs, seed },
  )
  const plans = endings.get('') ?? 0
  const others = [...endings].filter(([reason]) => reason !== '').sort((a, b) => b[1] - a[1])
  process.stdout.write(
    `${runs} generated inputs: ${((100 * plans) / runs).toFixed(1)} % plans; else ${others.map(([reason, count]) => `${reason} ${count}`).join(', ')}\n`,
  )
  expect(plans / runs).toBeGreaterThanOrEqual(0.3)
  expect(endings.get('invalid-input')).toBeGreaterThan(runs / 10)
  // A dry run leaves nothing behind, whatever it was given.
  expect(await readdir(home, { recursive: true })).toEqual(before)
}, 180_000)
