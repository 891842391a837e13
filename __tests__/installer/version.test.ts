import { proveVersion } from '../../src/installer/product-version.ts'

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
  ['the fourth part from the file’s name', '5.70.9748', undefined, name, '5.70.9748.2'],
  ['a name that a browser counted up', '5.70.9748', undefined, 'IntegrationRuntime_5.70.9748.2 (1).msi', '5.70.9748.2'],
  ['a name in other letters', '5.70.9748', undefined, 'INTEGRATIONRUNTIME_5.70.9748.2.MSI', '5.70.9748.2'],
  ['the version without leading zeros, when nothing was asked', '05.70.09748.02', undefined, 'setup.msi', '5.70.9748.2'],
  ['the same when it was asked for', '05.70.09748.02', '5.70.9748.2', 'setup.msi', '5.70.9748.2'],
  ['… and from the file’s name', '05.70.09748', undefined, 'IntegrationRuntime_5.070.9748.02.msi', '5.70.9748.2'],
  ['equal numbers that are written otherwise', '5.070.9748', '5.70.9748.2', name, '5.70.9748.2'],
])('%s', (_, product, asked, fileName, expected) => {
  expect(proveVersion(product, asked, { fileName, hashBy: undefined }).version).toBe(expected)
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
  expect(() => proveVersion(product, asked, { fileName: name, hashBy: 'known' })).toThrow(
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
  expect(() => proveVersion(product, undefined, { fileName, hashBy: 'input' })).toThrow(
    expect.objectContaining({
      code: 'installer-version-unknown',
      hint: expect.stringContaining('IntegrationRuntime_X.Y.Z.W.msi'),
    }),
  )
})

describe('three fields, where four were asked for', () => {
  const prove = (fileName: string, hashBy?: 'input' | 'known') => proveVersion('5.70.9748', '5.70.9748.2', { fileName, hashBy })
  const sibling = 'IntegrationRuntime_5.70.9748.3.msi'

  test.each([
    ['the file’s name', name, undefined, 'its file’s name'],
    ['the hash that was given', 'setup.msi', 'input', 'its SHA-256'],
    ['the hash of that version, whatever the file is called', sibling, 'known', 'its SHA-256'],
  ] as const)('the fourth is proven by %s', (_, fileName, hashBy, by) => {
    expect(prove(fileName, hashBy)).toEqual({
      version: '5.70.9748.2',
      proof: `ProductVersion 5.70.9748, and all of 5.70.9748.2 by ${by}`,
    })
  })

  test('to ask for the fourth proves nothing', () => {
    expect(() => prove('setup.msi')).toThrow(expect.objectContaining({ code: 'installer-version-unknown' }))
  })

  test.each([undefined, 'input'] as const)('a name that says another one is a mismatch (hash by %s)', hashBy => {
    expect(() => prove(sibling, hashBy)).toThrow(
      expect.objectContaining({
        code: 'installer-version-mismatch',
        message: 'The installer says version 5.70.9748, and its file’s name 5.70.9748.3, but 5.70.9748.2 was asked for.',
      }),
    )
  })
})

test('a hotfix is another version, though its first two parts are the asked ones', () => {
  const evidence = { fileName: 'IntegrationRuntime_5.65.9593.1.msi', hashBy: undefined }
  expect(() => proveVersion('5.65.9600.3', '5.65.9593.1', evidence)).toThrow(
    expect.objectContaining({ code: 'installer-version-mismatch' }),
  )
})
