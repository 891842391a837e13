import { connectsAtMs, lastWords, nodeAt, nodeLife, stampedLine } from '../../rehearsal/node/life.ts'
import { factoryOf, rehearsalKey, scenarioOf, scenarioRules } from '../../rehearsal/node/scenario.ts'

const factories = ['rehearsal', ...scenarioRules.map(rule => rule.factory)]
const life = (factory: string, environment: Readonly<Record<string, string>> = {}, isRegistered = false) =>
  nodeLife({ environment: { AUTH_KEY: rehearsalKey(factory), ...environment }, hostname: 'shir-1', isRegistered })

test.each([
  [undefined, 'shir', 'missing-key'],
  ['', 'shir', 'missing-key'],
  ['not-a-key', 'shir', 'invalid-key'],
  [rehearsalKey('contoso'), 'shir', 'healthy'],
  [rehearsalKey('rehearsal-bad-key'), 'shir', 'invalid-key'],
  [rehearsalKey('rehearsal-second-refused'), 'shir-1', 'healthy'],
  [rehearsalKey('rehearsal-second-refused'), 'shir-3', 'node-limit'],
])('%s of node %s is %s', (key, node, scenario) => {
  expect(scenarioOf(key, node)).toBe(scenario)
})

test('a made-up key has the form of a real one', () => {
  expect(rehearsalKey('eu')).toMatch(
    /^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@eu@ServiceEndpoint=[a-z.]+@[A-Za-z0-9+/]{42,}={0,2}$/,
  )
  expect(factoryOf(rehearsalKey('eu'))).toBe('eu')
})

test.each(factories)('a life of %s is in order, ends at most once, and never holds the key', factory => {
  for (const isRegistered of [false, true]) {
    const steps = life(factory, { NODE_NAME: 'shir-2', ENABLE_HA: 'TRUE' }, isRegistered)
    const moments = steps.map(step => step.at)
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
    const exits = steps.flatMap((step, index) => (step.kind === 'exit' ? [index] : []))
    expect(exits).toEqual(exits.length > 0 ? [steps.length - 1] : [])
    expect(JSON.stringify(steps)).not.toContain(rehearsalKey(factory).split('@')[4])
  }
})

test('the state follows the timeline', () => {
  const steps = life('rehearsal')
  expect(nodeAt(steps, 0)).toEqual({
    health: { exitCode: 1, output: 'Connecting' },
    status: 'NeedRegistration',
    exitCode: undefined,
  })
  expect(nodeAt(steps, 20_000).status).toBe('Initializing')
  expect(nodeAt(steps, connectsAtMs)).toEqual({
    health: { exitCode: 0, output: 'Connected' },
    status: 'Online',
    exitCode: undefined,
  })
  expect(nodeAt(life('rehearsal-exits'), 8000)).toMatchObject({ exitCode: 20, status: 'Offline' })
  expect(nodeAt(lastWords, 2000)).toMatchObject({ exitCode: 0, status: 'Offline' })
})

test('a line is stamped as setup.ps1 stamps it', () => {
  expect(stampedLine('Remote Access Port: 8060', new Date('2026-11-22T23:56:19.500Z'))).toBe(
    '[11/22/2026 23:56:19] Remote Access Port: 8060',
  )
})
