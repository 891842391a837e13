import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { contextFiles } from '../../src/image/context-files.ts'
import { parseIgnoreFile } from '../../src/image/ignore-file.ts'
import { describeOnEngine, type EngineUnderTest, realEngine } from '../engine/engines.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { fill } from './folders.ts'

const run = promisify(execFile)

let bench: TestMachine
let context: string
beforeEach(async () => {
  bench = await testMachine()
  context = path.join(bench.folder, 'context')
  await mkdir(context)
})
afterEach(() => bench.remove())

test('files, folders and links, each by its place; what a link leads to is not looked at', async () => {
  await fill(context, { 'b/c': '', B: '', 'a-b': '', 'a/b': '', run: '' })
  await chmod(path.join(context, 'run'), 0o755)
  await mkdir(path.join(context, 'empty'))
  await symlink('../b', path.join(context, 'a', 'link'))
  await symlink('nowhere', path.join(context, 'broken'))
  const file = (name: string, isExecutable = false) => ({ kind: 'file', name, path: path.join(context, name), isExecutable })
  expect(await contextFiles(context, bench.host())).toEqual([
    file('B'),
    { kind: 'folder', name: 'a' },
    file('a-b'),
    file('a/b'),
    { kind: 'link', name: 'a/link', target: '../b' },
    { kind: 'folder', name: 'b' },
    file('b/c'),
    { kind: 'link', name: 'broken', target: 'nowhere' },
    { kind: 'folder', name: 'empty' },
    file('run', true),
  ])
})

test('on Windows every file is executable, as Docker makes them there', async () => {
  await fill(context, { a: '' })
  const machine = { ...bench.machine, platform: 'win32' } as const
  expect(await contextFiles(context, bench.host({ machine }))).toMatchObject([{ name: 'a', isExecutable: true }])
})

test('an addition, of a file or of a folder, lies where it is to lie', async () => {
  await fill(context, { 'a/b': '' })
  const names = async (from: string) => (await contextFiles(from, bench.host(), { under: 'SHIR/x' })).map(({ name }) => name)
  expect(await names(path.join(context, 'a'))).toEqual(['SHIR/x', 'SHIR/x/b'])
  expect(await names(path.join(context, 'a', 'b'))).toEqual(['SHIR/x'])
})

test('a socket is refused, unless it is left out; a folder that is not there is told by its name', async () => {
  const server = createServer().listen(path.join(context, 'socket'))
  await new Promise(resolve => server.once('listening', resolve))
  try {
    expect(await stepErrorOf(contextFiles(context, bench.host()))).toMatchObject({
      code: 'context-invalid',
      message: expect.stringContaining(path.join(context, 'socket')),
    })
    expect(await contextFiles(context, bench.host(), { ignore: parseIgnoreFile('sock*', 'linux') })).toEqual([])
  } finally {
    server.close()
  }
  const gone = path.join(context, 'gone')
  expect(await stepErrorOf(contextFiles(gone, bench.host()))).toMatchObject({
    code: 'context-invalid',
    message: expect.stringContaining(gone),
  })
})

test('a cancel is heard before the next entry', async () => {
  await fill(context, { a: '' })
  const signal = AbortSignal.abort(new Error('cancelled'))
  await expect(contextFiles(context, bench.host({ signal }))).rejects.toThrow('cancelled')
})

/** What `.dockerignore` may say: each is held against what the engine copies. */
const ignoreFiles = [
  '',
  '# a comment\n\n  a.txt  \r\n b.md\r\n #c\n',
  '\uFEFF*.md',
  '*.md',
  '**/*.md',
  './a.txt\n/SHIR/\nfoobar//x',
  'SHIR/../a.txt\n/',
  'SHIR/**',
  'SHIR/**/w.md',
  '**/deep',
  '**/inner',
  '?.txt',
  '[ab].*\n[^a-y]x.txt',
  '\\[z\\].txt\n\\$.txt',
  'UP.txt\nup.TXT',
  'I (1).msi\nc++.txt\na{1}.txt\nx|y\n$.txt',
  'I ?1?.*',
  'constructor\n__proto__',
  'é.txt',
  '**.msi',
  'foo**',
  'a**/b',
  '.',
  '.*',
  '*',
  '**',
  'a.txt\n!a.txt',
  '*\n!a.txt\n*.txt\n! b.md',
  '*\n!SHIR/*.ps1',
  '*\n!S*/x.ps1',
  '**\n!**/*.ps1',
  'SHIR\n!SHIR/deep/er/w.md',
  'SHIR/deep\n!SHIR/**/w.md',
  'SHIR/deep\n!SHIR/deep/**/w.md',
  'modules\n!**/*.md',
  'modules\n!modules/p/readme.md',
  '*/*\n!SHIR/deep/er',
  '**/*.md\n!SHIR',
  '**/*.md\n!SHIR/**',
  'Dockerfile\n.dockerignore',
  '*\n!.dockerignore',
] as const

const names = [
  ...[
    'a.txt',
    'b.md',
    'c',
    'UP.TXT',
    '.hidden',
    'é.txt',
    '😀.txt',
    '[z].txt',
    '$.txt',
    'I (1).msi',
    'c++.txt',
    'a{1}.txt',
    'x|y',
  ],
  ...['SHIR/x.ps1', 'SHIR/y.log', 'SHIR/deep/z.ps1', 'SHIR/deep/er/w.md', 'foobar/x', 'af/x/b/q', 'qmsi/z', 'constructor'],
  ...['modules/p/readme.md', 'modules/p/i.js', 'modules/README.md'],
]

describeOnEngine('what .dockerignore leaves out, on the real engine', () => {
  let engine: EngineUnderTest
  beforeAll(async () => {
    engine = await realEngine()
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    await fill(context, Object.fromEntries(names.map(name => [name, name])))
    await mkdir(path.join(context, 'empty', 'inner'), { recursive: true })
    await writeFile(path.join(context, 'Dockerfile'), 'FROM scratch\nCOPY . /c/\n')
  })

  test.each(ignoreFiles)('%j', async text => {
    await writeFile(path.join(context, '.dockerignore'), text)
    const files = await contextFiles(context, bench.host(), { ignore: parseIgnoreFile(text, 'linux') })
    expect(withFolders(files.map(({ name }) => name))).toEqual(withFolders(await copied()))
  })

  test.each(['!', ' ! ', '[', 'a[b', 'a\\'])('%j is refused by both', async text => {
    await writeFile(path.join(context, '.dockerignore'), text)
    expect(() => parseIgnoreFile(text, 'linux')).toThrow(expect.objectContaining({ code: 'context-invalid' }))
    expect(await engine.docker('build', '--', context)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/syntax error in pattern|illegal exclusion pattern/),
    })
  })

  /** The names that `COPY . .` puts into an image. */
  async function copied(): Promise<readonly string[]> {
    const { docker, prefix } = engine
    const image = `${prefix}:copied`
    expect(await docker('build', '--label', prefix, '--tag', image, '--', context)).toMatchObject({ exitCode: 0 })
    const saved = path.join(bench.folder, 'saved')
    await mkdir(saved)
    await docker('image', 'save', '--output', `${saved}.tar`, '--', image)
    await run('tar', ['-xf', `${saved}.tar`, '-C', saved])
    const [{ Layers: layers }] = JSON.parse(await readFile(path.join(saved, 'manifest.json'), 'utf8'))
    expect(layers).toHaveLength(1)
    const { stdout } = await run('tar', ['--quoting-style=literal', '-tf', path.join(saved, layers[0])])
    return stdout.split('\n').flatMap(line => /^c\/(.+?)\/?$/.exec(line)?.[1] ?? [])
  }
})

/** Sorted, and with the folders on the way, which a copy makes whether they are sent or not. */
function withFolders(all: readonly string[]): readonly string[] {
  const parts = (name: string) => name.split('/').map((_, index, words) => words.slice(0, index + 1).join('/'))
  return [...new Set(all.flatMap(parts))].sort()
}
