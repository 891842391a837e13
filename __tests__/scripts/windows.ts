/** A Windows container, faked: its registry, time zone, groups, certificates, services, installers, and what it can download. */
import { createHash } from 'node:crypto'
import { configurationKey, type Shir } from '../../rehearsal/shir/shir.ts'
import { type InstallerName, type InstallerSettings, initialInstallers, type Machine, textFile } from './installers.ts'
import { createRegistry, fillRegistry, servicesKey } from './registry.ts'
import type { WrittenFile } from './reply.ts'
import { addServices, type ServiceName, upgradeService } from './services.ts'

export interface Signature {
  readonly status: string
  /** The signer's distinguished name; absent where there is no signer. */
  readonly subject?: string
}

/** What an address answers: bytes (text is UTF-8), with who signed them where anybody did, or an error. */
export type Download = { readonly bytes: string | Uint8Array; readonly signature?: Signature } | { readonly error: string }

export interface ImportedCertificate {
  readonly file: string
  /** `Cert:\LocalMachine\Root` */
  readonly store: string
  readonly base64: string
}

/** The time zones that this Windows knows, by id, with their names. */
export const timeZones: Readonly<Record<string, string>> = {
  UTC: '(UTC) Coordinated Universal Time',
  'W. Europe Standard Time': '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
  'Pacific Standard Time': '(UTC-08:00) Pacific Time (US & Canada)',
}

export interface Windows extends Machine {
  /** True once SHIR is installed. */
  isShirInstalled(): boolean
  timeZone(): string
  setTimeZone(id: string): void
  /** What SHIR's installation will bring as its upgrade service; undefined for none. */
  setUpgradeService(service: ServiceName | undefined): void
  /** Windows services start with the container, those alone excepted that are disabled. */
  containerRestarted(): void
  /** False: hosts and images before 2105B take a time zone and stay as they are. */
  setVirtualTimeZones(areVirtual: boolean): void
  /** By group, its members, in the order in which they came. */
  readonly groups: Map<string, string[]>
  /** Those that Windows finds; SHIR's service account comes with SHIR. */
  readonly principals: Set<string>
  readonly certificates: ImportedCertificate[]
  /** `windows.setInstaller('shir', { exitCode: 1603 })` */
  setInstaller(name: InstallerName, settings: Partial<InstallerSettings>): void
  /** What an address answers: one after the other, the last one for ever. Other addresses cannot be resolved. */
  setDownload(url: string, ...answers: readonly Download[]): void
  download(url: string): Download
  /** Who signed these bytes, wherever they lie; nobody, unless told. */
  sign(bytes: string | Uint8Array, signature: Signature): void
  signatureOf(sha256: string): Signature
}

export interface WindowsOptions {
  readonly shir: Shir
  /** dmgcmd.exe's text, a program. */
  dmgcmd(): string
}

/** A Windows container without SHIR. */
export function createWindows({ shir, dmgcmd }: WindowsOptions): Windows {
  const registry = createRegistry()
  fillRegistry(registry)
  let isShirInstalled = false
  let installers = initialInstallers
  let zone = 'UTC'
  let zonesAreVirtual = true
  let upgrade: ServiceName | undefined = upgradeService
  const principals = new Set(['User Manager\\ContainerAdministrator', 'User Manager\\ContainerUser'])
  const downloads = new Map<string, readonly Download[]>()
  const signatures = new Map<string, Signature>()
  const sign = (bytes: string | Uint8Array, signature: Signature) => void signatures.set(sha256(bytes), signature)

  return {
    registry,
    get installers() {
      return installers
    },
    isShirInstalled: () => isShirInstalled,
    shirFiles: (programFiles, version) => shirFiles(programFiles, version, dmgcmd()),
    shirInstalled(programFiles) {
      isShirInstalled = true
      principals.add('NT SERVICE\\DIAHostService')
      addServices(registry, upgrade)
      shir.writeRegistry('DiacmdPath', `${sharedFolder(programFiles)}/diacmd.exe`)
      registry.mount(configurationKey, { values: () => shir.registry(), write: shir.writeRegistry })
    },
    setUpgradeService(service) {
      upgrade = service
    },
    containerRestarted() {
      shir.containerRestarted()
      if (upgrade && registry.get(`${servicesKey}\\${upgrade.name}`, 'Start') === 4) shir.dmgcmd(['-StopUpgradeService'])
    },
    timeZone: () => zone,
    setTimeZone(id) {
      if (zonesAreVirtual) zone = id
    },
    setVirtualTimeZones(areVirtual) {
      zonesAreVirtual = areVirtual
    },
    groups: new Map(['Administrators', 'Users', 'Performance Monitor Users', 'Performance Log Users'].map(name => [name, []])),
    principals,
    certificates: [],
    setInstaller(name, settings) {
      installers = { ...installers, [name]: { ...installers[name], ...settings } }
    },
    setDownload(url, ...answers) {
      downloads.set(url, answers)
      for (const answer of answers) if ('bytes' in answer && answer.signature) sign(answer.bytes, answer.signature)
    },
    download(url) {
      const [first, ...rest] = downloads.get(url) ?? []
      if (!first) return { error: `The remote name could not be resolved: '${new URL(url).hostname}'` }
      if (rest.length > 0) downloads.set(url, rest)
      return first
    },
    sign,
    signatureOf: hash => signatures.get(hash.toLowerCase()) ?? { status: 'NotSigned' },
  }
}

export function sharedFolder(programFiles: string): string {
  return `${programFiles}/Microsoft Integration Runtime/5.0/Shared`
}

function shirFiles(programFiles: string, version: string, dmgcmd: string): readonly WrittenFile[] {
  const shared = sharedFolder(programFiles)
  return [
    textFile(`${shared}/dmgcmd.exe`, dmgcmd, 'utf8', true),
    textFile(`${shared}/diacmd.exe`, ''),
    textFile(`${shared}/diahost.exe`, ''),
    // The wire takes the text of a library for its version.
    textFile(`${shared}/Microsoft.DataTransfer.GatewayManagement.dll`, version),
  ]
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
