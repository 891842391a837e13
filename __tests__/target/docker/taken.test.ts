import { labelNames } from '../../../src/contract/labels.ts'
import type { NodePlan } from '../../../src/contract/values.ts'
import type { ContainerFacts } from '../../../src/engine/inspect.ts'
import { memoryHost } from '../../../src/host/memory.ts'
import { alreadyExists, type Taken } from '../../../src/target/docker/taken.ts'
import { image } from '../../report/stories.ts'
import { fakeClock } from '../../support/fake-clock.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const host = memoryHost({ machine: { ...machine, id: 'm', isEphemeral: false } as never, clock: fakeClock() })
const plan = {
  container: 'shir-1',
  restartPolicy: 'no',
  labels: [{ name: labelNames.config, value: 'c1' }],
} as unknown as NodePlan
const ours = { [labelNames.set]: 'shir', [labelNames.config]: 'c1' }
const good = { name: 'shir-1', restartPolicy: 'no', labels: ours, imageId: image.id, status: 'running', health: 'healthy' }
const taken = (facts: Partial<ContainerFacts> = {}, isProven = true): Taken => ({
  ...{ plan, isProven },
  facts: { ...good, ...facts } as ContainerFacts,
})

test('a healthy node of ours that is just as planned is no obstacle', () => {
  expect(alreadyExists([taken(), taken({ name: 'shir-2' })], image, host)).toBeUndefined()
  expect(alreadyExists([], image, host)).toBeUndefined()
})

test.each<[string, Partial<ContainerFacts>, string, RegExp]>([
  ['stopped', { status: 'exited', health: 'unhealthy' }, 'exited', /mode remove/],
  ['paused', { status: 'paused' }, 'paused', /mode remove/],
  ['unhealthy', { health: 'unhealthy' }, 'running, unhealthy', /mode remove/],
  ['still starting', { health: 'starting' }, 'running, starting', /^Only .* Wait until it is healthy \(mode gate\)/],
  ['without a health check', { health: undefined }, 'running, without a health check', /mode remove/],
  [
    'of another configuration',
    { labels: { ...ours, [labelNames.config]: 'c2' } },
    'running, another configuration',
    /mode remove/,
  ],
  [
    'of an older version, without a hash',
    { labels: { [labelNames.set]: 'shir' } },
    'running, another configuration',
    /containerName/,
  ],
  ['of another restart policy', { restartPolicy: 'always' }, 'running, another restart policy', /mode remove/],
  ['of another image', { imageId: 'sha256:other' }, 'running, another image', /same image and configuration/],
  [
    'of another image and configuration, and stopped',
    { imageId: 'sha256:other', labels: { ...ours, [labelNames.config]: 'c2' }, status: 'exited' },
    'exited, another configuration, another image',
    /mode remove/,
  ],
  [
    'someone else’s',
    { labels: {} },
    'running, not started by this step',
    /^Remove what is not the step’s \(docker rm -f shir-1\), or choose/,
  ],
])('one that is %s is refused, with what differs and the way out', (_, facts, words, hint) => {
  const refusal = alreadyExists([taken(facts)], image, host)
  expect(refusal).toMatchObject({
    code: 'already-exists',
    message: `A container of that name exists already: shir-1 (${words}).`,
    hint: expect.stringMatching(hint),
  })
})

test('the image is not compared before there is one', () => {
  expect(alreadyExists([taken({ imageId: 'sha256:other' })], undefined, host)).toBeUndefined()
})

test('of several only those that cannot stay are told', () => {
  const refusal = alreadyExists(
    [taken(), taken({ name: 'shir-2', labels: {} }), taken({ name: 'shir-3', status: 'exited' })],
    image,
    host,
  )
  expect(refusal?.message).toBe(
    'Containers of those names exist already: shir-2 (running, not started by this step), shir-3 (exited).',
  )
  expect(refusal?.hint).toMatch(/mode remove\), remove what .* \(docker rm -f shir-2\), or choose another containerName\.$/)
})

test('one that is healthy but that another run still watches is not kept: that run may take it back', () => {
  const refusal = alreadyExists([taken({}, false)], image, host)
  expect(refusal?.message).toContain('shir-1 (running, not proven yet by the run that started it).')
  expect(refusal?.hint).toMatch(/Wait until it is healthy \(mode gate\) and run the step again/)
})
