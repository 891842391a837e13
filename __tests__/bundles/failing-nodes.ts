import { changesIn, output } from './findings.ts'
import { makeContainer, makeImage, runInputs, type Scenario } from './scenario.ts'

/** Nodes that never pass their gate. Their containers go. */
export const failingNodes: readonly Scenario[] = [
  {
    name: 'a bad key',
    inputs: runInputs('bad-key'),
    expected: { reason: 'invalid-key' },
    onNode24: true,
    also(trial) {
      expect(trial.record.raw).toContain('InvalidGatewayKey')
      expect(trial.record.summary).toContain('InvalidGatewayKey')
      expect(changesIn(trial.calls.main)).toEqual(['build', 'run', 'rm'])
      expect(output(trial, 'image')).toBe('shir:5.70.9748.2')
    },
  },
  {
    name: 'a node that is never healthy',
    inputs: runInputs('never-healthy'),
    expected: { reason: 'unhealthy' },
    also: trial => expect(trial.record.raw).toMatch(/exit 1: Connecting/),
  },
  {
    name: 'a node that is not healthy in time',
    inputs: runInputs('never-healthy', { healthTimeout: '1s' }),
    expected: { reason: 'timeout' },
  },
  {
    name: 'a node that is healthy at first only',
    inputs: runInputs('flaps', { soak: '10s' }),
    expected: { reason: 'unhealthy' },
  },
  {
    name: 'a container that ends',
    inputs: runInputs('exits', { restartPolicy: 'no' }),
    expected: { reason: 'exited' },
    also: trial => expect(trial.record.raw).toContain('SHIR could not be started'),
  },
  { name: 'a container that ends again and again', inputs: runInputs('restart-loop'), expected: { reason: 'restart-loop' } },
  {
    name: 'a node that needs remote access on another one',
    inputs: runInputs('forbidden'),
    expected: { reason: 'registration-forbidden' },
  },
  {
    name: 'a first node of two that fails: no other is made',
    inputs: runInputs('bad-key', { nodeCount: '2', enableHa: 'true' }),
    expected: { reason: 'invalid-key' },
    async also(trial) {
      expect(changesIn(trial.calls.main).filter(command => command === 'run')).toHaveLength(1)
      expect((await trial.stage.docker('network', 'ls', '--format', '{{json .}}')).stdout).not.toContain('"shir')
    },
  },
  {
    name: 'a second node that is refused: the first stays',
    inputs: runInputs('second-refused', { nodeCount: '2', enableHa: 'true' }),
    expected: { reason: 'node-limit', containers: ['shir-1'] },
    also(trial) {
      expect(JSON.parse(output(trial, 'nodes') ?? '')).toMatchObject([
        { container: 'shir-1', health: 'healthy' },
        { container: 'shir-2' },
      ])
      expect(output(trial, 'changed')).toBe('true')
      expect(trial.stage.engine.nodes()[0]).toMatchObject({ status: 'Online' })
    },
  },
  {
    name: 'gate: a container that fails is not removed, since it is not the step’s own',
    inputs: { mode: 'gate', containerName: 'theirs', healthTimeout: '15s', soak: '0s' },
    async prepare(stage) {
      await makeImage(stage, 'mine:1')
      await makeContainer(stage, 'theirs', 'mine:1', '--env', 'AUTH_KEY=IR@0@rehearsal-never-healthy@ServiceEndpoint=x@eA==')
    },
    expected: { reason: 'unhealthy', containers: ['theirs'] },
    also: trial => expect(changesIn(trial.calls.main)).toEqual([]),
  },
  {
    name: 'gate: nothing is called that',
    inputs: { mode: 'gate', containerName: 'nobody' },
    expected: { reason: 'not-found' },
  },
]
