/** Pieces of PowerShell for the tests of the world itself. */
import type { World } from './world.ts'

/** Prints what went wrong, as a line: the ErrorId without what comes after its comma, and the message; or `fine`. */
export const attempt = (code: string) =>
  `try { ${code}; 'fine' } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]): $($_.Exception.Message)" }`

/** Runs code as strictly as the image's scripts run theirs, and returns its lines. */
export async function linesOf(world: World, ...code: readonly string[]): Promise<readonly string[]> {
  const strict = 'Set-StrictMode -Version Latest; $ErrorActionPreference = "Stop"'
  return (await world.command([strict, ...code].join('\n'))).lines
}
