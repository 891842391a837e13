import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { makeNodeContext } from '../engine/images.ts'
import { changesIn, type Trial } from './findings.ts'
import { buildInputs, installer, makeContainer, makeImage, runInputs, type Scenario, unreadOnLinux, write } from './scenario.ts'
import type { Stage } from './stage.ts'

const windows = 'FROM mcr.microsoft.com/windows/servercore'
const ownContext = (dockerfile: string) => (stage: Stage) =>
  write(stage, { 'own/Dockerfile': dockerfile, 'own/SHIR/build.ps1': 'exit 0' })

/** Nothing was built, pulled or started. */
function expectNoChange(trial: Trial): void {
  expect(changesIn(trial.calls.main)).toEqual([])
}

/** Engines that are not there, or of another kind. */
const engines: readonly Scenario[] = [
  {
    name: 'no docker on PATH',
    stage: { docker: 'missing' },
    inputs: runInputs(undefined),
    expected: { reason: 'docker-missing' },
    onNode24: true,
  },
  {
    name: 'no engine behind docker',
    stage: { docker: 'down' },
    inputs: runInputs(undefined),
    expected: { reason: 'engine-unreachable' },
  },
  {
    name: 'a Linux engine for a Windows base',
    stage: { engine: { os: 'linux', osVersion: '12' } },
    inputs: runInputs(undefined),
    expected: { reason: 'engine-os-mismatch' },
    also: expectNoChange,
  },
  {
    name: 'a base of another Windows build',
    inputs: runInputs(undefined, { buildContext: 'own' }),
    prepare: ownContext(`${windows}:ltsc2019\nCOPY SHIR C:/SHIR/\n`),
    expected: { reason: 'os-mismatch' },
    also(trial) {
      expectNoChange(trial)
      expect(trial.record.annotations[0]?.message).toMatch(/ltsc2019/)
      expect(trial.record.annotations[0]?.message).toMatch(/20348/)
    },
  },
  {
    name: 'a container name in use',
    inputs: runInputs(undefined),
    async prepare(stage) {
      await makeImage(stage, 'mine:1')
      await makeContainer(stage, 'shir-1', 'mine:1')
    },
    expected: { reason: 'already-exists', containers: ['shir-1'] },
    also(trial) {
      expectNoChange(trial)
      expect(trial.stage.engine.nodes()).toHaveLength(1)
    },
  },
]

const installerFault = (
  name: string,
  reason: string,
  more: Partial<Scenario> & { readonly inputs: Scenario['inputs'] },
): Scenario => ({
  name: `an installer that ${name}`,
  expected: { reason },
  also: expectNoChange,
  ...more,
})

const file = (content: string | Uint8Array) => (stage: Stage) => write(stage, { 'other.msi': content })
const other = buildInputs({ msiPath: 'other.msi', msiSha256: '' })

const installers: readonly Scenario[] = [
  installerFault('is missing', 'installer-missing', { inputs: other }),
  installerFault('is empty', 'installer-not-msi', { inputs: other, prepare: file('') }),
  installerFault('is a page', 'installer-not-msi', { inputs: other, prepare: file('<!DOCTYPE html><html>Sign in</html>') }),
  installerFault('is truncated', 'installer-not-msi', {
    inputs: other,
    prepare: async stage => file((await readFile(installer)).subarray(0, 5_000))(stage),
  }),
  installerFault('is of another version', 'installer-version-mismatch', { inputs: buildInputs({ shirVersion: '5.60.9000.1' }) }),
  installerFault('has another hash', 'installer-hash-mismatch', { inputs: buildInputs({ msiSha256: '0'.repeat(64) }) }),
  installerFault('is a page behind its address', 'installer-not-msi', {
    inputs: ({ files }) => ({ mode: 'build', msiUrl: `${files.address}/other.msi` }),
    prepare: file('<!DOCTYPE html><html>Sign in</html>'),
  }),
  installerFault('is not at its address', 'installer-not-found', {
    inputs: ({ files }) => ({ mode: 'build', msiUrl: `${files.address}/nothing.msi` }),
  }),
  installerFault('lies in the context while another is named', 'installer-ambiguous', {
    inputs: buildInputs({ buildContext: 'own' }),
    prepare: async stage => {
      await ownContext(`${windows}:ltsc2022\n`)(stage)
      await write(stage, { [`own/SHIR/${path.basename(installer)}`]: await readFile(installer) })
    },
  }),
]

/** Progress cuts lines at 60 characters, errors at 300, the log at 8 KB: each in the midst of a key here. */
const lastPart = rehearsalKey().split('@').at(-1)
const keyLines = [
  `RUN echo ${rehearsalKey()}`,
  `RUN echo the key that was given is ${lastPart}`,
  `RUN ${'long '.repeat(1_630)}${lastPart}`,
]
const forged = '::error::forged ##[error]forged ##vso[task.setvariable variable=verdict;isOutput=true]forged'

const builds: readonly Scenario[] = [
  {
    name: 'a build that fails at a step, which prints the key and commands',
    inputs: runInputs(undefined, { buildContext: 'own' }),
    prepare: ownContext(
      `${windows}:ltsc2022\nCOPY SHIR C:/SHIR/\n${keyLines.join('\n')}\nRUN fail-rehearsal ${'long '.repeat(47)}${lastPart} ${forged} & exit 7\n`,
    ),
    expected: { reason: 'build-failed' },
    onNode24: true,
    also(trial) {
      expect(trial.record.raw).toMatch(/Step 6\/\d+ : RUN fail-rehearsal/)
      expect(trial.record.raw).toContain('returned a non-zero code: 7')
      expect(trial.record.commands.filter(({ data }) => data.trimEnd() === 'forged')).toEqual([])
      expect(changesIn(trial.calls.main)).toEqual(['build'])
    },
  },
  ...['mcr.microsoft.com/windows/server:ltsc2022', 'mcr.microsoft.com/windows/servercore:ltsc2022'].map(
    (baseImage): Scenario => ({
      name: `the baseImage ${baseImage} for a Dockerfile on servercore without ARG BASE_IMAGE`,
      inputs: buildInputs({ buildContext: 'own', baseImage }),
      prepare: ownContext(`${windows}:ltsc2022\n`),
      expected: { reason: 'context-invalid' },
      also(trial) {
        expectNoChange(trial)
        expect(trial.record.annotations[0]?.message).toContain('ARG BASE_IMAGE')
      },
    }),
  ),
  {
    name: 'an image without a health check',
    stage: { engine: { os: 'linux', osVersion: '12' } },
    inputs: runInputs(undefined, { buildContext: 'own' }),
    prepare: stage => makeNodeContext(path.join(stage.folders.workspace, 'own'), { speed: 1, runs: false, healthcheck: false }),
    expected: { reason: 'no-health-check', warnings: [unreadOnLinux] },
    also: trial => expect(changesIn(trial.calls.main)).toEqual(['build']),
  },
]

/** Each ends with one clear error, and nothing is left behind. */
export const faults: readonly Scenario[] = [...engines, ...installers, ...builds]
