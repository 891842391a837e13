/** The `docker` command as a test uses it, whichever engine answers. */
import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Result {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface DockerEvent {
  readonly Action: string
  readonly Type: string
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
  readonly time: number
  readonly timeNano: number
}

export interface DockerCommand {
  /** Runs `docker`; a code other than 0 is an answer, not an error. */
  (...argv: readonly string[]): Promise<Result>
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
  with(more: Readonly<Record<string, string>>): DockerCommand
  /** What the last (or the `count`-th) of these events says; past ones since the command object was made count too. */
  event(container: string, name: string, count?: number): Promise<DockerEvent>
}

export function dockerCommand(program: string, environment: Readonly<Record<string, string>>): DockerCommand {
  const since = String(Date.now() / 1000 - 1)
  const run = (...argv: readonly string[]) =>
    new Promise<Result>(resolve => {
      const child = execFile(program, argv, { env: { ...environment }, maxBuffer: 1e8 }, (_, stdout, stderr) => {
        resolve({ exitCode: child.exitCode ?? -1, stdout, stderr })
      })
      child.stdin?.end()
    })
  const event = (container: string, name: string, count = 1) =>
    new Promise<DockerEvent>((resolve, reject) => {
      const filters = ['type=container', `container=${container}`, `event=${name}`].flatMap(filter => ['--filter', filter])
      const child = spawn(program, ['events', '--since', since, ...filters, '--format', '{{json .}}'], {
        env: { ...environment },
      })
      let seen = 0
      createInterface(child.stdout).on('line', line => {
        seen++
        if (seen !== count) return
        child.kill()
        resolve(JSON.parse(line) as DockerEvent)
      })
      child.on('error', reject)
      child.on('close', () => reject(new Error(`docker events ended after ${seen} of ${count} "${name}" of ${container}`)))
    })
  return Object.assign(run, {
    program,
    environment,
    event,
    with: (more: Readonly<Record<string, string>>) => dockerCommand(program, { ...environment, ...more }),
  })
}
