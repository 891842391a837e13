import { parseInputs } from '../../src/contract/parse.ts'
import { buildsImage } from '../../src/contract/rules.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

type Raw = Readonly<Record<string, string>>

const run: Raw = { mode: 'run', authKey: syntheticKey }
const build: Raw = { mode: 'build' }
const gate: Raw = { mode: 'gate' }

/** What is said of the inputs: the message of the refusal, or the warnings, a line each. */
async function said(raw: Raw): Promise<readonly string[]> {
  return parseInputs(raw, key => key).then(
    ({ warnings }) => warnings,
    (error: Error) => [`refused: ${error.message}`],
  )
}

interface Case {
  readonly rule: string
  readonly says: string
  /** What breaks the rule: nothing else is said of it. */
  readonly breaks: Raw
  /** Neighbours of that, of which nothing is said. */
  readonly holds: readonly Raw[]
}

const cases: readonly Case[] = [
  {
    rule: 'run needs a key',
    says: 'refused: authKey is missing; mode run needs the key of the integration runtime.',
    breaks: { mode: 'run' },
    holds: [run, build, gate],
  },
  {
    rule: 'a version must be able to run in a container',
    says: 'refused: shirVersion: 5.2.7713.0 cannot run in a container; the first version that can is 5.2.7713.1.',
    breaks: { ...build, shirVersion: '5.2.7713.0' },
    holds: [
      { ...build, shirVersion: '5.2.7713.1' },
      { ...build, shirVersion: '5.10.0.0' },
      { ...build, shirVersion: 'latest' },
    ],
  },
  {
    rule: 'there is one installer',
    says: 'refused: msiUrl and msiPath exclude each other; name one installer.',
    breaks: { ...build, msiUrl: 'https://files.example/a.msi', msiPath: 'a.msi' },
    holds: [
      { ...build, msiUrl: 'https://files.example/a.msi' },
      { ...build, msiPath: 'a.msi' },
    ],
  },
  {
    rule: 'stable says where to look, and so does a path',
    says: 'refused: shirVersion: stable says where to look and msiPath says it too; give an exact version or none.',
    breaks: { ...build, msiPath: 'a.msi', shirVersion: 'stable' },
    holds: [{ ...build, msiPath: 'a.msi', shirVersion: '5.70.9748.2' }],
  },
  {
    rule: 'latest says where to look, and so does an address',
    says: 'refused: shirVersion: latest says where to look and msiUrl says it too; give an exact version or none.',
    breaks: { ...build, msiUrl: 'https://files.example/a.msi', shirVersion: 'latest' },
    holds: [{ ...build, msiUrl: 'https://files.example/a.msi', shirVersion: '5.70.9748.2' }],
  },
  {
    rule: 'push needs somewhere to push to',
    says: 'refused: push needs image: the references to push to.',
    breaks: { ...build, push: 'true' },
    holds: [
      { ...build, push: 'true', image: 'registry.example/shir:1' },
      { ...build, push: 'false' },
    ],
  },
  {
    rule: 'run uses one image',
    says: 'refused: image names several images; mode run uses one.',
    breaks: { ...run, image: 'shir:1\nshir:2' },
    holds: [
      { ...run, image: 'shir:1' },
      { ...run, image: 'shir:1\nshir:2', shirVersion: 'stable' },
      { ...build, image: 'shir:1\nshir:2' },
    ],
  },
  {
    rule: 'what is to be built has no digest yet',
    says: 'refused: image holds a digest; an image to be built has no digest yet, give a tag.',
    breaks: { ...build, image: `shir@sha256:${'a'.repeat(64)}` },
    holds: [
      { ...run, image: `shir@sha256:${'a'.repeat(64)}` },
      { ...build, baseImage: `base@sha256:${'a'.repeat(64)}` },
    ],
  },
  {
    rule: 'several nodes need high availability',
    says: 'refused: nodeCount 2 needs enableHa true: without it the service takes one node only.',
    breaks: { ...run, nodeCount: '2' },
    holds: [
      { ...run, nodeCount: '1' },
      { ...run, nodeCount: '4', enableHa: 'true' },
    ],
  },
  {
    rule: 'a number must fit behind the node name',
    says: 'refused: nodeName may have 148 characters at most here, since -1 to -3 are added.',
    breaks: { ...run, nodeCount: '3', enableHa: 'true', nodeName: 'a'.repeat(149) },
    holds: [
      { ...run, nodeCount: '3', enableHa: 'true', nodeName: 'a'.repeat(148) },
      { ...run, nodeName: 'a'.repeat(150) },
    ],
  },
  {
    rule: 'a variable with an input of its own is not set beside it',
    says: 'refused: containerEnv sets node_name, which has an input of its own: nodeName.',
    breaks: { ...run, containerEnv: 'OTHER=1\nnode_name=x' },
    holds: [{ ...run, containerEnv: 'NODE_NAMES=x' }],
  },
  {
    rule: 'the key does not go by containerEnv',
    says: 'refused: containerEnv sets AUTH_KEY, which has an input of its own: authKey.',
    breaks: { ...run, containerEnv: 'AUTH_KEY=x' },
    holds: [],
  },
  {
    rule: 'nor does it go by a file',
    says: 'refused: containerEnv sets AUTH_KEY_FILE, which has an input of its own.',
    breaks: { ...run, containerEnv: 'AUTH_KEY_FILE=C:\\key' },
    holds: [],
  },
  {
    rule: 'aeTime needs enableAe',
    says: 'aeTime has no effect without enableAe true.',
    breaks: { ...run, aeTime: '900' },
    holds: [{ ...run, aeTime: '900', enableAe: 'true', enableHa: 'true' }],
  },
  {
    rule: 'haPort needs enableHa',
    says: 'haPort has no effect without enableHa true.',
    breaks: { ...run, haPort: '8061' },
    holds: [{ ...run, haPort: '8061', enableHa: 'true' }],
  },
  {
    rule: 'offline expiry is documented with high availability only',
    says: 'enableAe without enableHa: Microsoft documents offline expiry only with high availability.',
    breaks: { ...run, enableAe: 'true' },
    holds: [{ ...run, enableAe: 'true', enableHa: 'true' }],
  },
  {
    rule: 'Windows does not know IANA’s time zones',
    says: 'timezone: Europe/Berlin is an IANA name, Windows will not know it; use W. Europe Standard Time.',
    breaks: { ...run, timezone: 'Europe/Berlin' },
    holds: [
      { ...run, timezone: 'W. Europe Standard Time' },
      { ...run, timezone: 'UTC' },
    ],
  },
  {
    rule: 'nor those that IANA does not know',
    says: 'timezone: Middle/Earth is an IANA name, Windows will not know it.',
    breaks: { ...run, timezone: 'Middle/Earth' },
    holds: [],
  },
  {
    rule: 'a proxy is not supported',
    says: 'containerEnv sets Https_Proxy: Microsoft does not support an HTTP proxy for SHIR in containers.',
    breaks: { ...run, containerEnv: 'A=1\nHttps_Proxy=http://proxy:8080' },
    holds: [{ ...run, containerEnv: 'PROXY_SETTINGS=1' }],
  },
  {
    rule: 'a key has a usual form',
    says: 'authKey does not look like the usual key; if the service refuses it, copy it again.',
    breaks: { ...run, authKey: 'IR@a@b@c@d' },
    holds: [
      run,
      { ...run, authKey: 'IR@0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0@factory@eu@c3ludGhldGljK2tleS9vZi10aGUtdGVzdHMrMTIzNDU2Nz0=' },
    ],
  },
  {
    rule: 'what the mode does not use is told',
    says: 'msiPath is not used in mode gate.',
    breaks: { ...gate, msiPath: 'a.msi' },
    holds: [{ ...gate, containerName: 'mine', nodeName: 'node', soak: '1s' }],
  },
  {
    rule: 'what only shapes an image is told where none is built',
    says: 'labels is not used, since the image is not built here.',
    breaks: { ...run, image: 'shir:1', labels: 'a=1' },
    holds: [{ ...run, image: 'shir:1', labels: 'a=1', shirVersion: 'stable' }],
  },
  {
    rule: 'as is the cache of installers',
    says: 'cacheDir is not used, since the image is not built here.',
    breaks: { ...run, image: 'shir:1', cacheDir: 'cache' },
    holds: [{ ...run, cacheDir: 'cache' }],
  },
  {
    rule: 'and the push',
    says: 'push is not used, since the image is not built here.',
    breaks: { ...run, image: 'shir:1', push: 'true' },
    holds: [{ ...run, image: 'shir:1', push: 'false' }],
  },
]

describe.each(cases)('$rule', ({ says, breaks, holds }) => {
  test('is said where it is broken', async () => expect(await said(breaks)).toEqual([says]))
  test('is not said where it holds', async () => {
    for (const raw of holds) expect([raw, await said(raw)]).toEqual([raw, []])
  })
})

test('what says the default says nothing: Azure’s designer sends every box', async () => {
  expect(await said({ ...gate, push: 'False', enableHa: 'false', nodeCount: '1', shirVersion: 'stable' })).toEqual([])
})

describe.each(['HTTP_PROXY', 'https_proxy', 'No_Proxy', 'ALL_PROXY'])('%s', name => {
  test('is told', async () => expect(await said({ ...run, containerEnv: `${name}=x` })).toHaveLength(1))
})

test.each<[string, Raw, boolean]>([
  ['build', build, true],
  ['build with an image', { ...build, image: 'shir:1' }, true],
  ['run without an image', run, true],
  ['run with an image', { ...run, image: 'shir:1' }, false],
  ['run with an image and labels', { ...run, image: 'shir:1', labels: 'a=1' }, false],
  ['run with an image and a version', { ...run, image: 'shir:1', shirVersion: 'stable' }, true],
  ['run with an image and an address', { ...run, image: 'shir:1', msiUrl: 'https://files.example/a.msi' }, true],
  ['run with an image and a file', { ...run, image: 'shir:1', msiPath: 'a.msi' }, true],
  ['run with an image and a hash', { ...run, image: 'shir:1', msiSha256: 'a'.repeat(64) }, true],
  ['run with an image and a context', { ...run, image: 'shir:1', buildContext: 'context' }, true],
  ['run with an image and a Dockerfile', { ...run, image: 'shir:1', dockerfile: 'Dockerfile' }, true],
  ['run with an image and a base', { ...run, image: 'shir:1', baseImage: 'base:1' }, true],
  ['run with an image and build arguments', { ...run, image: 'shir:1', buildArgs: 'A=1' }, true],
  ['gate', gate, false],
])('%s builds an image: %s', async (_, raw, builds) => {
  const { inputs, given } = await parseInputs(raw, key => key)
  expect(buildsImage(inputs, given)).toBe(builds)
})
