import { link, rm } from 'node:fs/promises'
import { answerOf } from '../../engine/inside.ts'
import type { Host } from '../../host/host.ts'
import { findProgram } from '../../process/program.ts'
import { runProgram } from '../../process/run.ts'
import type { SignedData } from './signed-data.ts'
import { ended, limitMs, type Verdict } from './verdict.ts'

const name = 'Get-AuthenticodeSignature'

/** By which the script learns the path: a path that is part of a command could say something in it. */
export const pathVariable = 'SHIR_INSTALLER'

/**
 * Says in one line of JSON what Windows thinks of a file's signature. Numbers stand for bytes and characters: the console of Windows
 * PowerShell 5.1 has a code page of its own. It calls no method, so that it also runs in the constrained language of locked-down
 * machines, and has no double quotes, so that it needs no quoting on its way.
 */
export const signatureScript = [
  "$ErrorActionPreference = 'Stop'",
  "$ProgressPreference = 'SilentlyContinue'",
  `try { $found = ${name} -LiteralPath $Env:${pathVariable}`,
  "$signer = ''; if ($found.SignerCertificate) { $signer = $found.SignerCertificate.RawData -join ' ' }",
  "$said = [int[]] [char[]] [string] $found.StatusMessage -join ' '",
  'ConvertTo-Json -Compress @{ status = [string] $found.Status; said = $said; signer = $signer } }',
]
  .join('; ')
  .concat(" catch { ConvertTo-Json -Compress @{ failed = [int[]] [char[]] [string] $_ -join ' ' } }")

/** Pure: how PowerShell is started. Commands, unlike files, run under any execution policy. */
export function powerShellArguments(script: string): string[] {
  return ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script]
}

/**
 * Checks a signed file by Windows itself: its digest, the chain to a root that the machine trusts, the times, the timestamp. The
 * certificate that Windows names must be the one that was read of the file, whose chain was looked at.
 */
export async function checkByWindows(file: string, { signer }: SignedData, host: Host): Promise<Verdict> {
  const program = (await findProgram('powershell', host)) ?? (await findProgram('pwsh', host))
  if (program === undefined)
    return {
      kind: 'unchecked',
      why: 'powershell.exe was not found',
      hint: 'Put %SystemRoot%\\System32\\WindowsPowerShell\\v1.0 on PATH.',
    }
  const { code, stdout, stderr, timedOut } = await underPackageName(file, named =>
    runProgram(program, powerShellArguments(signatureScript), host, { limitMs, variables: { [pathVariable]: named } }),
  )
  host.signal.throwIfAborted()
  const answer = answerOf(stdout)
  if (answer === undefined) {
    const why = code === null ? ended(program, timedOut) : `${name} gave no answer (exit code ${code}: ${firstLineOf(stderr)})`
    return { kind: 'unchecked', why, hint: `Run ${name} on the file by hand: it says why.` }
  }
  if (answer.failed !== undefined)
    return { kind: 'unchecked', why: `${name} failed: ${textOf(answer.failed)}`, hint: 'Windows’ own words say why.' }
  if (answer.status !== 'Valid') return { kind: 'invalid', why: `Windows says ${String(answer.status)}: ${textOf(answer.said)}` }
  if (!bytesOf(answer.signer).equals(signer.raw))
    return { kind: 'invalid', why: 'Windows names another signer than the file itself' }
  return { kind: 'valid', by: name }
}

/** Parts of downloads have names of their own, and Windows may choose by the name who reads a signature: a link has the usual one. */
async function underPackageName<Value>(file: string, body: (named: string) => Promise<Value>): Promise<Value> {
  if (/\.msi$/i.test(file)) return body(file)
  const named = `${file}.msi`
  const isLinked = await link(file, named).then(
    () => true,
    () => false, // a disk that knows no links: the name as it is
  )
  try {
    return await body(isLinked ? named : file)
  } finally {
    if (isLinked) await rm(named, { force: true })
  }
}

function bytesOf(numbers: unknown): Buffer {
  return Buffer.from(numbersOf(numbers))
}

function textOf(numbers: unknown): string {
  return String.fromCharCode(...numbersOf(numbers).slice(0, 1_000)).trim() || 'it does not say why'
}

function numbersOf(numbers: unknown): readonly number[] {
  return typeof numbers === 'string' && numbers !== '' ? numbers.split(' ').map(Number) : []
}

function firstLineOf(text: string): string {
  return (
    text
      .split(/\r?\n/)
      .find(line => line.trim() !== '')
      ?.trim() ?? 'it said nothing'
  )
}
