import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const containerFolder = join(__dirname, '../../container')
export const pwsh = process.env.PWSH || 'pwsh'

const prelude = join(__dirname, 'windows.ps1')
const gateway = 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway'
export const configurationKey = `${gateway}\\ConfigurationManager`
export const hostServiceKey = `${gateway}\\HostService`

/** What the faked Windows and the faked dmgcmd.exe answer; what is left out is absent, empty or 0. */
export interface Fakes {
  /** `KEY\NAME` to value. */
  readonly registry?: Readonly<Record<string, string>>
  /** By dmgcmd's first argument; `{key}` and `{secret}` stand for the key it was given and the key's last part. */
  readonly dmgcmd?: Readonly<Record<string, { exitCode?: number; out?: string; err?: string; hangs?: boolean }>>
  /** Time is up for dmgcmd as soon as it hangs. */
  readonly hangs?: boolean
  /** One digit for each look at diahost.exe: 1 where it runs. */
  readonly diahost?: string
  /** msiexec's exit code; null as Windows PowerShell answers when it has lost the process. */
  readonly msiexec?: number | null
  readonly msiLog?: string
  /** The folder that a successful installation fills. */
  readonly installs?: string
  readonly version?: string
  readonly signature?: { readonly status: string; readonly subject?: string }
  readonly downloadError?: string
  readonly groups?: 'already' | 'refused'
}

export interface Call {
  readonly command: string
  // biome-ignore lint/suspicious/noExplicitAny: an argument list, or named arguments, as the fake noted them
  readonly args: any
  readonly inheritsKey?: boolean
}

export interface Ended {
  readonly exitCode: number
  readonly output: string
  readonly lines: readonly string[]
  /** The codes of the SHIR-EVENT lines. */
  readonly events: readonly string[]
  readonly calls: readonly Call[]
  /** The argument lists that dmgcmd.exe was called with. */
  readonly dmgcmd: readonly string[][]
}

/** A synthetic key; its secret is made anew each time. */
export function makeKey(): string {
  const secret = randomBytes(32).toString('base64')
  return `IR@00000000-1111-2222-3333-444444444444@example@ServiceEndpoint=example.westeurope.datafactory.azure.net@${secret}`
}

/** A container that has just been made: a copy of the real scripts, and SHIR's folder with the faked dmgcmd.exe. */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'shir scripts '))
  readonly scripts = join(this.folder, 'SHIR')
  readonly programFiles = join(this.folder, 'Program Files')
  readonly shared = join(this.programFiles, 'Microsoft Integration Runtime/5.0/Shared')
  readonly dmgcmd = join(this.shared, 'dmgcmd.exe')
  /** The registry of an installed SHIR. */
  readonly installed = { [`${configurationKey}\\DiacmdPath`]: join(this.shared, 'diacmd.exe') }
  private readonly journal = join(this.folder, 'journal.jsonl')

  constructor() {
    cpSync(join(containerFolder, 'SHIR'), this.scripts, { recursive: true })
  }

  /** Puts the faked dmgcmd.exe into a folder, SHIR's own by default. */
  installDmgcmd(folder = this.shared): void {
    mkdirSync(folder, { recursive: true })
    const program = join(folder, 'dmgcmd.exe')
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(__dirname, 'dmgcmd.mjs')}' "$@"\n`)
    chmodSync(program, 0o755)
  }

  /** Runs a script of the image, after the fakes. */
  async run(script: string, environment: Readonly<Record<string, string>>, fakes: Fakes): Promise<Ended> {
    return this.command(`& '${join(this.scripts, script)}'; exit $LASTEXITCODE`, environment, fakes)
  }

  /** Runs PowerShell code, after the fakes. */
  async command(code: string, environment: Readonly<Record<string, string>>, fakes: Fakes): Promise<Ended> {
    return this.start(['-Command', `. '${prelude}'; ${code}`], environment, fakes)
  }

  /** Starts pwsh with these arguments. */
  async start(args: readonly string[], environment: Readonly<Record<string, string>>, fakes: Fakes): Promise<Ended> {
    rmSync(this.journal, { force: true })
    const inherited = Object.entries(process.env).filter(([name]) => /^(PATH|HOME|DOTNET_.*)$/.test(name))
    const env = {
      ...Object.fromEntries(inherited),
      COMPUTERNAME: 'MACHINE',
      ProgramFiles: this.programFiles,
      FAKES: JSON.stringify({ registry: this.installed, ...fakes }),
      FAKE_JOURNAL: this.journal,
      ...environment,
    }
    const { exitCode, output } = await run(pwsh, ['-NoProfile', '-NonInteractive', ...args], env)
    const lines = output.split('\n').filter(line => line !== '')
    const calls = existsSync(this.journal)
      ? readFileSync(this.journal, 'utf8')
          .trimEnd()
          .split('\n')
          .map(line => JSON.parse(line) as Call)
      : []
    return {
      exitCode,
      output,
      lines,
      events: lines.flatMap(line => /^SHIR-EVENT \{"code":"([a-z-]+)"\}$/.exec(line)?.[1] ?? []),
      calls,
      dmgcmd: calls.filter(call => call.command === 'dmgcmd').map(call => call.args),
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env, timeout: 50_000, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr })
    })
  })
}
