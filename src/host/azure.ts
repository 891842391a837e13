import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { keys } from '../contract/inputs.ts'
import type { Host } from './host.ts'
import { cancelSignal, findToolIn, machineId, systemClock, takeInputVariables } from './process-parts.ts'

const stateName = 'shirJournal'

/**
 * Azure Pipelines: inputs and outputs in camelCase, everything else through task-lib, which is loaded only after the inputs were
 * taken: its own reading prints them, the key too, in debug runs.
 */
export async function azureHost(): Promise<Host> {
  const inputs = Object.fromEntries(Object.entries(takeInputVariables()).map(([name, value]) => [keyOf(name), value]))
  const { default: task } = await import('azure-pipelines-task-lib/task.js') // CommonJS: a bundle gives it as the default alone
  const { env } = process
  const temp = env.AGENT_TEMPDIRECTORY ?? os.tmpdir()
  const tools = env.AGENT_TOOLSDIRECTORY ?? path.join(temp, 'tools')
  return {
    inputs,
    spell: key => key,
    machine: {
      name: env.AGENT_MACHINENAME ?? os.hostname(),
      id: machineId(),
      isEphemeral: env.AGENT_ISSELFHOSTED === '0', // the agent's Worker.cs: "0" where Microsoft hosts it, "1" elsewhere
      platform: process.platform,
      temp,
      tools,
      workspace: env.SYSTEM_DEFAULTWORKINGDIRECTORY ?? env.BUILD_SOURCESDIRECTORY ?? process.cwd(),
    },
    run: {
      id: env.BUILD_BUILDID ?? 'unknown',
      job: env.SYSTEM_JOBID ?? 'unknown',
      url: runUrl(env),
      source: sourceOf(env.BUILD_REPOSITORY_URI),
      commit: env.BUILD_SOURCEVERSION || undefined,
    },
    signal: cancelSignal(),
    clock: systemClock,
    environment: { ...env },
    log: line => void process.stdout.write(`${line}${os.EOL}`),
    group: async (title, body) => {
      process.stdout.write(`##[group]${title}${os.EOL}`)
      try {
        return await body()
      } finally {
        process.stdout.write(`##[endgroup]${os.EOL}`)
      }
    },
    annotate: ({ level, title, message }) =>
      task.logIssue(level === 'error' ? task.IssueType.Error : task.IssueType.Warning, `${title}: ${message}`),
    progress: task.setProgress,
    mask: task.setSecret,
    output: (name, value) => task.setVariable(name, value, false, true),
    summary: async markdown => {
      const file = path.join(temp, `shir-container-${randomUUID()}.md`)
      await writeFile(file, markdown)
      task.uploadSummary(file)
    },
    state: {
      load: () => task.getTaskVariable(stateName) || undefined,
      save: value => task.setTaskVariable(stateName, value),
    },
    findTool: (name, version, arch) => findToolIn(tools, name, version, arch),
    cacheService: undefined, // a task cannot call Cache@2 (task-lib #590); the pipeline names its folder in cacheDir
    // Without a message: task-lib would tell it as a second error.
    fail: () => task.setResult(task.TaskResult.Failed, ''),
  }
}

/** The agent writes input names in capitals. */
function keyOf(name: string): string {
  return keys.find(key => key.toUpperCase() === name.toUpperCase()) ?? name.toLowerCase()
}

/** Azure Repos puts the organisation's name where a credential could stand: it is left out. */
function sourceOf(repository: string | undefined): string | undefined {
  if (!repository || !URL.canParse(repository)) return undefined
  const { origin, pathname } = new URL(repository)
  return origin === 'null' ? undefined : `${origin}${pathname}`
}

function runUrl({
  SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: collection,
  SYSTEM_TEAMPROJECT: project,
  BUILD_BUILDID: build,
}: NodeJS.ProcessEnv): string | undefined {
  return collection && project && build
    ? `${collection.replace(/\/$/, '')}/${encodeURIComponent(project)}/_build/results?buildId=${build}`
    : undefined
}
