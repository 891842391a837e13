import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../../src/host/host.ts'
import { systemClock } from '../../../src/host/process-parts.ts'
import { readMsiSignature } from '../../../src/installer/msi/signature.ts'
import { checkSignature } from '../../../src/installer/signature/signature.ts'
import type { Trust } from '../../../src/installer/signature/trust.ts'
import { limitMs } from '../../../src/installer/signature/verdict.ts'
import { pathVariable, powerShellArguments, signatureScript } from '../../../src/installer/signature/windows-powershell.ts'
import { childEnvironment } from '../../../src/process/run.ts'
import { pwsh } from '../../scripts/powershell.ts'
import { type TestMachine, testMachine } from '../../support/machine.ts'
import { describeWith } from '../../support/program.ts'
import { type Authority, type Identity, makeAuthority, makePackage, microsoftSubject, sign } from './authority.ts'

test('the script needs no quoting on its way, says nothing that is not ASCII, and no path is part of it', () => {
  expect(signatureScript).toMatch(/^[\x20-\x7e]+$/)
  expect(signatureScript).not.toContain('"')
  expect(signatureScript).toContain(`-LiteralPath $Env:${pathVariable}`)
  expect(powerShellArguments('the script')).toEqual(['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', 'the script'])
})

test('PowerShell sees neither modules of another PowerShell nor anything of the runner’s', () => {
  const seen = childEnvironment({
    Path: 'C:\\Windows',
    PSModulePath: 'C:\\Program Files\\PowerShell\\7\\Modules',
    INPUT_X: '1',
    SystemRoot: 'C:\\Windows',
  })
  expect(Object.keys(seen)).toEqual(['Path', 'SystemRoot'])
})

describeWith('openssl', 'with throw-away certificates', () => {
  describeWith('wixl', 'on real packages', () => {
    describeWith('osslsigncode', 'signed by osslsigncode', () => {
      describeWith('pwsh', 'checked by the script, with Windows’ word faked', () => windows())
    })
  })
})

/** What the faked Get-AuthenticodeSignature answers. */
interface Answer {
  readonly status: string
  readonly message?: string
  readonly signer?: Identity | undefined
  /** More of the function's body. */
  readonly body?: string
}

function windows(): void {
  let machine: TestMachine
  let authority: Authority
  let signer: Identity
  let stranger: Authority
  let good: string
  beforeAll(async () => {
    machine = await testMachine()
    authority = makeAuthority(machine.folder, 'trusted')
    stranger = makeAuthority(machine.folder, 'stranger')
    signer = authority.signer(microsoftSubject)
    good = sign(makePackage(machine.folder), signer, join(machine.folder, 'good.msi'))
  }, 60_000)
  afterAll(() => machine.remove())

  let counter = 0
  /** A powershell.exe that is the stand-in, in which Windows' one command of interest answers so. It writes down what it was asked. */
  async function windowsThatSays({ status, message = '', signer: named, body = '' }: Answer) {
    const folder = join(machine.folder, `windows-${++counter}`)
    await mkdir(folder)
    const [fakes, asked] = [join(folder, 'fakes.ps1'), join(folder, 'asked')]
    const certificate = named
      ? `[System.Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadCertificateFromFile('${named.certificate}')`
      : '$null'
    await writeFile(
      fakes,
      `function Get-AuthenticodeSignature {
  [CmdletBinding(PositionalBinding = $false)] param([Parameter(Mandatory)] [string] $LiteralPath)
  [System.IO.File]::WriteAllText('${asked}', $LiteralPath)
  ${body}
  enum SignatureStatus { Valid; UnknownError; NotSigned; HashMismatch; NotTrusted; NotSupportedFileFormat; Incompatible }
  [pscustomobject]@{ Path = $LiteralPath; Status = [SignatureStatus] '${status}'; StatusMessage = '${message}'; SignerCertificate = ${certificate} }
}
`,
    )
    // The arguments are the product's own; the fakes come first, in the same scope.
    const script = `#!/bin/sh\n[ "$1 $2 $3 $4" = "-NoLogo -NoProfile -NonInteractive -Command" ] || exit 9\nexec '${pwsh}' -NoProfile -NonInteractive -Command ". '${fakes}'; $5"\n`
    await writeFile(join(folder, 'powershell.exe'), script, { mode: 0o755 })
    return { path: folder, asked: () => readFile(asked, 'utf8') }
  }

  const windowsHost = (path: string, options: { signal?: AbortSignal; clock?: Clock } = {}) =>
    machine.host({
      machine: { ...machine.machine, platform: 'win32' },
      environment: { PATH: `${path}:/usr/bin:/bin`, HOME: machine.folder },
      ...options,
    })
  const check = async (path: string, file = good, trust: Trust = authority.trust, options = {}) =>
    checkSignature(file, (await readMsiSignature(file)) ?? Buffer.alloc(0), trust, windowsHost(path, options))

  test('the script is one that Windows PowerShell 5.1 understands', async () => {
    const file = join(machine.folder, 'check.ps1')
    await writeFile(file, `${signatureScript}\n`)
    expect(execFileSync(pwsh, ['-Check', file]).toString()).toBe('')
  })

  test('valid, and of the signer that the file names', async () => {
    const { path, asked } = await windowsThatSays({ status: 'Valid', message: 'Signature verified.', signer })
    expect(await check(path)).toEqual({
      kind: 'valid',
      by: 'Get-AuthenticodeSignature',
      publisher: {
        subject: 'CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, ST=Washington, C=US',
        root: 'trusted root',
      },
    })
    expect(await asked()).toBe(good)
  })

  test.each([
    ['HashMismatch', 'The contents of file might have been changed by an unauthorized user or process.'],
    ['NotSigned', 'The file is not digitally signed.'],
    [
      'UnknownError',
      'Eine Zertifikatkette wurde verarbeitet, endete jedoch mit einem Stammzertifikat, das nicht als vertrauenswürdig gilt: „証明書“ 🔏',
    ],
    ['NotTrusted', ''],
  ])('%s is refused, with Windows’ own words', async (status, message) => {
    const { path } = await windowsThatSays({ status, message, signer })
    expect(await check(path)).toEqual({
      kind: 'invalid',
      why: `Windows says ${status}: ${message || 'it does not say why'}`,
    })
  })

  test.each([
    ['another', () => authority.signer(microsoftSubject)],
    ['no', () => undefined],
  ])('valid, but of %s signer than the file names', async (_, other) => {
    const { path } = await windowsThatSays({ status: 'Valid', signer: other() })
    expect(await check(path)).toEqual({ kind: 'invalid', why: 'Windows names another signer than the file itself' })
  })

  test.each([
    [
      'another organisation',
      'signed by CN=Microsoft Corporation, O=Contoso',
      () => authority.signer('/O=Contoso/CN=Microsoft Corporation'),
    ],
    [
      'another root, which the machine trusts',
      'does not end at a root of Microsoft Corporation',
      () => stranger.signer(microsoftSubject),
    ],
  ])('valid for Windows, but of %s', async (name, why, other) => {
    const by = other()
    const file = sign(good, by, join(machine.folder, `${name}.msi`))
    const { path } = await windowsThatSays({ status: 'Valid', signer: by })
    expect(await check(path, file)).toEqual({ kind: 'invalid', why: expect.stringContaining(why) })
  })

  test.each([
    [
      'quotes, spaces and what PowerShell would replace',
      'it\'s a "quoted" name; exit 0 $(Remove-Item x) $Env:PATH `n {0} & | %PATH%.msi',
    ],
    ['Unicode, and brackets, which are patterns', 'Größe 証明書 🔏 [1] *.msi'],
  ])('a path with %s travels as it is', async (_, name) => {
    const folder = join(machine.folder, 'päth with ’spaces’')
    await mkdir(folder, { recursive: true })
    const file = join(folder, name)
    await copyFile(good, file)
    const { path, asked } = await windowsThatSays({ status: 'Valid', signer })
    expect((await check(path, file)).kind).toBe('valid')
    expect(await asked()).toBe(file)
  })

  test('a part is shown to Windows under a name that ends in .msi, which is gone afterwards', async () => {
    const folder = join(machine.folder, 'parts')
    await mkdir(folder)
    const part = join(folder, '0b9c.part')
    await copyFile(good, part)
    const { path, asked } = await windowsThatSays({ status: 'Valid', signer })
    expect((await check(path, part)).kind).toBe('valid')
    expect(await asked()).toBe(`${part}.msi`)
    expect(await readdir(folder)).toEqual(['0b9c.part'])
  })

  test('what else is printed does not matter', async () => {
    const body = "Write-Warning 'a policy'; [Console]::WriteLine('{ \"status\": 1'); Write-Progress 'x'"
    const { path } = await windowsThatSays({ status: 'Valid', signer, body })
    expect((await check(path)).kind).toBe('valid')
  })

  test.each([
    ['throws', "throw 'Zugriff verweigert: „x“'", 'Get-AuthenticodeSignature failed: Zugriff verweigert: „x“'],
    ['ends without a word', '[Environment]::Exit(3)', 'Get-AuthenticodeSignature gave no answer (exit code 3: it said nothing)'],
  ])('a PowerShell that %s checked nothing', async (_, body, why) => {
    const { path } = await windowsThatSays({ status: 'Valid', signer, body })
    expect(await check(path)).toMatchObject({ kind: 'unchecked', why })
  })

  test('one that hangs is ended when its time is up', async () => {
    const { path } = await windowsThatSays({ status: 'Valid', signer })
    await writeFile(join(path, 'powershell.exe'), '#!/bin/sh\nexec /bin/sleep 60\n')
    const clock: Clock = {
      ...systemClock,
      sleep: async (ms, signal) => (ms === limitMs ? undefined : systemClock.sleep(ms, signal)),
    }
    expect(await check(path, good, authority.trust, { clock })).toMatchObject({
      kind: 'unchecked',
      why: expect.stringMatching(/powershell\.exe gave no answer in 5 min$/),
    })
  })

  test('where there is none, what to put on PATH is said', async () => {
    expect(await check('/nowhere')).toMatchObject({
      kind: 'unchecked',
      why: 'powershell.exe was not found',
      hint: expect.stringContaining('PATH'),
    })
  })
}
