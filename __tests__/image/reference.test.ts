import { fingerprintReference, listedName, namesRegistry, pushedNames, repositoryOf } from '../../src/image/reference.ts'

test.each([
  ['shir', 'shir'],
  ['shir:5.70', 'shir'],
  ['registry.example:5000/team/shir', 'registry.example:5000/team/shir'],
  ['registry.example:5000/team/shir:1', 'registry.example:5000/team/shir'],
  [`registry.example/shir:1@sha256:${'a'.repeat(64)}`, 'registry.example/shir'],
])('%s is of the repository %s', (reference, repository) => {
  expect(repositoryOf(reference)).toBe(repository)
  expect(fingerprintReference(reference, 'f'.repeat(64))).toBe(`${repository}:shir-${'f'.repeat(32)}`)
})

test.each([
  ['shir', 'shir:latest'],
  ['shir:1', 'shir:1'],
  ['docker.io/library/shir:1', 'shir:1'],
  ['index.docker.io/team/shir', 'team/shir:latest'],
  ['registry.example:5000/shir', 'registry.example:5000/shir:latest'],
])('an engine lists %s as %s', (reference, listed) => {
  expect(listedName(reference)).toBe(listed)
})

test.each([
  ['shir:1', false],
  ['team/shir:1', false],
  ['docker.io/team/shir:1', true],
  ['registry.example/shir', true],
  ['localhost/shir', true],
  ['127.0.0.1:5000/shir:1', true],
])('%s names a registry: %s', (reference, expected) => {
  expect(namesRegistry(reference)).toBe(expected)
})

test('the names are pushed first, and the fingerprint once for each repository', () => {
  const [a, b] = ['a.example/shir', 'b.example/shir']
  const mark = `shir-${'0'.repeat(32)}`
  expect(pushedNames([`${a}:1`, `${a}:2`, `${b}:1`], '0'.repeat(64))).toEqual([
    ...[`${a}:1`, `${a}:2`, `${b}:1`],
    ...[`${a}:${mark}`, `${b}:${mark}`],
  ])
})
