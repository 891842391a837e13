// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Dockerfiles
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fetchesByUrl, instructions, parseDockerfile, resolvedBases, takesArgument } from '../../src/image/dockerfile.ts'
import { describeOnEngine, type EngineUnderTest, realEngine } from '../engine/engines.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

const lines = (...text: readonly string[]) => text.join('\n')
const bases = (text: string, given: Readonly<Record<string, string>> = {}) =>
  resolvedBases(parseDockerfile(text), new Map(Object.entries(given)))

test.each<[string, string, readonly string[]]>([
  ['one FROM', 'FROM windows:ltsc2022', ['windows:ltsc2022']],
  ['small letters', 'from windows', ['windows']],
  ['a platform', 'FROM --platform=windows/amd64 windows AS a', ['windows']],
  ['quotes', 'FROM "windows"', ['windows']],
  ['Windows line ends and a BOM', '\uFEFFARG A=x\r\nFROM y\r\nRUN z\r\n', ['y']],
  ['comments and blank lines', lines('# FROM no', '', '  # FROM neither', 'FROM yes', '#FROM nor'), ['yes']],
  ['two stages', lines('FROM sdk AS build', 'FROM servercore'), ['sdk', 'servercore']],
  ['a stage as a base', lines('FROM sdk AS Build', 'FROM build AS two', 'FROM two'), ['sdk']],
  ['a FROM across lines', lines('FROM \\', '  # a comment between', '', '  windows \\', '  AS x'), ['windows']],
  ['a FROM inside another instruction', lines('FROM a', 'RUN echo x && \\', '  FROM b'), ['a']],
  ['no FROM', 'RUN x', []],
  ['nothing', '', []],
])('the bases of %s', (_, text, expected) => {
  expect(parseDockerfile(text).bases).toEqual(expected)
})

describe('the escape directive', () => {
  test('a backtick joins lines, and a backslash is one of a path', () => {
    expect(bases(lines('# escape=`', 'FROM a', 'RUN dir C:\\', 'FROM `', '  b'))).toEqual(['a', 'b'])
  })

  test('without it, a backslash joins lines', () => {
    expect(bases(lines('FROM a', 'RUN dir C:\\', 'FROM b'))).toEqual(['a'])
  })

  test('counts at the top alone: later it is a comment', () => {
    expect(bases(lines('FROM a', '# escape=`', 'RUN dir \\', 'FROM b'))).toEqual(['a'])
    expect(bases(lines('', '# escape=`', 'FROM a', 'RUN dir \\', 'FROM b'))).toEqual(['a'])
    expect(bases(lines('# a comment', '# escape=`', 'FROM a', 'RUN dir \\', 'FROM b'))).toEqual(['a'])
  })

  test('may follow another directive, with blanks and capitals', () => {
    expect(bases(lines('# syntax=docker/dockerfile:1', '#  ESCAPE = `', 'FROM a', 'RUN dir \\', 'FROM b'))).toEqual(['a', 'b'])
  })
})

const continuations: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['one escape character continues', ['LABEL a=b \\', 'FROM=b'], ['LABEL a=b FROM=b']],
  ['with blanks after it too', ['LABEL a=b \\ \t', 'FROM=b'], ['LABEL a=b FROM=b']],
  ['two end the line', ['LABEL dir=c:\\\\', 'FROM scratch'], ['LABEL dir=c:\\\\', 'FROM scratch']],
  ['two with blanks after them', ['LABEL dir=c:\\\\ \t', 'FROM scratch'], ['LABEL dir=c:\\\\', 'FROM scratch']],
  ['three too', ['LABEL dir=c:\\\\\\', 'FROM scratch'], ['LABEL dir=c:\\\\\\', 'FROM scratch']],
  ['two backticks', ['# escape=`', 'LABEL a=b``', 'ENV c=d'], ['LABEL a=b``', 'ENV c=d']],
  ['backslashes where a backtick joins', ['# escape=`', 'ENV a=\\', 'ENV b=`', 'c'], ['ENV a=\\', 'ENV b=c']],
  ['nothing comes between the parts', ['LAB\\', 'EL a=\\', 'b \\', '# no', '  c=d'], ['LABEL a=b   c=d']],
  ['one alone on its line', ['ENV a=b\\', '\\', 'c', 'ENV d=e'], ['ENV a=bc', 'ENV d=e']],
  ['two at the end of a continued line', ['ENV a=b\\', 'c\\\\', 'ENV d=e'], ['ENV a=bc\\\\', 'ENV d=e']],
]

test.each(continuations)('instructions: %s', (_, text, expected) => {
  expect(instructions(lines(...text))).toEqual(expected)
})

describeOnEngine('the instructions of the real engine', () => {
  let bench: TestMachine
  let engine: EngineUnderTest
  beforeAll(async () => {
    bench = await testMachine()
    engine = await realEngine()
  })
  afterAll(async () => {
    await engine.close()
    await bench.remove()
  })

  test.each(continuations)('%s', async (_, text) => {
    const isDirective = (line: string) => line.startsWith('# escape')
    const whole = lines(...text.filter(isDirective), 'FROM scratch', ...text.filter(line => !isDirective(line)), 'ENV last=1')
    await writeFile(path.join(bench.folder, 'Dockerfile'), whole)
    const { stdout } = await engine.docker('build', '--label', engine.prefix, '--', bench.folder)
    const steps = [...stdout.matchAll(/^Step \d+\/\d+ : (.*)$/gm)].map(([, instruction]) => instruction)
    expect(steps.slice(0, instructions(whole).length)).toEqual(instructions(whole))
    expect(steps.at(instructions(whole).length) ?? 'LABEL').toMatch(/^LABEL/)
  })
})

test.each<[string, string, readonly string[]]>([
  ['an image', 'FROM a\nCOPY --chown=x --from=jdk:21 /a /b', ['jdk:21']],
  ['stages, by name and by number', 'FROM a AS One\nFROM b\nCOPY --from=one a b\nCOPY --from=0 a b', []],
  ['a stage that comes later, which is none yet', 'FROM a\nCOPY --from=two a b\nFROM b AS two', ['two']],
  ['one image twice', 'FROM a\nCOPY --from=b c d\ncopy --from=b e f', ['b']],
  ['a file of such a name', 'FROM a\nCOPY a --from=b', []],
  ['a variable, which Docker leaves as it is and refuses', 'ARG I=x\nFROM a\nCOPY --from=$I a b', ['$I']],
])('copied from: %s', (_, text, expected) => expect(parseDockerfile(text).copied).toEqual(expected))

test.each<[string, boolean]>([
  ['ADD http://host/a /a', true],
  ['ADD --chown=x a HTTPS://host/a /a', true],
  ['ADD ["a", "https://host/a", "/a"]', true],
  ['ARG U=https://host\nADD $U/a /a', true],
  ['ARG U\nADD ${U} /a', false],
  ['ADD a b http://host', false],
  ['COPY http://host/a /a', false],
])('%j fetches from the net: %s', (text, expected) => {
  expect(fetchesByUrl(parseDockerfile(`FROM a\n${text}`), new Map())).toBe(expected)
})

test('a build argument may name what is fetched', () => {
  expect(fetchesByUrl(parseDockerfile('FROM a\nARG U\nADD $U b'), new Map([['U', 'http://host']]))).toBe(true)
})

describe('arguments', () => {
  test('those before the first FROM are global, with their defaults; all are declared', () => {
    const { globalArgs, args } = parseDockerfile(lines('ARG A=1', 'arg B', 'ARG C=\'x y\' D="z"', 'FROM a', 'ARG E=2', 'ARG A'))
    expect([...globalArgs]).toEqual([
      ['A', '1'],
      ['B', undefined],
      ['C', 'x y'],
      ['D', 'z'],
    ])
    expect([...args]).toEqual([
      ['A', '1'],
      ['B', undefined],
      ['C', 'x y'],
      ['D', 'z'],
      ['E', '2'],
    ])
  })

  test('one of any stage can be passed, Docker’s own always, others not', () => {
    const dockerfile = parseDockerfile(lines('FROM a', 'ARG E'))
    for (const name of ['E', 'HTTP_PROXY', 'https_proxy', 'no_proxy']) expect(takesArgument(dockerfile, name)).toBe(true)
    for (const name of ['e', 'F', 'Http_Proxy', '']) expect(takesArgument(dockerfile, name)).toBe(false)
  })
})

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['ARG A=x\nFROM $A', {}, 'x'],
  ['ARG A=x\nFROM ${A}', {}, 'x'],
  ['ARG A=x\nFROM ${A}', { A: 'given' }, 'given'],
  ['ARG A="x"\nFROM "${A}:1"', {}, 'x:1'],
  ['ARG A\nFROM ${A:-other}', {}, 'other'],
  ['ARG A\nFROM ${A:-other}', { A: 'given' }, 'given'],
  ['ARG A=x\nFROM base${A:+-slim}', {}, 'base-slim'],
  ['ARG A\nFROM base${A:+-slim}', {}, 'base'],
  ['ARG TAG=ltsc2022\nARG BASE=windows:${TAG}\nFROM ${BASE}', {}, 'windows:ltsc2022'],
  ['ARG TAG=ltsc2022\nARG BASE=windows:${TAG}\nFROM ${BASE}', { TAG: 'ltsc2025' }, 'windows:ltsc2025'],
  ['ARG TAG=1\nFROM windows:${VERSION:-${TAG}}', {}, 'windows:1'],
  ['FROM windows:${TAG}', { TAG: 'x' }, 'windows:'],
  ['FROM a\nARG B=c\nFROM ${B}', { B: 'x' }, ''],
])('%j with %j is built on %s', (text, given, expected) => {
  expect(bases(text, given).at(-1)).toBe(expected)
})
