import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type KnownVersion, knownVersions } from '../../src/installer/known.ts'
import { compare, readInstallerManifest, versionsListed } from '../../tools/winget.ts'
import { imitateMicrosoft, type Microsoft } from '../support/microsoft.ts'
import { describeWith } from '../support/program.ts'
import { repository } from '../support/repository.ts'

const folder = 'microsoft/winget-pkgs/master/manifests/m/Microsoft/IntegrationRuntime'
const list = 'api.github.com/repos/microsoft/winget-pkgs/contents/manifests/m/Microsoft/IntegrationRuntime'
const raw = (version: string) => `raw.githubusercontent.com/${folder}/${version}/Microsoft.IntegrationRuntime.installer.yaml`
const source = (version: string) =>
  `https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/${version}/Microsoft.IntegrationRuntime.installer.yaml`
const [hash, other] = ['AB'.repeat(32), 'CD'.repeat(32)]

/** An installer manifest, in the form that winget’s schema 1.12 has. */
function manifest(version: string, changes: Readonly<Record<string, string>> = {}): string {
  const url = `https://download.microsoft.com/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10/IntegrationRuntime_${version}.msi`
  const fields = {
    identifier: 'Microsoft.IntegrationRuntime',
    version,
    date: 'ReleaseDate: 2026-10-29',
    url,
    hash,
    more: '',
    ...changes,
  }
  return `# made by a test
PackageIdentifier: ${fields.identifier}
PackageVersion: ${fields.version}
InstallerType: wix
${fields.date}
Installers:
- Architecture: x64
  InstallerUrl: ${fields.url}
  InstallerSha256: ${fields.hash}
${fields.more}
ManifestType: installer
ManifestVersion: 1.12.0
`
}

const listing = (...versions: readonly string[]) =>
  JSON.stringify([
    ...versions.map(name => ({ name, type: 'dir' })),
    { name: 'README.md', type: 'file' },
    { name: '.validation', type: 'dir' },
  ])

/** GitHub with these versions; each has a manifest of its own. */
const github = (manifests: Readonly<Record<string, string>>) => ({
  [list]: listing(...Object.keys(manifests)),
  ...Object.fromEntries(Object.entries(manifests).map(([version, text]) => [raw(version), text])),
})

describe('an installer manifest', () => {
  test('tells hash, day and version of Microsoft’s own file', () => {
    expect(readInstallerManifest('5.71.9789.1', manifest('5.71.9789.1'))).toEqual({
      version: '5.71.9789.1',
      sha256: hash.toLowerCase(),
      published: '2026-10-29',
      source: source('5.71.9789.1'),
    })
  })

  test.each(['', 'ReleaseDate: soon', 'ReleaseDate: 2026'])('with the day "%s" tells none', date => {
    expect(readInstallerManifest('5.71.9789.1', manifest('5.71.9789.1', { date })).published).toBeUndefined()
  })

  const elsewhere = (url: string) => `- Architecture: x86\n  InstallerUrl: ${url}\n  InstallerSha256: ${other}`
  test('may name files of others, which say nothing', () => {
    const more = elsewhere('https://mirror.example/IntegrationRuntime_5.71.9789.1.msi')
    expect(readInstallerManifest('5.71.9789.1', manifest('5.71.9789.1', { more })).sha256).toBe(hash.toLowerCase())
  })

  test.each([
    ['of another package', { identifier: 'Microsoft.SqlPackage' }, 'it is of Microsoft.SqlPackage 5.71.9789.1'],
    ['of another version', { version: '5.70.9748.2' }, 'it is of Microsoft.IntegrationRuntime 5.70.9748.2'],
    ['of another server', { url: 'https://mirror.example/IntegrationRuntime_5.71.9789.1.msi' }, 'no hash'],
    [
      'of a server that only looks like it',
      { url: 'https://download.microsoft.com.evil.example/IntegrationRuntime_5.71.9789.1.msi' },
      'no hash',
    ],
    ['of a file of another version', { url: 'https://download.microsoft.com/IntegrationRuntime_5.70.9748.2.msi' }, 'no hash'],
    ['of half a hash', { hash: hash.slice(0, 32) }, 'no hash'],
    [
      'of two hashes',
      { more: elsewhere('https://download.microsoft.com/a/IntegrationRuntime_5.71.9789.1.msi') },
      'several hashes',
    ],
    ['that is no YAML', { hash: '"' }, 'cannot be read'],
  ])('%s is refused', (_, changes, why) => {
    expect(() => readInstallerManifest('5.71.9789.1', manifest('5.71.9789.1', changes))).toThrow(why)
  })

  test('is looked for in folders that are called as versions are, and no others', () => {
    expect(versionsListed(listing('5.71.9789.1', '5.70.09748.2', '../../../x', '5.70'))).toEqual(['5.71.9789.1'])
  })

  test.each(['', 'null', '[]', '{"message":"API rate limit exceeded"}', '[{"name":"README.md","type":"file"}]'])(
    'cannot be found where GitHub answers %j',
    answer => {
      expect(() => versionsListed(answer)).toThrow(/^https:\/\/api\.github\.com\/.* (?:lists no version|cannot be read)/)
    },
  )
})

describe('what is known', () => {
  const fact = <T extends object>(value: T) => ({ ...value, source: 'read before' })
  const known: readonly KnownVersion[] = [
    {
      version: '5.9.7900.1',
      sha256: fact({ value: 'a'.repeat(64) }),
      published: fact({ date: '2021-09-01' }),
      withdrawn: fact({ why: 'so' }),
    },
    { version: '5.70.9748.2', published: fact({ date: '2026-10-01' }) },
  ]
  const found = (version: string, sha256: string, published?: string) => ({ version, sha256, published, source: `of ${version}` })
  const compareAll = (...all: readonly ReturnType<typeof found>[]) => compare(known, { found: all, unread: [] })

  test('grows by what is missing, in the order of versions, and keeps everything that it had', () => {
    const { versions, missing, contradictions } = compareAll(
      found('5.71.9789.1', 'c'.repeat(64)),
      found('5.70.9748.2', 'b'.repeat(64), '2026-10-01'),
      found('5.9.7900.1', 'a'.repeat(64), '2021-09-01'),
      found('5.10.7950.1', 'd'.repeat(64), '2021-10-20'),
    )
    expect(versions).toEqual([
      known[0],
      {
        version: '5.10.7950.1',
        sha256: { value: 'd'.repeat(64), source: 'of 5.10.7950.1' },
        published: { date: '2021-10-20', source: 'of 5.10.7950.1' },
      },
      { ...known[1], sha256: { value: 'b'.repeat(64), source: 'of 5.70.9748.2' } },
      { version: '5.71.9789.1', sha256: { value: 'c'.repeat(64), source: 'of 5.71.9789.1' } },
    ])
    expect(missing).toHaveLength(4)
    expect(contradictions).toEqual([])
  })

  test('is not changed where a hash differs, not even by what is missing besides', () => {
    const { versions, contradictions } = compareAll(found('5.9.7900.1', 'f'.repeat(64)), found('5.71.9789.1', 'c'.repeat(64)))
    expect(versions).toBe(known)
    expect(contradictions).toEqual([expect.stringContaining(`is ${'a'.repeat(64)}, but of 5.9.7900.1 has ${'f'.repeat(64)}`)])
  })

  test('keeps its day where another one is told, and its versions that the manifest lacks', () => {
    const { versions, missing, notes } = compareAll(found('5.9.7900.1', 'a'.repeat(64), '2021-09-02'))
    expect(versions).toEqual(known)
    expect(missing).toEqual([])
    expect(notes).toEqual([
      '5.9.7900.1: published on 2021-09-01 as known, on 2021-09-02 by of 5.9.7900.1; the known day stays.',
      '5.70.9748.2: not in the public manifest.',
    ])
  })
})

describeWith('openssl', 'npm run known', () => {
  let copy: string
  let server: Microsoft
  beforeAll(async () => {
    server = await imitateMicrosoft({ files: {}, stable: '', page: '' })
    copy = await mkdtemp(path.join(tmpdir(), 'shir-known-'))
    for (const part of ['src', 'tools', 'package.json'])
      await cp(path.join(repository, part), path.join(copy, part), { recursive: true })
    await symlink(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  })
  afterAll(async () => {
    await server.close()
    await rm(copy, { recursive: true, force: true })
  })
  const file = () => path.join(copy, 'src/installer/known.json')
  beforeEach(async () => {
    await writeFile(file(), `${JSON.stringify({ versions: knownVersions }, null, 2)}\n`)
  })

  async function run(flags: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const tsx = path.join(repository, 'node_modules/tsx/dist/cli.mjs')
    const env = { PATH: String(process.env.PATH), HOME: copy, ...server.environment, ...environment }
    return promisify(execFile)(process.execPath, [tsx, path.join(copy, 'tools/known.ts'), ...flags], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
  }

  /** The public manifest as it was when the list was last read. */
  const asKnown = Object.fromEntries(
    knownVersions.flatMap(({ version, sha256, published }) =>
      sha256 ? [[version, manifest(version, { hash: sha256.value.toUpperCase(), date: `ReleaseDate: ${published?.date}` })]] : [],
    ),
  )

  test('has nothing to say where everything is known, and asks GitHub’s API alone with the token', async () => {
    server.offer.github = github(asKnown)
    const { code, stdout } = await run(['--check'], { GITHUB_TOKEN: 'synthetic-token' })
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Everything that the public manifest says is known.'),
    })
    expect(server.authorized).toEqual([[list, 'Bearer synthetic-token']])
    expect(server.requests).toEqual([list, ...Object.keys(asKnown).map(raw)])
  })

  test('finds what is new, and adds it only when told to; then all is known', async () => {
    server.offer.github = github({ ...asKnown, '5.71.9789.1': manifest('5.71.9789.1') })
    const before = await readFile(file(), 'utf8')
    const checked = await run(['--check'])
    expect(checked).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run known -- --update') })
    expect(checked.stdout).toContain(`Missing: 5.71.9789.1: the SHA-256 ${hash.toLowerCase()}.`)
    expect(await readFile(file(), 'utf8')).toBe(before)

    expect(await run(['--update'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Added: 5.71.9789.1: published on'),
    })
    const after = await readFile(file(), 'utf8')
    expect(JSON.parse(after).versions).toEqual([
      ...knownVersions,
      {
        version: '5.71.9789.1',
        sha256: { value: hash.toLowerCase(), source: source('5.71.9789.1') },
        published: { date: '2026-10-29', source: source('5.71.9789.1') },
      },
    ])
    expect(await run(['--check'])).toMatchObject({ code: 0 })
  })

  test.each(['--check', '--update'])('%s fails loudly where a hash differs, and writes nothing', async flag => {
    server.offer.github = github({ ...asKnown, '5.69.9720.1': manifest('5.69.9720.1'), '5.71.9789.1': manifest('5.71.9789.1') })
    const before = await readFile(file(), 'utf8')
    const { code, stderr } = await run([flag])
    expect(code).toBe(1)
    expect(stderr).toContain('CONTRADICTION: 5.69.9720.1: the SHA-256 that is known is 0a4c0710')
    expect(await readFile(file(), 'utf8')).toBe(before)
  })

  test('says of which version nothing could be read, and holds the others against the list all the same', async () => {
    const { '5.69.9720.1': _, ...others } = asKnown
    server.offer.github = {
      ...github({ ...others, '5.71.9789.1': manifest('5.71.9789.1') }),
      [list]: listing(...Object.keys(asKnown), '5.71.9789.1'),
    }
    const checked = await run(['--check'])
    const told = `5.69.9720.1: nothing is said of it. https://${raw('5.69.9720.1')} could not be read: The server answered 404`
    expect(checked).toMatchObject({ code: 1, stdout: expect.stringContaining(told) })
    expect(checked.stdout).toContain('Missing: 5.71.9789.1')
    expect(checked.stdout).not.toContain('5.69.9720.1: not in the public manifest')
    expect(await run(['--update'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Added: 5.71.9789.1') })
    expect(await run(['--check'])).toMatchObject({ code: 1, stdout: expect.stringContaining('as far as it could be read') })
  })

  test.each([
    ['without a token names the variable for one', {}, 'put one into GITHUB_TOKEN'],
    ['with one says that it was not enough', { GITHUB_TOKEN: 'synthetic-token' }, 'GITHUB_TOKEN has reached its limit'],
  ])('where GitHub’s limit is reached, %s', async (_, environment, hint) => {
    server.offer.isGithubBusy = true
    expect(await run(['--check'], environment)).toMatchObject({ code: 1, stderr: expect.stringContaining(hint) })
    server.offer.isGithubBusy = false
  })

  test('says which address did not answer', async () => {
    server.offer.github = { [list]: listing('5.71.9789.1') }
    const { code, stderr } = await run(['--update'])
    expect(code).toBe(1)
    expect(stderr).toContain(`https://${raw('5.71.9789.1')} could not be read: The server answered 404 Not Found.`)
  })

  test.each([[[]], [['--check', '--update']]])('with %j tells how it is used', async flags => {
    expect(await run(flags)).toMatchObject({ code: 2, stderr: 'Usage: npm run known -- --check | --update\n' })
  })
})
