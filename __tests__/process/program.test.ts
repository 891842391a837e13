import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findProgram, isInside } from '../../src/process/program.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

async function program(...parts: readonly string[]): Promise<string> {
  const file = path.join(bench.folder, ...parts)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, '#!/bin/sh\n')
  await chmod(file, 0o755)
  return file
}
const find = (folders: readonly string[], machine: Partial<TestMachine['machine']> = {}, name = 'PATH') =>
  findProgram(
    'docker',
    bench.host({ machine: { ...bench.machine, ...machine }, environment: { [name]: folders.join(path.delimiter) } }),
  )
const inFolder = (...names: readonly string[]) => names.map(name => path.join(bench.folder, name))

test('the first on PATH', async () => {
  const file = await program('b', 'docker')
  await program('c', 'docker')
  expect(await find(inFolder('a', 'b', 'c'))).toBe(file)
})

test.each<[string, () => Promise<readonly string[]>]>([
  ['nothing is on PATH', async () => []],
  ['PATH has empty folders', async () => ['', '']],
  ['it lies in the workspace', async () => [path.dirname(await program('workspace', 'bin', 'docker'))]],
  ['it lies at the top of the workspace', async () => [path.dirname(await program('workspace', 'docker'))]],
  [
    'PATH has a folder that is relative',
    async () => ['.', 'bin', path.relative('.', path.dirname(await program('b', 'docker')))],
  ],
  ['it may not be run', async () => chmod(await program('b', 'docker'), 0o644).then(() => inFolder('b'))],
  ['it is a folder', () => mkdir(path.join(bench.folder, 'b', 'docker'), { recursive: true }).then(() => inFolder('b'))],
  [
    'it is a link into the workspace',
    async () => {
      const file = await program('workspace', 'evil')
      await mkdir(path.join(bench.folder, 'b'))
      await symlink(file, path.join(bench.folder, 'b', 'docker'))
      return inFolder('b')
    },
  ],
  [
    'its folder is a link into the workspace',
    async () => {
      await program('workspace', 'bin', 'docker')
      await symlink(path.join(bench.folder, 'workspace', 'bin'), path.join(bench.folder, 'b'))
      return inFolder('b')
    },
  ],
])('there is none where %s', async (_, folders) => {
  expect(await find(await folders())).toBeUndefined()
})

test('one in the workspace is passed over for one behind it', async () => {
  const folders = [path.dirname(await program('workspace', 'docker')), path.dirname(await program('b', 'docker'))]
  expect(await find(folders)).toBe(path.join(bench.folder, 'b', 'docker'))
})

test('a link from inside the workspace to one outside is inside all the same', async () => {
  await symlink(await program('b', 'docker'), path.join(bench.machine.workspace, 'docker'))
  expect(await find([bench.machine.workspace])).toBeUndefined()
})

test('a workspace behind a link is the folder that it leads to', async () => {
  await program('workspace', 'bin', 'docker')
  await symlink(bench.machine.workspace, path.join(bench.folder, 'alias'))
  expect(await find(inFolder('workspace/bin'), { workspace: path.join(bench.folder, 'alias') })).toBeUndefined()
})

test('a terminal at the root of the disk has no workspace: everything lies below it', async () => {
  const file = await program('b', 'docker')
  expect(await find(inFolder('b'), { workspace: path.parse(bench.folder).root })).toBe(file)
})

test('Windows: .exe and .com alone, PATH in any letter case, folders in quotes', async () => {
  await program('a', 'docker')
  await program('a', 'docker.cmd')
  const file = await program('b', 'docker.exe')
  expect(await find([...inFolder('a'), `"${inFolder('b')[0]}"`], { platform: 'win32' }, 'Path')).toBe(file)
})

test('elsewhere Path is another variable', async () => {
  await program('b', 'docker')
  expect(await find(inFolder('b'), { platform: 'linux' }, 'Path')).toBeUndefined()
})

test.each([
  ['/w', '/w', true],
  ['/w/a/b', '/w', true],
  ['/w/..a', '/w', true],
  ['/wx', '/w', false],
  ['/', '/w', false],
  ['/w/../x', '/w', false],
])('%s lies in %s: %s', (file, folder, expected) => {
  expect(isInside(file, folder)).toBe(expected)
})
