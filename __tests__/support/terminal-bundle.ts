import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundle, bundles } from '../../tools/bundle.ts'

export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** The outputs on standard output, by their kebab-case names. */
  readonly outputs: Readonly<Record<string, string>>
}

export interface TerminalBundle {
  readonly script: string
  run(args: readonly string[], environment: Readonly<Record<string, string>>, workingDirectory: string): Promise<Ended>
  remove(): Promise<void>
}

/** The terminal command as it is shipped, bundled from the sources as they are now into a folder of its own. */
export async function bundleTerminal(): Promise<TerminalBundle> {
  const root = resolve('.')
  const folder = await mkdtemp(join(tmpdir(), 'shir-terminal-'))
  const { entries } = bundles.find(({ folder: name }) => name === 'dist') ?? { entries: {} }
  await bundle({ folder: join(folder, 'dist'), entries }, root)
  await cp(join(root, 'container'), join(folder, 'container'), { recursive: true })
  const script = join(folder, 'dist', 'terminal.mjs')
  return {
    script,
    run: (args, environment, cwd) =>
      new Promise(done => {
        execFile(process.execPath, [script, ...args], { cwd, env: { ...environment } }, (error, stdout, stderr) => {
          const pairs = stdout.split('\n').flatMap(line => {
            const at = line.indexOf('=')
            return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
          })
          done({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr, outputs: Object.fromEntries(pairs) })
        })
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
