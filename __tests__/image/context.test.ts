import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ContextInputs } from '../../src/image/context.ts'
import { readContext } from '../../src/image/context.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { fill, nothing } from './folders.ts'

const upstream = 'FROM mcr.microsoft.com/windows/servercore:ltsc2019\nARG INSTALL_JDK=false\nCOPY SHIR C:/SHIR/\n'
const builtInText = 'ARG BASE_IMAGE=mcr.microsoft.com/windows/servercore:ltsc2022\nFROM ${' + 'BASE_IMAGE}\nARG SHIR_VERSION=\n'

let bench: TestMachine
let builtIn: string
let mine: string
beforeEach(async () => {
  bench = await testMachine()
  builtIn = path.join(bench.folder, 'built-in')
  mine = path.join(bench.machine.workspace, 'mine')
  await fill(builtIn, { Dockerfile: builtInText, 'SHIR/setup.ps1': '' })
  await fill(mine, { Dockerfile: upstream, 'SHIR/setup.ps1': '', 'docker/Other': 'FROM scratch\n' })
})
afterEach(() => bench.remove())

const read = (inputs: Partial<ContextInputs> = {}) => readContext({ ...nothing, ...inputs }, builtIn, bench.host())
const refusal = (inputs: Partial<ContextInputs> = {}) => stepErrorOf(read(inputs))

test('the built-in context', async () => {
  const context = await read()
  expect(context).toMatchObject({
    folder: builtIn,
    dockerfile: path.join(builtIn, 'Dockerfile'),
    args: [],
    additions: [],
    installer: undefined,
  })
  expect(context.description).toBe('the built-in context')
  expect(context.bases).toEqual([expect.objectContaining({ os: 'windows', windowsBuild: 20348 })])
})

test.each(['mine', './mine/', 'x/../mine'])('the user’s own, as %s below the workspace', async buildContext => {
  const context = await read({ buildContext })
  expect(context).toMatchObject({ folder: mine, dockerfile: path.join(mine, 'Dockerfile'), description: mine })
  expect(context.bases).toEqual([expect.objectContaining({ windowsBuild: 17763 })])
})

test('the user’s own, by its whole path', async () => {
  expect(await read({ buildContext: mine })).toMatchObject({ folder: mine })
})

test('the user’s own, behind a link: the folder itself is meant', async () => {
  await symlink(mine, path.join(bench.machine.workspace, 'link'))
  expect(await read({ buildContext: 'link' })).toMatchObject({ folder: mine, dockerfile: path.join(mine, 'Dockerfile') })
})

test('a Dockerfile of another name inside it', async () => {
  expect(await read({ buildContext: 'mine', dockerfile: 'docker/Other' })).toMatchObject({
    dockerfile: path.join(mine, 'docker', 'Other'),
  })
})

test('without a context of one’s own, a Dockerfile of the workspace replaces the built-in one', async () => {
  const context = await read({ dockerfile: 'mine/Dockerfile' })
  expect(context).toMatchObject({ folder: builtIn, dockerfile: path.join(mine, 'Dockerfile') })
})

describe('the base image', () => {
  test('is passed as BASE_IMAGE, and told in place of the default', async () => {
    const context = await read({ baseImage: 'mcr.microsoft.com/windows/servercore:ltsc2025' })
    expect(context.args).toEqual([{ name: 'BASE_IMAGE', value: 'mcr.microsoft.com/windows/servercore:ltsc2025' }])
    expect(context.bases).toEqual([expect.objectContaining({ windowsBuild: 26100 })])
  })

  test('goes before a build argument of that name', async () => {
    const buildArgs = [
      { name: 'BASE_IMAGE', value: 'a' },
      { name: 'SHIR_VERSION', value: '1' },
    ]
    expect((await read({ baseImage: 'b', buildArgs })).args).toEqual([buildArgs[1], { name: 'BASE_IMAGE', value: 'b' }])
  })

  test.each([
    ['no ARG of that name', upstream],
    ['an ARG after the FROM', 'FROM a\nARG BASE_IMAGE\n'],
    ['an ARG that no FROM uses', 'ARG BASE_IMAGE=a\nFROM a\n'],
  ])('needs an ARG: %s', async (_, text) => {
    await writeFile(path.join(mine, 'Dockerfile'), text)
    expect(await refusal({ buildContext: 'mine', baseImage: 'b' })).toMatchObject({
      code: 'context-invalid',
      message: expect.stringMatching(/^baseImage needs ARG BASE_IMAGE/),
      hint: expect.stringContaining('FROM ${' + 'BASE_IMAGE}'),
    })
  })
})

test('build arguments that are declared, and those that every build takes', async () => {
  const buildArgs = [
    { name: 'INSTALL_JDK', value: 'true' },
    { name: 'HTTPS_PROXY', value: 'http://p' },
  ]
  expect((await read({ buildContext: 'mine', buildArgs })).args).toEqual(buildArgs)
})

describe('inputs that become build arguments', () => {
  const jdk = { installJdk: true, jdkUrl: 'https://files.example/jdk.msi', jdkSha256: 'AB'.repeat(32) }

  test('are passed after the user’s own', async () => {
    await writeFile(path.join(mine, 'Dockerfile'), `${upstream}ARG JDK_URL\nARG JDK_SHA256\nARG EXTRA\n`)
    const buildArgs = [{ name: 'EXTRA', value: '1' }]
    expect((await read({ buildContext: 'mine', buildArgs, ...jdk })).args).toEqual([
      { name: 'EXTRA', value: '1' },
      { name: 'INSTALL_JDK', value: 'true' },
      { name: 'JDK_URL', value: 'https://files.example/jdk.msi' },
      { name: 'JDK_SHA256', value: 'ab'.repeat(32) },
    ])
  })

  test('are left to the Dockerfile where no JDK is wanted', async () => {
    expect((await read({ buildContext: 'mine', ...jdk, installJdk: false })).args).toEqual([])
  })

  test.each<[string, Partial<ContextInputs>, string]>([
    ['a JDK', { installJdk: true }, 'installJdk: the Dockerfile has no ARG INSTALL_JDK.'],
    ['certificates', { certificates: 'mine' }, 'certificates: the Dockerfile has no ARG INSTALL_CERT.'],
  ])('must be declared: %s', async (_, inputs, message) => {
    expect(await refusal(inputs)).toMatchObject({
      code: 'context-invalid',
      message,
      hint: 'It declares BASE_IMAGE, SHIR_VERSION.',
    })
  })

  test.each([
    ['JDK_URL', 'ARG JDK_SHA256\n'],
    ['JDK_SHA256', 'ARG JDK_URL\n'],
  ])('must be declared: %s', async (missing, declared) => {
    await writeFile(path.join(mine, 'Dockerfile'), upstream + declared)
    const error = await refusal({ buildContext: 'mine', ...jdk })
    expect(error).toMatchObject({
      code: 'context-invalid',
      message: expect.stringMatching(new RegExp(`^jdk\\w+: the Dockerfile has no ARG ${missing}\\.$`)),
    })
  })
})

test('what is added to it is part of it', async () => {
  await fill(bench.machine.workspace, { 'certificates/root.cer': '', 'more/extra.ps1': '' })
  await writeFile(path.join(builtIn, 'Dockerfile'), `${builtInText}ARG INSTALL_CERT=false\n`)
  expect(await read({ certificates: 'certificates', extras: 'more' })).toMatchObject({
    args: [{ name: 'INSTALL_CERT', value: 'true' }],
    additions: [
      { from: path.join(bench.machine.workspace, 'certificates', 'root.cer'), to: 'SHIR/root.cer' },
      { from: path.join(bench.machine.workspace, 'more'), to: 'SHIR/extras' },
    ],
  })
})

test.each<[string, Partial<ContextInputs>, string]>([
  ['no such folder', { buildContext: 'no' }, 'buildContext: there is no folder'],
  ['a file', { buildContext: 'mine/Dockerfile' }, 'buildContext: there is no folder'],
  ['no Dockerfile', { buildContext: 'mine/SHIR' }, 'There is no Dockerfile at'],
  ['no such Dockerfile', { buildContext: 'mine', dockerfile: 'no' }, 'There is no Dockerfile at'],
  ['a folder for a Dockerfile', { buildContext: 'mine', dockerfile: 'docker' }, 'There is no Dockerfile at'],
  [
    'a Dockerfile outside',
    { buildContext: 'mine', dockerfile: '../Dockerfile' },
    'dockerfile: ../Dockerfile lies outside buildContext',
  ],
  [
    'an undeclared argument',
    { buildContext: 'mine', buildArgs: [{ name: 'NO', value: 'hidden' }] },
    'buildArgs: the Dockerfile has no ARG NO.',
  ],
  ['no Dockerfile of the workspace', { dockerfile: 'no' }, 'There is no Dockerfile at'],
])('%s', async (_, inputs, message) => {
  const error = await refusal(inputs)
  expect(error).toMatchObject({ code: 'context-invalid', message: expect.stringContaining(message), hint: expect.any(String) })
  expect(error.message).not.toContain('hidden')
})

test.each([
  ['', 'has no FROM'],
  ['not a Dockerfile', 'has no FROM'],
  ['ARG BASE_IMAGE\nFROM ${' + 'BASE_IMAGE}\n', 'a FROM that names no image'],
])('the Dockerfile %j', async (text, message) => {
  await writeFile(path.join(mine, 'Dockerfile'), text)
  expect(await refusal({ buildContext: 'mine' })).toMatchObject({
    code: 'context-invalid',
    message: expect.stringContaining(message),
  })
})

describe('an installer in SHIR', () => {
  test.each(['IntegrationRuntime_5.70.9748.2.msi', 'integrationruntime (1).MSI', 'IntegrationRuntime.msi'])(
    'called %s is found',
    async name => {
      await writeFile(path.join(mine, 'SHIR', name), '')
      expect(await read({ buildContext: 'mine' })).toMatchObject({ installer: path.join(mine, 'SHIR', name) })
    },
  )

  test.each(['jdk.msi', 'IntegrationRuntime.msi.txt', 'x/IntegrationRuntime_1.msi'])('called %s is none', async name => {
    await fill(path.join(mine, 'SHIR'), { [name]: '' })
    expect(await read({ buildContext: 'mine' })).toMatchObject({ installer: undefined })
  })

  test('two of them', async () => {
    await fill(path.join(mine, 'SHIR'), { 'IntegrationRuntime_2.msi': '', 'IntegrationRuntime_1.msi': '' })
    expect(await refusal({ buildContext: 'mine' })).toMatchObject({
      code: 'installer-ambiguous',
      message: expect.stringContaining('2 installers: IntegrationRuntime_1.msi, IntegrationRuntime_2.msi'),
    })
  })

  test('no SHIR at all', async () => {
    await mkdir(path.join(mine, 'bare'))
    await writeFile(path.join(mine, 'bare', 'Dockerfile'), 'FROM a')
    expect(await read({ buildContext: 'mine/bare' })).toMatchObject({ installer: undefined })
  })
})

test('an installer in a SHIR that is a link is met where it really lies, and images that files are copied from are no bases', async () => {
  const linked = path.join(bench.folder, 'linked')
  await fill(linked, { Dockerfile: 'FROM a\nCOPY --from=b c d\n', 'real/IntegrationRuntime_1.msi': '' })
  await symlink('real', path.join(linked, 'SHIR'))
  const { installer, bases, copied } = await readContext({ ...nothing, buildContext: linked }, 'none', bench.host())
  expect(installer).toBe(path.join(linked, 'real', 'IntegrationRuntime_1.msi'))
  expect([bases, copied].map(all => all.map(({ reference }) => reference))).toEqual([['a'], ['b']])
})
