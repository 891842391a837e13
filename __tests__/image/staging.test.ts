import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type ContextInputs, readContext } from '../../src/image/context.ts'
import { stageContext } from '../../src/image/staging.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { describeOnSmallDisks, smallDisk } from '../support/small-disk.ts'
import { fill, fingerprint, namesIn, nothing } from './folders.ts'

const version = '5.70.9748.2'
const canonical = `SHIR/IntegrationRuntime_${version}.msi`

let bench: TestMachine
let mine: string
let msi: string
beforeEach(async () => {
  bench = await testMachine()
  mine = path.join(bench.machine.workspace, 'mine')
  msi = path.join(bench.folder, 'store.msi')
  await fill(mine, { Dockerfile: 'FROM scratch\n', 'SHIR/setup.ps1': 'setup', 'docker/Other': 'FROM scratch\nCOPY x y\n' })
  await writeFile(msi, 'installer')
})
afterEach(() => bench.remove())

interface Staging extends Partial<ContextInputs> {
  readonly folder?: string
  readonly from?: string
}

async function stage({ folder = mine, from = msi, ...inputs }: Staging = {}) {
  const host = bench.host()
  const journal = openJournal(path.join(bench.machine.tools, 'shir'), host)
  const context = await readContext({ ...nothing, buildContext: folder, ...inputs }, 'none', host)
  return { host, journal, staged: await stageContext(context, { path: context.installer ?? from, version }, host, journal) }
}

const textIn = (folder: string, name: string) => readFile(path.join(folder, name), 'utf8')

test('the context, the installer under its canonical name, and nothing else; the user’s folder is as it was', async () => {
  const before = await fingerprint(bench.machine.workspace)
  const { staged, journal } = await stage()
  expect(await namesIn(staged.folder)).toEqual(['Dockerfile', canonical, 'SHIR/setup.ps1', 'docker/Other'])
  expect(await textIn(staged.folder, canonical)).toBe('installer')
  expect(staged.dockerfile).toBe(path.join(staged.folder, 'Dockerfile'))
  const root = path.dirname(staged.folder)
  expect(path.dirname(root)).toBe(bench.machine.temp)
  expect(path.dirname(staged.idFile)).toBe(root)
  expect(journal.owed()).toEqual([{ kind: 'path', path: root }])
  await staged.discard()
  expect(journal.owed()).toEqual([])
  expect(await readdir(bench.machine.temp)).toEqual([])
  expect(await fingerprint(bench.machine.workspace)).toEqual(before)
  expect(await readFile(msi, 'utf8')).toBe('installer')
})

test('the installer is linked where the volume allows, and a read-only one goes with its folder and stays where it is kept', async () => {
  await chmod(msi, 0o444)
  const { staged } = await stage()
  expect((await stat(path.join(staged.folder, canonical))).ino).toBe((await stat(msi)).ino)
  await staged.discard()
  expect(await readdir(bench.machine.temp)).toEqual([])
  expect(await readFile(msi, 'utf8')).toBe('installer')
})

describeOnSmallDisks('an installer on another volume', () => {
  test('is copied', async () => {
    const disk = smallDisk('1m')
    try {
      await writeFile(path.join(disk.folder, 'kept.msi'), 'elsewhere')
      const { staged } = await stage({ from: path.join(disk.folder, 'kept.msi') })
      expect(await textIn(staged.folder, canonical)).toBe('elsewhere')
    } finally {
      disk.remove()
    }
  })
})

test('an installer that lies in the context is there once, under its canonical name', async () => {
  await writeFile(path.join(mine, 'SHIR', 'IntegrationRuntime (1).msi'), 'in the context')
  const before = await fingerprint(bench.machine.workspace)
  const { staged } = await stage()
  expect(await namesIn(path.join(staged.folder, 'SHIR'))).toEqual([path.basename(canonical), 'setup.ps1'])
  expect(await textIn(staged.folder, canonical)).toBe('in the context')
  await staged.discard()
  expect(await fingerprint(bench.machine.workspace)).toEqual(before)
})

test('a context without SHIR gets one', async () => {
  const bare = path.join(bench.machine.workspace, 'bare')
  await fill(bare, { Dockerfile: 'FROM scratch' })
  const { staged } = await stage({ folder: bare })
  expect(await namesIn(staged.folder)).toEqual(['Dockerfile', canonical])
})

test('a Dockerfile inside the context stays where it is', async () => {
  const { staged } = await stage({ dockerfile: 'docker/Other' })
  expect(staged.dockerfile).toBe(path.join(staged.folder, 'docker', 'Other'))
})

test('a Dockerfile from outside takes the place of the one inside', async () => {
  const builtIn = path.join(bench.folder, 'built-in')
  await fill(builtIn, { Dockerfile: 'FROM built-in', 'SHIR/x.ps1': '' })
  const host = bench.host()
  const context = await readContext({ ...nothing, dockerfile: 'mine/docker/Other' }, builtIn, host)
  const staged = await stageContext(context, { path: msi, version }, host, openJournal(bench.folder, host))
  expect(await readFile(staged.dockerfile, 'utf8')).toBe('FROM scratch\nCOPY x y\n')
  expect(await textIn(builtIn, 'Dockerfile')).toBe('FROM built-in')
})

describe('.dockerignore', () => {
  test.each(['*.msi\n', '**/*.msi', 'SHIR', '*\n!Dockerfile\r\n'])('%j admits the installer, in the copy alone', async rules => {
    await writeFile(path.join(mine, '.dockerignore'), rules)
    const { staged } = await stage()
    expect(await textIn(staged.folder, '.dockerignore')).toBe(`${rules.trimEnd()}\n!${canonical}\n!${canonical}/**\n`)
    expect(await textIn(mine, '.dockerignore')).toBe(rules)
  })

  test('a context without one gets none', async () => {
    expect(await namesIn((await stage()).staged.folder)).not.toContain('.dockerignore')
  })
})

describe('what is added', () => {
  const added = { certificates: 'certificates', extras: 'more' } as const
  let workspace: string
  beforeEach(async () => {
    workspace = bench.machine.workspace
    await writeFile(path.join(mine, 'Dockerfile'), 'FROM scratch\nARG INSTALL_CERT\n')
    await fill(workspace, {
      'certificates/root.cer': 'root',
      'certificates/Ours [2] (ä).CER': 'ours',
      'more/extra.ps1': 'extra',
      'more/drivers/odbc.msi': 'odbc',
    })
  })

  test('lies in SHIR of the copy, whole; everything of the user’s is as it was', async () => {
    const before = await fingerprint(workspace)
    const { staged, host } = await stage(added)
    expect(await namesIn(path.join(staged.folder, 'SHIR'))).toEqual([
      path.basename(canonical),
      'Ours [2] (ä).cer',
      'extras/drivers/odbc.msi',
      'extras/extra.ps1',
      'root.cer',
      'setup.ps1',
    ])
    expect(await textIn(staged.folder, 'SHIR/root.cer')).toBe('root')
    expect(await textIn(staged.folder, 'SHIR/extras/drivers/odbc.msi')).toBe('odbc')
    expect(host.lines).toEqual(
      expect.arrayContaining([
        `Adding ${path.join(workspace, 'certificates', 'root.cer')} as SHIR/root.cer`,
        `Adding ${path.join(workspace, 'more')} as SHIR/extras`,
      ]),
    )
    await staged.discard()
    expect(await fingerprint(workspace)).toEqual(before)
  })

  test('a context without SHIR gets one', async () => {
    const bare = path.join(workspace, 'bare')
    await fill(bare, { Dockerfile: 'FROM scratch\nARG INSTALL_CERT' })
    const { staged } = await stage({ folder: bare, certificates: 'certificates' })
    expect(await textIn(staged.folder, 'SHIR/root.cer')).toBe('root')
  })

  test('is let through a .dockerignore, each by a pattern that fits it on every engine', async () => {
    await writeFile(path.join(mine, '.dockerignore'), '*\n**/*.cer')
    const { staged } = await stage(added)
    const names = [canonical, 'SHIR/Ours ?2? ???.cer', 'SHIR/root.cer', 'SHIR/extras']
    expect(await textIn(staged.folder, '.dockerignore')).toBe(
      ['*', '**/*.cer', ...names.flatMap(name => [`!${name}`, `!${name}/**`]), ''].join('\n'),
    )
    expect(await textIn(mine, '.dockerignore')).toBe('*\n**/*.cer')
  })

  test('lets nothing in besides itself that a pattern for it would fit', async () => {
    await fill(workspace, { 'plus/a+b.cer': 'ours', 'mine/SHIR/aXb.cer': 'secret', 'mine/SHIR/a-b.cer': 'open' })
    await writeFile(path.join(mine, '.dockerignore'), 'SHIR/aXb.cer')
    const { staged } = await stage({ certificates: 'plus' })
    const names = await readdir(path.join(staged.folder, 'SHIR'))
    expect(names).toEqual(expect.arrayContaining(['a+b.cer', 'a-b.cer']))
    expect(names).not.toContain('aXb.cer')
    expect(await textIn(mine, 'SHIR/aXb.cer')).toBe('secret')
  })

  test('links within the extras stay links, and lead to the copies', async () => {
    await symlink('drivers/odbc.msi', path.join(workspace, 'more', 'alias.msi'))
    await symlink('..', path.join(workspace, 'more', 'drivers', 'round'))
    const { staged } = await stage(added)
    const extras = path.join(staged.folder, 'SHIR', 'extras')
    expect((await lstat(path.join(extras, 'alias.msi'))).isSymbolicLink()).toBe(true)
    expect(await realpath(path.join(extras, 'alias.msi'))).toBe(path.join(await realpath(extras), 'drivers', 'odbc.msi'))
  })

  test('a certificate behind a link is there as a file', async () => {
    await symlink('root.cer', path.join(workspace, 'certificates', 'alias.cer'))
    const { staged } = await stage(added)
    const file = path.join(staged.folder, 'SHIR', 'alias.cer')
    expect([(await lstat(file)).isFile(), await readFile(file, 'utf8')]).toEqual([true, 'root'])
  })

  test('extras that hold the temp folder cannot be copied', async () => {
    await fill(bench.folder, { 'extra.ps1': '' })
    expect(await stepErrorOf(stage({ extras: bench.folder }))).toMatchObject({
      code: 'context-invalid',
      message: expect.stringContaining(`${bench.folder} cannot be copied`),
      hint: expect.stringContaining('temp folder'),
    })
  })
})

describe('links', () => {
  test('a context that is a link is copied, not linked to', async () => {
    const link = path.join(bench.machine.workspace, 'link')
    await symlink(mine, link)
    await writeFile(path.join(mine, '.dockerignore'), '*.msi')
    const before = await fingerprint(bench.machine.workspace)
    const { staged } = await stage({ folder: link })
    expect((await lstat(staged.folder)).isDirectory()).toBe(true)
    await staged.discard()
    expect(await fingerprint(bench.machine.workspace)).toEqual(before)
  })

  test('inside the context they stay links, as Docker takes them', async () => {
    await symlink('setup.ps1', path.join(mine, 'SHIR', 'alias.ps1'))
    await symlink('/no/such/file', path.join(mine, 'dangling'))
    const { staged } = await stage()
    expect((await lstat(path.join(staged.folder, 'SHIR', 'alias.ps1'))).isSymbolicLink()).toBe(true)
    expect((await lstat(path.join(staged.folder, 'dangling'))).isSymbolicLink()).toBe(true)
  })

  test.each([
    ['an absolute link', () => path.join(bench.machine.workspace, 'scripts')],
    ['a link upwards', () => '../scripts'],
    ['a link to nowhere', () => './no-such'],
  ])('SHIR that is %s out of the context is refused, and nothing is written there', async (_, target) => {
    await fill(path.join(bench.machine.workspace, 'scripts'), { 'setup.ps1': '' })
    const linked = path.join(bench.machine.workspace, 'linked')
    await fill(linked, { Dockerfile: 'FROM scratch' })
    await symlink(target(), path.join(linked, 'SHIR'))
    const before = await fingerprint(bench.machine.workspace)
    const error = await stepErrorOf(stage({ folder: linked }))
    expect(error).toMatchObject({ code: 'context-invalid', message: expect.stringContaining('SHIR') })
    expect(await fingerprint(bench.machine.workspace)).toEqual(before)
  })

  test('SHIR that is a link inside the context is followed in the copy', async () => {
    const linked = path.join(bench.machine.workspace, 'linked')
    await fill(linked, { Dockerfile: 'FROM scratch', 'scripts/setup.ps1': '' })
    await symlink('scripts', path.join(linked, 'SHIR'))
    const before = await fingerprint(linked)
    const { staged } = await stage({ folder: linked })
    expect(await textIn(staged.folder, canonical)).toBe('installer')
    expect(await fingerprint(linked)).toEqual(before)
  })

  test('an installer in such a SHIR is there once', async () => {
    const linked = path.join(bench.machine.workspace, 'linked')
    await fill(linked, { Dockerfile: 'FROM scratch', 'scripts/IntegrationRuntime.msi': 'own' })
    await symlink('scripts', path.join(linked, 'SHIR'))
    const { staged } = await stage({ folder: linked })
    expect(await readdir(path.join(staged.folder, 'scripts'))).toEqual([path.basename(canonical)])
  })

  test('a .dockerignore that is a link to a file of the user’s is not written through', async () => {
    const shared = path.join(bench.machine.workspace, 'shared.ignore')
    await writeFile(shared, '*.msi\n')
    await symlink(shared, path.join(mine, '.dockerignore'))
    const { staged } = await stage()
    expect(await readFile(shared, 'utf8')).toBe('*.msi\n')
    expect(await textIn(staged.folder, '.dockerignore')).toContain(canonical)
  })

  test('an installer behind a link is there as a file', async () => {
    const link = path.join(bench.folder, 'link.msi')
    await symlink(msi, link)
    const { staged } = await stage({ from: link })
    expect((await lstat(path.join(staged.folder, canonical))).isFile()).toBe(true)
  })
})

test('what is owed is written before the folder is made, and stays owed where the copy fails', async () => {
  const host = bench.host()
  const journal = openJournal(bench.folder, host)
  const context = await readContext({ ...nothing, buildContext: mine }, 'none', host)
  await mkdir(path.join(mine, 'late'))
  await expect(stageContext(context, { path: '/no/such.msi', version }, host, journal)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(journal.owed()).toEqual([{ kind: 'path', path: expect.stringContaining(bench.machine.temp) }])
})

test('an installer from another volume is copied; a cancel is heard meanwhile, and what there is of the copy is owed', async () => {
  const volume = await mkdtemp('/dev/shm/shir-staging-')
  try {
    const far = path.join(volume, 'far.msi')
    await writeFile(far, Buffer.alloc(1_000_000))
    const cancel = new AbortController()
    const host = bench.host({ signal: cancel.signal })
    const journal = openJournal(bench.folder, host)
    const context = await readContext({ ...nothing, buildContext: mine }, 'none', host)
    const stage = () => stageContext(context, { path: far, version }, host, journal)
    const staged = await stage()
    expect((await lstat(path.join(staged.folder, canonical))).size).toBe(1_000_000)
    await staged.discard()
    cancel.abort()
    await expect(stage()).rejects.toMatchObject({ name: 'AbortError' })
    expect(journal.owed()).toEqual([{ kind: 'path', path: expect.stringContaining(bench.machine.temp) }])
  } finally {
    await rm(volume, { recursive: true })
  }
})
