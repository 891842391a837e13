import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { makeWorld, type World } from './world.ts'

/** Extensions of an authority that names its own key, and its issuer's. */
const authority = ['basicConstraints=critical,CA:TRUE', 'subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid:always']
/** OpenSSL 3 adds them by itself, unless it is told not to. */
const namesNoKeys = ['subjectKeyIdentifier=none', 'authorityKeyIdentifier=none']
const days = 200 * 365

interface Asked {
  readonly name: string
  readonly extensions?: readonly string[]
  readonly issuer?: string
  readonly days?: number
}

/** What is made, in this order, by file name. `root2` bears the name of `root`, and has another key. */
const asked: Readonly<Record<string, Asked>> = {
  root: { name: 'Example Root' },
  bare: { name: 'Bare Root', extensions: namesNoKeys },
  namesItsSerial: { name: 'Old Root', extensions: [...authority.slice(0, 2), 'authorityKeyIdentifier=issuer:always'] },
  selfSigned: { name: 'server.example.com', extensions: ['basicConstraints=CA:FALSE', 'subjectAltName=DNS:server.example.com'] },
  shortLived: { name: 'Short Root', days: 365 },
  root2: { name: 'Example Root' },
  rollover: { name: 'Example Root', issuer: 'root2' },
  cross: { name: 'Example Root', issuer: 'shortLived' },
  intermediate: { name: 'Example Authority', issuer: 'root' },
  intermediateBare: { name: 'Bare Authority', issuer: 'root', extensions: ['basicConstraints=CA:TRUE', ...namesNoKeys] },
  below: { name: 'Example Authority 2', issuer: 'intermediate' },
  server: { name: 'www.example.com', issuer: 'intermediate', extensions: ['basicConstraints=CA:FALSE'] },
  serverBare: { name: 'bare.example.com', issuer: 'intermediate', extensions: namesNoKeys },
}

describeWith('openssl', 'certificates', () => {
  let made: string

  beforeAll(() => {
    made = mkdtempSync(join(tmpdir(), 'shir-certificates-'))
    writeFileSync(join(made, 'config'), '[req]\ndistinguished_name = name\n[name]\n')
    for (const [file, one] of Object.entries(asked)) issue(file, one)
  })

  afterAll(() => rmSync(made, { recursive: true, force: true }))

  function issue(file: string, { name, extensions = authority, issuer, days: valid = days }: Asked) {
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.pem`,
    ]
    const by = issuer ? ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`] : []
    const added = extensions.flatMap(extension => ['-addext', extension])
    const request = ['req', '-x509', '-config', 'config', '-subj', `/CN=${name}`, '-days', String(valid), ...key, ...by, ...added]
    execFileSync('openssl', request, { cwd: made, stdio: 'pipe' })
  }

  const pem = (file: string) => readFileSync(join(made, `${file}.pem`), 'latin1')
  const certificate = (file: string) => new X509Certificate(pem(file))
  const der = (file: string) => certificate(file).raw

  describeWith('pwsh', 'of an image', () => {
    let world: World

    beforeEach(async () => {
      world = await makeWorld({ isInstalled: false })
      mkdirSync(temporary())
    })

    afterEach(() => world.close())

    const temporary = () => join(world.scripts, '../temporary')
    const put = (file: string, content: string | Uint8Array) => writeFileSync(join(world.scripts, file), content)
    const trust = () => world.run('prepare.ps1', { INSTALL_CERT: 'true', TMPDIR: temporary() })
    const trusted = () =>
      world.windows.certificates.map(({ store, base64 }) => [store.replace('Cert:\\LocalMachine\\', ''), base64])
    const entry = (store: 'Root' | 'CA', file: string) => [store, der(file).toString('base64')]
    const thumbprint = (file: string) => certificate(file).fingerprint.replaceAll(':', '')

    test.each<['Root' | 'CA', string, string]>([
      ['Root', 'a root', 'root'],
      ['Root', 'a root without extensions', 'bare'],
      ['Root', 'a root that names itself by its serial number', 'namesItsSerial'],
      ['Root', 'a server that vouches for itself', 'selfSigned'],
      ['CA', 'an intermediate', 'intermediate'],
      ['CA', 'an intermediate that names no keys', 'intermediateBare'],
      ['CA', 'an intermediate below another', 'below'],
      ['CA', 'a root’s key, cross-signed by another root', 'cross'],
      ['CA', 'a root’s new key, signed with its old one: it names itself as its issuer', 'rollover'],
    ])('land in %s: %s', async (store, _, file) => {
      put('it.cer', der(file))
      const ended = await trust()
      expect(ended.exitCode).toBe(0)
      expect(trusted()).toEqual([entry(store, file)])
      const kind = store === 'Root' ? 'root' : 'intermediate'
      const subject = certificate(file).subject
      expect(ended.output).toContain(`Trusted as ${kind}: ${subject}, ${thumbprint(file)}, from it.cer.\n`)
      expect(ended.output).not.toContain('WARNING')
    })

    test('are what they are, whatever their files are called, and nothing is left of them', async () => {
      put('intermittent-root2.cer', der('root'))
      put('root-intermediate.CER', pem('intermediate'))
      put('root.crt', der('bare'))
      expect((await trust()).exitCode).toBe(0)
      expect(trusted()).toEqual([entry('Root', 'root'), entry('CA', 'intermediate')])
      expect(readdirSync(temporary())).toEqual([])
    })

    test.each([
      ['DER', () => der('root')],
      ['PEM', () => pem('root')],
      ['PEM with Windows’ line ends', () => pem('root').replaceAll('\n', '\r\n')],
      ['PEM with a byte order mark and words around it', () => `\ufeffsubject=CN = Example Root\n${pem('root')}\nthat was it`],
      ['PEM beside its key', () => readFileSync(join(made, 'root.key'), 'latin1') + pem('root')],
    ])('are taken as the same bytes from %s', async (_, content) => {
      put('it.cer', content())
      expect((await trust()).exitCode).toBe(0)
      expect(trusted()).toEqual([entry('Root', 'root')])
    })

    test('of one PEM file are all taken, each as what it is', async () => {
      put('bundle.cer', ['intermediate', 'root', 'rollover', 'bare'].map(file => `# ${file}\n${pem(file)}`).join('\n'))
      const ended = await trust()
      expect(ended.exitCode).toBe(0)
      expect(trusted()).toEqual([
        entry('CA', 'intermediate'),
        entry('Root', 'root'),
        entry('CA', 'rollover'),
        entry('Root', 'bare'),
      ])
    })

    test('that have expired are trusted with a warning', async () => {
      const years = 50
      await world.command(`Start-Sleep -Seconds ${years * 365 * 86_400}`)
      put('it.cer', der('shortLived'))
      const ended = await trust()
      expect(ended.exitCode).toBe(0)
      expect(trusted()).toEqual([entry('Root', 'shortLived')])
      const end = new Date(certificate('shortLived').validTo).toISOString().slice(0, 10)
      expect(ended.output).toContain(`WARNING: it expired on ${end}.`)
    })

    test.each(['server', 'serverBare'])('of a server are refused, with the authority to trust instead: %s', async file => {
      put('it.cer', der(file))
      const ended = await trust()
      expect(ended.exitCode).toBe(1)
      const { CN } = certificate(file).toLegacyObject().subject
      expect(ended.output).toContain(
        `ERROR: CN=${CN} is a server's certificate: trust the authority that issued it, CN=Example Authority.`,
      )
      expect(trusted()).toEqual([])
    })

    test.each<[string, () => string | Uint8Array]>([
      ['nothing', () => ''],
      ['words', () => 'Put the certificate here.\n'],
      ['half of one', () => der('root').subarray(0, 200)],
      ['a key alone', () => readFileSync(join(made, 'root.key'), 'latin1')],
      [
        'PEM of something else',
        () => `-----BEGIN CERTIFICATE-----\n${Buffer.from('something').toString('base64')}\n-----END CERTIFICATE-----\n`,
      ],
      ['PEM that lost a character', () => pem('root').replace('-----\nM', '-----\n')],
    ])('that are none are refused, with the file’s name: %s', async (_, content) => {
      put('it.cer', content())
      const ended = await trust()
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('ERROR: it.cer is no certificate: ')
      expect(trusted()).toEqual([])
    })

    test('of a PEM file with a broken one are refused, lest it be left out without a word', async () => {
      put('bundle.cer', pem('root') + pem('intermediate').replace('-----\nM', '-----\n*'))
      const ended = await trust()
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('ERROR: bundle.cer ')
    })

    test('must be there where they are asked for', async () => {
      put('root.crt', der('root'))
      const ended = await trust()
      expect(ended.exitCode).toBe(1)
      expect(ended.output).toContain('ERROR: INSTALL_CERT is true, but no *.cer lies in SHIR.')
    })

    test('come before the JDK, whose address may need them', async () => {
      put('it.cer', der('root'))
      const jdk = { INSTALL_JDK: 'true', JDK_URL: 'https://example.com/jdk.msi', JDK_SHA256: '0'.repeat(64) }
      world.windows.setDownload(jdk.JDK_URL, { bytes: 'a JDK' })
      const ended = await world.run('prepare.ps1', { INSTALL_CERT: 'true', ...jdk })
      const commands = ended.calls.map(call => call.command).filter(command => /^(Import|Invoke)-/.test(command))
      expect(commands).toEqual(['Import-Certificate', 'Invoke-WebRequest'])
    })

    test('are left alone where they are not asked for', async () => {
      put('it.cer', der('root'))
      expect((await world.run('prepare.ps1')).exitCode).toBe(0)
      expect(trusted()).toEqual([])
    })
  })
})
