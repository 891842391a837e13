import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { buildInputs, runInputs, type Scenario } from './scenario.ts'

/** What the parser refuses. The error names the input as this host's user wrote it. */
function refusal(
  name: string,
  inputs: Scenario['inputs'],
  named: Readonly<Record<'github' | 'azure', string>>,
  more: Partial<Scenario> = {},
): Scenario {
  return {
    name,
    inputs,
    expected: { reason: 'invalid-input', ...more.expected },
    onNode24: more.onNode24 ?? false,
    also(trial) {
      expect(trial.calls.main).toEqual([])
      expect(trial.record.annotations[0]?.message).toContain(named[trial.host])
    },
  }
}

const both = (name: string) => ({ github: name, azure: name })
const key = rehearsalKey()

/** Bad input: told before anything is done. */
export const refusals: readonly Scenario[] = [
  refusal('a bad reference', buildInputs({ image: 'Not A Reference' }), both('image')),
  refusal('an image called --help', { ...runInputs(undefined, { image: '--help' }), msiPath: '' }, both('image')),
  refusal(
    'a key in quotes',
    runInputs(undefined, { authKey: `"${key}"` }),
    { github: 'auth-key', azure: 'authKey' },
    { onNode24: true },
  ),
  refusal('a key with a line break', runInputs(undefined, { authKey: `${key.slice(0, 60)}\n${key.slice(60)}` }), {
    github: 'auth-key',
    azure: 'authKey',
  }),
  refusal('a key in a variable that is not defined', runInputs(undefined, { authKey: '$(shirKey)' }), {
    github: 'auth-key',
    azure: 'authKey',
  }),
  refusal('no key', { mode: 'run', msiPath: 'installer.msi' }, { github: 'auth-key', azure: 'authKey' }),
  refusal('five nodes', runInputs(undefined, { nodeCount: '5', enableHa: 'true' }), { github: 'node-count', azure: 'nodeCount' }),
  refusal('two nodes without high availability', runInputs(undefined, { nodeCount: '2' }), {
    github: 'enable-ha',
    azure: 'enableHa',
  }),
  refusal('yes for true', runInputs(undefined, { enableHa: 'yes' }), { github: 'enable-ha', azure: 'enableHa' }),
  refusal('an AE_TIME below ten minutes', runInputs(undefined, { enableAe: 'true', enableHa: 'true', aeTime: '599' }), {
    github: 'ae-time',
    azure: 'aeTime',
  }),
  refusal('a mode that is none', { mode: 'buidl' }, both('build')),
  {
    ...refusal('a misspelt input', runInputs(undefined, { nodeNmae: 'eu-1' }), { github: 'node-name', azure: 'nodeName' }),
    // GitHub's runner says it too.
    expected: { reason: 'invalid-input', complaintsOfRunner: expect.anything() },
  },
  {
    ...refusal('several faults at once', runInputs(undefined, { nodeCount: '9', aeTime: '1', memory: 'much' }), both('memory')),
    also(trial) {
      const [annotation] = trial.record.annotations
      const names = trial.host === 'github' ? ['node-count', 'ae-time', 'memory'] : ['nodeCount', 'aeTime', 'memory']
      for (const name of names) expect(annotation?.message).toContain(name)
    },
  },
]
