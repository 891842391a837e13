import { parseAzureCommand } from './azure-commands.ts'
import { holds } from './github-action.ts'
import { parseGithubCommand } from './github-commands.ts'
import { readPairs } from './github-files.ts'
import { addAzureSecretVariable, addGithubSecret, createAzureMasker, createGithubMasker } from './masker.ts'
import { createLineReader } from './process.ts'

describe('lines', () => {
  function linesOf(...chunks: string[]): string[] {
    const lines: string[] = []
    const reader = createLineReader(line => lines.push(line))
    for (const chunk of chunks) reader.add(chunk)
    reader.flush()
    return lines
  }

  test.each([
    [['a\nb\r\nc'], ['a', 'b', 'c']],
    [['a\rb\n'], ['a', 'b']],
    [
      ['a\r', '\nb'],
      ['a', 'b'],
    ],
    [
      ['a\r', 'b'],
      ['a', 'b'],
    ],
    [['a\r\r'], ['a', '']],
    [
      ['a', 'b\n\nc\n'],
      ['ab', '', 'c'],
    ],
  ])('%j is read as %j', (chunks, lines) => expect(linesOf(...chunks)).toEqual(lines))
})

describe('the command parsers', () => {
  const known = new Set(['warning', 'set-output', 'add-mask'])

  test.each([
    ['::warning::w', { name: 'warning', properties: {}, data: 'w' }],
    [
      '\t ::WARNING file=a,title=x%3Ay::w%0Ax%250A',
      { name: 'warning', properties: { file: 'a', title: 'x:y' }, data: 'w\nx%0A' },
    ],
    ['text ##[set-output name=a;]b%5D', { name: 'set-output', properties: { name: 'a' }, data: 'b]' }],
    ['::unknown::##[add-mask]x', { name: 'add-mask', properties: {}, data: 'x' }],
    ['text ::warning::w', undefined],
    ['::warning', undefined],
    ['##vso[task.complete]', undefined],
  ])('GitHub takes %j for %j', (line, command) => expect(parseGithubCommand(line, known)).toEqual(command))

  test.each([
    [
      'x ##vso[task.setvariable variable=a;isOutput=true;]b',
      { name: 'task.setvariable', properties: { variable: 'a', isoutput: 'true' }, data: 'b' },
    ],
    ['##vso[task.debug]%3B%0D%0A%5D%25%AZP25', { name: 'task.debug', properties: {}, data: ';\r\n]%25%' }],
    ['##vso[task.debug]a ##vso[task.complete]', { name: 'task.debug', properties: {}, data: 'a ##vso[task.complete]' }],
    ['##vso[task]', undefined],
    ['##VSO[task.debug]', undefined],
  ])('Azure takes %j for %j', (line, command) => expect(parseAzureCommand(line)).toEqual(command))

  test.each([
    ['a=b=c\n', [['a', 'b=c']]],
    [
      'a<<E\none\ntwo=<<\nE\nb=1',
      [
        ['a', 'one\ntwo=<<'],
        ['b', '1'],
      ],
    ],
    ['a<<E\nE\n', [['a', '']]],
    ['a=<<b\n', [['a', '<<b']]],
  ])('the command file %j holds %j', (text, pairs) => expect([...readPairs(text)]).toEqual(pairs))

  test.each(['no sign', 'a<<E\nopen', 'a<<E\nopen\n', '<<E\nE\n'])('the command file %j is refused', text =>
    expect(() => [...readPairs(text)]).toThrow('Invalid'),
  )

  test.each([
    ['always()', 'cancelled', true],
    ['success()', 'failed', false],
    [`\${{ failure() || cancelled() }}`, 'cancelled', true],
    ['!cancelled() && (success() || failure())', 'failed', true],
  ] as const)('%s after %s is %s', (condition, status, expected) => expect(holds(condition, status)).toBe(expected))

  test('a condition beyond the status functions is refused', () =>
    expect(() => holds("runner.os == 'Linux'", 'succeeded')).toThrow('does not evaluate'))
})

describe('the maskers', () => {
  const key = 'IR@guid@adf@ServiceEndpoint=x@a+b/c "=='
  const base64 = Buffer.from(key).toString('base64')
  const github = createGithubMasker()
  addGithubSecret(github, key)
  const azure = createAzureMasker()
  azure.add(key)

  test.each([
    ['whole', key, '***', '***'],
    ['URI-encoded', encodeURIComponent(key), '***', '***'],
    ['JSON', JSON.stringify(key), '"***"', '"***"'],
    ['base64', base64, '***', base64],
    [
      'base64 behind other text',
      Buffer.from(`u:${key}`).toString('base64').slice(4),
      '***',
      Buffer.from(`u:${key}`).toString('base64').slice(4),
    ],
    ['last part', 'a+b/c "==', 'a+b/c "==', 'a+b/c "=='],
    ['twice in a row', `${key}${key}`, '***', '***'],
    ['URL password', 'https://u:p@h', 'https://u:p@h', 'https://u:***@h'],
  ])('%s', (_, text, onGithub, onAzure) => {
    expect(github.mask(text)).toBe(onGithub)
    expect(azure.mask(text)).toBe(onAzure)
  })

  test('GitHub masks each line of a secret, Azure only the whole', () => {
    addGithubSecret(github, 'first line\nsecond line')
    azure.add('first line\nsecond line')
    expect(github.mask('a second line')).toBe('a ***')
    expect(azure.mask('a second line')).toBe('a second line')
  })

  test('a secret variable of Azure is masked in base64 too, unlike a value that a task registers', () => {
    const masker = createAzureMasker()
    addAzureSecretVariable(masker, key)
    expect(masker.mask(base64)).toBe('***')
  })
})
