import { askedIsolation, effectiveIsolation, memoryUnder } from '../../src/engine/isolation.ts'

test.each([
  ['default', undefined],
  ['process', 'process'],
  ['hyperv', 'hyperv'],
] as const)('the input %s asks for %s', (isolation, asked) => {
  expect(askedIsolation({ isolation })).toBe(asked)
})

test.each([
  [undefined, 'process', 'process'],
  [undefined, 'hyperv', 'hyperv'],
  ['hyperv', 'process', 'hyperv'],
  ['process', 'hyperv', 'process'],
  ['hyperv', undefined, undefined],
] as const)('%s on an engine whose own is %s: %s', (asked, isolation, effective) => {
  expect(effectiveIsolation(asked, { isolation })).toBe(effective)
})

test.each([
  ['hyperv', 'build', '4g'],
  ['hyperv', 'node', '8g'],
  ['process', 'build', undefined],
  ['process', 'node', undefined],
  [undefined, 'node', undefined],
] as const)('under %s a %s of which nobody said has %s', (isolation, what, memory) => {
  expect(memoryUnder(isolation, what)).toBe(memory)
})
