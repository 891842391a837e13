import { createHash } from 'node:crypto'
import path from 'node:path'
import { openDocker } from '../../src/engine/docker.ts'
import { inspectImage } from '../../src/engine/inspect.ts'
import { askRegistry, type RegistryAnswer } from '../../src/engine/manifest.ts'
import { fill } from '../image/folders.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { describeWith } from '../support/program.ts'
import { describeOnEngine, type EngineUnderTest, realEngine } from './engines.ts'
import { type Registry, startRegistry } from './registry.ts'

const type = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'
const linux = { os: 'linux', windowsBuild: undefined } as const

describeWith('docker-registry', 'a real registry', () => {
  let bench: TestMachine
  let registry: Registry
  beforeAll(async () => {
    bench = await testMachine()
    registry = await startRegistry(path.join(bench.folder, 'registry'))
  })
  afterAll(async () => {
    await registry.close()
    await bench.remove()
  })

  const ask = async (name: string, engine: Parameters<typeof askRegistry>[2] = linux) => {
    const host = bench.host()
    return askRegistry(await openDocker(host), `${registry.name}/${name}`, engine, host)
  }

  test('has no such tag, and no such repository', async () => {
    await put('some', 'there', await ociImage('some', { os: 'linux', architecture: 'amd64' }))
    expect(await ask('some:gone')).toEqual({ kind: 'absent' })
    expect(await ask('nothing:1')).toEqual({ kind: 'absent' })
    expect(await ask('some:there')).toMatchObject({ kind: 'found', os: 'linux' })
  })

  test('has an OCI index, of which the engine’s image is told, and an OCI image', async () => {
    const older = await ociImage('base', { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.1' })
    const newer = await ociImage('base', { os: 'windows', architecture: 'amd64', 'os.version': '10.0.26100.1' })
    const other = await ociImage('base', { os: 'unknown', architecture: 'unknown' })
    const manifests = await Promise.all(
      [other, newer, older].map(async ({ content, platform }) => ({
        ...(await put('base', digestOf(content), { content })),
        platform,
      })),
    )
    await put('base', 'list', { content: json({ schemaVersion: 2, mediaType: indexType, manifests }) }, indexType)
    await put('base', 'one', older)
    const expected: RegistryAnswer = {
      ...{ kind: 'found', digest: digestOf(older.content), imageId: older.imageId, os: 'windows' },
      ...{ osVersion: '10.0.20348.1', bytes: Buffer.byteLength('a layer') },
    }
    expect(await ask('base:list', { os: 'windows', windowsBuild: 20348 })).toEqual(expected)
    expect(await ask('base:one', linux)).toEqual(expected)
    expect(await ask(`base@${digestOf(older.content)}`)).toEqual(expected)
    expect(await ask('base:list', linux)).toMatchObject({ kind: 'unknown' })
  })

  describeOnEngine('and a real engine', () => {
    let engine: EngineUnderTest
    beforeAll(async () => {
      engine = await realEngine()
    })
    afterAll(() => engine.close())

    test('what was pushed has the registry’s digest and the engine’s id', async () => {
      const { docker, prefix, folder } = engine
      const reference = `${registry.name}/${prefix}:1`
      await fill(path.join(folder, 'c'), { Dockerfile: 'FROM scratch\nCOPY a b /\n', a: prefix, b: 'b'.repeat(5000) })
      await docker('build', '--label', prefix, '--tag', reference, '--', path.join(folder, 'c'))
      await docker('push', '--', reference)
      const answer = await ask(`${prefix}:1`)
      expect(answer).toEqual({
        kind: 'found',
        digest: await registry.digest(prefix, '1'),
        imageId: (await inspectImage(await openDocker(bench.host()), reference))?.id,
        ...{ os: 'linux', osVersion: undefined, bytes: expect.any(Number) },
      })
      // One small layer, whose long file is packed.
      expect(answer.kind === 'found' && answer.bytes > 50 && answer.bytes < 2000).toBe(true)
    })
  })

  const url = (rest: string) => `http://${registry.name}/v2/${rest}`

  /** A manifest whose configuration and layer the registry has; the manifest itself it has not yet. */
  async function ociImage(repository: string, platform: Readonly<Record<string, string>>) {
    const config = await upload(repository, json({ ...platform, rootfs: { type: 'layers', diff_ids: [] } }))
    const layer = await upload(repository, 'a layer')
    const content = json({
      ...{ schemaVersion: 2, mediaType: type },
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...layer }],
    })
    return { content, platform, imageId: config.digest }
  }

  async function upload(repository: string, content: string) {
    const begun = await fetch(url(`${repository}/blobs/uploads/`), { method: 'POST' })
    const place = new URL(begun.headers.get('location') ?? '', url(''))
    place.searchParams.set('digest', digestOf(content))
    await sent(await fetch(place, { method: 'PUT', body: content, headers: { 'content-type': 'application/octet-stream' } }))
    return { digest: digestOf(content), size: Buffer.byteLength(content) }
  }

  async function put(repository: string, tag: string, { content }: { readonly content: string }, mediaType = type) {
    const headers = { 'content-type': mediaType }
    await sent(await fetch(url(`${repository}/manifests/${tag}`), { method: 'PUT', headers, body: content }))
    return { mediaType, digest: digestOf(content), size: Buffer.byteLength(content) }
  }
})

const json = (value: unknown) => JSON.stringify(value)
const digestOf = (content: string) => `sha256:${createHash('sha256').update(content).digest('hex')}`

async function sent(answer: Response): Promise<void> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}
