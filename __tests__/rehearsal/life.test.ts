import { type LifeOptions, type Step, scenarioLife, shutdownLife, stopLife } from '../../rehearsal/node/life.ts'
import { rehearsalKey, scenarios } from '../../rehearsal/node/scenario.ts'

const options: LifeOptions = { node: 'eu-1', port: '8061' }
const codes = (steps: readonly Step[]) =>
  steps.flatMap(step => (step.kind === 'line' ? (/^SHIR-EVENT \{"code":"(.*)"\}$/.exec(step.text)?.[1] ?? []) : []))
const words = (steps: readonly Step[]) => steps.flatMap(step => (step.kind === 'health' ? [step.output] : []))
const exits = (steps: readonly Step[]) => steps.flatMap(step => (step.kind === 'exit' ? [step.exitCode] : []))

test.each(scenarios)('a life of %s is in order, ends at most once, and never holds the key', async scenario => {
  for (const isSecondStart of [false, true]) {
    const steps = await scenarioLife(scenario, { ...options, isSecondStart })
    const moments = steps.map(step => step.at)
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
    expect(exits(steps).length).toBe(steps.at(-1)?.kind === 'exit' ? 1 : 0)
    expect(JSON.stringify(steps)).not.toContain(rehearsalKey().split('@')[4])
  }
})

test.each<readonly [(typeof scenarios)[number], Partial<LifeOptions>, readonly string[], readonly string[], readonly number[]]>([
  ['healthy', {}, [], ['Disconnected', 'Connecting', 'Connected'], []],
  ['healthy', { isSecondStart: true }, [], ['Connecting', 'Connected'], []],
  ['healthy', { isSecondNode: true }, [], ['Disconnected', 'Connecting', 'Connected'], []],
  ['healthy', { isSecondNode: true, port: undefined }, ['registration-forbidden'], ['Disconnected'], [12]],
  ['healthy', { key: '' }, ['missing-key'], ['Disconnected'], [10]],
  ['healthy', { key: 'none' }, ['invalid-key'], ['Disconnected'], [11]],
  ['bad-key', {}, ['invalid-key'], ['Disconnected'], [11]],
  ['never-healthy', {}, [], ['Disconnected', 'Connecting'], []],
  ['exits', {}, ['exited'], ['Disconnected'], [20]],
  ['restart-loop', {}, [], ['Disconnected'], [0]],
  ['forbidden', {}, ['registration-forbidden'], ['Disconnected'], [12]],
  ['second-refused', {}, [], ['Disconnected', 'Connecting', 'Connected'], []],
  ['second-refused', { isSecondNode: true }, ['node-limit'], ['Disconnected'], [13]],
  ['flaps', {}, [], ['Disconnected', 'Connecting', 'Connected', 'Connecting'], []],
])('%s with %j: events %j, health %j, exit codes %j', async (scenario, more, events, health, exitCodes) => {
  const steps = await scenarioLife(scenario, { ...options, ...more })
  expect({ events: codes(steps), health: words(steps), exitCodes: exits(steps) }).toEqual({ events, health, exitCodes })
})

test('a line knows who stamps it, and the moment is not part of it', async () => {
  const lines = async (scenario: 'bad-key' | 'restart-loop') =>
    (await scenarioLife(scenario, options)).flatMap(step => (step.kind === 'line' ? [`${step.stamp} ${step.text}`] : []))
  expect(await lines('bad-key')).toEqual(
    expect.arrayContaining(['ours Registering the node eu-1.', 'none SHIR-EVENT {"code":"invalid-key"}']),
  )
  expect(await lines('restart-loop')).toContain('upstream Stop the node connection')
})

test('a node that is ended takes its leave first, and stop.ps1 has told so before its container ends', async () => {
  expect(await shutdownLife()).toMatchObject([
    { kind: 'health', output: 'Disconnected' },
    { at: 4000, kind: 'exit', exitCode: 0xc000013a },
  ])
  const { script, container } = await stopLife()
  expect(script.at(-1)).toMatchObject({ kind: 'exit', exitCode: 0 })
  expect(script).toContainEqual(expect.objectContaining({ text: 'SHIR has stopped.' }))
  expect(container.at(-1)).toMatchObject({ kind: 'exit', exitCode: 0 })
  expect(container.at(-1)?.at).toBeGreaterThanOrEqual(2000)
})
