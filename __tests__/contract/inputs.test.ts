import { groups, modes } from '../../src/contract/input.ts'
import { entryOf, type Key, keys } from '../../src/contract/inputs.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

const digest = `@sha256:${'0123456789abcdef'.repeat(4)}`

/** What each input takes and what it refuses, beyond what its kind is tested for. */
const table: Readonly<Record<Key, { readonly takes: readonly string[]; readonly refuses: readonly string[] }>> = {
  mode: { takes: ['build', 'run', 'gate', 'remove'], refuses: ['Build', 'deploy', 'Remove', 'run '] },
  dryRun: { takes: ['True', 'false'], refuses: ['yes'] },
  summary: { takes: ['True', 'false'], refuses: ['no'] },
  shirVersion: {
    takes: ['stable', 'latest', '5.70.9748.2', '5.2.7713.1'],
    refuses: [
      'Stable',
      'newest',
      '5.70',
      '5.70.9748',
      '5.70.9748.2.1',
      '123456.1.1.1',
      '05.70.9748.2',
      'v5.70.9748.2',
      '5.70.9748.2-beta',
      '--help',
    ],
  },
  msiUrl: { takes: ['https://files.example/shir.msi'], refuses: ['http://files.example/shir.msi', 'shir.msi'] },
  msiPath: { takes: ['shir.msi', 'C:\\my files\\shir.msi', '../a'], refuses: ['a\nb', 'a\0b'] },
  msiSha256: {
    takes: ['a'.repeat(64), 'A1'.repeat(32)],
    refuses: ['a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64), `sha256:${'a'.repeat(64)}`],
  },
  verifySignature: { takes: ['true', 'False'], refuses: ['yes', '0'] },
  cacheDir: { takes: ['cache', 'D:\\cache'], refuses: ['a\nb'] },
  image: {
    takes: [
      'shir',
      'shir:5.70',
      'a/b/c:tag',
      'localhost:5000/shir',
      'registry.example:443/a_b/c--d:v1.0-x_y',
      `shir${digest}`,
      `shir:5${digest}`,
      'a:1\nb:2',
    ],
    refuses: [
      '--help',
      '-shir',
      'Shir',
      'shir:',
      'shir:-x',
      'shir@',
      'shir@sha256:12',
      'a b',
      '/shir',
      'shir/',
      'a//b',
      'https://a/b',
      `shir:${'x'.repeat(129)}`,
      'a'.repeat(256),
      'shir:1\n--help',
      'a\na',
      'shir;rm',
    ],
  },
  push: { takes: ['true'], refuses: ['1'] },
  baseImage: { takes: ['mcr.microsoft.com/windows/servercore:ltsc2022', `base${digest}`], refuses: ['--help', 'a\nb', 'a/B'] },
  buildContext: { takes: ['.', 'a/b', 'C:\\a b'], refuses: ['a\nb'] },
  dockerfile: { takes: ['Dockerfile', 'docker/My.Dockerfile'], refuses: ['a\rb'] },
  buildArgs: { takes: ['A=1', '_a1=', 'A="1"\nB=2'], refuses: ['A', '1A=1', 'A-B=1', '--build-arg=1', 'A=1\nA=2'] },
  labels: { takes: ['a=1', 'org.example/name=1', 'a.b-c_d='], refuses: ['a', '-a=1', 'a b=1', '=1'] },
  installJdk: { takes: ['True'], refuses: ['1', '21'] },
  jdkUrl: {
    takes: ['https://files.example/jdk-21%2B1.msi'],
    refuses: ['http://127.0.0.1/jdk.msi', 'https://files.example/jdk.msi?sig=1', 'https://u@files.example/jdk.msi', 'jdk.msi'],
  },
  jdkSha256: { takes: ['a'.repeat(64), 'A1'.repeat(32)], refuses: ['a'.repeat(63), `sha256:${'a'.repeat(64)}`] },
  certificates: { takes: ['certificates', 'C:\\my certificates'], refuses: ['a\nb'] },
  extras: { takes: ['extras', '../extras'], refuses: ['a\0b'] },
  isolation: { takes: ['default', 'process', 'hyperv'], refuses: ['hyper-v', 'none'] },
  installerDelivery: { takes: ['auto', 'serve', 'copy'], refuses: ['http', 'none'] },
  rebuild: { takes: ['true', 'False'], refuses: ['always', '1'] },
  authKey: { takes: [syntheticKey], refuses: [`"${syntheticKey}"`, syntheticKey.slice(3), 'key'] },
  nodeName: { takes: ['a', 'node-1', 'A_1', 'a'.repeat(150)], refuses: ['-a', '_a', 'a b', 'a.b', 'a'.repeat(151), '--help'] },
  enableHa: { takes: ['True'], refuses: ['yes'] },
  haPort: { takes: ['1', '8060', '65535'], refuses: ['0', '65536', '80.6'] },
  enableAe: { takes: ['TRUE'], refuses: ['on'] },
  aeTime: { takes: ['600', '86400'], refuses: ['599', '0', '10m', '-600', '2147483648'] },
  timezone: {
    takes: ['UTC', 'W. Europe Standard Time', 'UTC+13', 'Mexico Standard Time (Mexico)', 'Europe/Berlin'],
    refuses: ['a\nb', 'a"b', '', 'a'.repeat(65)],
  },
  localFolders: { takes: ['True'], refuses: ['yes', 'C:\\data'] },
  containerEnv: { takes: ['A=1', 'ProgramFiles(x86)=C:\\x', 'A="1"'], refuses: ['A', '1A=1', 'A B=1', 'A=1\nA=2'] },
  nodeCount: { takes: ['1', '2', '3', '4'], refuses: ['0', '5', 'two'] },
  containerName: {
    takes: ['ab', 'shir', 'a.b_c-1', 'a'.repeat(60)],
    refuses: ['a', '-ab', 'a/b', 'a b', 'a'.repeat(61), '--help'],
  },
  memory: {
    takes: ['8g', '4096m', '8G', '1073741824', '512K', '1073741824b'],
    refuses: ['0', '8', '9b', '8 GB', '8gb', '1.5g', '-8g', '--help'],
  },
  cpus: { takes: ['4', '1.5', '0.25', '128'], refuses: ['0', '0.0', '00', '0.', '1,5', '-1', '.5', '1.234', 'four'] },
  restartPolicy: {
    takes: ['no', 'always', 'unless-stopped', 'on-failure', 'on-failure:3'],
    refuses: ['never', 'on-failure:', 'on-failure:0', 'always:3', 'No'],
  },
  network: { takes: ['nat', 'my-net_1.0'], refuses: ['-n', '--help', 'a b', 'a'.repeat(129)] },
  volumes: {
    takes: ['C:\\data:C:\\data', 'C:/data:D:/data:ro', 'name:/data', 'a:/a\nb:/b:ro'],
    refuses: ['data', 'a:', ':/data', 'a:b:C', 'a:/a\na:/a'],
  },
  cache: { takes: ['auto', 'local', 'off'], refuses: ['true', 'Off', 'github'] },
  cleanup: { takes: ['auto', 'always', 'never'], refuses: ['true', 'Always', 'no'] },
  healthTimeout: { takes: ['1s', '10m', '24h'], refuses: ['0s', '25h', '600', '1d'] },
  soak: { takes: ['0s', '30s', '24h'], refuses: ['25h', 'none', '-1s'] },
}

describe.each(keys)('%s', key => {
  const { schema } = entryOf(key).kind
  test.each(table[key].takes)('takes %j', written => expect(schema.safeParse(written).success).toBe(true))
  test.each(table[key].refuses)('refuses %j', written => expect(schema.safeParse(written).success).toBe(false))

  test('tells all there is to say of it', () => {
    const { label, help, kind, group } = entryOf(key)
    expect(label).toMatch(/^[A-Z]\S?.*[^.]$/)
    expect(help).toMatch(/^.*\.$/)
    expect(kind.allowed).toMatch(/^.*[^.]$/)
    expect(Object.keys(groups)).toContain(group)
    expect(entryOf(key).modes.length).toBeGreaterThan(0)
    expect(modes).toEqual(expect.arrayContaining([...entryOf(key).modes]))
  })
})

test('the groups stand together, in their order', () => {
  const order = keys.map(key => entryOf(key).group).filter((group, index, all) => group !== all[index - 1])
  expect(order).toEqual(Object.keys(groups))
})

test('every label is one of a kind', () => expect(new Set(keys.map(key => entryOf(key).label)).size).toBe(keys.length))

test('only what is secret is called so, and it maps onto a variable', () => {
  const secrets = keys.filter(key => entryOf(key).secret)
  expect(secrets).toEqual(['authKey'])
  expect(secrets.every(key => entryOf(key).env)).toBe(true)
})

test.each(keys.filter(key => entryOf(key).kind.editor === 'string'))('%s is one line', key => {
  const [written = ''] = table[key].takes
  for (const end of ['\n', '\r', '\r\n', '\0'])
    expect(entryOf(key).kind.schema.safeParse(`${written}${end}x`).success).toBe(false)
})

test('an image reference is judged in no time, however it is built', () => {
  const began = performance.now()
  for (const piece of ['a-', 'a.', 'a/', 'a:', 'a_-.', 'a@'])
    for (const key of ['image', 'baseImage'] as const) entryOf(key).kind.schema.safeParse(`${piece.repeat(20_000)}!`)
  entryOf('volumes').kind.schema.safeParse(`${'a:'.repeat(20_000)}!`)
  expect(performance.now() - began).toBeLessThan(1_000)
})
