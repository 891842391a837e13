import { readBase } from '../../src/image/base.ts'
import { imageLabels, installerArguments } from '../../src/image/labels.ts'

const installer = { version: '5.70.9748.2', sha256: 'ab' }
const shir = 'io.github.shir-container'

test('OCI’s labels and ours, of the last base; the same build has the same labels', () => {
  const bases = [readBase('sdk:1'), readBase('windows:ltsc2022')]
  const labels = imageLabels(installer, bases, [])
  expect(labels).toEqual([
    { name: 'org.opencontainers.image.title', value: 'Self-Hosted Integration Runtime' },
    { name: 'org.opencontainers.image.version', value: '5.70.9748.2' },
    { name: 'org.opencontainers.image.base.name', value: 'windows:ltsc2022' },
    { name: `${shir}.shir-version`, value: '5.70.9748.2' },
    { name: `${shir}.msi-sha256`, value: 'ab' },
  ])
  expect(imageLabels(installer, bases, [])).toEqual(labels)
})

test('the user’s come last, and win', () => {
  const own = [
    { name: 'team', value: 'data' },
    { name: 'org.opencontainers.image.title', value: 'Mine' },
  ]
  const labels = imageLabels(installer, [], own)
  expect(labels.slice(-2)).toEqual(own)
  expect(labels.filter(({ name }) => name.endsWith('.title'))).toHaveLength(1)
})

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['declared', ['SHIR_VERSION', 'MSI_SHA256'], [], ['SHIR_VERSION=5.70.9748.2', 'MSI_SHA256=ab']],
  ['one is declared', ['MSI_SHA256', 'X'], ['X=1'], ['MSI_SHA256=ab', 'X=1']],
  ['not declared', ['X'], ['X=1'], ['X=1']],
  ['given by the user', ['SHIR_VERSION'], ['SHIR_VERSION=mine'], ['SHIR_VERSION=mine']],
])('what a Dockerfile may learn of the installer: %s', (_, declared, own, expected) => {
  const pairs = own.map(text => ({ name: text.split('=')[0] ?? '', value: text.split('=')[1] ?? '' }))
  const args = installerArguments(installer, new Set(declared), pairs)
  expect(args.map(({ name, value }) => `${name}=${value}`)).toEqual(expected)
})
