/** A certificate authority of the tests' own, and real packages that it signs: `openssl`, `wixl` and `osslsigncode` do the work. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Trust } from '../../../src/installer/signature/trust.ts'
import { shirUpgradeCode } from '../../support/sample-installer.ts'

/** A certificate with its key, as paths of PEM files. */
export interface Identity {
  readonly certificate: string
  readonly key: string
  /** Intermediates and the certificate itself, as a signature carries them. */
  readonly chain: string
}

export interface Authority {
  readonly folder: string
  readonly root: Identity
  /** Everything that this authority has certified counts, where it is of `organisation`. */
  readonly trust: Trust
  /** A signer of this subject (`/O=…/CN=…`), below an intermediate. */
  signer(subject: string, options?: { readonly days?: number }): Identity
}

export const microsoftSubject = '/C=US/ST=Washington/L=Redmond/O=Microsoft Corporation/CN=Microsoft Corporation'

export function makeAuthority(folder: string, name: string, organisation = 'Microsoft Corporation'): Authority {
  let counter = 0
  const certify = (subject: string, extensions: string, issuer: Identity | undefined, days: number): Identity => {
    const at = (suffix: string) => join(folder, `${name}-${counter}.${suffix}`)
    counter += 1
    const [key, certificate, chain, request] = [at('key'), at('pem'), at('chain.pem'), at('csr')]
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key)
    openssl('req', '-new', '-utf8', '-key', key, '-subj', subject, '-out', request)
    writeFileSync(at('ext'), extensions)
    const by = issuer ? ['-CA', issuer.certificate, '-CAkey', issuer.key] : ['-signkey', key]
    const serial = ['-set_serial', String(1_000 + counter), '-days', String(days)]
    openssl('x509', '-req', '-in', request, ...by, ...serial, '-extfile', at('ext'), '-out', certificate)
    const above = issuer === undefined || issuer === root ? '' : readFileSync(issuer.chain, 'utf8')
    writeFileSync(chain, readFileSync(certificate, 'utf8') + above)
    return { certificate, key, chain }
  }
  let root: Identity | undefined
  const authority = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'
  root = certify(`/O=Tests/CN=${name} root`, authority, undefined, 30)
  const intermediate = certify(`/O=Tests/CN=${name} intermediate`, authority, root, 30)
  const pem = readFileSync(root.certificate, 'utf8')
  return {
    folder,
    root,
    trust: { organisation, roots: [pem], timestampRoots: [pem] },
    signer: (subject, { days = 1 } = {}) =>
      certify(
        subject,
        'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=codeSigning\n',
        intermediate,
        days,
      ),
  }
}

export interface PackageOptions {
  readonly version?: string
  /** SHIR's, where another product is not what a test is about. */
  readonly upgradeCode?: string
}

/** A real Windows Installer package with a payload that no other has. */
export function makePackage(
  folder: string,
  { version = '5.70.9748.2', upgradeCode = shirUpgradeCode }: PackageOptions = {},
): string {
  const name = `IntegrationRuntime_${version}`
  writeFileSync(join(folder, `${name}.bin`), randomBytes(40_000))
  writeFileSync(
    join(folder, `${name}.wxs`),
    `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" UpgradeCode="${upgradeCode}" Name="Microsoft Integration Runtime" Version="${version}"
      Manufacturer="Microsoft Corporation" Language="1033" Codepage="1252">
    <Package InstallerVersion="200" Compressed="yes" />
    <Media Id="1" Cabinet="payload.cab" EmbedCab="yes" />
    <Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFilesFolder"><Directory Id="Folder" Name="Folder">
      <Component Id="C" Guid="12345678-1234-1234-1234-222222222222">
        <File Id="F" Name="payload.bin" Source="${name}.bin" KeyPath="yes" />
      </Component>
    </Directory></Directory></Directory>
    <Feature Id="Feature" Level="1"><ComponentRef Id="C" /></Feature>
  </Product>
</Wix>
`,
  )
  const file = join(folder, `${name}.msi`)
  run('wixl', '-o', file, join(folder, `${name}.wxs`))
  return file
}

/** Signs a package into a new file; `-nest` adds to the signature that it has. */
export function sign(file: string, { chain, key }: Identity, to: string, ...options: readonly string[]): string {
  run('osslsigncode', 'sign', ...options, '-certs', chain, '-key', key, '-h', 'sha256', '-in', file, '-out', to)
  if (!existsSync(to)) throw new Error(`osslsigncode left no ${to}`)
  return to
}

/** The signature of a signed file of any kind, as PKCS #7. */
export function extractSignature(file: string, to: string): Buffer {
  rmSync(to, { force: true }) // which it would not overwrite
  run('osslsigncode', 'extract-signature', '-in', file, '-out', to)
  const bytes = readFileSync(to)
  // Of programs, version 2.5 extracts the header before it too.
  return bytes.readUInt8(0) === 0x30 ? bytes : bytes.subarray(8)
}

function openssl(...args: readonly string[]): void {
  run('openssl', ...args)
}

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: 'pipe' })
}
