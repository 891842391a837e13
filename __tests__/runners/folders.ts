import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StepRequest } from './record.ts'

export interface JobFolders {
  readonly workspace: string
  readonly toolCache: string
  readonly temp: string
  /** Removes what was made here; folders that the test gave stay. */
  remove(): Promise<void>
}

/** The folders of a job: those that the test gave, and new ones for the rest. */
export async function prepareFolders(request: StepRequest): Promise<JobFolders> {
  const own = await mkdtemp(join(tmpdir(), 'job-'))
  const folders = {
    workspace: request.workspace ?? join(own, 'workspace'),
    toolCache: request.toolCache ?? join(own, 'tools'),
    temp: request.temp ?? join(own, 'temp'),
  }
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true })
  return { ...folders, remove: () => rm(own, { recursive: true, force: true }) }
}

/** The only variables of the test's own process that a step gets to see. */
export function machineEnvironment(): Record<string, string> {
  // A Windows program does not start without the last three.
  const names = ['PATH', 'HOME', 'SystemRoot', 'ComSpec', 'PATHEXT']
  return Object.fromEntries(names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
