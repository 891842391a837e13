import { outputNames } from '../../src/contract/outputs.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { serialise, tellOutputs } from '../../src/report/outputs.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { image, installer, judged, support } from './stories.ts'

test('nothing is known: every output is told, all empty but those that always say', () => {
  const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
  const host = memoryHost({ machine, clock: fakeClock() })
  tellOutputs({}, host)
  expect(Object.keys(host.outputs)).toEqual(outputNames)
  expect(host.outputs).toEqual({
    ...Object.fromEntries(outputNames.map(name => [name, ''])),
    ...{ built: 'false', changed: 'false', cacheHit: 'false', nodes: '[]', verdict: 'skipped' },
  })
})

test('everything is known', () => {
  const pushed = { ...image, digest: 'sha256:d', reference: 'registry.example/shir@sha256:d' }
  const told = serialise({
    installer: { ...installer, cacheHit: true },
    support,
    image: pushed,
    pushed: true,
    nodes: [judged(1)],
    verdict: 'healthy',
  })
  expect(told).toEqual({
    ...{ image: 'registry.example/shir@sha256:d', imageId: image.id, digest: 'sha256:d', built: 'true', changed: 'true' },
    ...{
      shirVersion: '5.70.9748.2',
      expires: '2027-10-01',
      msiSha256: installer.sha256,
      cacheHit: 'true',
      cacheKey: installer.cacheKey,
    },
    nodes: JSON.stringify([
      { name: 'node-1', container: 'shir-1', id: '1'.repeat(64), health: 'healthy', status: 'running', version: '5.70.9748.2' },
    ]),
    ...{ verdict: 'healthy', reason: '', fingerprint: image.metadata.fingerprint },
    imageMetadata: JSON.stringify(image.metadata),
  })
})

test.each([
  [{}, 'false'],
  [{ image: { ...image, isNew: false } }, 'false'],
  [{ image }, 'true'],
  [{ image: { ...image, isNew: false }, pushed: true }, 'true'],
  [{ image: { ...image, isNew: false }, started: true }, 'true'],
  [{ removed: true }, 'true'],
])('%j changed something: %s', (result, changed) => {
  expect(serialise(result).changed).toBe(changed)
})

test('the version of an image that was used comes from its label, and is empty for foreign images', () => {
  expect(serialise({ image }).shirVersion).toBe('5.70.9748.2')
  expect(serialise({ image: { ...image, shirVersion: undefined } }).shirVersion).toBe('')
})

test('the hash of an image that was found comes from its label', () => {
  expect(serialise({ image }).msiSha256).toBe(image.metadata.msiSha256)
})

test('until when an image’s version is supported is told, and is empty where that is not known', () => {
  expect(serialise({ image, support }).expires).toBe('2027-10-01')
  expect(serialise({ image, support: { ...support, since: undefined, expires: undefined } }).expires).toBe('')
})

test('what a dry run does not know is empty, and its nodes are none', () => {
  const planned = { ...installer, planned: true, version: '<version>', sha256: '<sha256>', cacheKey: 'shir-<version>-<sha256>' }
  const node = judged(1, { outcome: 'skipped' }, { planned: true })
  const told = serialise({
    installer: planned,
    image: { ...image, planned: true, reference: 'shir:<version>', id: '<id>' },
    nodes: [node],
    verdict: 'skipped',
  })
  expect(told).toMatchObject({ image: '', imageId: '', msiSha256: '', cacheKey: '', nodes: '[]', verdict: 'skipped' })
})

test('a build that failed tells its fingerprint, and a dry run none', () => {
  expect(serialise({ fingerprint: 'f'.repeat(64), reason: 'build-failed' }).fingerprint).toBe('f'.repeat(64))
  expect(serialise({ fingerprint: '<fingerprint>' }).fingerprint).toBe('')
})

test('a failed run keeps what was reached', () => {
  const bad = judged(1, { outcome: 'failed', reason: 'exited', status: 'exited', health: 'unhealthy' }, { version: undefined })
  const told = serialise({ installer, image, nodes: [bad], verdict: 'failed', reason: 'exited' })
  expect(told).toMatchObject({ imageId: image.id, verdict: 'failed', reason: 'exited' })
  expect(JSON.parse(told.nodes)).toMatchObject([{ health: 'unhealthy', status: 'exited', version: '' }])
})
