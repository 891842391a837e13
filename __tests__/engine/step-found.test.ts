/** An image that is there already is found, here and in a registry, and costs neither a build nor an installer. */

import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { labelNames } from '../../src/contract/labels.ts'
import { fill } from '../image/folders.ts'
import type { Played } from '../support/play.ts'
import { describeWith } from '../support/program.ts'
import { describeOnEngine } from './engines.ts'
import { type Registry, startRegistry } from './registry.ts'
import { makeReadyBench, msiPath, msiSha256, running, type StepBench } from './step-bench.ts'

describeOnEngine('an image that is there already, on the real engine', () => {
  let bench: StepBench
  let server: Server
  let fetched = 0
  beforeAll(async () => {
    bench = await makeReadyBench()
    const bytes = readFileSync(msiPath)
    server = createServer((request, response) => {
      if (request.method === 'GET') fetched += bytes.length
      response.writeHead(200, { 'content-length': bytes.length }).end(request.method === 'GET' ? bytes : undefined)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    await fill(path.join(bench.machine.workspace, 'found'), {
      Dockerfile: `FROM ${bench.image}\nARG A=1\nCOPY file /file\n`,
      file: 'x',
    })
  })
  afterAll(async () => {
    server.close()
    await bench.remove()
  })
  beforeEach(() => {
    fetched = 0
  })

  const docker = (...args: readonly string[]) => bench.engine.docker(...args)
  const inputs = (image: string, more: Readonly<Record<string, string>> = {}) => ({
    ...{ mode: 'build', msiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path.basename(msiPath)}` },
    ...{ msiSha256, buildContext: 'found', image, labels: `${bench.engine.prefix}=step`, ...more },
  })
  const play = (...given: Parameters<typeof inputs>) => bench.play(inputs(...given))
  const steps = ({ lines }: Played) => lines.filter(line => line.includes('Step ')).length
  const forget = async (...references: readonly string[]) => {
    await docker('image', 'rm', '-f', '--', ...references)
    await rm(path.join(bench.machine.tools, 'shir'), { recursive: true, force: true })
  }
  const marks = async (repository: string) =>
    (await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', '--', repository)).stdout
      .split('\n')
      .filter(name => name.includes(':shir-'))

  test('the same again: the same image, no build, nothing changed, no installer', async () => {
    const image = `${bench.image}-found`
    const first = await play(image)
    expect(first.annotations).toEqual([])
    expect(first.outputs).toMatchObject({ built: 'true', changed: 'true', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(steps(first)).toBeGreaterThan(0)
    await rm(path.join(bench.machine.tools, 'shir'), { recursive: true, force: true })
    fetched = 0

    const again = await play(image)
    expect(again.annotations).toEqual([])
    const { imageId, fingerprint, imageMetadata } = first.outputs
    expect(again.outputs).toMatchObject({ image, imageId, fingerprint, imageMetadata, built: 'false', changed: 'false' })
    expect(again.outputs).toMatchObject({ shirVersion: '5.70.9748.2', msiSha256, cacheHit: 'false' })
    expect([steps(again), fetched]).toEqual([0, 0])
    expect(JSON.parse(imageMetadata ?? '')).toMatchObject({
      shirVersion: '5.70.9748.2',
      msiSha256,
      base: bench.image,
      os: 'linux',
    })
  })

  test('a name more is a name more; a changed file, argument or label is another image; rebuild builds', async () => {
    const image = `${bench.image}-changes`
    const first = await play(image)
    const named = await play(`${image}\n${image}-too`)
    expect(named.outputs).toMatchObject({ built: 'false', imageId: first.outputs.imageId })
    expect((await docker('image', 'inspect', '--format', '{{.Id}}', `${image}-too`)).stdout.trim()).toBe(first.outputs.imageId)

    const labels = `${bench.engine.prefix}=step\nteam=data`
    for (const more of [{ buildArgs: 'A=2' }, { labels }]) {
      const other = await play(image, more)
      expect(other.outputs).toMatchObject({ built: 'true', changed: 'true' })
      expect(other.outputs.fingerprint).not.toBe(first.outputs.fingerprint)
    }
    const forced = await play(image, { rebuild: 'true' })
    expect(forced.outputs).toMatchObject({ built: 'true', fingerprint: first.outputs.fingerprint })
    expect(steps(forced)).toBeGreaterThan(0)
  })

  test('what was built on ours has our labels, and is not taken for it', async () => {
    const image = `${bench.image}-inherited`
    const first = await play(image)
    const [mark = ''] = await marks(`${bench.image.split(':')[0]}`)
    expect(mark).toContain(':shir-')
    const child = await bench.build(`FROM ${image}\nENV OTHER=1\n`, `${image}-child`)
    expect(child.outputs.fingerprint).not.toBe(first.outputs.fingerprint)
    // Somebody gives another image the name of ours.
    await docker('tag', '--', `${image}-child`, `${bench.image.split(':')[0]}:shir-${first.outputs.fingerprint?.slice(0, 32)}`)
    const again = await play(image)
    expect(again.outputs).toMatchObject({ built: 'true', fingerprint: first.outputs.fingerprint })
  })

  test('without a hash the installer is obtained first, and the build spared all the same', async () => {
    const image = `${bench.image}-unknown`
    const { msiUrl: _, msiSha256: __, ...rest } = inputs(image, { buildArgs: 'A=3' })
    const unproven = { ...rest, msiPath, verifySignature: 'false' }
    const first = await bench.play(unproven)
    const again = await bench.play(unproven)
    expect(first.outputs).toMatchObject({ built: 'true' })
    expect(again.outputs).toMatchObject({ built: 'false', imageId: first.outputs.imageId, msiSha256 })
    expect(again.lines.join('\n')).toContain('No SHA-256 of it is known beforehand')
  })

  describeWith('docker-registry', 'in a registry', () => {
    let registry: Registry
    beforeAll(async () => {
      registry = await startRegistry(path.join(bench.folder, 'registry'))
    })
    afterAll(() => registry.close())

    test('built, pushed, forgotten here: the next run fetches nothing, pulls nothing and pushes nothing', async () => {
      const name = `${registry.name}/team/found:1`
      const first = await play(name, { push: 'true' })
      expect(first.annotations).toEqual([])
      const digest = await registry.digest('team/found', '1')
      expect(first.outputs).toMatchObject({ digest, image: `${registry.name}/team/found@${digest}`, changed: 'true' })
      const mark = `${registry.name}/team/found:shir-${first.outputs.fingerprint?.slice(0, 32)}`
      await forget(name, mark)
      fetched = 0

      const again = await play(name, { push: 'true' })
      expect(again.annotations).toEqual([])
      const { image, imageId, fingerprint } = first.outputs
      expect(again.outputs).toMatchObject({ image, imageId, fingerprint, digest, built: 'false', changed: 'false', msiSha256 })
      expect([fetched, steps(again)]).toEqual([0, 0])
      expect((await docker('image', 'inspect', '--', mark)).exitCode).toBe(1)

      // Another tag is one that the registry lacks.
      const two = await play(`${name}\n${registry.name}/team/found:2`, { push: 'true' })
      expect(two.outputs).toMatchObject({ image, imageId, built: 'false', changed: 'true' })
      expect(await registry.digest('team/found', '2')).toBe(digest)
      expect(fetched).toBe(0)
      await forget(name, mark, `${registry.name}/team/found:2`)

      const container = bench.newName()
      const node = await bench.play({ ...inputs(name), ...running(name, container) })
      expect(node.outputs).toMatchObject({ verdict: 'healthy', imageId, built: 'false' })
      expect(fetched).toBe(0)
      const facts = JSON.parse((await docker('image', 'inspect', '--', name)).stdout)[0]
      expect(facts.Config.Labels[labelNames.fingerprint]).toBe(fingerprint)
      await docker('rm', '-f', '--', `${container}-1`)
    })

    test('a registry that does not answer is said, and the image built', async () => {
      const host = await play('127.0.0.1:9/team/found:1')
      expect(host.outputs).toMatchObject({ built: 'true', verdict: 'skipped' })
      expect(host.lines.join('\n')).toContain('127.0.0.1:9/team/found could not be asked for an image of that fingerprint: ')
    })
  })
})
