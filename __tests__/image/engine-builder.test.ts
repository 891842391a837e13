import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { EngineFacts } from '../../src/engine/preflight.ts'
import { readBase } from '../../src/image/base.ts'
import { type Context, readContext } from '../../src/image/context.ts'
import { engineBuilder } from '../../src/image/engine-builder.ts'
import type { ImageOrder } from '../../src/image/order.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { image29 } from '../engine/recorded-answers.ts'
import { scriptedDocker } from '../engine/scripted-docker.ts'
import { msiPath } from '../engine/step-bench.ts'
import { image as anImage, installer as anInstaller } from '../report/stories.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { fill } from './folders.ts'

const engine: EngineFacts = {
  ...{ os: 'windows', version: '29.1.5', apiVersion: '1.52', windowsBuild: 20348, windowsRevision: 4000, isolation: 'process' },
  ...{ rootDir: 'C:\\ProgramData\\docker', name: 'builder', command: 'docker 29.1.5', description: 'x' },
}
const digest = `sha256:${'d'.repeat(64)}`
const noInputs = {
  ...{ buildContext: undefined, dockerfile: undefined, baseImage: undefined, buildArgs: undefined, installJdk: false },
  ...{ jdkUrl: undefined, jdkSha256: undefined, certificates: undefined, extras: undefined },
}
const foundHere = { digest: undefined, osVersion: undefined, isHere: true, bytes: 0, why: undefined }

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

type Answer = Parameters<typeof scriptedDocker>[0]
function builderWith(answer: Answer, turns = bench.folder) {
  const docker = scriptedDocker(answer)
  const host = bench.host()
  const journal = openJournal(bench.folder, host)
  return { docker, host, builder: engineBuilder({ docker, engine, host, journal, turns, warn: () => {} }) }
}
const order = (references: readonly string[]): ImageOrder => ({
  ...{ context: {} as Context, references, labels: [], isolation: undefined, memory: undefined },
  ...{ delivery: 'auto', isPushed: true, isRun: false, rebuild: false },
})

/** As docker answers for a single manifest. */
const manifest = (id: string) =>
  JSON.stringify({
    Descriptor: { digest, platform: { os: 'windows' } },
    SchemaV2Manifest: { config: { digest: id }, layers: [] },
  })

test('what its registry has already is not pushed; what it lacks is, and the fingerprint’s tags after the names', async () => {
  const had = new Set(['registry.example/shir:1'])
  const { builder, docker } = builderWith(command => {
    const [word = '', ...rest] = command.split(' ')
    const name = String(rest.at(-1))
    if (word === 'push') had.add(name)
    if (word === '--debug') return had.has(name) ? manifest(anImage.id) : { code: 1, stderr: 'manifest unknown' }
    return word === 'push' ? `1: digest: ${digest} size: 524\n` : ''
  })
  const { image, changed } = await builder.push(anImage, order(['registry.example/shir:1', 'other.example:5000/team/shir:2']))
  expect({ ...image, changed }).toMatchObject({ digest, reference: `registry.example/shir@${digest}`, changed: true })
  const mark = `shir-${'f'.repeat(32)}`
  const lacking = ['other.example:5000/team/shir:2', `registry.example/shir:${mark}`, `other.example:5000/team/shir:${mark}`]
  expect(docker.asked.filter(command => /^(?:tag|push)/.test(command))).toEqual([
    ...lacking.map(name => `tag -- ${anImage.id} ${name}`),
    ...lacking.map(name => `push -- ${name}`),
  ])
  expect(await builder.push(anImage, order([...had].slice(0, 2)))).toMatchObject({ changed: false })
})

test('an image that is here is used without a pull; facts come from inspect', async () => {
  const { builder, docker } = builderWith(() =>
    JSON.stringify([{ ...image29, RepoDigests: [`registry.example/shir@${digest}`] }]),
  )
  expect(await builder.use('registry.example/shir:1', undefined)).toMatchObject({
    ...{ planned: false, reference: 'registry.example/shir:1', id: image29.Id, digest, built: false, isNew: false },
    ...{ os: 'windows', osVersion: '10.0.20348.5499', hasHealthCheck: true, shirVersion: '5.70.9748.2' },
    metadata: { shirVersion: '5.70.9748.2', osVersion: '10.0.20348.5499', fingerprint: '' },
  })
  expect(docker.asked).toEqual(['image inspect -- registry.example/shir:1'])
})

test.each([
  ['registry.example/shir:5.70', 'registry.example/shir'],
  ['registry.example:5000/team/shir:5.70', 'registry.example:5000/team/shir'],
  ['registry.example:5000/team/shir', 'registry.example:5000/team/shir'],
  ['team/shir:1', 'team/shir'],
  ['docker.io/team/shir:1', 'team/shir'],
  ['index.docker.io/team/shir:1', 'team/shir'],
  ['docker.io/library/shir:1', 'shir'],
])('%s has the digest of its own repository', async (reference, repository) => {
  const others = [`other.example/shir@sha256:${'e'.repeat(64)}`, `x${repository}@sha256:${'f'.repeat(64)}`]
  const { builder } = builderWith(() => JSON.stringify([{ ...image29, RepoDigests: [...others, `${repository}@${digest}`] }]))
  expect(await builder.use(reference, undefined)).toMatchObject({ digest, reference })
})

test('one that is not is pulled; one that cannot be pulled is missing', async () => {
  let isHere = false
  const { builder, docker } = builderWith(command => {
    if (command.startsWith('pull')) isHere = true
    return command.startsWith('pull') || isHere ? JSON.stringify([image29]) : { code: 1, stderr: 'Error: No such image: x' }
  })
  expect(await builder.use('x:1', undefined)).toMatchObject({ id: image29.Id })
  expect(docker.asked).toEqual(['image inspect -- x:1', 'pull -- x:1', 'image inspect -- x:1'])
  const refused = builderWith(() => ({ code: 1, stderr: 'Error response from daemon: No such image: manifest unknown' }))
  expect(await stepErrorOf(refused.builder.use('x:1', undefined))).toMatchObject({
    code: 'image-missing',
    message: expect.stringContaining('manifest unknown'),
  })
})

test('a pull is tried again where its registry is busy, four times in all', async () => {
  const busy = { code: 1, stderr: 'Error response from daemon: received unexpected HTTP status: 503 Service Unavailable' }
  const { builder, docker, host } = builderWith(command =>
    command.startsWith('pull') ? busy : { code: 1, stderr: 'Error: No such image: x' },
  )
  expect(await stepErrorOf(builder.use('x:1', undefined))).toMatchObject({ code: 'image-missing' })
  expect(docker.asked.filter(command => command.startsWith('pull'))).toHaveLength(4)
  expect(host.lines.filter(line => line.includes('trying again'))).toHaveLength(3)
})

test('an image of another Windows is refused before it is started', async () => {
  const { builder } = builderWith(() => JSON.stringify([{ ...image29, OsVersion: '10.0.26100.1' }]))
  expect(await stepErrorOf(builder.use('x:1', undefined))).toMatchObject({ code: 'os-mismatch' })
})

describe('a build', () => {
  const id = (number: number) => `sha256:${String(number).repeat(64)}`
  /** A context with one file, an engine that builds it, and what happens during each build. */
  async function building(
    during: (build: number, file: string) => Promise<void>,
    more: Partial<ImageOrder> = {},
    turns?: string,
  ) {
    const folder = path.join(bench.folder, 'context')
    await fill(folder, { Dockerfile: 'FROM base:1\nCOPY file /\n', file: 'one', 'SHIR/x': '' })
    const labels: Record<string, string>[] = []
    const { docker, host, builder } = builderWith(command => {
      const words = command.split(' ')
      if (command.startsWith('build')) {
        const given = words.flatMap((word, at) => (words[at - 1] === '--label' ? [word.split('=')] : []))
        labels.push(Object.fromEntries(given))
        writeFileSync(String(words[words.indexOf('--iidfile') + 1]), id(labels.length))
        waiting = waiting.then(() => during(labels.length, path.join(folder, 'file')))
      }
      if (command === 'image inspect -- base:1') return JSON.stringify([{ ...image29, Id: base }])
      const named = command.startsWith('image inspect') && labels.length > 0 && command.endsWith(id(labels.length))
      if (named) return JSON.stringify([{ ...image29, Id: id(labels.length), Config: { Labels: labels.at(-1) } }])
      return /^(?:image inspect|create|run)/.test(command) ? { code: 1, stderr: 'Error: No such image: x' } : ''
    }, turns)
    let waiting = Promise.resolve()
    const context = await readContext({ ...noInputs, buildContext: folder }, folder, host)
    const wanted = { ...order(['shir:1']), context, isPushed: false, delivery: 'copy' as const, ...more }
    const prepared = { bases: [{ ...readBase('base:1'), ...foundHere, id: base }], delivery: { kind: 'copy' as const } }
    const msi = { ...anInstaller, path: msiPath }
    const { fingerprint } = await builder.lookUp(wanted, prepared, msi)
    const built = builder.build(wanted, prepared, msi, fingerprint)
    return { built, docker, host, fingerprint, labels }
  }
  let base = id(7)
  beforeEach(() => {
    base = id(7)
  })
  const named = ({ docker }: { readonly docker: { readonly asked: readonly string[] } }) =>
    docker.asked.filter(command => command.startsWith('tag'))

  test('of a context that is changed meanwhile is made again, and named by what it is made of', async () => {
    const run = await building(async (build, file) => {
      if (build === 1) writeFileSync(file, 'two')
    })
    const { image } = await run.built
    const [first, second] = run.labels.map(labels => labels['io.github.shir-container.fingerprint'])
    expect(first).toBe(run.fingerprint)
    expect(second).not.toBe(first)
    expect(image.metadata.fingerprint).toBe(second)
    expect(named(run)).toEqual([`tag -- ${id(2)} shir:1`, `tag -- ${id(2)} shir:shir-${second?.slice(0, 32)}`])
    expect(run.host.lines).toContain('The context or a base was changed while the image was built: it is built again.')
    // What nobody would find again does not stay.
    expect(run.docker.asked.filter(command => command.startsWith('image rm'))).toEqual([`image rm -- ${id(1)}`])
  })

  test('that is to be made again is looked for in its registry first', async () => {
    const run = await building(
      async (build, file) => {
        if (build === 1) writeFileSync(file, 'two')
      },
      { references: ['registry.example/shir:1'] },
    )
    const { image } = await run.built
    const asked = run.docker.asked.filter(command => command.includes(`shir:shir-${image.metadata.fingerprint.slice(0, 32)}`))
    expect(asked.map(command => command.split(' ')[0])).toEqual(['image', '--debug', 'tag'])
  })

  test('of which other jobs cannot be told is made all the same, which is said', async () => {
    const run = await building(async () => {}, {}, msiPath) // no folder
    await run.built
    expect(run.host.lines).toContain(
      'Other jobs cannot be told of this build: two that build the same image at once make two of it.',
    )
  })

  test('on a base whose name moved meanwhile is made again', async () => {
    const run = await building(async build => {
      if (build === 1) base = id(8)
    })
    await run.built
    expect(run.labels).toHaveLength(2)
    expect(run.labels[0]?.['io.github.shir-container.fingerprint']).toBe(run.fingerprint)
  })

  test('of what changes all the time ends, and names nothing', async () => {
    const run = await building(async (build, file) => writeFileSync(file, `${build}`))
    expect(await stepErrorOf(run.built)).toMatchObject({
      code: 'context-invalid',
      message: expect.stringContaining('changes all the time'),
    })
    expect([run.labels.length, named(run)]).toEqual([3, []])
  })

  test.each([
    [true, true],
    [false, false],
  ])('with rebuild %s runs every step: %s', async (rebuild, isFresh) => {
    const run = await building(async () => {}, { rebuild })
    await run.built
    expect(run.docker.asked.some(command => command.startsWith('build') && command.includes('--no-cache'))).toBe(isFresh)
  })
})

test('an image that its registry lists and does not give is built instead', async () => {
  const folder = path.join(bench.folder, 'context')
  await fill(folder, { Dockerfile: 'FROM scratch\n', 'SHIR/x': '' })
  const { builder, host } = builderWith(command =>
    command.startsWith('--debug') ? manifest('sha256:1') : { code: 1, stderr: 'Error: No such image: x\nunknown blob' },
  )
  const context = await readContext({ ...noInputs, buildContext: folder }, folder, host)
  const wanted = { ...order(['registry.example/shir:1']), context, isPushed: false, isRun: true }
  const prepared = { bases: [], delivery: { kind: 'copy' as const } }
  expect(await builder.lookUp(wanted, prepared, anInstaller)).toMatchObject({ image: undefined })
  expect(host.lines.at(-1)).toMatch(/could not be pulled: .* It is built instead\.$/)
})

test('bases of which their registry does not tell are pulled one after the other, to know them', async () => {
  const folder = path.join(bench.folder, 'context')
  await fill(folder, { Dockerfile: 'FROM a:1\nCOPY --from=b:1 x /\n', 'SHIR/x': '' })
  const pulled = new Set<string>()
  const { builder, docker, host } = builderWith(command => {
    const name = String(command.split(' ').at(-1))
    if (command.startsWith('pull')) pulled.add(name)
    return pulled.has(name) ? JSON.stringify([image29]) : { code: 1, stderr: 'Error: No such image: x' }
  })
  const context = await readContext({ ...noInputs, buildContext: folder }, folder, host)
  const bases = ['a:1', 'b:1'].map(name => ({ ...readBase(name), ...foundHere, id: undefined, isHere: false }))
  await builder.lookUp({ ...order(['shir:1']), context, isPushed: false }, { bases, delivery: { kind: 'copy' } }, anInstaller)
  expect(docker.asked.filter(command => / [ab]:1$/.test(command))).toEqual(
    ['a:1', 'b:1'].flatMap(name => [`image inspect -- ${name}`, `pull -- ${name}`, `image inspect -- ${name}`]),
  )
})
