import { secret } from '../../src/contract/secret.ts'
import type { NodePlan } from '../../src/contract/values.ts'
import {
  type BuildOrder,
  buildArguments,
  execArguments,
  fileVariables,
  inspectManifestArguments,
  keepEndedArguments,
  listArguments,
  listImagesArguments,
  networkArguments,
  removeArguments,
  removeEndedArguments,
  runArguments,
  secretVariables,
  spellCommand,
  stopArguments,
  tagArguments,
  unpauseArguments,
} from '../../src/engine/arguments.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

const none = { startInterval: false, envFile: undefined }
const plain: NodePlan = {
  ...{ name: 'node', container: 'shir-1', hostname: 'shir-ab12-1', variables: [], labels: [], restartPolicy: 'unless-stopped' },
  ...{ isolation: undefined, memory: undefined, cpus: undefined, network: undefined, ownNetwork: undefined, volumes: [] },
}
const begin = ['run', '--detach', '--name', 'shir-1', '--hostname', 'shir-ab12-1']
const restart = ['--restart', 'unless-stopped']
const end = ['--', 'shir:1']

test.each<[string, Partial<NodePlan>, readonly string[]]>([
  ['nothing more', {}, [...begin, ...restart, ...end]],
  [
    'labels',
    {
      labels: [
        { name: 'a', value: '1' },
        { name: 'b', value: 'x=y z' },
      ],
    },
    [...begin, '--label', 'a=1', '--label', 'b=x=y z', ...restart, ...end],
  ],
  [
    'variables: a secret by its name alone',
    {
      variables: [
        { name: 'AUTH_KEY', value: secret(syntheticKey) },
        { name: 'TZ', value: 'W. Europe Standard Time' },
        { name: 'EMPTY', value: '' },
      ],
    },
    [...begin, '--env', 'AUTH_KEY', '--env', 'TZ=W. Europe Standard Time', '--env', 'EMPTY=', ...restart, ...end],
  ],
  ['a restart policy', { restartPolicy: 'on-failure:3' }, [...begin, '--restart', 'on-failure:3', ...end]],
  ['limits', { memory: '8g', cpus: '1.5' }, [...begin, ...restart, '--memory', '8g', '--cpus', '1.5', ...end]],
  [
    'volumes',
    { volumes: ['C:\\a:C:\\b', 'x:/y:ro'] },
    [...begin, ...restart, '--volume', 'C:\\a:C:\\b', '--volume', 'x:/y:ro', ...end],
  ],
  ['a network', { network: 'mine' }, [...begin, ...restart, '--network', 'mine', '--network-alias', 'shir-ab12-1', ...end]],
  ...['bridge', 'default', 'host', 'nat', 'none'].map((network): [string, Partial<NodePlan>, readonly string[]] => [
    `the engine’s network ${network}, which takes no alias`,
    { network },
    [...begin, ...restart, '--network', network, ...end],
  ]),
])('docker run with %s', (_, parts, args) => {
  expect(runArguments({ ...plain, ...parts }, 'shir:1', none)).toEqual(args)
})

test('an engine that knows a start interval is asked not to probe every five seconds', () => {
  expect(runArguments(plain, 'shir:1', { startInterval: true, envFile: undefined })).toEqual([
    ...begin,
    ...restart,
    '--health-start-interval',
    '20s',
    ...end,
  ])
})

test('whatever is called like an option stands behind --', () => {
  expect(runArguments(plain, '--help', none).slice(-2)).toEqual(['--', '--help'])
  const order = { context: '--rm', dockerfile: '/f', args: [], labels: [], idFile: '/i' }
  expect(buildArguments(order).slice(-2)).toEqual(['--', '--rm'])
  expect(networkArguments('--help', [], 'linux').slice(-2)).toEqual(['--', '--help'])
})

test('secrets are for the environment of the command, and stand nowhere in its arguments', () => {
  const node = {
    ...plain,
    variables: [
      { name: 'AUTH_KEY', value: secret(syntheticKey) },
      { name: 'A', value: 'b' },
    ],
  }
  expect(secretVariables(node)).toEqual({ AUTH_KEY: syntheticKey })
  expect(runArguments(node, 'shir:1', none).join(' ')).not.toContain(syntheticKey.slice(0, 12))
})

test('a secret under a name that docker itself obeys goes through a file, and neither through its environment nor its arguments', () => {
  const node = {
    ...plain,
    variables: [
      { name: 'https_proxy', value: secret('http://me:word@proxy') },
      { name: 'B', value: secret('hidden word') },
    ],
  }
  expect(fileVariables(node)).toEqual(['https_proxy=http://me:word@proxy'])
  expect(secretVariables(node)).toEqual({ B: 'hidden word' })
  const args = runArguments(node, 'shir:1', { startInterval: false, envFile: '/t/env' })
  expect(args.join(' ')).toContain('--env B --env-file /t/env')
  expect(args.join(' ')).not.toMatch(/word|proxy/)
})

test('docker build', () => {
  const order = {
    ...{ context: '/c', dockerfile: '/c/Dockerfile', idFile: '/tmp/id' },
    args: [{ name: 'A', value: '1 2' }],
    labels: [{ name: 'l', value: 'x=y' }],
  }
  expect(buildArguments(order)).toEqual([
    ...['build', '--force-rm', '--iidfile', '/tmp/id', '--file', '/c/Dockerfile'],
    ...['--build-arg', 'A=1 2', '--label', 'l=x=y', '--', '/c'],
  ])
})

test.each<[string, Partial<BuildOrder>, readonly string[]]>([
  ['a network', { network: 'host' }, ['--network', 'host']],
  ['an isolation', { isolation: 'hyperv' }, ['--isolation', 'hyperv']],
  ['memory', { memory: '4g' }, ['--memory', '4g']],
  ['no cache', { isFresh: true }, ['--no-cache']],
  [
    'all three',
    { memory: '4g', isolation: 'process', network: 'nat' },
    ['--network', 'nat', '--isolation', 'process', '--memory', '4g'],
  ],
  ['none that is undefined', { memory: undefined, isolation: undefined, network: undefined }, []],
])('docker build with %s', (_, parts, args) => {
  const order = { context: '/c', dockerfile: '/f', args: [], labels: [], idFile: '/i' }
  expect(buildArguments({ ...order, ...parts })).toEqual([
    ...['build', '--force-rm', '--iidfile', '/i', '--file', '/f', ...args, '--', '/c'],
  ])
})

test.each<[string, readonly string[], string]>([
  ['every image', listImagesArguments(), 'image ls --all --quiet --no-trunc'],
  ['one more name', tagArguments('sha256:0', 'registry.example/shir:1'), 'tag -- sha256:0 registry.example/shir:1'],
  ['a name like an option', tagArguments('shir:1', '--help'), 'tag -- shir:1 --help'],
  ['every container', listArguments(), 'ps --all --quiet --no-trunc'],
  ['those with a label', listArguments('label=a=b'), 'ps --all --quiet --no-trunc --filter label=a=b'],
  ['a command inside', execArguments('c1', ['powershell', '-File', 'x']), 'exec c1 powershell -File x'],
  ['a registry', inspectManifestArguments('r/x:1', false), '--debug manifest inspect --verbose -- r/x:1'],
  ['one on loopback', inspectManifestArguments('--x', true), '--debug manifest inspect --verbose --insecure -- --x'],
  ['no restart', keepEndedArguments('c1'), 'update --restart=no -- c1'],
  ['going on', unpauseArguments('c1'), 'unpause -- c1'],
  ['a minute to end', stopArguments('c1'), 'stop -t 60 -- c1'],
  ['removal of what has ended', removeEndedArguments('c1'), 'rm --volumes -- c1'],
  ['removal by force', removeArguments('c1'), 'rm --force --volumes -- c1'],
])('%s', (_, args, command) => expect(args.join(' ')).toBe(command))

test.each([
  ['windows', 'nat'],
  ['linux', 'bridge'],
] as const)('a network on %s is of the driver %s', (os, driver) => {
  expect(networkArguments('shir-network', [{ name: 'a', value: 'b' }], os)).toEqual([
    ...['network', 'create', '--driver', driver, '--label', 'a=b', '--', 'shir-network'],
  ])
})

test.each([
  [['run', '--name', 'shir-1', '--', 'a/b:1@sha256:0'], 'docker run --name shir-1 -- a/b:1@sha256:0'],
  [['--env', 'TZ=W. Europe'], 'docker --env "TZ=W. Europe"'],
  [['--env', 'A=$(rm) "x" `y`'], 'docker --env "A=$(rm) \\"x\\" `y`"'],
  [['a\nb'], 'docker "a\\nb"'],
  [[''], 'docker ""'],
  [['C:\\a\\b', '<id>'], 'docker C:\\a\\b <id>'],
])('%j is shown as %s', (args, shown) => {
  expect(spellCommand(args)).toBe(shown)
})
