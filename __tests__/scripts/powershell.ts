/** PowerShell as a child process. The variable PWSH names the program. */
import { spawn } from 'node:child_process'

export const pwsh = process.env.PWSH || 'pwsh'

/** Real time that a script may take; nothing is waited for in real time but processes. */
export const limitMs = 50_000

/** What PowerShell itself may need of this machine's environment. */
export const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PATH|HOME|DOTNET_.*)$/.test(name)))
export const inheritedNames = Object.keys(inherited)

export interface PowerShell {
  /** Standard output and then standard error. Rejects where it had to be ended for its limit. */
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly output: string }>
  readonly processId: number | undefined
  /** Ends it; its exit code is then undefined. */
  kill(): void
}

/** Starts it with this environment, and with what it needs itself. */
export function startPowerShell(args: readonly string[], environment: Readonly<Record<string, string>>): PowerShell {
  const child = spawn(pwsh, ['-NoProfile', '-NonInteractive', ...args], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', text => {
    texts.out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    texts.err += text
  })
  const kill = () => void child.kill('SIGKILL')
  return {
    kill,
    processId: child.pid,
    ended: new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        kill()
        reject(new Error(`PowerShell did not end within ${limitMs / 1000} s of real time.\n${texts.out}${texts.err}`))
      }, limitMs)
      child.on('error', reject)
      child.on('close', code => {
        clearTimeout(limit)
        resolve({ exitCode: code ?? undefined, output: texts.out + texts.err })
      })
    }),
  }
}
