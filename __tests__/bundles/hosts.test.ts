import { type Copies, copyProduct, type HostName, hostNames } from './copies.ts'
import { dryRuns } from './dry-runs.ts'
import { failingNodes } from './failing-nodes.ts'
import { faults } from './faults.ts'
import { contents, findings, type Trial } from './findings.ts'
import { refusals } from './refusals.ts'
import { describeOnEach, type Runtime } from './runtimes.ts'
import { expectedFindings, furnish, type Scenario, secretsOf } from './scenario.ts'
import { type Inputs, launch, openStage } from './stage.ts'
import { successes } from './successes.ts'

/** The built files, started as either runner starts them; every scenario comes to the same on both. */
const table = [...successes, ...dryRuns, ...failingNodes, ...faults, ...refusals]

/** Scenarios that run at a time, each on both hosts: most of their time is waiting. */
const atOnce = 3

let copies: Copies
beforeAll(async () => {
  copies = await copyProduct()
})
afterAll(() => copies.remove())

describeOnEach(runtime => {
  const rows = runtime.name === 'Node 20' ? table : table.filter(({ onNode24 }) => onNode24)
  const trials = new Map<Scenario, Readonly<Record<HostName, Promise<Trial>>>>()
  const begin = (scenario: Scenario) => {
    const begun = trials.get(scenario) ?? {
      github: play(scenario, 'github', runtime),
      azure: play(scenario, 'azure', runtime),
    }
    trials.set(scenario, begun)
    return Promise.allSettled(Object.values(begun))
  }

  describe.each(rows)('$name', scenario => {
    beforeAll(async () => {
      const at = rows.indexOf(scenario)
      for (const coming of rows.slice(at + 1, at + atOnce)) void begin(coming)
      await begin(scenario)
    })

    test.each(hostNames)('%s', async host => {
      const trial = await trials.get(scenario)?.[host]
      if (trial === undefined) throw new Error('The scenario was not begun.')
      expect(await findings(trial)).toMatchObject(expectedFindings(scenario))
      await scenario.also?.(trial)
    })
  })

  afterAll(async () => {
    const all = [...trials.values()].flatMap(pair => Object.values(pair))
    for (const played of await Promise.allSettled(all)) if (played.status === 'fulfilled') await played.value.stage.close()
  })
})

async function play(scenario: Scenario, host: HostName, runtime: Runtime): Promise<Trial> {
  const stage = await openStage(scenario.stage)
  try {
    const rest = { environment: { ...stage.environment, ...scenario.environment }, debug: scenario.debug === true }
    const start = (inputs: Inputs, onLine: () => void = () => undefined) =>
      launch({ host, copies, runtime, stage, inputs, rest: { ...rest, onLine } })
    await furnish(stage)
    await scenario.prepare?.(stage, start)
    const inputs = typeof scenario.inputs === 'function' ? scenario.inputs(stage, host) : scenario.inputs
    const workspace = await contents(stage.folders.workspace)
    const before = stage.engine.calls().length
    let lastLineAt = before
    const record = await start(inputs, () => {
      lastLineAt = stage.engine.calls().length
    })
    const words = stage.engine.calls().map(({ argv }) => argv)
    const calls = { main: words.slice(before, lastLineAt), post: words.slice(lastLineAt) }
    return { host, copies, stage, record, workspace, secrets: secretsOf(inputs, scenario.secrets), calls }
  } catch (error) {
    await stage.close()
    throw error
  }
}
