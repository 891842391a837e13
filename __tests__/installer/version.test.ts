import { decideVersion } from '../../src/installer/proof.ts'

const name = 'IntegrationRuntime_5.70.9748.2.msi'

test.each([
  ['what the package says, when nothing was asked', '5.70.9748.2', undefined, 'setup.msi', '5.70.9748.2'],
  [
    'what the package says, whatever the file is called',
    '5.70.9748.2',
    undefined,
    'IntegrationRuntime_5.9.1.1.msi',
    '5.70.9748.2',
  ],
  ['what the package says and what was asked', '5.70.9748.2', '5.70.9748.2', name, '5.70.9748.2'],
  ['the fourth part from what was asked', '5.70.9748', '5.70.9748.2', 'setup.msi', '5.70.9748.2'],
  ['the fourth part from the file’s name', '5.70.9748', undefined, name, '5.70.9748.2'],
  ['what was asked before the file’s name', '5.70.9748', '5.70.9748.2', 'IntegrationRuntime_5.70.9748.3.msi', '5.70.9748.2'],
  ['a name that a browser counted up', '5.70.9748', undefined, 'IntegrationRuntime_5.70.9748.2 (1).msi', '5.70.9748.2'],
  ['a name in other letters', '5.70.9748', undefined, 'INTEGRATIONRUNTIME_5.70.9748.2.MSI', '5.70.9748.2'],
  ['equal numbers that are written otherwise', '5.070.9748', '5.70.9748.2', 'setup.msi', '5.70.9748.2'],
])('%s', (_, product, asked, fileName, expected) => {
  expect(decideVersion(product, asked, fileName)).toBe(expected)
})

test.each([
  ['another fourth part', '5.70.9748.1', '5.70.9748.2'],
  ['another third part of three', '5.70.9749', '5.70.9748.2'],
  ['another second part of three', '5.9.9748', '5.90.9748.2'],
  ['another first part of three', '6.70.9748', '5.70.9748.2'],
  ['two fields', '5.70', '5.70.9748.2'],
  ['five fields', '5.70.9748.2.1', '5.70.9748.2'],
  ['words', '5.70.x', '5.70.9748.2'],
  ['a part too long for a number', '5.70.9748000', '5.70.9748.2'],
  ['nothing', '', '5.70.9748.2'],
  ['four fields, where a part of the asked one is too long,', '5.70.9748.2', '5.70.9748000.2'],
  ['three fields, where a part of the asked one is too long,', '5.70.9748', '5.70.9748000.2'],
])('a package of %s is not the asked one', (_, product, asked) => {
  expect(() => decideVersion(product, asked, name)).toThrow(
    expect.objectContaining({
      code: 'installer-version-mismatch',
      message: `The installer is version ${product || 'unknown'}, but ${asked} was asked for.`,
    }),
  )
})

test.each([
  ['a name that says nothing', '5.70.9748', 'setup.msi'],
  ['a name of another version', '5.70.9748', 'IntegrationRuntime_5.69.9720.1.msi'],
  ['a name that only begins like one', '5.70.9748', `${name}.part`],
  ['a path in the name', '5.70.9748', `..%2F${name}`],
  ['no version in the package', '', name],
])('three fields and %s leave the version unknown', (_, product, fileName) => {
  expect(() => decideVersion(product, undefined, fileName)).toThrow(
    expect.objectContaining({
      code: 'installer-version-unknown',
      hint: expect.stringContaining('IntegrationRuntime_X.Y.Z.W.msi'),
    }),
  )
})
