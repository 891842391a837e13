import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Machine } from '../../src/host/host.ts'
import { type MemoryHost, type MemoryOptions, memoryHost } from '../../src/host/memory.ts'
import { systemClock } from '../../src/host/process-parts.ts'

/** A machine of a test's own: its folders are new, and gone after `remove`. */
export interface TestMachine {
  readonly folder: string
  readonly machine: Machine
  /** A memory host on this machine, with real time and the environment that programs need, unless told otherwise. */
  host(options?: Partial<MemoryOptions>): MemoryHost
  remove(): Promise<void>
}

export async function testMachine(): Promise<TestMachine> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'shir-test-')))
  const [temp, tools, workspace] = ['temp', 'tools', 'workspace'].map(name => path.join(folder, name)) as [string, string, string]
  for (const one of [temp, tools, workspace]) await mkdir(one)
  const machine: Machine = {
    name: 'test-machine',
    id: 'test',
    isEphemeral: false,
    platform: process.platform,
    temp,
    tools,
    workspace,
  }
  return {
    folder,
    machine,
    host: options =>
      memoryHost({ machine, clock: systemClock, environment: { PATH: process.env.PATH, HOME: folder }, ...options }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Everything that left through a host, in one text. */
export function everything(host: MemoryHost): string {
  return [
    ...host.lines,
    ...host.groups,
    ...host.progressed,
    ...host.annotations.flatMap(({ title, message }) => [title, message]),
    ...Object.values(host.outputs),
    host.page,
    host.state.load() ?? '',
  ].join('\n')
}
