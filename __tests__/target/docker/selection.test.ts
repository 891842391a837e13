import { isSelected, nodeNumber } from '../../../src/target/docker/selection.ts'

const shir = { name: 'shir-1', nodeName: 'EU-WEST-1' }

test.each<[string | undefined, string | undefined, boolean]>([
  ['shir', undefined, true],
  ['shir-1', undefined, true],
  ['SHIR-1', undefined, false],
  ['shi', undefined, false],
  ['shir-', undefined, false],
  ['shir-1-1', undefined, false],
  ['hir-1', undefined, false],
  ['.*', undefined, false],
  [undefined, 'eu-west', true],
  [undefined, 'eu-west-1', true],
  [undefined, 'eu', false],
  ['shir', 'eu-west', true],
  ['shir', 'us-west', false],
  ['other', 'eu-west', false],
])('containers called %s of nodes %s mean shir-1, node EU-WEST-1: %s', (containerName, nodeName, expected) => {
  expect(isSelected(shir, { containerName, nodeName })).toBe(expected)
})

test.each([
  ['shir-0', false],
  ['shir-4', true],
  ['shir-5', false],
  ['shir-11', false],
  ['shir', true],
  ['shir-network', false],
])('%s is one of shir: %s', (name, expected) => {
  expect(isSelected({ name, nodeName: 'x' }, { containerName: 'shir', nodeName: undefined })).toBe(expected)
})

test.each([
  ['shir-1', 1],
  ['shir-4', 4],
  ['shir-5', 0],
  ['shir', 0],
])('%s is number %i', (name, number) => {
  expect(nodeNumber({ name })).toBe(number)
})
