import { type Docker, firstLine } from '../../engine/docker.ts'
import { answerOf, runInside } from '../../engine/inside.ts'
import type { Host } from '../../host/host.ts'
import type { Resolution } from '../target.ts'

/** PowerShell's start, and three tries of a name that does not resolve. */
const limitMs = 60_000

/**
 * Tells as JSON which names resolve. A name that does not is asked for again: Windows remembers for a while that it was unknown.
 * Hostnames are letters, digits and dashes.
 */
export function resolveScript(hostnames: readonly string[]): string {
  const names = hostnames.map(name => `'${name}'`).join(', ')
  return (
    `$good = @(); $bad = @(); foreach ($name in ${names}) { foreach ($try in 1..3) { ` +
    'try { $null = [System.Net.Dns]::GetHostAddresses($name); $good += $name; break } ' +
    'catch { if ($try -lt 3) { Start-Sleep -Seconds 3 } else { $bad += $name } } } }; ' +
    'ConvertTo-Json -Compress @{ resolved = $good; unresolved = $bad }'
  )
}

/** Asks from inside a container which hostnames resolve there. */
export async function resolveInside(docker: Docker, id: string, hostnames: readonly string[], host: Host): Promise<Resolution> {
  const { text, isTimeUp } = await runInside(docker, id, resolveScript(hostnames), limitMs, host)
  const unresolved = answerOf(text)?.unresolved
  if (!Array.isArray(unresolved))
    return { kind: 'unknown', why: isTimeUp ? `it gave no answer in ${limitMs / 1_000} s` : firstLine(text) }
  return { kind: 'known', unresolved: hostnames.filter(name => unresolved.includes(name)) }
}
