import type { EngineFacts } from '../../src/engine/preflight.ts'
import { engineBuilder } from '../../src/image/engine-builder.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { image29 } from '../engine/recorded-answers.ts'
import { scriptedDocker } from '../engine/scripted-docker.ts'
import { image as anImage } from '../report/stories.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'

const engine: EngineFacts = {
  ...{ os: 'windows', version: '29.1.5', apiVersion: '1.52', windowsBuild: 20348, windowsRevision: 4000, isolation: 'process' },
  ...{ rootDir: 'C:\\ProgramData\\docker', command: 'docker', description: 'x' },
}
const digest = `sha256:${'d'.repeat(64)}`

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

type Answer = Parameters<typeof scriptedDocker>[0]
function builderWith(answer: Answer) {
  const docker = scriptedDocker(answer)
  const host = bench.host()
  return { docker, host, builder: engineBuilder(docker, engine, host, openJournal(bench.folder, host)) }
}
const having =
  (repoDigests: readonly string[]): Answer =>
  command =>
    command.startsWith('image inspect') ? JSON.stringify([{ ...image29, RepoDigests: repoDigests }]) : ''

test.each([
  ['registry.example/shir:5.70', 'registry.example/shir'],
  ['registry.example:5000/team/shir:5.70', 'registry.example:5000/team/shir'],
  ['registry.example:5000/team/shir', 'registry.example:5000/team/shir'],
  ['team/shir:1', 'team/shir'],
  ['docker.io/team/shir:1', 'team/shir'],
  ['index.docker.io/team/shir:1', 'team/shir'],
  ['docker.io/library/shir:1', 'shir'],
])('after a push %s has the digest of its own repository', async (reference, repository) => {
  const others = [`other.example/shir@sha256:${'e'.repeat(64)}`, `x${repository}@sha256:${'f'.repeat(64)}`]
  const { builder, docker } = builderWith(having([...others, `${repository}@${digest}`]))
  const pushed = await builder.push({ ...anImage, id: image29.Id, reference }, [reference, 'second:1'])
  expect(pushed).toMatchObject({ digest, reference: `${reference.replace(/:[^:/]*$/, '')}@${digest}` })
  expect(docker.asked.filter(command => command.startsWith('push'))).toEqual([`push -- ${reference}`, 'push -- second:1'])
})

test('a push that is refused', async () => {
  const { builder } = builderWith(() => ({ code: 1, stderr: 'denied: requested access to the resource is denied\n' }))
  expect(await stepErrorOf(builder.push(anImage, ['r/x:1']))).toMatchObject({
    code: 'push-failed',
    message: 'r/x:1 could not be pushed: denied: requested access to the resource is denied',
    hint: expect.stringContaining('docker login'),
  })
})

test('an image that is here is used without a pull; facts come from inspect', async () => {
  const { builder, docker } = builderWith(having([`registry.example/shir@${digest}`]))
  expect(await builder.use('registry.example/shir:1')).toEqual({
    ...{
      planned: false,
      reference: 'registry.example/shir:1',
      id: image29.Id,
      digest,
      built: false,
      isNew: false,
      os: 'windows',
    },
    ...{ osVersion: '10.0.20348.5499', hasHealthCheck: true, shirVersion: '5.70.9748.2' },
  })
  expect(docker.asked).toEqual(['image inspect -- registry.example/shir:1'])
})

test('one that is not is pulled; one that cannot be pulled is missing', async () => {
  let isHere = false
  const { builder, docker } = builderWith(command => {
    if (command.startsWith('pull')) isHere = true
    return command.startsWith('pull') || isHere ? JSON.stringify([image29]) : { code: 1, stderr: 'Error: No such image: x' }
  })
  expect(await builder.use('x:1')).toMatchObject({ id: image29.Id })
  expect(docker.asked).toEqual(['image inspect -- x:1', 'pull -- x:1', 'image inspect -- x:1'])
  const refused = builderWith(() => ({ code: 1, stderr: 'Error response from daemon: No such image: manifest unknown' }))
  expect(await stepErrorOf(refused.builder.use('x:1'))).toMatchObject({
    code: 'image-missing',
    message: expect.stringContaining('manifest unknown'),
  })
})

test('an image of another Windows is refused before it is started', async () => {
  const { builder } = builderWith(() => JSON.stringify([{ ...image29, OsVersion: '10.0.26100.1' }]))
  expect(await stepErrorOf(builder.use('x:1'))).toMatchObject({ code: 'os-mismatch' })
})
