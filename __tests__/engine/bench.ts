/** What the contract's tests work with: an engine, two images of nodes on it, and the commands that they all use. */
import path from 'node:path'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import type { DockerCommand, Result } from './docker-command.ts'
import type { EngineUnderTest } from './engines.ts'
import { makeNodeContext } from './images.ts'

interface Probe {
  readonly Start: string
  readonly End: string
  readonly ExitCode: number
  readonly Output: string
}

/** The part of `docker container inspect` that the product reads. */
export interface Details {
  readonly Id: string
  readonly RestartCount: number
  readonly State: {
    readonly Status: string
    readonly Running: boolean
    readonly ExitCode: number
    readonly StartedAt: string
    readonly FinishedAt: string
    readonly Health?: { readonly Status: string; readonly FailingStreak: number; readonly Log: readonly Probe[] }
  }
  readonly Config: Readonly<Record<'Env', readonly string[]>> & {
    readonly Labels: Readonly<Record<string, string>>
    readonly Hostname: string
  }
  readonly HostConfig: {
    readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number }
    readonly Memory: number
    readonly NanoCpus: number
  }
}

/** A registry that nobody keeps. */
export const nowhere = '127.0.0.1:1'

export interface Bench {
  readonly engine: EngineUnderTest
  readonly docker: DockerCommand
  /** The folder that `image` was built from, with `--iidfile iid` beside it. */
  readonly context: string
  readonly image: string
  /** Has no health check. */
  readonly bareImage: string
  /** What building `image` answered. */
  readonly built: Result
  readonly label: readonly string[]
  newName(): string
  build(...argv: readonly string[]): Promise<Result>
  /**
   * Starts a node with the key of `factory`, known by its value in the client's environment alone. `rehearsal` stands for an
   * integration runtime of the node's own: a node of an earlier test would forbid this one, since a record outlives its container.
   */
  run(factory: string | undefined, name: string, ...argv: readonly string[]): Promise<Result>
  inspect(name: string): Promise<Details>
}

export function lines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}

/** Builds both images on the engine. */
export async function createBench(engine: EngineUnderTest): Promise<Bench> {
  const { docker, prefix, folder } = engine
  const label = ['--label', prefix]
  const context = path.join(folder, 'context')
  const bareContext = path.join(folder, 'bare')
  const image = `${prefix}:1`
  const bareImage = `${prefix}:bare`
  const build = (...argv: readonly string[]) => docker('build', '--force-rm', ...label, ...argv)
  let counter = 0
  await makeNodeContext(context, { speed: engine.contextSpeed })
  await makeNodeContext(bareContext, { speed: engine.contextSpeed, healthcheck: false })
  const tags = ['-t', image, `--tag=${prefix}:2`]
  const built = await build('--iidfile', path.join(folder, 'iid'), ...tags, '--build-arg', 'INSTALL_JDK=true', '--', context)
  await build('-t', bareImage, '--', bareContext)
  return {
    ...{ engine, docker, context, image, bareImage, built, label, build },
    newName: () => `${prefix}-${++counter}`,
    run(factory, name, ...argv) {
      const key = factory && rehearsalKey(factory === 'rehearsal' ? name : factory)
      const client = key === undefined ? docker : docker.with({ AUTH_KEY: key })
      return client('run', '-d', '--name', name, ...label, '-e', 'AUTH_KEY', ...argv)
    },
    async inspect(name) {
      const { stdout } = await docker('container', 'inspect', '--', name)
      return (JSON.parse(stdout) as readonly [Details])[0]
    },
  }
}
