/** `parts/service-environment.ps1`: a container's further variables, for SHIR's Windows service. */
import type { Script } from './script.ts'
import { sorted } from './settings.ts'

/** Read by the scripts, or by dmgcmd.exe. */
const ownVariables = ['AUTH_KEY', 'AUTH_KEY_FILE', 'NODE_NAME', 'ENABLE_HA', 'HA_PORT', 'ENABLE_AE', 'AE_TIME', 'TZ']
  .concat(['LOCAL_FOLDERS', 'SHIR_WINDOWS_CONTAINER_ENV'])
  .map(name => name.toLowerCase())

/** Made by Windows for each process, from the user it runs as. */
const windowsVariables = `
  ALLUSERSPROFILE APPDATA CommonProgramFiles CommonProgramFiles(x86) CommonProgramW6432 COMPUTERNAME ComSpec HOMEDRIVE HOMEPATH
  LOCALAPPDATA LOGONSERVER NUMBER_OF_PROCESSORS OS Path PATHEXT PROCESSOR_ARCHITECTURE PROCESSOR_IDENTIFIER PROCESSOR_LEVEL
  PROCESSOR_REVISION ProgramData ProgramFiles ProgramFiles(x86) ProgramW6432 PROMPT PSExecutionPolicyPreference PSModulePath PUBLIC
  SystemDrive SystemRoot TEMP TMP USERDOMAIN USERDOMAIN_ROAMINGPROFILE USERNAME USERPROFILE windir`
  .trim()
  .toLowerCase()
  .split(/\s+/)

const leftOut: ReadonlySet<string> = new Set([...ownVariables, ...windowsVariables])

/** `NAME=value` in order; none that holds the key. */
function furtherVariables({ environment, windows, log }: Script): readonly string[] {
  return sorted(Object.keys(environment)).flatMap(name => {
    const value = environment[name] ?? ''
    if (leftOut.has(name.toLowerCase()) || value === windows.machineVariable(name)) return []
    if (!log.isSecret(value)) return [`${name}=${value}`]
    log.write(`WARNING: ${name} holds an authentication key, which SHIR does not get in a variable.`)
    return []
  })
}

/** Writes the variables and returns true where that changed something: the service reads them when it starts. */
export function setServiceEnvironment(script: Script): boolean {
  const nameOf = (line: string) => line.split('=')[0] ?? ''
  const further = furtherVariables(script)
  const names = further.map(nameOf)
  const lowerNames = names.map(name => name.toLowerCase())
  const before = script.windows.serviceEnvironment().filter(line => line !== '')
  const after = [...before.filter(line => !lowerNames.includes(nameOf(line).toLowerCase())), ...further]
  if (before.join('\0') === after.join('\0')) return false
  script.windows.setServiceEnvironment(after)
  script.log.write(`Variables for SHIR: ${names.join(', ')}.`)
  return true
}
