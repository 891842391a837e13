import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import * as shipped from '../../../src/installer/signature/microsoft-roots.ts'
import { checkSignature } from '../../../src/installer/signature/signature.ts'
import { readSignedData } from '../../../src/installer/signature/signed-data.ts'
import { microsoftTrust, type Trust } from '../../../src/installer/signature/trust.ts'
import { type TestMachine, testMachine } from '../../support/machine.ts'
import { describeWith } from '../../support/program.ts'
import { extractSignature } from './authority.ts'

/** SHA-256 of each. */
const fingerprints = {
  authority2010: 'df545bf919a2439c36983b54cdfc903dfa4f37d3996d8d84b4c31eec6f3c163e',
  authority2011: '847df6a78497943f27fc72eb93f9a637320a02b561d0a91b09e87a7807ed7c61',
  eccProduct2018: 'caca93b9d23d2b6fa76e8b8471931e0df3ec6f63af3cdbb936c41954a1872326',
  timeStamp2014: '65af95f4be86847344634282f941b2e605063ef0c8542f014ca088d182109e4f',
  eccTimeStamp2018: '3fd4be8baad2f26e1bde06c7584bb720dd1a972d111f5a4999bc44b08fb4960d',
  identityVerification2020: '5367f20c7ade0e2bca790915056d086b720c33c1fa2a2661acf787e3292e1270',
} as const

const plain = (certificate: X509Certificate) => certificate.fingerprint256.replaceAll(':', '').toLowerCase()

test.each(Object.entries(shipped))('%s is that root, signed by itself', (name, pem) => {
  const root = new X509Certificate(pem)
  expect(plain(root)).toBe(fingerprints[name as keyof typeof fingerprints])
  expect(root.ca && root.checkIssued(root) && root.verify(root.publicKey)).toBe(true)
  expect(root.subject).toContain('O=Microsoft Corporation')
})

test('each of them counts for something, and the one below which others sign does not count for files', () => {
  const counted = [...microsoftTrust.roots, ...microsoftTrust.timestampRoots]
  expect(new Set(counted)).toEqual(new Set(Object.values(shipped)))
  expect(microsoftTrust.roots).not.toContain(shipped.identityVerification2020)
})

describeWith('dotnet', 'the .NET SDK', () => {
  test('has each of them in its lists of roots that Microsoft trusts', () => {
    const [, version, folder] = /^(\S+) \[(.*)\]$/m.exec(execFileSync('dotnet', ['--list-sdks']).toString()) ?? []
    const list = (name: string) => readFileSync(join(String(folder), String(version), 'trustedroots', name), 'utf8')
    const listed = (name: string) =>
      new Set(
        list(name)
          .match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)
          ?.map(pem => plain(new X509Certificate(pem))),
      )
    const missing = (pems: readonly string[], name: string) =>
      pems.filter(pem => !listed(name).has(plain(new X509Certificate(pem))))
    expect(missing(microsoftTrust.roots, 'codesignctl.pem')).toEqual([])
    expect(missing(microsoftTrust.timestampRoots, 'timestampctl.pem')).toEqual([])
  })
})

/** Assemblies as they are in NuGet's packages, which `.ci/run` fetches; signed below different roots; the first by a certificate that has expired. */
const packages = process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget', 'packages')
const assemblies = [
  [
    'microsoft.security.extensions/1.4.0/runtimes/win-x64/lib/net5.0/getfilesiginforedistwrapper.dll',
    'Microsoft Root Certificate Authority 2010',
  ],
  [
    'microsoft.applicationinsights/2.23.0/lib/netstandard2.0/Microsoft.ApplicationInsights.dll',
    'Microsoft Root Certificate Authority 2011',
  ],
  [
    'microsoft.win32.registry.accesscontrol/10.0.14/lib/net10.0/Microsoft.Win32.Registry.AccessControl.dll',
    'Microsoft Root Certificate Authority 2011',
  ],
] as const
const areThere = assemblies.every(([file]) => existsSync(join(packages, file)))

describeWith(
  areThere ? 'osslsigncode' : `NuGet packages with Microsoft’s signature (in ${packages})`,
  'assemblies that Microsoft has signed',
  () => {
    let machine: TestMachine
    beforeAll(async () => {
      machine = await testMachine()
    })
    afterAll(() => machine.remove())

    const check = (file: string, trust: Trust = microsoftTrust) =>
      checkSignature(file, extractSignature(file, join(machine.folder, 'signature.der')), trust, machine.host())
    const [[expired], , [current]] = assemblies.map(([file, root]) => [join(packages, file), root] as const) as [
      readonly [string, string],
      unknown,
      readonly [string, string],
    ]

    test.each(assemblies)('%s is proven by the roots that the product carries', async (file, root) => {
      const verdict = await check(join(packages, file))
      expect(verdict).toEqual({
        kind: 'valid',
        by: expect.stringMatching(/^osslsigncode 2\.\d+$/),
        publisher: { subject: expect.stringMatching(/(^|, )O=Microsoft Corporation, L=Redmond, ST=Washington, C=US$/), root },
      })
    })

    test('the timestamp is what keeps an expired certificate’s signature valid: without a root for it there is none', async () => {
      expect(new Date(readSigner(expired).validTo).getTime()).toBeLessThan(Date.now())
      expect(await check(expired, { ...microsoftTrust, timestampRoots: [shipped.timeStamp2014] })).toEqual({
        kind: 'invalid',
        why: expect.stringContaining('certificate was not valid at that time'),
      })
    })

    test('a copy with one byte changed is refused', async () => {
      const bytes = await readFile(current)
      bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000)
      const copy = join(machine.folder, 'changed.dll')
      await writeFile(copy, bytes)
      expect(await check(copy)).toEqual({
        kind: 'invalid',
        why: expect.stringContaining('its bytes are not those that were signed'),
      })
    })

    test('another root than its own refuses it', async () => {
      expect(await check(current, { ...microsoftTrust, roots: [shipped.authority2010] })).toEqual({
        kind: 'invalid',
        why: expect.stringContaining('does not end at a root of Microsoft Corporation'),
      })
    })

    const readSigner = (file: string) => readSignedData(extractSignature(file, join(machine.folder, 'signer.der'))).signer
  },
)
