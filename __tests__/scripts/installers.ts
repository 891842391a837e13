/** What msiexec.exe does with the installers that a build starts: exit codes, logs, and what is there afterwards. */
import { environmentKey, type Registry, uninstallKey } from './registry.ts'
import { type Reply, UnknownCall, type WrittenFile } from './reply.ts'

export interface InstallerSettings {
  /** null as Windows PowerShell answers when it has lost the process. */
  readonly exitCode: number | null
  /** What lands in the log; null where msiexec writes none. */
  readonly log: string | null
  readonly version: string
  /** What Windows records of it, where that is not `version`; null for no record. */
  readonly recordedVersion?: string | null
  /** False: says that it installed, and installs nothing. */
  readonly isComplete: boolean
}

export type InstallerName = 'shir' | 'jdk'

const log = 'MSI (s) (0C:58): Machine policy value\r\nAction start 10:00:00: InstallFinalize.\r\n'

export const initialInstallers: Readonly<Record<InstallerName, InstallerSettings>> = {
  shir: { exitCode: 0, log, version: '5.70.9748.2', isComplete: true },
  jdk: { exitCode: 0, log, version: '21.0.12.1', isComplete: true },
}

/** What an installation may change. */
export interface Machine {
  readonly installers: Readonly<Record<InstallerName, InstallerSettings>>
  readonly registry: Registry
  /** The files of an installed SHIR. */
  shirFiles(programFiles: string, version: string): readonly WrittenFile[]
  /** Registers SHIR's Windows service, and what else tells that it is there. */
  shirInstalled(programFiles: string): void
}

/** The container's own folders, as its variables name them. */
export interface Folders {
  readonly ProgramFiles: string
  readonly SystemRoot: string
}

/** `msiexec.exe` with this command line. Its log is UTF-16, as msiexec's is; it keeps a copy of the package, as msiexec does. */
export function msiexec(machine: Machine, commandLine: string, { ProgramFiles, SystemRoot }: Folders): Reply {
  const { path, logPath, properties } = parse(commandLine)
  // What it does not understand, such as a path with a blank and without quotes, ends with 1639.
  if (path === undefined) return { value: { ExitCode: 1639 } }
  const name = /jdk/i.test(path.replace(/^.*[\\/]/, '')) ? 'jdk' : /IntegrationRuntime/i.test(path) ? 'shir' : undefined
  if (!name) throw new UnknownCall(`msiexec /i ${path}`)
  const { exitCode, log, version, isComplete, recordedVersion = version } = machine.installers[name]
  const logged = logPath !== undefined && log !== null ? [textFile(logPath, log, 'utf16')] : []
  if (!isComplete || !successes.includes(exitCode)) return { value: { ExitCode: exitCode }, files: logged }

  const made = install[name](machine, { programFiles: ProgramFiles, properties, version })
  if (recordedVersion !== null) {
    machine.registry.set(`${uninstallKey}\\{${name}}`, 'DisplayName', displayNames[name])
    machine.registry.set(`${uninstallKey}\\{${name}}`, 'DisplayVersion', recordedVersion)
  }
  const cached = textFile(`${SystemRoot}/Installer/${name}.msi`, 'a copy of the package')
  return { value: { ExitCode: exitCode }, files: [...logged, ...made, cached] }
}

const successes: readonly (number | null)[] = [0, 3010, 1641, null]
const displayNames = { shir: 'Microsoft Integration Runtime', jdk: 'Microsoft Build of OpenJDK with Hotspot' }

interface CommandLine {
  /** Undefined where this is no command line for an installation. */
  readonly path: string | undefined
  readonly logPath: string | undefined
  /** By name in upper case. */
  readonly properties: Readonly<Record<string, string>>
}

function parse(text: string): CommandLine {
  const words = [...text.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ''))
  let [path, logPath, isClear] = [undefined as string | undefined, undefined as string | undefined, true]
  let properties: Readonly<Record<string, string>> = {}
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const property = /^(\w+)=(.*)$/.exec(word)
    if (/^\/i$/i.test(word)) path = words.shift()
    else if (/^\/l/i.test(word)) logPath = words.shift()
    else if (property?.[1]) properties = { ...properties, [property[1].toUpperCase()]: property[2] ?? '' }
    else if (!/^\/(q\w*|norestart)$/i.test(word)) isClear = false
  }
  return { path: isClear && path?.toLowerCase().endsWith('.msi') ? path : undefined, logPath, properties }
}

interface Installation {
  readonly programFiles: string
  readonly properties: Readonly<Record<string, string>>
  readonly version: string
}

const install: Readonly<Record<InstallerName, (machine: Machine, installation: Installation) => readonly WrittenFile[]>> = {
  shir(machine, { programFiles, version }) {
    machine.shirInstalled(programFiles)
    return machine.shirFiles(programFiles, version)
  },
  /** Microsoft's OpenJDK: `Path` is a feature that is on by itself, `JAVA_HOME` one that must be asked for. */
  jdk({ registry }, { programFiles, properties, version }) {
    const home = `${properties.INSTALLDIR ?? `${programFiles}/Microsoft/jdk-${version}-hotspot`}/`.replace(/[\\/]+$/, '/')
    const features = properties.ADDLOCAL?.split(',') ?? ['FeatureMain', 'FeatureEnvironment', 'FeatureJarFileRunWith']
    if (features.includes('FeatureJavaHome')) registry.set(environmentKey, 'JAVA_HOME', home)
    if (features.includes('FeatureEnvironment'))
      registry.set(environmentKey, 'Path', `${home}bin;${registry.get(environmentKey, 'Path')}`, 'ExpandString')
    return [
      textFile(`${home}bin/java.exe`, version),
      textFile(`${home}bin/server/jvm.dll`, version),
      textFile(`${home}release`, `JAVA_VERSION="${version}"\n`),
    ]
  },
}

export function textFile(path: string, text: string, encoding: 'utf8' | 'utf16' = 'utf8', isProgram = false): WrittenFile {
  const bytes = encoding === 'utf8' ? Buffer.from(text) : Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  return { path, base64: bytes.toString('base64'), isProgram }
}
