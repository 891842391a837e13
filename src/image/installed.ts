import { lstat, readFile } from 'node:fs/promises'
import { StepError } from '../contract/reasons.ts'
import type { Image, Installer } from '../contract/values.ts'
import { type Docker, firstLine } from '../engine/docker.ts'
import { answerOf, powerShell } from '../engine/inside.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { copyFromImage, runInImage } from './look.ts'

/** What is installed in an image, as the image itself says. */
export interface Installed {
  /** Four numbers, or three where whoever says it knows no more. */
  readonly version: string
  /** Of the installer, lower-case hexadecimal; `undefined` where nothing tells it. */
  readonly msiSha256: string | undefined
}

/** Written by SHIR/build.ps1. On a Linux engine `C:` is a folder, as it is for COPY. */
const recordPath = 'C:/SHIR/installed.json'
/** It has two fields; an image may hold anything by that name. */
const mostRecordBytes = 64 * 1024

/** For a container to start, and PowerShell in it; the first start of an image takes the longest. */
const runLimitMs = 120_000

/**
 * Prints the version of the library from which Microsoft's own update script reads it, as SHIR/build.ps1 does: beside the dmgcmd.exe
 * that the registry names, else wherever it lies under Program Files.
 */
export const versionScript = [
  "$keys = @('ConfigurationManager', 'HostService') | ForEach-Object { 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\' + $_ }",
  '$diacmds = @($keys | ForEach-Object { (Get-ItemProperty -Path $_ -ErrorAction SilentlyContinue).DiacmdPath } | Where-Object { $_ })',
  "$folders = @($diacmds | ForEach-Object { Split-Path -Parent $_ }) + 'C:/Program Files/Microsoft Integration Runtime/*/Shared'",
  "$files = @($folders | ForEach-Object { Join-Path $_ 'Microsoft.DataTransfer.GatewayManagement.dll' })",
  '$library = Get-ChildItem -Path $files -ErrorAction SilentlyContinue | Select-Object -First 1',
  "if (-not $library) { ConvertTo-Json -Compress @{ version = '' }; exit 1 }",
  '$info = $library.VersionInfo',
  "$version = '{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart",
  'ConvertTo-Json -Compress @{ version = $version }',
].join('; ')

/**
 * Reads which SHIR an image has: from the record that its build left, else from SHIR itself, by running PowerShell in it once.
 * `undefined` where it has neither, which is said. The containers that this takes are owed to the journal until they are gone.
 * @throws StepError `engine-unreachable`, `cancelled`
 */
export async function readInstalled(
  docker: Docker,
  { id }: Pick<Image, 'id'>,
  host: Host,
  journal: Journal,
): Promise<Installed | undefined> {
  const recorded = await copyFromImage(id, recordPath, docker, host, journal, readRecord)
  if (recorded !== undefined) return recorded
  host.log(`The image has no readable ${recordPath}; asking SHIR in it.`)
  const { code, text, isTimeUp } = await runInImage(id, powerShell(versionScript), runLimitMs, docker, host, journal)
  const version = answerOf(text)?.version
  if (code === 0 && isVersion(version)) return { version, msiSha256: undefined }
  host.log(
    `The image does not tell its version: ${isTimeUp ? `it had no answer in ${runLimitMs / 1_000} s` : whyNot(version, text)}.`,
  )
  return undefined
}

function whyNot(version: unknown, text: string): string {
  return version === '' ? 'there is no SHIR in it' : firstLine(text)
}

/**
 * Compares what an image has with what it was built from, as far as both are known.
 * @throws StepError `image-version-mismatch`
 */
export function assertInstalled(installed: Installed, installer: Pick<Installer, 'version' | 'sha256'>, host: Host): void {
  if (!agree(installed.version, installer.version))
    throw new StepError(
      'image-version-mismatch',
      `The image has SHIR ${installed.version}, but was built with the installer of ${installer.version}.`,
      {
        hint: 'Its context fetches an installer of its own, or builds on an image that has SHIR already: let it install SHIR/IntegrationRuntime*.msi, or ask for the version that it has.',
      },
    )
  host.log(`SHIR ${installed.version} is installed in the image.`)
  if (installed.msiSha256 !== undefined && installed.msiSha256 !== installer.sha256)
    host.log(`It was installed from another file of that version, with the SHA-256 ${installed.msiSha256}.`)
}

/** Three fields, which is all that Windows Installer compares, against the first three of four. */
function agree(a: string, b: string): boolean {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  const known = Math.min(left.length, right.length)
  return left.slice(0, known).join('.') === right.slice(0, known).join('.')
}

/** @returns `undefined` for whatever is no record */
async function readRecord(file: string): Promise<Installed | undefined> {
  // Never through a link, which would lead to a file of this machine.
  const facts = await lstat(file)
  if (!facts.isFile() || facts.size > mostRecordBytes) return undefined
  const { shirVersion, msiSha256 } = parsed((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''))
  if (!isVersion(shirVersion)) return undefined
  const isHash = typeof msiSha256 === 'string' && /^[0-9a-f]{64}$/i.test(msiSha256)
  return { version: shirVersion, msiSha256: isHash ? msiSha256.toLowerCase() : undefined }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,5}(?:\.\d{1,5}){2,3}$/.test(value)
}
