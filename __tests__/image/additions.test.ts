import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { type AdditionInputs, readAdditions } from '../../src/image/additions.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { fill } from './folders.ts'

let bench: TestMachine
let workspace: string
let context: string
beforeEach(async () => {
  bench = await testMachine()
  workspace = bench.machine.workspace
  context = path.join(bench.folder, 'context')
  await fill(context, { 'SHIR/setup.ps1': '', 'SHIR/Taken.cer': '' })
  await fill(workspace, { 'other/file.cer': '', 'certificates/readme.txt': '', 'more/readme.txt': '' })
})
afterEach(() => bench.remove())

const certificates = 'certificates'
const extras = 'more'
const read = (inputs: Partial<AdditionInputs>, folder = context) =>
  readAdditions({ certificates: undefined, extras: undefined, ...inputs }, folder, bench.host())
const refusal = (inputs: Partial<AdditionInputs>) => stepErrorOf(read(inputs))
const link = (target: string, ...at: readonly string[]) => symlink(target, path.join(workspace, ...at))

test('nothing is added where nothing was given', async () => expect(await read({})).toEqual([]))

describe('certificates', () => {
  test('every .cer file right in the folder, in any letter case, under the ending that Dockerfiles look for', async () => {
    await fill(path.join(workspace, certificates), {
      ...{ 'root.cer': '', 'Sub.CER': '', 'a b.Cer': '', 'root.cert': '', 'x.cer.bak': '' },
      ...{ 'deeper/low.cer': '', 'folder.cer/x.cer': '' },
    })
    expect(await read({ certificates })).toEqual([
      { from: path.join(workspace, certificates, 'Sub.CER'), to: 'SHIR/Sub.cer' },
      { from: path.join(workspace, certificates, 'a b.Cer'), to: 'SHIR/a b.cer' },
      { from: path.join(workspace, certificates, 'root.cer'), to: 'SHIR/root.cer' },
    ])
  })

  test.each(['.', './', '../workspace', '/'])('the folder is named from the workspace, or whole: %j', async given => {
    await fill(workspace, { 'root.cer': '' })
    const named = given === '/' ? workspace : given
    expect(await read({ certificates: named })).toEqual([{ from: path.join(workspace, 'root.cer'), to: 'SHIR/root.cer' }])
  })

  test('a folder behind a link is the folder itself; a link within it is the file', async () => {
    await fill(path.join(workspace, certificates), { '..data/root': '' })
    await link('..data/root', certificates, 'root.cer')
    await link(certificates, 'linked')
    expect(await read({ certificates: 'linked' })).toEqual([
      { from: path.join(workspace, certificates, '..data', 'root'), to: 'SHIR/root.cer' },
    ])
  })

  test.each([
    ['upwards', () => '../other/file.cer'],
    ['by its whole path', () => path.join(workspace, 'other', 'file.cer')],
    ['to nowhere', () => 'none.cer'],
    ['to a folder elsewhere', () => '../other'],
  ])('a link that leads out is refused: %s', async (_, target) => {
    await fill(path.join(workspace, certificates), { 'good.cer': '' })
    await link(target(), certificates, 'bad.cer')
    expect(await refusal({ certificates })).toMatchObject({
      code: 'context-invalid',
      message: `certificates: bad.cer is a link that leads out of ${path.join(workspace, certificates)}, or nowhere.`,
      hint: expect.any(String),
    })
  })

  test.each([
    ['no such folder', 'none', 'certificates: there is no folder'],
    ['a file', 'other/file.cer', 'certificates: there is no folder'],
    ['no certificate', certificates, 'certificates: there is no .cer file in'],
  ])('%s', async (_, given, message) => {
    expect(await refusal({ certificates: given })).toMatchObject({
      code: 'context-invalid',
      message: expect.stringContaining(message),
      hint: expect.any(String),
    })
  })

  test.each([
    ['that the context has', { 'taken.CER': '' }, 'taken.cer'],
    ['that differ in letter case', { 'ROOT.cer': '', 'root.CER': '' }, 'root.cer'],
  ])('names %s', async (_, files, name) => {
    await fill(path.join(workspace, certificates), files)
    expect(await refusal({ certificates })).toMatchObject({
      code: 'context-invalid',
      message: `certificates: SHIR in the build context would hold two files called ${name}.`,
      hint: expect.stringContaining('Rename'),
    })
  })

  test('a context without SHIR has no names', async () => {
    await fill(path.join(workspace, certificates), { 'taken.cer': '' })
    expect(await read({ certificates }, workspace)).toHaveLength(1)
  })
})

describe('extras', () => {
  test.each(['extra.ps1', 'Extra.PS1'])('the folder, whole, with %s in it', async name => {
    await fill(path.join(workspace, extras), { [name]: '' })
    expect(await read({ extras })).toEqual([{ from: path.join(workspace, extras), to: 'SHIR/extras' }])
  })

  test.each([
    ['no such folder', 'none', 'extras: there is no folder'],
    ['no script', extras, 'extras: there is no file extra.ps1 in'],
    ['a script elsewhere', 'deep', 'extras: there is no file extra.ps1 in'],
    ['a folder for a script', 'wrong', 'extras: there is no file extra.ps1 in'],
  ])('%s', async (_, given, message) => {
    await fill(workspace, { 'deep/down/extra.ps1': '', 'wrong/extra.ps1/x': '' })
    expect(await refusal({ extras: given })).toMatchObject({
      code: 'context-invalid',
      message: expect.stringContaining(message),
      hint: expect.any(String),
    })
  })

  test.each(['extras/x', 'Extras'])('a context that has SHIR/%s', async name => {
    await fill(context, { [`SHIR/${name}`]: '' })
    await fill(path.join(workspace, extras), { 'extra.ps1': '' })
    expect(await refusal({ extras })).toMatchObject({
      code: 'context-invalid',
      message: 'extras: SHIR in the build context has an entry called extras already.',
    })
  })

  test('links that stay inside', async () => {
    await fill(path.join(workspace, extras), { 'scripts/extra.ps1': '', '..data/x': '' })
    await link('scripts/extra.ps1', extras, 'extra.ps1')
    await link('../..data', extras, 'scripts', 'data')
    await link('.', extras, 'round')
    expect(await read({ extras })).toHaveLength(1)
  })

  test.each([
    ['upwards', () => '../../other'],
    ['by a whole path', () => path.join(workspace, 'other', 'file.cer')],
    ['inside, by a whole path that the copy does not have', () => path.join(workspace, extras, 'extra.ps1')],
    ['out and in again, by the folder’s own name', () => `../../${extras}/extra.ps1`],
    ['to nowhere', () => 'none'],
  ])('a link that leads out is refused, however deep it lies: %s', async (_, target) => {
    await fill(path.join(workspace, extras), { 'extra.ps1': '', 'deep/file': '' })
    await link(target(), extras, 'deep', 'bad')
    expect(await refusal({ extras })).toMatchObject({
      code: 'context-invalid',
      message: `extras: ${path.join('deep', 'bad')} is a link that leads out of ${path.join(workspace, extras)}, or nowhere.`,
      hint: expect.any(String),
    })
  })

  test('a script that is a link out of the folder', async () => {
    await link('../other/file.cer', extras, 'extra.ps1')
    expect(await refusal({ extras })).toMatchObject({ message: expect.stringContaining('extra.ps1 is a link that leads out') })
  })
})
