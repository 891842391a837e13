import { entryOf, keys } from '../../src/contract/inputs.ts'
import {
  authenticationKey,
  choice,
  duration,
  flag,
  httpsAddress,
  type Kind,
  lines,
  localPath,
  looksLikeKey,
  pairs,
  publicAddress,
  spellDuration,
  text,
  whole,
} from '../../src/contract/kinds.ts'
import type { Secret } from '../../src/contract/secret.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

function read<T>(kind: Kind<T>, written: string): T | 'refused' {
  const result = kind.schema.safeParse(written)
  return result.success ? result.data : 'refused'
}

/** Our own words for why something was refused. */
function whyNot<T>(kind: Kind<T>, written: string): readonly string[] {
  const result = kind.schema.safeParse(written)
  return result.success ? [] : result.error.issues.map(issue => issue.message)
}

describe('a flag', () => {
  test.each(['true', 'True', 'TRUE', 'tRuE'])('%s is true', written => expect(read(flag(), written)).toBe(true))
  test.each(['false', 'False', 'FALSE', 'fAlSe'])('%s is false', written => expect(read(flag(), written)).toBe(false))
  test.each(['yes', 'no', 'on', 'off', '1', '0', 'y', 'n', 'enabled', 'disabled', '', 'true ', 'truth', '$true'])(
    '"%s" is neither',
    written => expect(read(flag(), written)).toBe('refused'),
  )
})

describe('a path', () => {
  const path = localPath('a folder')
  test.each(['/var/shir', 'C:\\shir', 'a folder', '../shir', './~', 'shir/~/x', '~shir', '~$shir.msi'])('%s', written =>
    expect(read(path, written)).toBe(written),
  )
  test.each(['~', '~/.shir', '~\\shir'])('%s is read by shells alone: it is refused, with what to write', written =>
    expect(whyNot(path, written)).toEqual([expect.stringContaining('write the home folder out')]),
  )
  test('holds no line break', () => expect(whyNot(path, 'a\nb')).toContain('it holds a line break'))

  test('is the kind of every input that is one', () => {
    const others = keys.filter(key => /path of/.test(entryOf(key).kind.allowed) && read(entryOf(key).kind, '~/x') !== 'refused')
    expect(others).toEqual([])
  })
})

describe('a whole number', () => {
  const port = whole(1, 65_535)
  test.each([
    ['1', 1],
    ['8060', 8060],
    ['65535', 65_535],
  ])('%s', (written, value) => expect(read(port, written)).toBe(value))
  test.each(['0', '65536', '-1', '+1', '1.0', '1e3', '0x10', ' 1', '1 ', '', 'one', '１', '99999999999'])(
    '"%s" is none',
    written => expect(read(port, written)).toBe('refused'),
  )
  test('says its bounds and its unit', () => {
    expect(whole(600, 700, 'seconds').allowed).toBe('a whole number from 600 to 700 (seconds)')
    expect(port.allowed).toBe('a whole number from 1 to 65535')
  })
})

describe('a duration', () => {
  const wait = duration(1_000, 24 * 3_600_000)
  test.each([
    ['1s', 1_000],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
    ['86400s', 86_400_000],
  ])('%s is %d ms', (written, ms) => expect(read(wait, written)).toBe(ms))
  test.each(['0s', '25h', '86401s', '10', '1d', '1.5m', '-1s', '10 m', '10M', '1h30m', 'm', '', '9999999s', '500ms'])(
    '"%s" is none',
    written => expect(read(wait, written)).toBe('refused'),
  )
  test.each([
    [0, '0s'],
    [1_000, '1s'],
    [90_000, '90s'],
    [600_000, '10m'],
    [3_600_000, '1h'],
    [5_400_000, '90m'],
    [86_400_000, '24h'],
  ])('%d ms is spelled %s, and read back', (ms, spelled) => {
    expect(spellDuration(ms)).toBe(spelled)
    expect(read(duration(0, 1e9), spelled)).toBe(ms)
  })
  test('says its bounds', () => expect(wait.allowed).toBe('a duration such as 90s, 10m or 1h, from 1s to 24h'))
})

describe('a choice', () => {
  test('takes its words and nothing else, letter by letter', () => {
    const kind = choice('build', 'run', 'gate')
    expect(['build', 'run', 'gate'].map(word => read(kind, word))).toEqual(['build', 'run', 'gate'])
    expect(['Build', 'runs', '', 'build,run'].map(word => read(kind, word))).toEqual(Array(4).fill('refused'))
  })
  test('tells its words as a sentence would', () => {
    expect(choice('a', 'b', 'c').allowed).toBe('a, b or c')
    expect(choice('a', 'b').allowed).toBe('a or b')
    expect(choice('a').allowed).toBe('a')
  })
})

describe('a text', () => {
  test('is one line', () => {
    expect(read(text('anything'), 'C:\\a b\\ä')).toBe('C:\\a b\\ä')
    for (const written of ['a\nb', 'a\rb', 'a\0b', '']) expect(read(text('anything'), written)).toBe('refused')
    expect(whyNot(text('anything'), 'a\nb')).toContain('it holds a line break')
  })
  test('matches its pattern', () => {
    expect(read(text('digits', /^\d+$/), '12')).toBe('12')
    expect(read(text('digits', /^\d+$/), '1a')).toBe('refused')
  })
})

describe('lines', () => {
  const kind = lines('a word a line', /^[a-z]+$/)
  test.each([
    ['a', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\rc', ['a', 'b', 'c']],
    ['\n  a  \n\n b\n', ['a', 'b']],
  ])('%j', (written, entries) => expect(read(kind, written)).toEqual(entries))
  test('a malformed line is named by its number, since it may be a secret in the wrong box', () => {
    expect(whyNot(kind, `a\n${syntheticKey}`)).toEqual(['line 2 is malformed'])
  })
  test('a line given twice is refused', () => expect(whyNot(kind, 'a\nb\na')).toEqual(['a line is given twice']))
})

describe('pairs', () => {
  const kind = pairs('a NAME=value a line', /^[A-Z]+$/)
  test.each([
    ['A=1', [{ name: 'A', value: '1' }]],
    ['A = 1', [{ name: 'A', value: ' 1' }]],
    ['A="1"', [{ name: 'A', value: '"1"' }]],
    ["A='1' # no comment", [{ name: 'A', value: "'1' # no comment" }]],
    ['A=', [{ name: 'A', value: '' }]],
    [
      'A=b=c\n\nB=2',
      [
        { name: 'A', value: 'b=c' },
        { name: 'B', value: '2' },
      ],
    ],
  ])('%j', (written, entries) => expect(read(kind, written)).toEqual(entries))
  test.each(['A', '=1', 'a=1', 'A B=1', '--help=1'])('"%s" is none', written =>
    expect(whyNot(kind, written)).toEqual(['line 1 is not NAME=value']),
  )
  test('nothing of a malformed line is told: it may be the rest of a password', () => {
    const told = whyNot(kind, 'A=first half\nsecond-half-of-it\nsecond-half-of-it\nother=hidden')
    expect(told).toEqual(['line 2 is not NAME=value', 'line 3 is not NAME=value', 'line 4 is not NAME=value'])
  })
  test('a name given twice is told, without its values', () => expect(whyNot(kind, 'A=1\nA=2')).toEqual(['A is given twice']))
})

describe('a public address', () => {
  const kind = publicAddress()
  test.each([
    ['https://files.example/jdk.msi', 'https://files.example/jdk.msi'],
    ['HTTPS://Files.Example/jdk-21%2B1.msi', 'https://files.example/jdk-21%2B1.msi'],
    ['https://files.example:8443', 'https://files.example:8443/'],
  ])('%s', (written, meant) => expect(read(kind, written)).toBe(meant))
  test.each([
    ['http://files.example/jdk.msi', 'it is no https address'],
    ['http://127.0.0.1/jdk.msi', 'it is no https address'],
    ['files.example/jdk.msi', 'it is no https address'],
    ['https://me@files.example/jdk.msi', 'it holds a user name or a password'],
    ['https://:word@files.example/jdk.msi', 'it holds a user name or a password'],
    ['https://files.example/jdk.msi?sig=word', 'it holds a query (?…) or a fragment (#…)'],
    ['https://me:pass?word@files.example/jdk.msi', 'it is no https address'],
    ['https://me:12?word@files.example/jdk.msi', 'it holds a query (?…) or a fragment (#…)'],
    ['https://me:12#word@files.example/jdk.msi', 'it holds a query (?…) or a fragment (#…)'],
    ['https://me:12/word@files.example/jdk.msi', 'its path holds an @; write it as %40'],
    ['https://me:12\\word@files.example/jdk.msi', 'its path holds an @; write it as %40'],
  ])('%s: %s', (written, why) => expect(whyNot(kind, written)).toContain(why))
  test('a line break is none', () => expect(read(kind, 'https://files.example/\njdk.msi')).toBe('refused'))
})

describe('an https address', () => {
  const kind = httpsAddress()
  test.each([
    'https://files.example/shir.msi',
    'HTTPS://files.example',
    'http://localhost:8080/a',
    'http://127.0.0.1/a',
    'http://127.1.2.3/',
    'http://[::1]:80/a',
  ])('%s', written => expect(read(kind, written)).not.toBe('refused'))
  test.each([
    'http://files.example/shir.msi',
    'http://localhost.example/',
    'http://127.0.0.1.example/',
    'http://128.0.0.1/',
    'http://user@files.example/',
    'ftp://files.example/',
    'file:///C:/shir.msi',
    'javascript:alert(1)',
    'files.example/shir.msi',
    '//files.example/a',
    'https://',
    'https://a\nb',
    '',
  ])('"%s" is none', written => expect(read(kind, written)).toBe('refused'))
  test('a path that cannot be decoded is refused: its last part may tell the version', () => {
    expect(whyNot(kind, 'https://files.example/%E0%A4%A.msi')).toEqual(['its path holds a % that is no escape'])
    expect(whyNot(kind, 'https://files.example/100%.msi')).toEqual(['its path holds a % that is no escape'])
  })
  test('a password whose slash is not escaped is not taken for a host and a path', () => {
    expect(whyNot(kind, 'https://me:pass/word@files.example/a.msi')).not.toEqual([])
    expect(whyNot(kind, 'https://me:1/word@files.example/a.msi')[0]).toContain('holds an @')
  })
  test('its credentials stay wrapped', () => {
    const value = read(kind, 'https://me:word@files.example/a.msi?sig=hidden#part')
    expect(JSON.stringify(value)).toBe('{"shown":"https://files.example/a.msi","whole":"***"}')
    expect(value === 'refused' ? '' : value.whole.reveal()).toBe('https://me:word@files.example/a.msi?sig=hidden#part')
  })
})

describe('an authentication key', () => {
  const kind = authenticationKey()
  test.each([
    syntheticKey,
    'IR@0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0@factory@eu@c3ludGhldGlj=',
    'IR@not-a-guid@name with dots.@somewhere-new@x'.replaceAll(' ', '-'),
  ])('%s', written => {
    const value = read(kind, written) as Secret
    expect(value.reveal()).toBe(written)
    expect(String(value)).toBe('***')
  })
  test.each([
    [`"${syntheticKey}"`, 'it holds a quote'],
    [`'${syntheticKey}'`, 'it holds a quote'],
    [`\`${syntheticKey}\``, 'it holds a quote'],
    [`${syntheticKey}"`, 'it holds a quote'],
    [syntheticKey.replace('@factory', '\n@factory'), 'it holds a line break'],
    [syntheticKey.replace('@factory', '\r@factory'), 'it holds a line break'],
    [syntheticKey.replace('@factory', ' @factory'), 'it holds white space'],
    [syntheticKey.replace('@factory', '\t@factory'), 'it holds white space'],
    [syntheticKey.replace('@factory', '\u00a0@factory'), 'it holds white space'],
    [syntheticKey.replace('@factory', '\0@factory'), 'it holds white space'],
    [syntheticKey.slice(3), 'it has not the five parts IR@…@…@…@… of a key'],
    [syntheticKey.replace('IR@', 'ir@'), 'it has not the five parts IR@…@…@…@… of a key'],
    [`${syntheticKey}@more`, 'it has not the five parts IR@…@…@…@… of a key'],
    ['IR@a@b@c@', 'it has not the five parts IR@…@…@…@… of a key'],
    ['hunter2', 'it has not the five parts IR@…@…@…@… of a key'],
  ])('%j is none', (written, why) => expect(whyNot(kind, written)).toEqual([why]))
})

test.each([
  [syntheticKey, true],
  [`A=${syntheticKey}`, true],
  ['"ir@guid@factory@eu', true],
  ['IR@guid', false],
  ['shir@sha256:0123', false],
  ['me@mir.example', false],
])('%s: looks like a key is %s', (written, is) => expect(looksLikeKey(written)).toBe(is))
