import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { readMsiProperties } from '../../../src/installer/msi/properties.ts'
import { describeWith } from '../../support/program.ts'
import { temporaryFolder } from './temporary-folder.ts'

const pathOf = temporaryFolder()

interface Package {
  readonly version?: string
  readonly note?: string
}

/** Makes a real package with a file in it and returns its path. */
function wixl({ version = '5.70.9748.2', note = 'short' }: Package = {}): string {
  writeFileSync(pathOf('payload.bin'), randomBytes(300_000))
  writeFileSync(
    pathOf('package.wxs'),
    `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" UpgradeCode="12345678-1234-1234-1234-111111111111" Name="Microsoft Integration Runtime" Version="${version}"
      Manufacturer="Microsoft Corporation" Language="1033" Codepage="1252">
    <Package InstallerVersion="200" Compressed="yes" />
    <Media Id="1" Cabinet="payload.cab" EmbedCab="yes" />
    <Property Id="NOTE" Value="${note}" />
    <Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFilesFolder"><Directory Id="Folder" Name="Folder">
      <Component Id="Payload" Guid="12345678-1234-1234-1234-222222222222">
        <File Id="PayloadFile" Source="payload.bin" KeyPath="yes" />
      </Component>
    </Directory></Directory></Directory>
    <Feature Id="Main" Level="1"><ComponentRef Id="Payload" /></Feature>
  </Product>
</Wix>`,
  )
  // wixl finds its sources by relative paths only.
  execFileSync('wixl', ['--output', 'package.msi', 'package.wxs'], { cwd: pathOf('.'), stdio: 'pipe' })
  return pathOf('package.msi')
}

describeWith('wixl', 'packages made by wixl', () => {
  test.each(['5.70.9748.2', '5.50.9171.1', '5.4.7749', '1.0.0'])('ProductVersion %s', async version => {
    const { values, hasSignature, bytesRead } = await readMsiProperties(wixl({ version }))
    expect(Object.fromEntries(values)).toMatchObject({
      ProductVersion: version,
      ProductName: 'Microsoft Integration Runtime',
      Manufacturer: 'Microsoft Corporation',
      UpgradeCode: '{12345678-1234-1234-1234-111111111111}',
    })
    expect(hasSignature).toBe(false)
    expect(bytesRead).toBeLessThan(32 << 10)
  })

  test.each([1_000, 65_535, 65_536, 150_000])('a property of %d characters', async length => {
    const note = 'n'.repeat(length)
    const { values } = await readMsiProperties(wixl({ note }))
    expect(values.get('NOTE')).toBe(note)
    expect(values.get('ProductVersion')).toBe('5.70.9748.2')
  })

  test('text beyond ASCII, which wixl writes as windows-1252 under the neutral code page', async () => {
    const note = 'Runtime® – für €'
    expect((await readMsiProperties(wixl({ note }))).values.get('NOTE')).toBe(note)
  })

  test('1 GB behind the last sector is not read', async () => {
    const path = wixl()
    await truncate(path, 1 << 30)
    const { values, bytesRead } = await readMsiProperties(path)
    expect(values.get('ProductVersion')).toBe('5.70.9748.2')
    expect(bytesRead).toBeLessThan(1 << 20)
  })

  test('a package cut in half is refused', async () => {
    const path = wixl()
    await truncate(path, 150_000)
    await expect(readMsiProperties(path)).rejects.toMatchObject({ code: 'installer-not-msi' })
  })

  describeWith('msiinfo', 'the same as msiinfo reads', () => {
    test('all properties', async () => {
      const path = wixl()
      const rows = execFileSync('msiinfo', ['export', path, 'Property'], { encoding: 'utf8' }).trim().split(/\r?\n/).slice(3)
      const { values } = await readMsiProperties(path)
      expect([...values].map(([name, value]) => `${name}\t${value}`)).toEqual(rows)
    })
  })

  describeWith('openssl', 'packages with a throw-away certificate', () => {
    describeWith('osslsigncode', 'signed by osslsigncode', () => {
      test('a signature is noticed and the properties are the same', async () => {
        const path = wixl()
        const [key, certificate, signed] = [pathOf('key.pem'), pathOf('certificate.pem'), pathOf('signed.msi')]
        const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=Throw-away']
        const usage = ['-addext', 'extendedKeyUsage=codeSigning']
        execFileSync('openssl', [...request, ...usage, '-keyout', key, '-out', certificate], { stdio: 'pipe' })
        execFileSync('osslsigncode', ['sign', '-certs', certificate, '-key', key, '-in', path, '-out', signed], { stdio: 'pipe' })

        const [before, after] = [await readMsiProperties(path), await readMsiProperties(signed)]
        expect(before.hasSignature).toBe(false)
        expect(after.hasSignature).toBe(true)
        expect([...after.values].sort()).toEqual([...before.values].sort())
      })
    })
  })
})
