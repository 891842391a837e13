import { type Docker, engineFailed } from '../../src/engine/docker.ts'
import type { Finished } from '../../src/process/run.ts'

export interface ScriptedDocker extends Docker {
  /** Every command so far, as one text each. */
  readonly asked: readonly string[]
}

/** A docker command that answers as `answer` says: a text is what it prints and ends well with. */
export function scriptedDocker(answer: (command: string) => Partial<Finished> | string): ScriptedDocker {
  const asked: string[] = []
  const run: Docker['run'] = async args => {
    const command = args.join(' ')
    asked.push(command)
    const told = answer(command)
    return { code: 0, stdout: '', stderr: '', timedOut: false, ...(typeof told === 'string' ? { stdout: told } : told) }
  }
  const ask: Docker['ask'] = async (args, options) => {
    const { code, stdout, stderr } = await run(args, options)
    if (code !== 0) throw engineFailed(String(args[0]), stderr)
    return stdout
  }
  return { program: '/usr/bin/docker', asked, run, read: run, ask }
}
