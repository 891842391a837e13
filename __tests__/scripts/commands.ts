/** What the faked commands of Windows do, and what they answer. Each takes the parameters that `windows.ps1` lets through. */
import { createHash } from 'node:crypto'
import type { Shir } from '../../rehearsal/shir/shir.ts'
import { msiexec } from './installers.ts'
import { getItemProperty, type NewProperty, newItem, newItemProperty, removeItemProperty } from './registry-commands.ts'
import { failure, type Reply, terminating, UnknownCall } from './reply.ts'
import { win32Services } from './services.ts'
import type { VirtualTime } from './virtual-time.ts'
import { timeZones, type Windows } from './windows.ts'

/** Arguments by parameter name, as `windows.ps1` posts them. */
// biome-ignore lint/suspicious/noExplicitAny: what a script passes may be anything, and a command takes it as Windows would
export type Arguments = any

/** What the commands of one container work on. */
export interface Container {
  readonly shir: Shir
  readonly windows: Windows
  readonly time: VirtualTime
}

type Command = (container: Container, args: Arguments, extra: Arguments) => Reply

/** By name. Start-Sleep and Wait-Process are not here: they take time, and the wire has it. */
export const commands: Readonly<Record<string, Command>> = {
  'Get-ItemProperty': ({ windows }, args) => getItemProperty(windows.registry, args),
  'New-Item': ({ windows }, args) => newItem(windows.registry, args),
  'New-ItemProperty': ({ windows }, args: NewProperty) => newItemProperty(windows.registry, args),
  'Remove-ItemProperty': ({ windows }, args) => removeItemProperty(windows.registry, args),
  'Test-Path': ({ windows }, { Path, LiteralPath }) => ({ value: windows.registry.has(Path ?? LiteralPath) }),
  'Get-Process': getProcess,
  'Get-CimInstance': getCimInstance,
  'Set-TimeZone': setTimeZone,
  'Get-TimeZone': getTimeZone,
  'Test-NetConnection': ({ shir }) => ({ value: shir.reachesService() }),
  'Add-LocalGroupMember': addLocalGroupMember,
  'Import-Certificate': importCertificate,
  'Get-AuthenticodeSignature': getAuthenticodeSignature,
  'Invoke-WebRequest': invokeWebRequest,
  'Start-Process': startProcess,
  'Get-Item': getLibrary,
  'Get-Date': ({ time }) => ({ value: time.now() }),
}

function getProcess({ shir, windows }: Container, { Name }: Arguments): Reply {
  if (!/^diahost(\.exe)?$/i.test(Name)) throw new UnknownCall(`Get-Process -Name ${Name}`)
  const host = windows.isShirInstalled() ? shir.state().host : undefined
  if (host && /^diahost$/i.test(Name)) return { value: { Id: host.processId, ProcessName: 'diahost', Name: 'diahost' } }
  return failure(
    `Cannot find a process with the name "${Name}". Verify the process name and call the cmdlet again.`,
    'NoProcessFoundForGivenName,Microsoft.PowerShell.Commands.GetProcessCommand',
    'Microsoft.PowerShell.Commands.ProcessCommandException',
  )
}

function getCimInstance({ shir, windows }: Container, { ClassName, Filter }: Arguments): Reply {
  const asked = Filter === undefined ? undefined : /^\s*Name\s*=\s*(['"])(.*)\1\s*$/i.exec(Filter)
  if (!/^Win32_Service$/i.test(ClassName) || asked === null)
    throw new UnknownCall(`Get-CimInstance -ClassName ${ClassName} -Filter ${Filter}`)
  const services = win32Services(windows.registry, shir.state())
  return { value: services.filter(({ Name }) => !asked || String(Name).toLowerCase() === asked[2]?.toLowerCase()) }
}

const noTimeZone = (id: string) => `The time zone ID '${id}' was not found on the local computer.`
const knownZone = (id: string) => Object.keys(timeZones).find(known => known.toLowerCase() === id.toLowerCase())

function setTimeZone({ windows }: Container, { Id }: Arguments): Reply {
  const known = knownZone(Id)
  if (known === undefined)
    return terminating(
      noTimeZone(Id),
      'TimeZoneNotFound,Microsoft.PowerShell.Commands.SetTimeZoneCommand',
      'System.TimeZoneNotFoundException',
    )
  windows.setTimeZone(known)
  return {}
}

function getTimeZone({ windows }: Container, { Id, ListAvailable }: Arguments): Reply {
  const described = (id: string) => ({ Id: id, StandardName: id, DisplayName: timeZones[id] })
  if (ListAvailable) return { value: Object.keys(timeZones).map(described) }
  const known = Id === undefined ? windows.timeZone() : knownZone(Id)
  if (known !== undefined) return { value: described(known) }
  return failure(
    noTimeZone(Id),
    'TimeZoneNotFound,Microsoft.PowerShell.Commands.GetTimeZoneCommand',
    'System.TimeZoneNotFoundException',
  )
}

function addLocalGroupMember({ windows }: Container, { Group, Member }: Arguments): Reply {
  const say = (id: string, message: string) =>
    failure(
      message,
      `${id},Microsoft.PowerShell.Commands.AddLocalGroupMemberCommand`,
      `Microsoft.PowerShell.Commands.${id}Exception`,
    )
  const members = windows.groups.get(Group)
  if (!members) return say('GroupNotFound', `Group ${Group} was not found.`)
  if (!windows.principals.has(Member)) return say('PrincipalNotFound', `Principal ${Member} was not found.`)
  if (members.includes(Member)) return say('MemberExists', `${Member} is already a member of group ${Group}.`)
  members.push(Member)
  return {}
}

const stores = /^Cert:\\\\?LocalMachine\\(Root|CA|My|AuthRoot|TrustedPeople|TrustedPublisher)\\?$/i

function importCertificate({ windows }: Container, { FilePath, CertStoreLocation }: Arguments, { Bytes }: Arguments): Reply {
  if (!stores.test(CertStoreLocation)) throw new UnknownCall(`Import-Certificate -CertStoreLocation ${CertStoreLocation}`)
  if (Bytes === null)
    return terminating(
      `The certificate file '${FilePath}' could not be found.`,
      'System.IO.FileNotFoundException,Microsoft.CertificateServices.Commands.ImportCertificateCommand',
      'System.IO.FileNotFoundException',
    )
  if (!isCertificate(Buffer.from(Bytes, 'base64')))
    return terminating(
      'Cannot find the requested object. (Exception from HRESULT: 0x80092009)',
      'System.ComponentModel.Win32Exception,Microsoft.CertificateServices.Commands.ImportCertificateCommand',
      'System.ComponentModel.Win32Exception',
    )
  windows.certificates.push({ file: FilePath, store: CertStoreLocation, base64: Bytes })
  const thumbprint = createHash('sha1').update(Bytes, 'base64').digest('hex').toUpperCase()
  return { value: { Thumbprint: thumbprint, PSParentPath: `Microsoft.PowerShell.Security\\Certificate::${CertStoreLocation}` } }
}

/** By their beginning: DER, or PEM. */
function isCertificate(bytes: Buffer): boolean {
  return (bytes[0] === 0x30 && bytes.length > 2) || bytes.toString('latin1').trimStart().startsWith('-----BEGIN CERTIFICATE-----')
}

function getAuthenticodeSignature({ windows }: Container, args: Arguments, { Sha256 }: Arguments): Reply {
  const path = args.LiteralPath ?? args.FilePath
  if (Sha256 === null)
    return failure(
      `File ${path} was not found.`,
      'SignatureCommandsBaseFileNotFound,Microsoft.PowerShell.Commands.GetAuthenticodeSignatureCommand',
      'System.IO.FileNotFoundException',
    )
  const { status, subject = null } = windows.signatureOf(Sha256)
  const message = status === 'Valid' ? 'Signature verified.' : `The file ${path} cannot be trusted: ${status}.`
  return { value: { Status: status, StatusMessage: message, Subject: subject } }
}

function invokeWebRequest({ windows }: Container, { Uri, OutFile }: Arguments): Reply {
  if (!OutFile) throw new UnknownCall(`Invoke-WebRequest ${Uri} without -OutFile`)
  const answer = windows.download(String(Uri))
  if ('error' in answer)
    return terminating(
      answer.error,
      'WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand',
      'System.Net.WebException',
    )
  return { files: [{ path: OutFile, base64: Buffer.from(answer.bytes).toString('base64'), isProgram: false }] }
}

function startProcess({ windows }: Container, { FilePath, ArgumentList = [] }: Arguments, folders: Arguments): Reply {
  if (!/^msiexec(\.exe)?$/i.test(FilePath)) throw new UnknownCall(`Start-Process ${FilePath}`)
  return msiexec(windows, [ArgumentList].flat().join(' '), folders)
}

/** Only libraries come here; their text is their version. */
function getLibrary(_: Container, __: Arguments, { Text }: Arguments): Reply {
  const [major, minor, build, part] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)/
    .exec(Text ?? '')
    ?.slice(1)
    .map(Number) ?? [0, 0, 0, 0]
  const version = `${major}.${minor}.${build}.${part}`
  const parts = { FileMajorPart: major, FileMinorPart: minor, FileBuildPart: build, FilePrivatePart: part }
  return { value: { ...parts, FileVersion: version, ProductVersion: version } }
}
