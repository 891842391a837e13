import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { makeNodeContext } from '../engine/images.ts'
import { changesIn, output, type Trial } from './findings.ts'
import {
  buildInputs,
  installer,
  makeContainer,
  makeImage,
  msiSha256,
  runInputs,
  type Scenario,
  unreadOnLinux,
  version,
  write,
} from './scenario.ts'
import type { Stage } from './stage.ts'

/** Runs that end well. */
export const successes: readonly Scenario[] = [
  {
    name: 'build',
    inputs: buildInputs({ image: 'registry.example/shir:5.70\nregistry.example/shir:latest', labels: 'team=data' }),
    expected: { verdict: 'skipped' },
    onNode24: true,
    async also(trial) {
      expect(values(trial, 'image', 'built', 'changed', 'shirVersion', 'cacheHit', 'nodes', 'digest')).toEqual({
        image: 'registry.example/shir:5.70',
        built: 'true',
        changed: 'true',
        shirVersion: version,
        cacheHit: 'false',
        nodes: '[]',
        digest: '',
      })
      expect(output(trial, 'imageId')).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(output(trial, 'msiSha256')).toMatch(/^[0-9a-f]{64}$/)
      const { stdout } = await trial.stage.docker('image', 'inspect', '--', 'registry.example/shir:latest')
      const [image] = JSON.parse(stdout)
      expect(image.Id).toBe(output(trial, 'imageId'))
      expect(image.Config.Labels).toMatchObject({ team: 'data', 'org.opencontainers.image.version': version })
      expect(changesIn(trial.calls.main)).toEqual(['build'])
    },
  },
  {
    name: 'run: one node',
    inputs: runInputs(undefined, { nodeName: 'eu-1', soak: '1s', memory: '8g', timezone: 'UTC' }),
    expected: { containers: ['shir-1'] },
    onNode24: true,
    async also(trial) {
      expect(JSON.parse(output(trial, 'nodes') ?? '')).toEqual([
        {
          name: 'eu-1',
          container: 'shir-1',
          id: trial.stage.engine.nodes()[0]?.containerId,
          health: 'healthy',
          status: 'running',
          version,
        },
      ])
      expect(trial.stage.engine.nodes()).toMatchObject([{ nodeName: 'eu-1', factory: 'rehearsal', status: 'Online' }])
      for (const title of [/installer/i, /image/i, /node/i])
        expect(trial.record.groups).toContainEqual(expect.stringMatching(title))
      expect(trial.record.summary).toMatch(/eu-1/)
      expect(trial.record.summary).toContain(version)
      if (trial.host === 'azure') {
        expect(trial.record.progress.length).toBeGreaterThan(5)
        expect(trial.record.progress.at(-1)?.percent).toBe(100)
      }
      const children = await trial.stage.children()
      expect(children.filter(({ environment }) => environment.AUTH_KEY).map(({ argv }) => argv[0])).toEqual(['run'])
      expect(children.length).toBeGreaterThan(5)
      // Asking for the same masks again and again buries the log.
      expect(trial.record.masks).toEqual([...new Set(trial.record.masks)])
    },
  },
  {
    name: 'run: two nodes of a high-availability set, with Azure’s spelling of true',
    inputs: runInputs(undefined, { nodeCount: '2', enableHa: 'True', nodeName: 'eu', containerName: 'pair' }),
    expected: { containers: ['pair-1', 'pair-2'] },
    onNode24: true,
    also(trial) {
      expect(trial.stage.engine.nodes().map(({ nodeName, status }) => [nodeName, status])).toEqual([
        ['eu-1', 'Online'],
        ['eu-2', 'Online'],
      ])
      // The second is asked from inside whether it finds the first.
      expect(changesIn(trial.calls.main)).toEqual(['build', 'network create', 'run', 'run', 'exec'])
      expect(JSON.parse(output(trial, 'nodes') ?? '')).toHaveLength(2)
    },
  },
  {
    name: 'run: an image that exists',
    inputs: { ...runInputs(undefined, { image: 'mine:1' }), msiPath: '', msiSha256: '' },
    prepare: stage => makeImage(stage, 'mine:1'),
    expected: { containers: ['shir-1'] },
    also(trial) {
      expect(values(trial, 'built', 'changed', 'image', 'msiSha256')).toEqual({
        built: 'false',
        changed: 'true',
        image: 'mine:1',
        msiSha256: '',
      })
      expect(trial.record.raw).not.toContain('docker build')
    },
  },
  {
    name: 'run: a context laid out as upstream’s, with its installer, on a Linux engine',
    stage: { engine: { os: 'linux', osVersion: '12' } },
    inputs: { ...runInputs(undefined, { buildContext: 'upstream', buildArgs: 'INSTALL_JDK=true' }), msiPath: '' },
    prepare: upstreamContext,
    expected: {
      containers: ['shir-1'],
      warnings: [unreadOnLinux],
    },
    also(trial) {
      expect(output(trial, 'shirVersion')).toBe(version)
      expect(trial.calls.main.find(([command]) => command === 'build')).toContain('INSTALL_JDK=true')
    },
  },
  {
    name: 'build: the installer from an address with a secret query, the second time from the cache',
    inputs: ({ files }) => ({
      mode: 'build',
      rebuild: 'true',
      msiUrl: `${files.address}/installer.msi?sv=2026&sig=c2FzLXRva2VuLW9mLXRoZS10ZXN0`,
      msiSha256,
    }),
    secrets: ['c2FzLXRva2VuLW9mLXRoZS10ZXN0'],
    prepare: (stage, again) =>
      again({
        mode: 'build',
        msiUrl: `${stage.files.address}/installer.msi?sv=2026&sig=c2FzLXRva2VuLW9mLXRoZS10ZXN0`,
        shirVersion: version,
        msiSha256,
      }),
    expected: { verdict: 'skipped' },
    also(trial) {
      expect(values(trial, 'shirVersion', 'built')).toEqual({ shirVersion: version, built: 'true' })
      expect(output(trial, 'cacheKey')).toContain(version)
    },
  },
  {
    name: 'build: an exact version that the cache has',
    inputs: { mode: 'build', shirVersion: version, msiSha256, rebuild: 'true' },
    prepare: (stage, again) =>
      again({ mode: 'build', msiUrl: `${stage.files.address}/installer.msi`, shirVersion: version, msiSha256 }),
    expected: { verdict: 'skipped' },
    also: trial => expect(values(trial, 'cacheHit', 'shirVersion')).toEqual({ cacheHit: 'true', shirVersion: version }),
  },
  {
    // On Azure the usual way to a secret; what is in no variable there stays as it is written.
    name: 'run in debug mode, with the key in a secret variable',
    inputs: (_, host) => runInputs(undefined, host === 'azure' ? { authKey: '$(shirKey)' } : {}),
    environment: { SECRET_shirKey: rehearsalKey() },
    secrets: [rehearsalKey()],
    debug: true,
    expected: { containers: ['shir-1'] },
    also: trial => expect(trial.stage.engine.nodes()).toMatchObject([{ factory: 'rehearsal' }]),
  },
  {
    name: 'gate: by container name',
    inputs: { mode: 'gate', containerName: 'theirs', healthTimeout: '15s', soak: '0s' },
    async prepare(stage) {
      await makeImage(stage, 'mine:1')
      await makeContainer(stage, 'theirs-1', 'mine:1', '--env', 'NODE_NAME=one')
      await makeContainer(stage, 'theirs-2', 'mine:1', '--env', 'NODE_NAME=two')
      await makeContainer(stage, 'other-1', 'mine:1', '--env', 'NODE_NAME=three')
    },
    expected: { containers: ['other-1', 'theirs-1', 'theirs-2'] },
    onNode24: true,
    also(trial) {
      const nodes = JSON.parse(output(trial, 'nodes') ?? '') as readonly { name: string; health: string }[]
      expect(nodes.map(({ name, health }) => [name, health])).toEqual([
        ['one', 'healthy'],
        ['two', 'healthy'],
      ])
      expect(output(trial, 'changed')).toBe('false')
    },
  },
  {
    name: 'gate: by node name',
    inputs: { mode: 'gate', nodeName: 'two', healthTimeout: '15s', soak: '0s' },
    async prepare(stage) {
      await makeImage(stage, 'mine:1')
      await makeContainer(stage, 'a-1', 'mine:1', '--env', 'NODE_NAME=one')
      await makeContainer(stage, 'b-1', 'mine:1', '--env', 'NODE_NAME=two')
    },
    expected: { containers: ['a-1', 'b-1'] },
    also: trial => expect(JSON.parse(output(trial, 'nodes') ?? '')).toMatchObject([{ name: 'two', container: 'b-1' }]),
  },
  {
    name: 'run: twice is once',
    inputs: runInputs(undefined, { soak: '10s' }),
    prepare: (_, again) => again(runInputs(undefined)),
    expected: { containers: ['shir-1'] },
    also(trial) {
      expect(values(trial, 'built', 'changed')).toEqual({ built: 'false', changed: 'false' })
      expect(changesIn(trial.calls.main)).toEqual([])
      expect(trial.stage.engine.nodes()).toHaveLength(1)
    },
  },
  {
    name: 'remove: a set of nodes',
    inputs: { mode: 'remove', containerName: 'pair' },
    prepare: (_, again) =>
      again(runInputs(undefined, { nodeCount: '2', enableHa: 'true', nodeName: 'eu', containerName: 'pair' })),
    expected: {
      verdict: 'skipped',
      warnings: ['eu-1', 'eu-2'].map(name =>
        expect.stringContaining(`node ${name} is removed. If the node had registered, its record stays`),
      ),
    },
    onNode24: true,
    also(trial) {
      const each = ['update', 'exec', 'stop', 'rm']
      expect(changesIn(trial.calls.main)).toEqual([...each, ...each, 'network rm'])
      const nodes = JSON.parse(output(trial, 'nodes') ?? '') as readonly { name: string; status: string }[]
      expect(nodes.map(({ name, status }) => [name, status])).toEqual([
        ['eu-1', 'removed'],
        ['eu-2', 'removed'],
      ])
      expect(output(trial, 'changed')).toBe('true')
      expect(trial.record.summary).toContain('2 nodes are removed')
    },
  },
  {
    name: 'remove: nothing there',
    inputs: { mode: 'remove' },
    expected: { verdict: 'skipped' },
    also(trial) {
      expect(values(trial, 'changed', 'nodes')).toEqual({ changed: 'false', nodes: '[]' })
      expect(changesIn(trial.calls.main)).toEqual([])
    },
  },
  {
    name: 'build without a page',
    inputs: buildInputs({ summary: 'false' }),
    expected: { verdict: 'skipped', summary: 'none' },
  },
]

async function upstreamContext(stage: Stage): Promise<void> {
  await makeNodeContext(path.join(stage.folders.workspace, 'upstream'), { speed: 1, runs: false })
  await write(stage, { [`upstream/SHIR/${path.basename(installer)}`]: await readFile(installer) })
}

function values(trial: Trial, ...names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map(name => [name, output(trial, name)]))
}
