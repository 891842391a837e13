/** The contract of names and registries: tag, push, and what a registry tells of an image. */
import { createHash } from 'node:crypto'
import { type Bench, nowhere } from './bench.ts'
import type { RegistryUnderTest } from './registry-under-test.ts'

const docker = 'application/vnd.docker'
const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/)

/** What the product reads of `docker manifest inspect --verbose`. */
interface Manifest {
  readonly Ref: string
  readonly Raw: string
  readonly Descriptor: { readonly digest: string; readonly size: number; readonly platform: object }
  readonly SchemaV2Manifest: { readonly config: { readonly digest: string } }
}

/** The bytes of a manifest are what its digest and its size are of. */
function expectProven({ Raw, Descriptor }: Manifest): void {
  const bytes = Buffer.from(Raw, 'base64')
  expect(Descriptor.digest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`)
  expect(Descriptor.size).toBe(bytes.length)
}

const schema = (id: unknown) => ({
  schemaVersion: 2,
  mediaType: `${docker}.distribution.manifest.v2+json`,
  config: { mediaType: `${docker}.container.image.v1+json`, size: expect.any(Number), digest: id },
  layers: expect.arrayContaining([
    { mediaType: `${docker}.image.rootfs.diff.tar.gzip`, size: expect.any(Number), digest: digest },
  ]),
})

export function tagsContract(bench: () => Bench): void {
  test('tag gives a name to an image by a name, an id or the beginning of one', async () => {
    const { docker, engine, image } = bench()
    const known = async () => JSON.parse((await docker('image', 'inspect', '--', image)).stdout)[0]
    const { Id: id, RepoTags: before } = await known()
    for (const [index, source] of [image, id, id.slice(7, 19)].entries()) {
      const name = `${engine.prefix}:tag-${index}`
      expect(await docker('tag', '--', source, name)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
      expect(JSON.parse((await docker('image', 'inspect', '--', name)).stdout)).toMatchObject([{ Id: id }])
    }
    // A list of images has a line for each name.
    const listed = await docker('image', 'ls', '-q', '--no-trunc', '--filter', `label=${engine.prefix}=`)
    const { RepoTags: after } = await known()
    expect(after).toHaveLength(before.length + 3)
    expect(listed.stdout.split('\n').filter(line => line === id)).toHaveLength(after.length)
  })

  test.each([
    ['a missing image', ['nope:1', 'x:1'], 1, 'Error response from daemon: No such image: nope:1\n'],
    ['a missing tag', ['nope', 'x:1'], 1, 'Error response from daemon: No such image: nope:latest\n'],
    [
      'capitals',
      ['IMAGE', 'I5X:4'],
      1,
      'Error parsing reference: "I5X:4" is not a valid repository/tag: invalid reference format: repository name (library/I5X) must be lowercase\n',
    ],
    [
      'no name at all',
      ['IMAGE', 'bad::x'],
      1,
      'Error parsing reference: "bad::x" is not a valid repository/tag: invalid reference format\n',
    ],
    ['a digest', ['IMAGE', `x@sha256:${'0'.repeat(64)}`], 1, 'refusing to create a tag with a digest reference\n'],
    [
      'an id',
      ['IMAGE', `sha256:${'0'.repeat(64)}`],
      1,
      'Error response from daemon: refusing to create an ambiguous tag using digest algorithm as name\n',
    ],
    [
      'one name too few',
      ['IMAGE'],
      1,
      "docker: 'docker tag' requires 2 arguments\n\nUsage:  docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]\n\nRun 'docker tag --help' for more information\n",
    ],
  ])('tag refuses %s', async (_, names, exitCode, stderr) => {
    const { docker, image } = bench()
    const argv = names.map(name => (name === 'IMAGE' ? image : name))
    expect(await docker('tag', '--', ...argv)).toEqual({ exitCode, stdout: '', stderr })
  })

  test('image ls filters by label: by name, by value, and by several', async () => {
    const { docker, engine, build, image } = bench()
    const name = `${engine.prefix}:labelled`
    await build('-t', name, '--label', 'colour=red', '--build-arg', `BASE_IMAGE=${image}`, '--', bench().context)
    const [{ Id: id }] = JSON.parse((await docker('image', 'inspect', '--', name)).stdout)
    const ls = (...filters: readonly string[]) =>
      docker('image', 'ls', '--quiet', '--no-trunc', ...filters.flatMap(filter => ['--filter', `label=${filter}`]))
    for (const filters of [
      [engine.prefix, 'colour=red'],
      [`${engine.prefix}=`, 'colour'],
      ['colour=red', engine.prefix],
    ])
      expect(await ls(...filters)).toEqual({ exitCode: 0, stdout: `${id}\n`, stderr: '' })
    expect((await ls(engine.prefix, 'colour=blue')).stdout).toBe('')
    expect(await docker('image', 'ls', '-q', '--filter', 'bogus=x')).toMatchObject({
      exitCode: 1,
      stderr: "Error response from daemon: Invalid filter 'bogus'\n",
    })
    expect(await docker('image', 'ls', '-q', '--filter', 'bogus')).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining(
        'invalid argument "bogus" for "-f, --filter" flag: bad format of filter (expected name=value)',
      ),
    })
  })

  test('manifest inspect of registries that cannot be asked', async () => {
    const { docker } = bench()
    const inspect = (...argv: readonly string[]) => docker('manifest', 'inspect', '--verbose', ...argv)
    const failed = 'failed to configure transport: error pinging v2 registry:'
    for (const flags of [[], ['--insecure']])
      expect(await inspect(...flags, '--', `${nowhere}/none:1`)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: `${failed} Get "https://${nowhere}/v2/": dial tcp ${nowhere}: connect: connection refused\n`,
      })
    expect(await inspect('--', 'no-such-host.invalid/none:1')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^failed to configure transport: error pinging v2 registry: Get "https:\/\/no-such-host\.invalid\/v2\/": dial tcp: lookup no-such-host\.invalid\b.*: no such host\n$/,
      ),
    })
    expect(await inspect('--', 'Bad/Name:1')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'invalid reference format: repository name (Name) must be lowercase\n',
    })
    expect(await inspect()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^docker: 'docker manifest inspect' requires at least 1 and at most 2 arguments\n/),
    })
  })
}

export function registryContract(bench: () => Bench, registry: () => RegistryUnderTest): void {
  const inspect = (...argv: readonly string[]) => bench().docker('manifest', 'inspect', ...registry().flags, ...argv)

  test('what was pushed can be asked for, under its tag and under its digest, and agrees with the engine', async () => {
    const { docker, engine, image } = bench()
    const repository = `${registry().name}/${engine.prefix}/shir`
    await docker('tag', '--', image, `${repository}:1`)
    const pushed = await docker('push', '--', `${repository}:1`)
    expect(pushed).toMatchObject({ exitCode: 0, stderr: '' })
    const told = await inspect('--verbose', '--', `${repository}:1`)
    expect(told).toMatchObject({ exitCode: 0, stderr: '' })
    const manifest: Manifest = JSON.parse(told.stdout)
    const [known] = JSON.parse((await docker('image', 'inspect', '--', image)).stdout)
    expect(manifest).toEqual({
      Ref: `${repository}:1`,
      Descriptor: {
        mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
        digest,
        size: expect.any(Number),
        platform: { architecture: 'amd64', os: 'linux' },
      },
      Raw: expect.any(String),
      SchemaV2Manifest: schema(known.Id),
    })
    expectProven(manifest)
    const { size, digest: given } = manifest.Descriptor
    expect(pushed.stdout).toMatch(new RegExp(`\\n1: digest: ${given} size: ${size}\\n$`))
    expect(known.RepoDigests).toEqual([`${repository}@${given}`])
    const pulled = await docker('pull', '--', `${repository}:1`)
    expect(pulled.stdout).toContain(`\nDigest: ${given}\nStatus: Image is up to date for ${repository}:1\n`)

    for (const reference of [`${repository}@${given}`, `${repository}:1@${given}`])
      expect(JSON.parse((await inspect('--verbose', '--', reference)).stdout)).toEqual({ ...manifest, Ref: reference })
    expect(JSON.parse((await inspect('--', `${repository}:1`)).stdout)).toEqual(manifest.SchemaV2Manifest)
  })

  test('a tag, a repository or a digest that is not there', async () => {
    const { docker, engine, image } = bench()
    const repository = `${registry().name}/${engine.prefix}/few`
    await docker('tag', '--', image, `${repository}:1`)
    await docker('push', '--', `${repository}:1`)
    for (const reference of [`${repository}:2`, `${repository}-x:1`, `${repository}@sha256:${'0'.repeat(64)}`])
      expect(await inspect('--verbose', '--', reference)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: `no such manifest: ${reference}\n`,
      })
    expect((await inspect('--', repository)).stderr).toBe(`no such manifest: ${repository}:latest\n`)
  })

  test('a list is told as an array: each manifest under its own digest, with the version of Windows', async () => {
    const { docker, image } = bench()
    const reference = await registry().list(docker, image)
    const [manifest, ...more]: readonly Manifest[] = JSON.parse((await inspect('--verbose', '--', reference)).stdout)
    if (!manifest) throw new Error('the list is empty')
    expect(more).toEqual([])
    expectProven(manifest)
    expect(manifest).toMatchObject({
      Ref: `${reference}@${manifest.Descriptor.digest}`,
      Descriptor: { platform: { architecture: 'amd64', os: 'windows', 'os.version': '10.0.20348.4405' } },
      SchemaV2Manifest: schema(digest),
    })
    const { mediaType, digest: own, size, platform } = manifest.Descriptor as Manifest['Descriptor'] & { mediaType: string }
    expect(JSON.parse((await inspect('--', reference)).stdout)).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
      manifests: [{ mediaType, digest: own, size, platform }],
    })
  })
}
