import { type Docker, firstLine } from '../../engine/docker.ts'
import { answerOf, runInside } from '../../engine/inside.ts'
import { inspectContainers } from '../../engine/inspect.ts'
import type { Host } from '../../host/host.ts'

/** stop.ps1 takes 55 s at most, and PowerShell some to start. */
const limitMs = 90_000

/**
 * Ends SHIR inside a container: by stop.ps1 where the image has it, else by dmgcmd.exe, which is looked for as Microsoft's own scripts
 * do. Who does it is told as JSON before it is done: the container may end with SHIR, and the script with the container.
 */
export const stopScript = [
  "if (Test-Path C:/SHIR/stop.ps1) { ConvertTo-Json -Compress @{ by = 'SHIR/stop.ps1' }; & C:/SHIR/stop.ps1; exit $LASTEXITCODE }",
  "$key = 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\ConfigurationManager'",
  '$diacmd = (Get-ItemProperty -Path $key -ErrorAction SilentlyContinue).DiacmdPath',
  "$places = @($(if ($diacmd) { Join-Path (Split-Path -Parent $diacmd) 'dmgcmd.exe' }), 'C:/Program Files/Microsoft Integration Runtime/*/Shared/dmgcmd.exe')",
  '$dmgcmd = Get-ChildItem -Path ($places | Where-Object { $_ }) -ErrorAction SilentlyContinue | Select-Object -First 1',
  "if (-not $dmgcmd) { ConvertTo-Json -Compress @{ by = 'nothing' }; exit 1 }",
  "ConvertTo-Json -Compress @{ by = 'dmgcmd -Stop' }",
  "$ended = Start-Process -FilePath $dmgcmd.FullName -ArgumentList '-Stop' -Wait -PassThru -NoNewWindow",
  'exit $ended.ExitCode',
].join('; ')

/** Ends SHIR in a running container, so that it takes its leave from the service. @returns by what, or why not */
export async function endShir(
  docker: Docker,
  id: string,
  host: Host,
): Promise<{ readonly by: string } | { readonly why: string }> {
  const { code, isTimeUp, text } = await runInside(docker, id, stopScript, limitMs, host)
  const by = answerOf(text)?.by
  if (by === 'nothing') return { why: 'its image has neither SHIR/stop.ps1 nor dmgcmd.exe' }
  if (typeof by === 'string' && code === 0) return { by }
  // With SHIR its container ends, and with the container whatever runs in it.
  const [facts] = await inspectContainers(docker, [id], host)
  const hasEnded = facts?.status !== 'running'
  if (typeof by === 'string' && hasEnded && facts?.exitCode === 0) return { by }
  if (isTimeUp) return { why: `${by ?? 'PowerShell'} was not done in ${limitMs / 1_000} s` }
  if (typeof by !== 'string') return { why: hasEnded ? 'it has just ended' : `PowerShell did not run in it: ${firstLine(text)}` }
  return { why: `${by} ended with exit code ${code}` }
}
