import {
  canonicalVersion,
  compareVersions,
  isSupportedVersion,
  oldestVersion,
  parseVersion,
  versionInFileName,
} from '../../src/contract/version.ts'

test.each([
  ['5.70.9748.2', [5, 70, 9748, 2]],
  ['0.0.0.0', [0, 0, 0, 0]],
  ['5.70.9748', undefined],
  ['5.70.9748.2.1', undefined],
  ['5.70.9748.2 ', undefined],
  ['5.70.9748.x', undefined],
  ['123456.1.1.1', undefined],
  ['', undefined],
])('%j is read as %j', (text, version) => expect(parseVersion(text)).toEqual(version))

test.each([
  ['05.70.09748.02', '5.70.9748.2'],
  ['5.0.00.0', '5.0.0.0'],
  ['5.70.9748', undefined],
])('%s is written %s', (text, version) => {
  expect(canonicalVersion(text)).toBe(version)
  expect(versionInFileName(`IntegrationRuntime_${text}.msi`)).toBe(version)
})

test.each([
  ['5.9.0.0', '5.10.0.0', -1],
  ['5.70.9748.2', '5.70.9748.10', -1],
  ['5.70.9748.2', '5.70.9748.2', 0],
  ['6.0.0.0', '5.99.9999.9', 1],
])('%s against %s, as numbers', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign)
  expect(Math.sign(compareVersions(b, a))).toBe(0 - sign)
})

test('only four-part versions can be compared', () => {
  expect(() => compareVersions('5.70', '5.70.9748.2')).toThrow('Not a four-part version: 5.70')
  expect(() => compareVersions('5.70.9748.2', 'latest')).toThrow('Not a four-part version: latest')
})

test.each([
  ['IntegrationRuntime_5.70.9748.2.msi', '5.70.9748.2'],
  ['integrationruntime_5.70.9748.2.MSI', '5.70.9748.2'],
  ['IntegrationRuntime_5.70.9748.2 (1).msi', '5.70.9748.2'],
  ['IntegrationRuntime_5.70.9748.msi', undefined],
  ['IntegrationRuntime.msi', undefined],
  ['IntegrationRuntime_5.70.9748.2.exe', undefined],
  ['IntegrationRuntime_5.70.974800.2.msi', undefined],
])('the file name %s tells %s', (name, version) => expect(versionInFileName(name)).toBe(version))

test.each([
  [oldestVersion, true],
  ['5.2.7713.0', false],
  ['5.1.9999.9', false],
  ['4.99.0.0', false],
  ['5.10.0.0', true],
  ['stable', true],
  ['latest', true],
])('%s can run in containers: %s', (version, can) => expect(isSupportedVersion(version)).toBe(can))
