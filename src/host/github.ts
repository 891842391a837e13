import os from 'node:os'
import path from 'node:path'
import * as core from '@actions/core'
import { keys } from '../contract/inputs.ts'
import { kebab } from '../contract/spelling.ts'
import { githubCache } from './github-cache.ts'
import type { Host } from './host.ts'
import { cancelSignal, machineId, systemClock, takeInputVariables } from './process-parts.ts'

const stateName = 'journal'

/**
 * GitHub Actions: inputs and outputs in kebab-case, everything else through `@actions/core`.
 * @param cacheProgram the script that speaks to GitHub's cache service; without it there is none
 */
export function githubHost(cacheProgram?: string): Host {
  const inputs = Object.fromEntries(
    Object.entries(takeInputVariables()).map(([name, value]) => [keyOf(name.toLowerCase()), value]),
  )
  const { env, platform } = process
  const environment = { ...env }
  return {
    inputs,
    spell: kebab,
    machine: {
      name: os.hostname(), // and not the runner's: there may be several on one machine
      id: machineId(),
      isEphemeral: env.RUNNER_ENVIRONMENT === 'github-hosted',
      platform,
      temp: env.RUNNER_TEMP ?? os.tmpdir(),
      tools: env.RUNNER_TOOL_CACHE ?? path.join(os.tmpdir(), 'tools'),
      workspace: env.GITHUB_WORKSPACE ?? process.cwd(),
    },
    // The runner's own name for the job: GITHUB_JOB is the same for all jobs of a matrix.
    run: {
      id: env.GITHUB_RUN_ID ?? 'unknown',
      job: env.RUNNER_TRACKING_ID ?? 'unknown',
      url: runUrl(env),
      source: repositoryUrl(env),
      commit: env.GITHUB_SHA || undefined,
    },
    signal: cancelSignal(),
    clock: systemClock,
    environment,
    log: core.info,
    group: core.group,
    annotate: ({ level, title, message }) => (level === 'error' ? core.error : core.warning)(message, { title }),
    progress: () => {}, // GitHub has no progress bar; the groups tell
    mask: core.setSecret,
    output: (name, value) => core.setOutput(kebab(name), value),
    summary: async markdown => {
      if (env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(markdown, true).write()
    },
    state: {
      load: () => core.getState(stateName) || undefined,
      save: value => core.saveState(stateName, value),
    },
    findTool: async (name, version, arch) => {
      if (!env.RUNNER_TOOL_CACHE) return undefined
      const { find } = await import('@actions/tool-cache') // loaded on first use: a third of the cold start
      return find(name, version, arch) || undefined
    },
    // Where the machine stays, its own store is nearer.
    cacheService:
      cacheProgram !== undefined && env.RUNNER_ENVIRONMENT === 'github-hosted'
        ? githubCache(cacheProgram, { platform, environment })
        : undefined,
    fail: () => {
      process.exitCode = core.ExitCode.Failure
    },
  }
}

/** What is no input keeps the name that its user wrote. */
function keyOf(name: string): string {
  return keys.find(key => kebab(key) === name) ?? name
}

function repositoryUrl({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }: NodeJS.ProcessEnv): string | undefined {
  return server && repository ? `${server}/${repository}` : undefined
}

function runUrl(env: NodeJS.ProcessEnv): string | undefined {
  const repository = repositoryUrl(env)
  return repository && env.GITHUB_RUN_ID ? `${repository}/actions/runs/${env.GITHUB_RUN_ID}` : undefined
}
