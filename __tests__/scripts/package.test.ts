import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Offer, offerInstaller } from '../../src/image/delivery/offer.ts'
import { nextWatch } from '../../src/image/delivery/watch.ts'
import { type Answer, faultServer, redirect, short, status, whole } from '../support/fault-server.ts'
import { describeWith } from '../support/program.ts'
import type { InstallerSettings } from './installers.ts'
import { linesOf } from './snippets.ts'
import type { Download, Signature } from './windows.ts'
import { type Ended, makeWorld, type World } from './world.ts'

const name = 'IntegrationRuntime_5.70.9748.2.msi'
const url = 'https://example.com/installer?sig=not-to-be-shown'
const content = 'an installer'
const hash = createHash('sha256').update(content).digest('hex')
const signature: Signature = { status: 'Valid', subject: 'CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, C=US' }

describeWith('pwsh', 'a package', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld({ isInstalled: false })
  })

  afterEach(() => world.close())

  const put = () => writeFileSync(join(world.scripts, name), content)
  const build = (environment: Readonly<Record<string, string>> = {}) =>
    world.run('build.ps1', { INSTALLER_URL: url, ...environment })
  const calls = (ended: Ended, command: string) => ended.calls.filter(call => call.command === command)
  const messages = (ended: Ended) => ended.lines.map(line => line.slice(23))

  /** The build failed, said why on a line of its own, and had not begun to install. */
  function expectRefused(ended: Ended, why: string | RegExp) {
    expect(ended.exitCode).toBe(1)
    expect(ended.output).toMatch(why instanceof RegExp ? why : `ERROR: ${why}`)
    expect(calls(ended, 'Start-Process')).toEqual([])
    expect(existsSync(join(world.scripts, 'installed.json'))).toBe(false)
  }

  describe('that is downloaded', () => {
    test('is taken with Microsoft’s signature, and leaves nothing behind', async () => {
      world.windows.setDownload(url, { bytes: content, signature })
      const ended = await build()
      expect(ended.exitCode).toBe(0)
      expect(calls(ended, 'Invoke-WebRequest')).toMatchObject([{ args: { Uri: url, UseBasicParsing: true } }])
      expect(ended.output).toContain('The installer is signed by Microsoft Corporation.')
      expect(ended.output).not.toContain('not-to-be-shown')
      expect(readdirSync(world.scripts).filter(file => /msi/.test(file))).toEqual([])
      expect(readFileSync(join(world.scripts, 'installed.json'), 'utf8')).toContain(hash)
    })

    const broken: Download = { error: 'The connection was closed.' }

    test('is asked for again after 5, 15 and 45 seconds', async () => {
      world.windows.setDownload(url, broken, broken, broken, { bytes: content, signature })
      const ended = await build()
      expect(ended.exitCode).toBe(0)
      expect(calls(ended, 'Invoke-WebRequest').map(call => call.at)).toEqual([0, 5, 20, 65])
      expect(messages(ended).slice(1, 4)).toEqual(
        [5, 15, 45].map(
          pause => `The download from INSTALLER_URL failed: The connection was closed. Trying again in ${pause} s.`,
        ),
      )
    })

    test('is given up after the fourth failure, and its address is not told', async () => {
      world.windows.setDownload(url, broken, broken, broken, broken, { bytes: content, signature })
      const ended = await build()
      expectRefused(ended, 'The download from INSTALLER_URL failed: The connection was closed.')
      expect(calls(ended, 'Invoke-WebRequest')).toHaveLength(4)
      expect(world.clock.seconds()).toBe(65)
      expect(ended.output).not.toContain('not-to-be-shown')
    })

    test.each<[string, Signature, string]>([
      ['without a signature', { status: 'NotSigned' }, 'It has no valid signature: NotSigned. '],
      ['whose signature is broken', { ...signature, status: 'HashMismatch' }, 'It has no valid signature: HashMismatch. '],
      ['signed by another', { status: 'Valid', subject: 'CN=Microsoft Corporation, O=Contoso' }, 'It is not signed by Microsoft'],
      [
        'whose signer’s name only contains it',
        { status: 'Valid', subject: 'CN="A, O=Microsoft Corporation, B", O=C' },
        'It is not',
      ],
      ['whose signer’s name only begins like it', { status: 'Valid', subject: 'O=Microsoft Corporation Fans' }, 'It is not'],
      ['whose signer’s name is spelt otherwise', { status: 'Valid', subject: 'O=MICROSOFT CORPORATION' }, 'It is not'],
    ])('%s is refused', async (_, by, why) => {
      world.windows.setDownload(url, { bytes: content, signature: by })
      expectRefused(await build(), `The downloaded installer cannot be trusted. ${why}`)
    })

    test.each<[string, Signature | undefined, string]>([
      ['no signature', undefined, 'The installer is known by its SHA-256 alone. It has no valid signature: NotSigned.'],
      ['another signature', { ...signature, subject: 'O=C' }, 'The installer is known by its SHA-256 alone. It is not signed by'],
      ['Microsoft’s signature', signature, 'The installer is signed by Microsoft Corporation.'],
    ])('is taken by its hash with %s, which is told', async (_, by, line) => {
      world.windows.setDownload(url, { bytes: content, ...(by && { signature: by }) })
      const ended = await build({ MSI_SHA256: hash })
      expect(ended.exitCode).toBe(0)
      expect(ended.output).toContain(line)
    })

    test('is refused with another hash, however well it is signed', async () => {
      world.windows.setDownload(url, { bytes: content, signature })
      expectRefused(await build({ MSI_SHA256: '0'.repeat(64) }), /ERROR: The SHA-256 of IntegrationRuntime\.download\.msi is/)
    })
  })

  describe('that the step offers', () => {
    let offer: Offer
    beforeEach(async () => {
      const file = join(world.programFiles, '..', 'installer.msi')
      writeFileSync(file, content)
      const offered = { file, size: content.length, address: '127.0.0.1', name: 'not-to-be-shown.msi' }
      offer = await offerInstaller(offered, { signal: new AbortController().signal, spell: name => name })
    })
    afterEach(() => offer.close())

    // .NET would go through it; nobody listens there.
    const proxies = { http_proxy: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', ALL_PROXY: 'http://127.0.0.1:9' }

    test('is fetched past every proxy, taken by its hash, and leaves nothing behind', async () => {
      const ended = await build({ INSTALLER_URL: offer.url, MSI_SHA256: hash, ...proxies })
      expect(ended.output).toContain('The image is ready.')
      expect(ended.exitCode).toBe(0)
      expect(calls(ended, 'Invoke-WebRequest')).toEqual([])
      expect([offer.requested(), offer.delivered()]).toEqual([1, 1])
      expect(ended.output).not.toContain('not-to-be-shown')
      expect(readdirSync(world.scripts).filter(file => /msi/.test(file))).toEqual([])
      expect(readFileSync(join(world.scripts, 'installed.json'), 'utf8')).toContain(hash)
    })

    test('says that it downloads in the words that the step looks for', async () => {
      const ended = await build({ INSTALLER_URL: offer.url, MSI_SHA256: hash })
      const seen = ended.lines.map(line => nextWatch({ phase: 'before' }, line, undefined, 0).phase)
      expect(seen.filter(phase => phase === 'downloading')).toHaveLength(1)
    })

    test('is refused with another hash', async () => {
      expectRefused(
        await build({ INSTALLER_URL: offer.url, MSI_SHA256: '0'.repeat(64) }),
        /ERROR: The SHA-256 of IntegrationRuntime\./,
      )
    })

    test.each<[string, () => string]>([
      ['offered', () => offer.url],
      ['at a name without TLS', () => 'http://example.com/installer.msi'],
      ['at an address in another letter case', () => 'HTTP://example.com/installer.msi'],
    ])('%s needs a hash, before anything is asked for', async (_, address) => {
      world.windows.setDownload(address(), { bytes: content, signature })
      const ended = await build({ INSTALLER_URL: address() })
      expectRefused(ended, 'INSTALLER_URL is not https: MSI_SHA256 must say what the installer is.')
      expect([offer.requested(), calls(ended, 'Invoke-WebRequest')]).toEqual([0, []])
    })

    test('is given up after a second attempt', async () => {
      await offer.close()
      const ended = await build({ INSTALLER_URL: offer.url, MSI_SHA256: hash })
      expectRefused(ended, /ERROR: The download from INSTALLER_URL failed: [^\n]*refused/)
      expect(messages(ended).filter(line => line.includes('Trying again in 2 s.'))).toHaveLength(1)
      expect(world.clock.seconds()).toBe(2)
      expect(ended.output).not.toContain('not-to-be-shown')
    })

    test.each<[string, readonly Answer[], RegExp]>([
      ['ends midway', [short(Buffer.from(content), 5)], /failed: [^\n]*\./],
      ['is refused', [status(404)], /failed: [^\n]*404[^\n]*\./],
      ['leads elsewhere', [redirect('/elsewhere')], /failed: The answer is 302\./],
    ])('and that %s is none', async (_, answers, why) => {
      const server = await faultServer({ '/installer.msi': answers, '/elsewhere': [whole(content)] })
      try {
        const ended = await build({ INSTALLER_URL: server.url('/installer.msi'), MSI_SHA256: hash })
        expectRefused(ended, why)
        expect(server.requests.map(({ path }) => path)).not.toContain('/elsewhere')
      } finally {
        await server.close()
      }
    })

    test('must begin to answer in time', async () => {
      const server = await faultServer({ '/installer.msi': [() => undefined] })
      try {
        const load = ['log', 'package'].map(part => `. '${join(world.scripts, `parts/${part}.ps1`)}'`)
        const fetch = `Save-OfferedPackage '${server.url('/installer.msi')}' '${join(world.scripts, 'a.msi')}' 'A'`
        const seen = await linesOf(world, ...load, '"$OfferLimit s"', '$OfferLimit = 0.2', `Invoke-Build { ${fetch} }`)
        expect(seen[0]).toBe('10 s')
        expect(seen.slice(1, -1).map(line => /The download from A failed: .*(?:timed out|cancell?ed).*\./i.test(line))).toEqual([
          true,
          true,
        ])
        expect(server.requests).toHaveLength(2)
      } finally {
        await server.close()
      }
    })

    test('is told by its address', async () => {
      const addresses: Readonly<Record<string, boolean>> = {
        'http://172.27.80.1:50000/a': true,
        'HTTP://127.0.0.1/a': true,
        'http://[fd00::1]:50000/a': true,
        'https://172.27.80.1:50000/a': false,
        'http://172.27.80.1.example.com/a': false,
        'http://me@172.27.80.1/a': false,
        'http://example.com/http://172.27.80.1/': false,
        'xhttp://172.27.80.1/a': false,
      }
      const code = Object.keys(addresses).map(address => `"${address} $(Test-Offered '${address}')"`)
      const seen = await linesOf(world, `. '${join(world.scripts, 'parts/package.ps1')}'`, ...code)
      expect(seen).toEqual(Object.entries(addresses).map(([address, is]) => `${address} ${is ? 'True' : 'False'}`))
    })
  })

  describe('that is supplied', () => {
    test('needs no signature', async () => {
      put()
      world.windows.sign(content, { status: 'HashMismatch' })
      expect((await build()).exitCode).toBe(0)
    })

    test.each([hash, hash.toUpperCase()])('is taken with its hash: %s', async MSI_SHA256 => {
      put()
      const ended = await build({ MSI_SHA256 })
      expect(ended.exitCode).toBe(0)
      expect(messages(ended)).toContain(`The SHA-256 of ${name} is ${hash.toUpperCase()}, as asked.`)
    })

    const refusal = (given: string) => `MSI_SHA256: "${given}" is not allowed; allowed is 64 hexadecimal digits.`
    test.each([
      ['0'.repeat(64), `The SHA-256 of ${name} is ${hash.toUpperCase()}, but MSI_SHA256 is ${'0'.repeat(64)}.`],
      [hash.slice(1), refusal(hash.slice(1))],
      [`${hash}0`, refusal(`${hash}0`)],
      [`${hash}\n`, refusal(`${hash} `)],
      ['none', refusal('none')],
    ])('is refused with %j for its hash', async (MSI_SHA256, why) => {
      put()
      expectRefused(await build({ MSI_SHA256 }), why)
    })
  })

  describe('that is being installed', () => {
    const install = (settings: Partial<InstallerSettings>) => {
      put()
      world.windows.setInstaller('shir', settings)
      return build()
    }

    test('may ask for a restart', async () => {
      const ended = await install({ exitCode: 3010 })
      expect(ended.exitCode).toBe(0)
      expect(messages(ended)).toContain('msiexec ended with exit code 3010.')
    })

    test.each([
      [1603, 1603],
      [1618, 1618],
      [1641, 1641],
      [null, 1],
    ])('ends the build where msiexec ends with %p', async (exitCode, code) => {
      const ended = await install({ exitCode, log: null })
      expect(messages(ended).slice(2)).toEqual([
        'msiexec: msiexec wrote no log.',
        `ERROR: The installation of ${name} failed: msiexec ended with exit code ${exitCode ?? ''}.`,
      ])
      // Linux keeps the low eight bits of an exit code, Windows all of it.
      expect(ended.exitCode).toBe(code % 256)
    })

    test('shows why it failed, out of its long log', async () => {
      const telling = [
        "Error 1920. Service 'DIAHostService' failed to start.",
        'CustomAction returned actual error code 1603',
        'Action ended 10:00:01: InstallFinalize. Return value 3.',
        'Product: Microsoft Integration Runtime -- Installation failed.',
        'MainEngineThread is returning 1603',
      ]
      const noise = ['MSI (s) (0C:58): Machine policy value', 'Action start 10:00:00: StartServices.', '', '']
      const log = [...noise, telling[0], '', ...telling.slice(1, 3), ...noise, ...telling.slice(3)].join('\r\n')
      const ended = await install({ exitCode: 1603, log })
      expect(messages(ended).slice(2, -1)).toEqual(telling.map(line => `msiexec: ${line}`))
    })

    test('shows no more than the last forty such lines', async () => {
      const log = Array.from({ length: 100 }, (_, i) => `Error 1920. ${i}`).join('\r\n')
      const ended = await install({ exitCode: 1603, log })
      expect(messages(ended).filter(line => line.startsWith('msiexec: '))).toEqual(
        Array.from({ length: 40 }, (_, i) => `msiexec: Error 1920. ${i + 60}`),
      )
    })
  })

  test('that could not be had never ends the build with 0', async () => {
    const attempts: readonly (readonly [string, number])[] = [
      ["Stop-Build 'no' 0", 1],
      ["Stop-Build 'no'", 1],
      ["Stop-Build 'no' 1618", 1618],
      ["Stop-Build 'no' -5", -5],
      ["throw 'no'", 1],
      ["Get-Content -LiteralPath '/no/such/file'", 1],
      ['$nothing.Here', 1],
      ["[System.IO.File]::ReadAllText('/no/such/file')", 1],
      ["'fine'", 0],
    ]
    const load = ['log', 'dmgcmd', 'package'].map(part => `. '${join(world.scripts, `parts/${part}.ps1`)}'`)
    const seen = await linesOf(world, ...load, ...attempts.map(([code]) => `"-> $(Invoke-Build { ${code} })"`))
    expect(seen.filter(line => line.startsWith('-> '))).toEqual(attempts.map(([, exitCode]) => `-> ${exitCode}`))
    expect(seen.filter(line => line.includes('ERROR: '))).toHaveLength(attempts.length - 1)
  })
})
