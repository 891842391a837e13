import { factoryOf, rehearsalKey, scenarioOf, scenarios } from '../../rehearsal/node/scenario.ts'
import { plays } from '../../rehearsal/plays.ts'

test.each([
  ['rehearsal-bad-key', 'bad-key'],
  ['rehearsal-second-refused', 'second-refused'],
  ['rehearsal', 'healthy'],
  ['contoso', 'healthy'],
  [undefined, 'healthy'],
] as const)('the factory %s is %s', (factory, scenario) => {
  expect(scenarioOf(factory)).toBe(scenario)
})

test('every scenario has a factory, and every play one of them', () => {
  expect(scenarios.map(scenario => scenarioOf(`rehearsal-${scenario}`))).toEqual(scenarios)
  for (const { factory } of Object.values(plays))
    expect(['rehearsal', ...scenarios.map(one => `rehearsal-${one}`)]).toContain(factory)
})

test('a made-up key has the form of a real one', () => {
  expect(rehearsalKey('eu')).toMatch(
    /^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@eu@ServiceEndpoint=[a-z.]+@[A-Za-z0-9+/]{42,}={0,2}$/,
  )
  expect(factoryOf(rehearsalKey('eu'))).toBe('eu')
  expect(factoryOf('IR@a@b')).toBeUndefined()
})
