import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import type { Copies } from '../bundles/copies.ts'
import { msiPath, msiSha256, type StepBench } from '../engine/step-bench.ts'
import { runOnGitHub } from '../runners/github.ts'
import type { StepRecord, StepRequest } from '../runners/record.ts'
import type { Stage } from './stage.ts'

/** What a whole run of the action is asked for: an installer, an image, one node. */
export function wholeRun(bench: StepBench, name: string, installer: Readonly<Record<string, string>> = { 'msi-path': msiPath }) {
  return {
    ...{ mode: 'run', 'auth-key': rehearsalKey(), 'build-context': bench.context, image: `${name}:1`, 'container-name': name },
    ...{
      labels: `${bench.engine.prefix}=step`,
      'health-timeout': '30s',
      soak: '0s',
      'msi-sha256': msiSha256,
      'container-env': 'HTTPS_PROXY=http://127.0.0.1:9',
    },
    ...installer,
  }
}

/** What a runner is told of a stage; it tracks processes by an id of its own. */
export function requestOn({ folders, environment }: Stage, more: Readonly<Record<string, string>> = {}) {
  const { workspace, toolCache, temp } = folders
  const { RUNNER_TRACKING_ID: _, ...own } = environment
  return { node: process.execPath, environment: { ...own, ...more }, workspace, toolCache, temp }
}

/** Runs the action as it is built, as GitHub's runner does, on a stage. */
export function runAction(
  copies: Copies,
  stage: Stage,
  inputs: Readonly<Record<string, string>>,
  rest: Partial<StepRequest> = {},
): Promise<StepRecord> {
  return runOnGitHub({ folder: copies.folder.github, inputs, ...requestOn(stage), ...rest })
}

/** What a run has come to on the engine and on the disk, without what differs from run to run. */
export async function stateOf(bench: StepBench, stage: Stage, name: string) {
  const ids = await bench.containers(name)
  const facts = JSON.parse((await bench.engine.docker('container', 'inspect', '--', ...ids)).stdout || '[]') as readonly {
    readonly Name: string
    readonly State: { readonly Status: string; readonly Health?: { readonly Status: string } }
    readonly Config: { readonly Env: readonly string[]; readonly Hostname: string }
  }[]
  const containers = facts.map(({ Name, State, Config }) => ({
    ...{
      name: Name,
      status: State.Status,
      health: State.Health?.Status,
      hostname: Config.Hostname,
      variables: [...Config.Env].sort(),
    },
  }))
  const networks = (await bench.engine.docker('network', 'ls', '-q', '--filter', `name=${name}`)).stdout
  const images = (await bench.engine.docker('image', 'ls', '--format', '{{.Tag}}', '--', name)).stdout
  const left = (await stage.leftovers()).filter(what => !what.startsWith('container '))
  return { containers, networks, images, left }
}
