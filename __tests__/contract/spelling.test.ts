import { keys } from '../../src/contract/inputs.ts'
import { outputNames } from '../../src/contract/outputs.ts'
import { camel, kebab, nearest } from '../../src/contract/spelling.ts'

test.each([
  ['mode', 'mode'],
  ['nodeName', 'node-name'],
  ['msiSha256', 'msi-sha256'],
  ['enableHa', 'enable-ha'],
])('%s is %s', (key, word) => {
  expect(kebab(key)).toBe(word)
  expect(camel(word)).toBe(key)
})

test.each([
  ['inputs', keys],
  ['outputs', outputNames],
])('camelCase and kebab-case of all %s are one-to-one', (_, names: readonly string[]) => {
  expect(names.map(kebab).map(camel)).toEqual(names)
  expect(new Set(names.map(kebab)).size).toBe(names.length)
  // Azure's agent hands names over in capitals, which must tell them apart as well.
  expect(new Set(names.map(name => name.toUpperCase())).size).toBe(names.length)
  for (const name of names) {
    expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/)
    expect(kebab(name)).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
  }
})

describe('the nearest name', () => {
  test.each([
    ['nodeNmae', 'nodeName'],
    ['node-name', 'nodeName'],
    ['NODE_NAME', 'nodeName'],
    ['nodenames', 'nodeName'],
    ['authkey', 'authKey'],
    ['healthTimout', 'healthTimeout'],
    ['imag', 'image'],
    ['MsiUri', 'msiUrl'],
  ])('%s was meant to be %s', (word, name) => expect(nearest(word, keys)).toBe(name))
  test.each(['password', 'x', '', 'dockerRegistry', 'kubernetes'])('"%s" resembles none', word =>
    expect(nearest(word, keys)).toBeUndefined(),
  )
  test('swapped neighbours are one edit, and two edits are the most', () => {
    expect(nearest('ab', ['ba'])).toBe('ba')
    expect(nearest('abcdef', ['badcef'])).toBe('badcef')
    expect(nearest('abcdef', ['badcfe'])).toBeUndefined()
    expect(nearest('abc', [])).toBeUndefined()
  })
})
