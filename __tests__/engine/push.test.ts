import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { openDocker } from '../../src/engine/docker.ts'
import type { RegistryAnswer } from '../../src/engine/manifest.ts'
import { pushAll } from '../../src/image/push.ts'
import { fill } from '../image/folders.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { describeWith } from '../support/program.ts'
import { type RecordingClock, recordingClock } from '../support/recording-clock.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { describeOnEngine, type EngineUnderTest, realEngine } from './engines.ts'
import { type Registry, startRegistry } from './registry.ts'
import { answers, hangsUp, type RegistryFault, type RegistryProxy, refuses, registryProxy, resets } from './registry-proxy.ts'

describeOnEngine('pushes, on the real engine', () => {
  describeWith('docker-registry', 'through a registry that does wrong', () => {
    let engine: EngineUnderTest
    let machine: TestMachine
    let registry: Registry
    let proxy: RegistryProxy
    beforeAll(async () => {
      ;[engine, machine] = await Promise.all([realEngine(), testMachine()])
      registry = await startRegistry(path.join(machine.folder, 'registry'))
      proxy = await registryProxy(registry.name)
    })
    afterAll(async () => {
      await proxy.close()
      await registry.close()
      await Promise.all([engine.close(), machine.remove()])
    })

    const manifestType = 'application/vnd.docker.distribution.manifest.v2+json'
    /** Asks the registry itself, without the proxy. */
    const askRegistry = async (reference: string): Promise<RegistryAnswer> => {
      const [, repository, tag] = /^[^/]+\/(.+):([^:]+)$/.exec(reference) ?? []
      const answer = await fetch(`http://${registry.name}/v2/${repository}/manifests/${tag}`, {
        headers: { accept: manifestType },
      })
      if (answer.status === 404) return { kind: 'absent' }
      const { config } = (await answer.json()) as { readonly config: { readonly digest: string } }
      const found = { digest: String(answer.headers.get('docker-content-digest')), imageId: config.digest }
      return { kind: 'found', ...found, os: 'linux', osVersion: undefined, bytes: 0 }
    }

    let counter = 0
    /** An image that no registry has a layer of, under a name of its own. */
    const anImage = async (repository = `x${++counter}`, content: string = randomUUID()) => {
      const folder = path.join(machine.folder, `context-${++counter}`)
      const reference = `${proxy.name}/${repository}:1`
      await fill(folder, { Dockerfile: 'FROM scratch\nCOPY content /\n', content })
      await engine.docker('build', '--label', engine.prefix, '-t', reference, '--', folder)
      const { stdout } = await engine.docker('image', 'inspect', '--format', '{{.Id}}', '--', reference)
      return { reference, id: stdout.trim(), name: repository }
    }
    const push = async (
      image: { readonly id: string },
      references: readonly string[],
      ask = askRegistry,
      clock: RecordingClock = recordingClock(),
    ) => {
      const host = machine.host({ environment: engine.docker.environment })
      const docker = await openDocker(host)
      return pushAll(image.id, references, ask, docker, { ...host, clock })
    }

    const manifests = (times: number, commit: RegistryFault['commit']): RegistryFault => ({
      method: 'PUT',
      path: /\/manifests\//,
      times,
      commit,
    })
    const door = (times: number, commit: RegistryFault['commit']): RegistryFault => ({
      method: 'GET',
      path: /^\/v2\/$/,
      times,
      commit,
    })

    test.each<[string, RegistryFault]>([
      ['503 at the manifest', manifests(3, answers(503))],
      ['429 at the manifest', manifests(2, refuses(429, 'TOOMANYREQUESTS', 'too many requests'))],
      ['429 with a page at the manifest', manifests(1, answers(429, 'Too Many Requests (HAP429).\n'))],
      ['a connection that ends at the manifest', manifests(1, hangsUp)],
      ['a connection that is reset at the manifest', manifests(1, resets)],
      // Of an answer there docker wants to know the login alone.
      ['a connection that ends at the door', door(1, hangsUp)],
      ['a connection that is reset at the door', door(2, resets)],
    ])('%s, and then it goes through: pushed, with the registry’s digest', async (_, fault) => {
      const image = await anImage()
      const before = proxy.committed.length
      proxy.commit(fault)
      const clock = recordingClock()
      const pushed = await push(image, [image.reference], askRegistry, clock)
      expect(proxy.committed.length - before).toBe(fault.times)
      expect(clock.sleeps).toHaveLength(fault.times)
      expect(pushed).toEqual([{ reference: image.reference, digest: await registry.digest(image.name, '1') }])
    })

    // Docker's own second try comes after 5 s.
    test.each<[string, RegistryFault]>([
      ['a refused upload', { method: 'POST', path: /\/blobs\/uploads\//, times: 1, commit: answers(503) }],
      ['an upload that is cut', { method: 'PATCH', path: /\/blobs\/uploads\//, times: 1, commit: resets }],
    ])('%s is docker’s own to try again', async (_, fault) => {
      const image = await anImage()
      proxy.commit(fault)
      const clock = recordingClock()
      const pushed = await push(image, [image.reference], askRegistry, clock)
      expect(pushed).toEqual([{ reference: image.reference, digest: await registry.digest(image.name, '1') }])
      expect(clock.sleeps).toEqual([])
    })

    test.each<[string, RegistryFault, number, RegExp, string]>([
      ['503 for ever', manifests(9, answers(503)), 4, /503 Service Unavailable \(4 attempts\)$/, 'again and again'],
      [
        'no right to push',
        manifests(9, refuses(403, 'DENIED', 'this user may not push')),
        1,
        /: denied: this user may not push$/,
        'az acr login',
      ],
      [
        'no login',
        manifests(9, refuses(401, 'UNAUTHORIZED', 'log in first')),
        1,
        /: unauthorized: log in first$/,
        'docker login',
      ],
      [
        'a page that says too large',
        manifests(9, answers(413, '<html><title>413 Request Entity Too Large</title></html>')),
        1,
        /413/,
        'client_max_body_size',
      ],
      [
        'no such repository',
        manifests(9, refuses(404, 'NAME_UNKNOWN', 'there is no x here')),
        1,
        /: name unknown: there is no x here$/,
        'Make the repository',
      ],
    ])('%s: so many attempts, the registry’s own words and what to do', async (_, fault, attempts, message, hint) => {
      const image = await anImage()
      const before = proxy.committed.length
      proxy.commit(fault)
      expect(await stepErrorOf(push(image, [image.reference]))).toMatchObject({
        code: 'push-failed',
        message: expect.stringMatching(message),
        hint: expect.stringContaining(hint),
      })
      expect(proxy.committed.length - before).toBe(attempts)
      expect(await registry.digest(image.name, '1')).toBeNull()
    })

    test('a tag that another job takes in the same moment is no success', async () => {
      proxy.commit()
      const [ours, theirs] = [await anImage('shared'), await anImage('theirs')]
      await engine.docker('tag', theirs.id, `${proxy.name}/shared:2`)
      await engine.docker('tag', ours.id, `${proxy.name}/shared:1`)
      const overtaken = async (reference: string) => {
        await engine.docker('tag', theirs.id, reference)
        await engine.docker('push', reference)
        return askRegistry(reference)
      }
      expect(await stepErrorOf(push(ours, [`${proxy.name}/shared:1`], overtaken))).toMatchObject({
        code: 'push-failed',
        message: expect.stringMatching(/the registry took sha256:\w{64}, but has sha256:\w{64} there now$/),
      })
    })

    test('several references, over two registries', async () => {
      proxy.commit(manifests(1, answers(503)))
      const image = await anImage()
      const second = `${registry.name}/${image.name}-too:1`
      await engine.docker('tag', image.id, second)
      const pushed = await push(image, [image.reference, second])
      const digest = await registry.digest(image.name, '1')
      expect(pushed).toEqual([image.reference, second].map(reference => ({ reference, digest })))
    })
  })
})
