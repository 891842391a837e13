import { readBase } from '../../src/image/base.ts'
import { imageLabels, installerArguments } from '../../src/image/labels.ts'
import { metadataOf } from '../../src/image/metadata.ts'

const installer = { version: '5.70.9748.2', sha256: 'ab', signer: 'Microsoft Corporation' }
const provenance = {
  ...{ installer, baseDigest: 'sha256:cd', fingerprint: 'ef', createdMs: Date.UTC(2026, 10, 29, 1, 2, 3) },
  run: { source: 'https://github.com/octocat/hello', commit: '0123abc' },
}
const context = (args: readonly (readonly [string, string])[] = [], declared: Readonly<Record<string, string>> = {}) => ({
  bases: [readBase('sdk:1'), readBase('windows:ltsc2022')],
  args: args.map(([name, value]) => ({ name, value })),
  declares: { globalArgs: new Map(), args: new Map(Object.entries(declared)), bases: [], copied: [], added: [] },
})
const asRecord = (labels: ReturnType<typeof imageLabels>) => Object.fromEntries(labels.map(({ name, value }) => [name, value]))

test('OCI’s labels and ours, of the last base', () => {
  const shir = 'io.github.shir-container'
  const oci = 'org.opencontainers.image'
  expect(asRecord(imageLabels(context(), provenance, []))).toEqual({
    [`${oci}.title`]: 'Self-Hosted Integration Runtime',
    [`${oci}.version`]: '5.70.9748.2',
    [`${oci}.created`]: '2026-11-29T01:02:03.000Z',
    [`${oci}.source`]: 'https://github.com/octocat/hello',
    [`${oci}.revision`]: '0123abc',
    [`${oci}.base.name`]: 'windows:ltsc2022',
    [`${oci}.base.digest`]: 'sha256:cd',
    [`${shir}.shir-version`]: '5.70.9748.2',
    [`${shir}.msi-sha256`]: 'ab',
    [`${shir}.signer`]: 'Microsoft Corporation',
    [`${shir}.fingerprint`]: 'ef',
  })
})

test('what is not known has no label', () => {
  const labels = asRecord(imageLabels({ ...context(), bases: [] }, { installer: { sha256: 'ab' }, fingerprint: 'ef' }, []))
  expect(Object.keys(labels).map(name => name.split('.').at(-1))).toEqual(['title', 'msi-sha256', 'fingerprint'])
})

test('the user’s come last, and win over OCI’s', () => {
  const own = [
    { name: 'team', value: 'data' },
    { name: 'org.opencontainers.image.title', value: 'Mine' },
  ]
  const labels = imageLabels(context(), provenance, own)
  expect(labels.slice(-2)).toEqual(own)
  expect(labels.filter(({ name }) => name.endsWith('.title'))).toHaveLength(1)
})

const jdk = 'https://aka.example/download/microsoft-jdk-21.0.12.1-windows-x64.msi'
test.each<[string, readonly (readonly [string, string])[], Readonly<Record<string, string>>, string | undefined]>([
  ['none', [], { INSTALL_JDK: 'false', JDK_URL: jdk }, undefined],
  [
    'the Dockerfile’s own',
    [['INSTALL_JDK', 'true']],
    { INSTALL_JDK: 'false', JDK_URL: jdk },
    'microsoft-jdk-21.0.12.1-windows-x64.msi',
  ],
  [
    'a given one',
    [
      ['INSTALL_JDK', 'true'],
      ['JDK_URL', 'https://x.example/jdk.msi?a=b'],
    ],
    { JDK_URL: jdk },
    'jdk.msi',
  ],
  ['one without an address', [['INSTALL_JDK', 'true']], {}, undefined],
])('the label of a JDK: %s', (_, args, declared, expected) => {
  expect(asRecord(imageLabels(context(args, declared), provenance, []))['io.github.shir-container.jdk']).toBe(expected)
})

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['declared', ['SHIR_VERSION', 'MSI_SHA256'], [], ['SHIR_VERSION=5.70.9748.2', 'MSI_SHA256=ab']],
  ['one is declared', ['MSI_SHA256', 'X'], ['X=1'], ['MSI_SHA256=ab', 'X=1']],
  ['not declared', ['X'], ['X=1'], ['X=1']],
  ['given by the user', ['SHIR_VERSION'], ['SHIR_VERSION=mine'], ['SHIR_VERSION=mine']],
])('what a Dockerfile may learn of the installer: %s', (_, declared, own, expected) => {
  const pairs = own.map(text => ({ name: text.split('=')[0] ?? '', value: text.split('=')[1] ?? '' }))
  const args = installerArguments(installer, new Map(declared.map(name => [name, undefined])), pairs)
  expect(args.map(({ name, value }) => `${name}=${value}`)).toEqual(expected)
})

test('metadata is what the labels say, and empty where they say nothing', () => {
  const labels = asRecord(imageLabels(context([['INSTALL_JDK', 'true']], { JDK_URL: jdk }), provenance, []))
  expect(metadataOf(labels, { os: 'windows', osVersion: '10.0.20348.1' })).toEqual({
    ...{ shirVersion: '5.70.9748.2', msiSha256: 'ab', signer: 'Microsoft Corporation', fingerprint: 'ef' },
    ...{ jdk: 'microsoft-jdk-21.0.12.1-windows-x64.msi', base: 'windows:ltsc2022', baseDigest: 'sha256:cd' },
    ...{ os: 'windows', osVersion: '10.0.20348.1' },
  })
  expect(Object.values(metadataOf({}, { os: 'linux', osVersion: undefined })).filter(value => value !== '')).toEqual(['linux'])
})
