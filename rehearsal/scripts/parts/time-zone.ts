/** `parts/time-zone.ps1`: the container's time zone. */
import type { Script } from './script.ts'

/** Applies the zone and returns true where that changed something. One that cannot be set keeps no node from running. */
export function setTimeZone({ windows, log }: Script, id: string): boolean {
  const isSet = () => windows.timeZone().toLowerCase() === id.toLowerCase()
  if (id === '' || isSet()) return false
  const known = 'Get-TimeZone -ListAvailable lists what there is, such as W. Europe Standard Time.'
  const warn = (text: string) => {
    log.write(`WARNING: TZ: ${id} ${text}`)
    return false
  }
  if (id.includes('/')) return warn(`is an IANA name, Windows will not know it; ${known}`)
  try {
    windows.setTimeZone(id)
  } catch (error) {
    return warn(`was not applied: ${(error as Error).message} ${known}`)
  }
  if (!isSet()) return warn("was not applied: this machine's Windows is too old to give a container a time zone of its own.")
  log.write(`Time zone: ${id}`)
  return true
}
