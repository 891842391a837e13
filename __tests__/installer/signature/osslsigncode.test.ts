import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../../src/host/host.ts'
import { systemClock } from '../../../src/host/process-parts.ts'
import { sha256OfFile } from '../../../src/installer/file.ts'
import { readMsiSignature } from '../../../src/installer/msi/signature.ts'
import { type Expected, proveInstaller } from '../../../src/installer/proof.ts'
import { checkByOsslsigncode, verifyArguments } from '../../../src/installer/signature/osslsigncode.ts'
import { readSignedData } from '../../../src/installer/signature/signed-data.ts'
import { limitMs } from '../../../src/installer/signature/verdict.ts'
import { type TestMachine, testMachine } from '../../support/machine.ts'
import { describeWith } from '../../support/program.ts'
import { stepErrorOf } from '../../support/rejection.ts'
import { type Authority, makeAuthority, makePackage, microsoftSubject, sign } from './authority.ts'

const signatureAlone: Expected = { version: '5.70.9748.2', sha256: undefined, verifySignature: true }

describeWith('openssl', 'with throw-away certificates', () => {
  describeWith('wixl', 'on real packages', () => {
    describeWith('osslsigncode', 'checked by osslsigncode', () => osslsigncode())
  })
})

function osslsigncode(): void {
  let machine: TestMachine
  let authority: Authority
  let stranger: Authority
  let unsigned: string
  let good: string
  beforeAll(async () => {
    machine = await testMachine()
    authority = makeAuthority(machine.folder, 'trusted')
    stranger = makeAuthority(machine.folder, 'stranger')
    unsigned = makePackage(machine.folder)
    good = sign(unsigned, authority.signer(microsoftSubject), join(machine.folder, 'good.msi'))
  }, 60_000)
  afterAll(() => machine.remove())

  const file = (name: string) => join(machine.folder, name)
  const prove = (path: string, expected = signatureAlone, options = {}, trust = authority.trust) =>
    proveInstaller(path, expected, machine.host(options), { name: 'IntegrationRuntime_5.70.9748.2.msi' }, trust)
  const signedData = async (path: string) => readSignedData((await readMsiSignature(path)) ?? Buffer.alloc(0))
  /** A folder with an osslsigncode of the test's own, as PATH. */
  async function standIn(
    name: string,
    verify: string,
    version = 'osslsigncode 2.9, using:',
  ): Promise<{ environment: { PATH: string } }> {
    const folder = file(name)
    await mkdir(folder)
    await writeFile(
      join(folder, 'osslsigncode'),
      `#!/bin/sh\n[ "$1" = --version ] && { echo "${version}"; exit 0; }\n${verify}\n`,
    )
    await chmod(join(folder, 'osslsigncode'), 0o755)
    return { environment: { PATH: folder } }
  }
  const withoutTools = { environment: { PATH: '/nowhere' } }

  test('a good signature: by whom, from which root and by what is told, and no file is left', async () => {
    const { signer, proofs } = await prove(good)
    expect(signer).toBe('CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, ST=Washington, C=US')
    expect(proofs.at(-1)).toMatch(
      new RegExp(`^Signature of ${signer}, from trusted root \\(checked by osslsigncode 2\\.\\d+\\)$`),
    )
    expect(await readdir(machine.machine.temp)).toEqual([])
  })

  test.each([
    ['unsigned', 'it carries none'],
    ['one byte that is another', 'its bytes are not those that were signed'],
    [
      'of an authority that is not trusted',
      'the chain of CN=Microsoft Corporation, .* does not end at a root of Microsoft Corporation',
    ],
    ['of a certificate that has expired, without a timestamp', 'certificate was not valid at that time'],
  ])('a package that is refused: %s', async (what, why) => {
    const path = file(`${what}.msi`)
    if (what === 'unsigned') await writeFile(path, await readFile(unsigned))
    else if (what.startsWith('one byte')) {
      const bytes = await readFile(good)
      bytes.writeUInt8(bytes.readUInt8(20_000) ^ 1, 20_000)
      await writeFile(path, bytes)
    } else if (what.includes('expired')) sign(unsigned, authority.signer(microsoftSubject, { days: -1 }), path)
    else sign(unsigned, stranger.signer(microsoftSubject), path)
    const error = await stepErrorOf(prove(path))
    expect(error.code).toBe('installer-signature-invalid')
    expect(error.message).toMatch(new RegExp(why))
    expect(error.hint).toContain('msiSha256')
    expect(await readdir(machine.machine.temp)).toEqual([])
  })

  test.each([
    ['/O=Contoso Ltd/CN=Microsoft Corporation', 'CN=Microsoft Corporation, O=Contoso Ltd'],
    ['/O=Contoso Ltd/OU=Microsoft Corporation/CN=x', 'OU=Microsoft Corporation, O=Contoso Ltd'],
    ['/O=Contoso Ltd/CN=O=Microsoft Corporation', 'CN=O=Microsoft Corporation, O=Contoso Ltd'],
    ['/O=Contoso\\/O=Microsoft Corporation/CN=x', 'O=Contoso/O=Microsoft Corporation'],
    ['/O=Contoso, O=Microsoft Corporation/CN=x', 'O=Contoso\\, O=Microsoft Corporation'],
    ['/O=Contoso\nO=Microsoft Corporation/CN=x', 'O=Contoso\\0AO=Microsoft Corporation'],
    ['/O="Microsoft Corporation"/CN=x', 'O=\\"Microsoft Corporation\\"'],
    ['/O=Microsoft Corporation Ltd/CN=x', 'O=Microsoft Corporation Ltd'],
    ['/O=microsoft corporation/CN=x', 'O=microsoft corporation'],
    ['/O=Contoso Ltd/O=Microsoft Corporation/CN=x', 'O=Microsoft Corporation, O=Contoso Ltd'],
    ['/O=Microsoft Cоrporation/CN=x', 'O=Microsoft Cоrporation'],
    ['/CN=Microsoft Corporation', 'CN=Microsoft Corporation'],
  ])('an organisation that is another: %j', async (subject, told) => {
    const path = sign(unsigned, authority.signer(subject), file(`${Buffer.from(subject).toString('hex').slice(0, 120)}.msi`))
    const error = await stepErrorOf(prove(path))
    expect(error.code).toBe('installer-signature-invalid')
    expect(error.message).toContain(told)
    expect(error.message).toContain('and not by O=Microsoft Corporation')
  })

  test('a stranger’s signature with a good one nested in it: one of the two holds, which is enough for the tool alone', async () => {
    const outer = sign(unsigned, stranger.signer(microsoftSubject), file('outer.msi'))
    const nested = sign(outer, authority.signer(microsoftSubject), file('nested.msi'), '-nest')
    expect((await stepErrorOf(prove(nested))).message).toMatch(/does not end at a root/)
    const both = { ...authority.trust, roots: [...authority.trust.roots, ...stranger.trust.roots] }
    expect((await stepErrorOf(prove(nested, signatureAlone, {}, both))).message).toMatch(/several signatures/)
  })

  test('the tool itself holds the chain and the signer against what it was told', async () => {
    const signed = await signedData(good)
    const other = new X509Certificate(await readFile(authority.signer(microsoftSubject).certificate))
    expect(await checkByOsslsigncode(good, signed, stranger.trust, machine.host())).toEqual({
      kind: 'invalid',
      why: expect.stringContaining('the chain does not end at a trusted root'),
    })
    expect(await checkByOsslsigncode(good, { ...signed, signer: other }, authority.trust, machine.host())).toEqual({
      kind: 'invalid',
      why: expect.stringContaining('another certificate signed it'),
    })
  })

  describe('what else vouches for the file', () => {
    const hash = async (path: string, by: 'input' | 'known'): Promise<Expected> => ({
      ...signatureAlone,
      sha256: { value: await sha256OfFile(path, new AbortController().signal), by },
    })

    test('nothing: that Microsoft signed another product is not enough', async () => {
      const other = makePackage(machine.folder, { version: '5.70.9748.3', upgradeCode: '{12345678-1234-1234-1234-111111111111}' })
      const signed = sign(other, authority.signer(microsoftSubject), file('other-product.msi'))
      const error = await stepErrorOf(prove(signed, { ...signatureAlone, version: undefined }))
      expect(error.code).toBe('installer-not-shir')
    })

    test('nothing: a missing tool is a failure that says how to get it', async () => {
      const error = await stepErrorOf(prove(good, signatureAlone, withoutTools))
      expect(error.code).toBe('installer-signature-unchecked')
      expect(error.message).toBe('The installer’s signature could not be checked: there is no osslsigncode on this machine.')
      expect(error.hint).toMatch(/apt-get install osslsigncode on Debian.*msiSha256/)
    })

    test('the hash of a known version: the signature is checked where it can be', async () => {
      const expected = await hash(good, 'known')
      expect((await prove(good, expected)).signer).toContain('O=Microsoft Corporation')
      const { signer, proofs } = await prove(good, expected, withoutTools)
      expect(signer).toBeUndefined()
      expect(proofs).toEqual([
        'Product Microsoft Integration Runtime, which is SHIR by its UpgradeCode',
        'ProductVersion 5.70.9748.2',
        expect.stringMatching(/^SHA-256 [0-9a-f]{64} \(the one of the list of known versions\)$/),
        'Signature not checked (there is no osslsigncode on this machine): the list of known versions vouches for the file',
      ])
      const error = await stepErrorOf(prove(good, expected, {}, stranger.trust))
      expect(error.code).toBe('installer-signature-invalid')
    })

    test.each(['signed', 'unsigned'])(
      'the hash that was given: no tool is asked, and it is told that the file is %s',
      async what => {
        const path = what === 'signed' ? good : unsigned
        const { signer, proofs } = await prove(path, await hash(path, 'input'), await standIn(`asked-${what}`, 'exit 1', 'none'))
        expect(signer).toBeUndefined()
        expect(proofs.at(-1)).toBe(
          `Signature not checked (the file carries ${what === 'signed' ? 'one' : 'none'}): the SHA-256 that was asked for is proof enough`,
        )
      },
    )

    test('the user’s word', async () => {
      const { signer, proofs } = await prove(unsigned, { ...signatureAlone, verifySignature: false }, withoutTools)
      expect(signer).toBeUndefined()
      expect(proofs.at(-1)).toBe('SIGNATURE NOT CHECKED (the file carries none): verifySignature is false')
    })
  })

  describe('a tool that does not get to its end', () => {
    test.each([
      ['is killed', 'kill -9 $$', /osslsigncode 2\.9 was killed/, /about twice the file’s size in memory, 0\.0 GB here/],
      ['has no memory', 'echo "malloc failure"; exit 1', /not enough memory/, /twice the file’s size/],
      [
        'wants a network',
        `echo 'Use the "-CRLfile" option to add one or more CRLs in PEM format.'; exit 1`,
        /lists of revoked certificates/,
        /2\.9 or newer/,
      ],
    ])('%s', async (what, verify, message, hint) => {
      const error = await stepErrorOf(prove(good, signatureAlone, await standIn(what, verify)))
      expect(error.code).toBe('installer-signature-unchecked')
      expect(error.message).toMatch(message)
      expect(error.hint).toMatch(hint)
      expect(await readdir(machine.machine.temp)).toEqual([])
    })

    test.each([
      ['too old', 'osslsigncode 2.4, using:', /is 2\.4, and 2\.5 is needed/],
      ['of no version', 'something else', /of no version that it tells/],
    ])('is %s', async (what, version, message) => {
      expect((await stepErrorOf(prove(good, signatureAlone, await standIn(what, 'exit 0', version)))).message).toMatch(message)
    })

    test('hangs: it is ended when its time is up', async () => {
      // The time of the check, and of nothing before it, is up at once.
      let checks = 0
      const clock: Clock = {
        ...systemClock,
        sleep: async (ms, signal) => (ms === limitMs && ++checks === 2 ? undefined : systemClock.sleep(ms, signal)),
      }
      const error = await stepErrorOf(prove(good, signatureAlone, { ...(await standIn('hangs', 'exec /bin/sleep 60')), clock }))
      expect(error.message).toMatch(/osslsigncode 2\.9 gave no answer in 5 min/)
    })

    test('is no program: an unusable one counts as none', async () => {
      const broken = await standIn('broken', '')
      await writeFile(join(broken.environment.PATH, 'osslsigncode'), '#!/nowhere/sh\n')
      const error = await stepErrorOf(prove(good, signatureAlone, broken))
      expect(error).toMatchObject({
        code: 'installer-signature-unchecked',
        message: expect.stringMatching(/could not be started \(ENOENT\)/),
      })
    })

    test('is cancelled with the run', async () => {
      const cancel = new AbortController()
      const proving = prove(good, signatureAlone, {
        ...(await standIn('cancelled', `: > ${file('began')}; exec /bin/sleep 60`)),
        signal: cancel.signal,
      })
      const began = async (): Promise<void> => {
        while (!(await readdir(machine.folder)).includes('began')) await systemClock.sleep(10)
      }
      await Promise.race([began(), proving.catch(() => {})])
      cancel.abort()
      await expect(proving).rejects.toMatchObject({ name: 'AbortError' })
      expect(await readdir(machine.machine.temp)).toEqual([])
    })
  })

  test('the argument table', async () => {
    const { signer } = await signedData(good)
    const check = { roots: '/t/roots.pem', timestampRoots: '/t/timestamps.pem', signer }
    const leaf = `sha256:${signer.fingerprint256.replaceAll(':', '')}`
    const always = [
      'verify',
      '-in',
      '/a b/$(x).msi',
      '-CAfile',
      '/t/roots.pem',
      '-TSA-CAfile',
      '/t/timestamps.pem',
      '-require-leaf-hash',
      leaf,
    ]
    expect(verifyArguments('/a b/$(x).msi', check, [2, 5])).toEqual(always)
    expect(verifyArguments('/a b/$(x).msi', check, [2, 9])).toEqual([...always, '-ignore-crl'])
    expect(verifyArguments('/a b/$(x).msi', check, [2, 14])).toEqual([...always, '-ignore-crl'])
    expect(verifyArguments('/a b/$(x).msi', check, [3, 0])).toEqual([...always, '-ignore-crl'])
  })
}
