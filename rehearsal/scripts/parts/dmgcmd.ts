/** `parts/dmgcmd.ps1`: the one way to run dmgcmd.exe. */
import type { Script } from './script.ts'

export interface DmgcmdResult {
  /** Undefined where the call outlasted its limit and was ended. */
  readonly exitCode: number | undefined
  /** Standard output, then standard error. */
  readonly text: string
}

/** Runs dmgcmd.exe for as long as it takes, or until its limit. */
export async function invokeDmgcmd(script: Script, args: readonly string[], limitSeconds = 300): Promise<DmgcmdResult> {
  const limitMs = limitSeconds * 1000
  const { exitCode, stdout, stderr, takesMs, hangs = false } = script.shir.dmgcmd(args)
  const isLate = hangs || takesMs > limitMs
  await script.sleep(isLate ? limitMs : takesMs)
  if (!isLate) return { exitCode, text: `${stdout}\n${stderr}` }
  // One that hangs has said what it had to say; one that is slow has not begun.
  return { exitCode: undefined, text: hangs ? `${stdout}\n${stderr}` : '\n' }
}

/** The lines of a text that hold anything, without blanks around them. */
export function splitLines(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
}
