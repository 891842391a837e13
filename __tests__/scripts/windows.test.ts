import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { attempt, linesOf } from './snippets.ts'
import { makeWorld, type World } from './world.ts'

describeWith('pwsh', 'the faked Windows', () => {
  let world: World
  const lines = (...code: readonly string[]) => linesOf(world, ...code)

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  test('processes and services are those of SHIR', async () => {
    const look = [
      '$p = @(Get-Process -Name diahost -ErrorAction SilentlyContinue)',
      `$s = Get-CimInstance -ClassName Win32_Service -Filter "Name='DIAHostService'"`,
      '"$($p.Count) $($s.State) $($s.StartMode) $($s.ExitCode) $($s.ProcessId -eq 0)"',
      '@(Get-CimInstance -ClassName Win32_Service).Name -join ","; @(Get-CimInstance -ClassName Win32_Service -Filter "Name = \'No\'").Count',
    ]
    const others = ['DIAHostService,DIAUpgradeService', '0']
    expect(await lines(...look)).toEqual(['1 Running Auto 0 False', ...others])
    world.shir.kill()
    expect(await lines(...look)).toEqual(['0 Stopped Auto 1067 True', ...others])
    expect(await lines(attempt('Get-Process -Name diahost'))).toEqual([
      expect.stringMatching(/^NoProcessFoundForGivenName: Cannot find a process with the name "diahost"\./),
    ])
  })

  test('time zones are those that Windows knows, and stay as they are where they are not virtual', async () => {
    expect(
      await lines(
        "(Get-TimeZone).Id; Set-TimeZone -Id 'w. europe standard time'; (Get-TimeZone).Id; @(Get-TimeZone -ListAvailable).Count",
        attempt("Set-TimeZone -Id 'Europe/Berlin' -ErrorAction SilentlyContinue"),
      ),
    ).toEqual([
      'UTC',
      'W. Europe Standard Time',
      '3',
      "TimeZoneNotFound: The time zone ID 'Europe/Berlin' was not found on the local computer.",
    ])
    world.windows.setVirtualTimeZones(false)
    expect(await lines("Set-TimeZone -Id 'Pacific Standard Time'; (Get-TimeZone).Id")).toEqual(['W. Europe Standard Time'])
  })

  test('groups take whom Windows knows, once', async () => {
    const join = (group: string, member: string) => attempt(`Add-LocalGroupMember -Group '${group}' -Member '${member}'`)
    expect(
      await lines(
        join('Performance Log Users', 'NT SERVICE\\DIAHostService'),
        join('Performance Log Users', 'NT SERVICE\\DIAHostService'),
        join('Performance Log Users', 'Nobody'),
        join('Nowhere', 'NT SERVICE\\DIAHostService'),
      ),
    ).toEqual([
      'fine',
      'MemberExists: NT SERVICE\\DIAHostService is already a member of group Performance Log Users.',
      'PrincipalNotFound: Principal Nobody was not found.',
      'GroupNotFound: Group Nowhere was not found.',
    ])
    expect(world.windows.groups.get('Performance Log Users')).toEqual(['NT SERVICE\\DIAHostService'])
  })

  test('certificates are kept as bytes, with their store', async () => {
    const bytes = Buffer.from([0x30, 0x82, 1, 2, 3])
    writeFileSync(join(world.scripts, 'a.cer'), bytes)
    writeFileSync(join(world.scripts, 'b.cer'), 'no certificate')
    const load = (file: string) =>
      attempt(
        `(Import-Certificate -FilePath '${join(world.scripts, file)}' -CertStoreLocation 'Cert:\\LocalMachine\\Root').Thumbprint`,
      )
    const thumbprint = createHash('sha1').update(bytes).digest('hex').toUpperCase()
    expect(await lines(load('a.cer'), load('b.cer'), load('c.cer'))).toEqual([
      thumbprint,
      'fine',
      expect.stringContaining('Cannot find the requested object'),
      expect.stringContaining('could not be found'),
    ])
    expect(world.windows.certificates).toEqual([
      { file: join(world.scripts, 'a.cer'), store: 'Cert:\\LocalMachine\\Root', base64: bytes.toString('base64') },
    ])
  })

  test('a download is what the address answers, and its signature goes with its bytes', async () => {
    const url = 'https://example.com/a.msi'
    const signature = { status: 'Valid', subject: 'CN=Microsoft Corporation, O=Microsoft Corporation, C=US' }
    world.windows.setDownload(url, { error: 'The connection was closed.' }, { bytes: 'an installer', signature })
    const file = join(world.scripts, 'a.msi')
    const get = (from: string) => attempt(`Invoke-WebRequest -Uri '${from}' -OutFile '${file}' -UseBasicParsing`)
    const signer = `$s = Get-AuthenticodeSignature -LiteralPath '${file}'; $s.Status`
    expect(
      await lines(
        get('https://elsewhere.example/'),
        get(url),
        get(url),
        `Get-Content -LiteralPath '${file}'; ${signer}; $s.SignerCertificate.SubjectName.Format($true).Split([Environment]::NewLine)[1]`,
        `Add-Content -LiteralPath '${file}' -Value '!'; ${signer}; $null -eq $s.SignerCertificate`,
      ),
    ).toEqual([
      "WebCmdletWebResponseException: The remote name could not be resolved: 'elsewhere.example'",
      'WebCmdletWebResponseException: The connection was closed.',
      'fine',
      'an installer',
      'Valid',
      'O=Microsoft Corporation',
      'NotSigned',
      'True',
    ])
  })
})
