/** HKEY_LOCAL_MACHINE of a Windows container: keys and values, found without letter case and kept as they were written. */
export type RegistryType = 'String' | 'ExpandString' | 'Binary' | 'DWord' | 'MultiString' | 'QWord'
export type RegistryData = string | number | readonly string[] | readonly number[]

export interface RegistryValue {
  readonly name: string
  readonly type: RegistryType
  readonly data: RegistryData
}

/** Values that someone else keeps, at the front of what a key holds. */
export interface Mount {
  values(): Readonly<Record<string, string>>
  /** undefined removes the value. */
  write(name: string, data: string | undefined): void
}

/** Paths are `HKLM:\…`. */
export interface Registry {
  has(path: string): boolean
  /** The data of one value, undefined where there is none. */
  get(path: string, name: string): RegistryData | undefined
  values(path: string): readonly RegistryValue[]
  /** The keys just below a key, as they were written. */
  children(path: string): readonly string[]
  /** Makes the key where it is missing. */
  set(path: string, name: string, data: RegistryData, type?: RegistryType): void
  add(path: string): void
  /** A value, or without a name the key with all below it. */
  remove(path: string, name?: string): void
  mount(path: string, mount: Mount): void
}

interface Key {
  readonly path: string
  /** By lower-case name. */
  readonly values: Map<string, RegistryValue>
}

/** A registry without keys. */
export function createRegistry(): Registry {
  const keys = new Map<string, Key>()
  const mounts = new Map<string, Mount>()

  function add(path: string): Key {
    const known = keys.get(normal(path))
    if (known) return known
    const made = { path, values: new Map<string, RegistryValue>() }
    keys.set(normal(path), made)
    return made
  }

  function values(path: string): readonly RegistryValue[] {
    const mounted = Object.entries(mounts.get(normal(path))?.values() ?? {})
    const own = [...(keys.get(normal(path))?.values.values() ?? [])]
    const covered = new Set(mounted.map(([name]) => name.toLowerCase()))
    return [
      ...mounted.map(([name, data]) => ({ name, type: 'String', data }) as const),
      ...own.filter(({ name }) => !covered.has(name.toLowerCase())),
    ]
  }

  return {
    has: path => [...keys.keys(), ...mounts.keys()].some(key => key === normal(path) || key.startsWith(`${normal(path)}\\`)),
    get: (path, name) => values(path).find(value => value.name.toLowerCase() === name.toLowerCase())?.data,
    values,
    children(path) {
      const inside = `${normal(path)}\\`
      const below = [...keys.values()].filter(key => normal(key.path).startsWith(inside))
      const names = below.map(key => key.path.slice(path.length + 1).replace(/\\.*$/, ''))
      return [...new Set(names)].map(name => `${path}\\${name}`)
    },
    set(path, name, data, type = typeof data === 'number' ? 'DWord' : Array.isArray(data) ? 'MultiString' : 'String') {
      const mount = mounts.get(normal(path))
      if (mount && typeof data === 'string') mount.write(name, data)
      else add(path).values.set(name.toLowerCase(), { name, type, data })
    },
    add: path => void add(path),
    remove(path, name) {
      if (name === undefined) {
        for (const key of keys.keys()) if (`${key}\\`.startsWith(`${normal(path)}\\`)) keys.delete(key)
        return
      }
      mounts.get(normal(path))?.write(name, undefined)
      keys.get(normal(path))?.values.delete(name.toLowerCase())
    },
    mount: (path, mount) => void mounts.set(normal(path), mount),
  }
}

function normal(path: string): string {
  const [, rest] = /^HKLM:\\?(.*?)\\?$/i.exec(path.replaceAll('/', '\\')) ?? []
  if (rest === undefined) throw new Error(`The world's registry has no "${path}".`)
  return rest.toLowerCase()
}

export const environmentKey = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment'
export const servicesKey = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services'
export const uninstallKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall'

/** The environment of a new Windows Server Core container, as the machine's registry has it. */
const machineEnvironment: Readonly<Record<string, string>> = {
  ComSpec: '%SystemRoot%\\system32\\cmd.exe',
  DriverData: 'C:\\Windows\\System32\\Drivers\\DriverData',
  OS: 'Windows_NT',
  Path: '%SystemRoot%\\system32;%SystemRoot%;%SystemRoot%\\System32\\Wbem;%SYSTEMROOT%\\System32\\WindowsPowerShell\\v1.0\\;%SYSTEMROOT%\\System32\\OpenSSH\\',
  PATHEXT: '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC',
  PROCESSOR_ARCHITECTURE: 'AMD64',
  PSModulePath: '%ProgramFiles%\\WindowsPowerShell\\Modules;%SystemRoot%\\system32\\WindowsPowerShell\\v1.0\\Modules',
  TEMP: '%SystemRoot%\\TEMP',
  TMP: '%SystemRoot%\\TEMP',
  USERNAME: 'SYSTEM',
  windir: '%SystemRoot%',
  NUMBER_OF_PROCESSORS: '4',
  PROCESSOR_LEVEL: '6',
  PROCESSOR_IDENTIFIER: 'Intel64 Family 6 Model 106 Stepping 6, GenuineIntel',
  PROCESSOR_REVISION: '6a06',
}

/** What is there before SHIR is. The container agent's key (`…\Services\cexecsvc`) is left out: a script may have to make it. */
export function fillRegistry(registry: Registry): void {
  for (const [name, data] of Object.entries(machineEnvironment))
    registry.set(environmentKey, name, data, data.includes('%') ? 'ExpandString' : 'String')
  registry.add(servicesKey)
  registry.set('HKLM:\\SYSTEM\\CurrentControlSet\\Control', 'WaitToKillServiceTimeout', '5000')
}
