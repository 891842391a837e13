/** Windows services: those that SHIR's installation brings, in the registry and as Win32_Service shows them. */
import type { ShirState } from '../../rehearsal/shir/shir.ts'
import { type Registry, servicesKey } from './registry.ts'

export interface ServiceName {
  readonly name: string
  readonly displayName: string
}

const host: ServiceName = { name: 'DIAHostService', displayName: 'Integration Runtime Service' }

/** The service that updates SHIR. That there is one is known (dmgcmd stops it); its names are an assumption. */
export const upgradeService: ServiceName = { name: 'DIAUpgradeService', displayName: 'Integration Runtime Upgrade Service' }

/** `upgrade` is undefined for a SHIR that has no such service. */
export function addServices(registry: Registry, upgrade: ServiceName | undefined): void {
  add(registry, host, 'diahost.exe')
  if (upgrade) add(registry, upgrade, 'diawp.exe')
}

function add(registry: Registry, { name, displayName }: ServiceName, program: string): void {
  const key = `${servicesKey}\\${name}`
  registry.set(key, 'Type', 16)
  registry.set(key, 'Start', 2)
  registry.set(key, 'ErrorControl', 1)
  registry.set(key, 'ImagePath', `"C:\\Program Files\\Microsoft Integration Runtime\\5.0\\Shared\\${program}"`, 'ExpandString')
  registry.set(key, 'DisplayName', displayName)
  registry.set(key, 'ObjectName', `NT SERVICE\\${name}`)
}

/** Win32_Service: the services that have a program, as they run now. */
export function win32Services(registry: Registry, shir: ShirState): readonly Readonly<Record<string, unknown>>[] {
  return registry.children(servicesKey).flatMap(key => {
    const program = registry.get(key, 'ImagePath')
    if (program === undefined) return []
    const name = key.slice(servicesKey.length + 1)
    const isHost = name === host.name
    const isRunning = isHost ? shir.host !== undefined : shir.upgradeServiceRuns
    return {
      Name: name,
      DisplayName: registry.get(key, 'DisplayName') ?? name,
      State: isRunning ? 'Running' : 'Stopped',
      Started: isRunning,
      Status: 'OK',
      StartMode: { 2: 'Auto', 3: 'Manual', 4: 'Disabled' }[Number(registry.get(key, 'Start'))] ?? 'Unknown',
      StartName: registry.get(key, 'ObjectName') ?? 'LocalSystem',
      PathName: program,
      ProcessId: (isHost && shir.host?.processId) || (isRunning ? 1234 : 0),
      // 1067: the process ended unexpectedly.
      ExitCode: isHost && shir.hostEnded === 'killed' ? 1067 : 0,
    }
  })
}
