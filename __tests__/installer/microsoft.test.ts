import { join } from 'node:path'
import { downloadPage, imitateMicrosoft, type Microsoft } from '../support/microsoft.ts'
import { describeWith } from '../support/program.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { bundleTerminal, type TerminalBundle } from '../support/terminal-bundle.ts'
import { tinyDocker } from '../support/tiny-docker.ts'
import { type Bench, makeBench } from './bench.ts'

// Versions of which nothing is known and nothing ever will be: the samples are not Microsoft's.
const older = sampleInstaller('5.69.9720.99')
const newest = sampleInstaller('5.70.9748.99')
const unlisted = sampleInstaller('5.71.9800.99')
const folder = 'download.microsoft.com/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10'
const link = ['go.microsoft.com/fwlink/?linkid=839822&clcid=0x409', 'go.microsoft.com/fwlink/p/?LinkID=839822']
const page = 'www.microsoft.com/en-us/download/details.aspx?id=39717'

// The product is run as it is shipped, in a process of its own: Node reads NODE_EXTRA_CA_CERTS at its start. It ends at the build.
describeWith('openssl', 'Microsoft’s servers, through a proxy and TLS', () => {
  let terminal: TerminalBundle
  let bench: Bench
  let microsoft: Microsoft
  beforeAll(async () => {
    terminal = await bundleTerminal()
  })
  afterAll(() => terminal.remove())
  beforeEach(async () => {
    bench = await makeBench()
    microsoft = await imitateMicrosoft({
      files: Object.fromEntries([older, newest, unlisted].map(({ fileName, bytes }) => [fileName, bytes])),
      stable: older.fileName,
      // Neither in the order of versions nor in that of days; 5.9 is older than 5.70; one is there, but not listed.
      page: downloadPage(['IntegrationRuntime_5.9.7900.1.msi', newest.fileName, older.fileName, 'notes.docx']),
    })
  })
  afterEach(async () => {
    await microsoft.close()
    await bench.remove()
  })

  async function build(shirVersion: string | undefined, ...args: string[]) {
    const environment = { ...microsoft.environment, PATH: await tinyDocker(join(bench.folder, 'bin')), HOME: bench.folder }
    const version = shirVersion === undefined ? [] : ['--shir-version', shirVersion]
    return terminal.run(
      ['build', '--cache-dir', 'cache', '--verify-signature=false', ...version, ...args],
      environment,
      bench.workspace,
    )
  }
  const kept = () => bench.files(join(bench.workspace, 'cache')).catch(() => [])

  test('stable is where the link leads, and is kept', async () => {
    const { outputs, stderr } = await build(undefined)
    expect(outputs).toMatchObject({
      'shir-version': '5.69.9720.99',
      'msi-sha256': older.sha256,
      'cache-hit': 'false',
      reason: 'build-failed',
    })
    expect(microsoft.requests).toEqual([...link, `${folder}/${older.fileName}`])
    expect(stderr).toContain('Version 5.69.9720.99 (stable)')
    expect(stderr).toContain('ProductVersion 5.69.9720.99')
    expect(await kept()).toContain(`5.69.9720-99/x64/${older.fileName}`)
    expect(await kept()).not.toContainEqual(expect.stringMatching(/^parts/))
  })

  test('latest is the greatest number that the page lists', async () => {
    const { outputs } = await build('latest')
    expect(outputs).toMatchObject({ 'shir-version': '5.70.9748.99', 'msi-sha256': newest.sha256 })
    expect(microsoft.requests).toEqual([page, `${folder}/${newest.fileName}`])
  })

  test('an exact version is fetched from its own address, and afterwards from nowhere', async () => {
    expect((await build('5.71.9800.99')).outputs).toMatchObject({ 'shir-version': '5.71.9800.99', 'cache-hit': 'false' })
    expect(microsoft.requests).toEqual([`${folder}/${unlisted.fileName}`])
    expect((await build('5.71.9800.99')).outputs).toMatchObject({ 'shir-version': '5.71.9800.99', 'cache-hit': 'true' })
    expect(microsoft.tunnels).toEqual(['download.microsoft.com:443'])
  })

  test('stable that is kept already costs no download', async () => {
    await build(older.version)
    const { outputs } = await build('stable')
    expect(outputs).toMatchObject({ 'shir-version': '5.69.9720.99', 'cache-hit': 'true', 'msi-sha256': older.sha256 })
    expect(microsoft.requests.slice(-2)).toEqual(link)
    expect(microsoft.requests).toHaveLength(3)
  })

  test('a version that is gone is not found, and what to do is said', async () => {
    const { outputs, stderr, exitCode } = await build('5.50.9171.1')
    expect(exitCode).toBe(1)
    expect(outputs).toMatchObject({ reason: 'installer-not-found', 'shir-version': '' })
    expect(stderr).toContain('IntegrationRuntime_5.50.9171.1.msi: the server answered 404')
    expect(stderr).toContain('last few versions')
  })

  test.each([
    ['without data', '<html><body>We are sorry</body></html>'],
    ['with data of another form', '<script>window.__DLCDetails__={"dlc":1}</script>'],
    [
      'with addresses of others only',
      downloadPage(['https://download.microsoft.com.evil.example/IntegrationRuntime_5.99.1.1.msi', '://']),
    ],
  ])('a page %s leaves latest unknown', async (_, changed) => {
    microsoft.offer.page = changed
    const { outputs, stderr } = await build('latest')
    expect(outputs.reason).toBe('version-lookup-failed')
    expect(stderr).toContain('Give an exact version')
    expect(microsoft.tunnels).toEqual(['www.microsoft.com:443'])
  })

  test('a link that leads to something else leaves stable unknown', async () => {
    microsoft.offer.files = { 'setup.exe': Buffer.from('MZ') }
    microsoft.offer.stable = 'setup.exe'
    const { outputs, stderr } = await build('stable')
    expect(outputs.reason).toBe('version-lookup-failed')
    expect(stderr).toContain('leads to "setup.exe"')
  })

  test('latest passes a version by that is known to be withdrawn, though it is the greatest', async () => {
    microsoft.offer.page = downloadPage(['IntegrationRuntime_5.62.9514.1.msi', 'IntegrationRuntime_5.61.9481.99.msi'])
    const { stderr } = await build('latest')
    expect(stderr).toContain('Version 5.62.9514.1 is offered too, but Microsoft withdrew it before: it is not taken.')
    expect(microsoft.requests).toEqual([page, `${folder}/IntegrationRuntime_5.61.9481.99.msi`])
  })

  test('latest takes none where all that the page lists were withdrawn', async () => {
    microsoft.offer.page = downloadPage(['IntegrationRuntime_5.62.9514.1.msi'])
    const { outputs, stderr } = await build('latest')
    expect(outputs.reason).toBe('version-lookup-failed')
    expect(stderr).toContain('lists withdrawn versions only')
  })

  test('a withdrawn version that is asked for exactly is warned of, and tried', async () => {
    const { outputs, stderr } = await build('5.62.9514.1')
    expect(stderr).toContain('warning: withdrawn')
    expect(stderr).toContain('the Download Center had 5.61.9481.1 as its newest again')
    expect(outputs).toMatchObject({ reason: 'installer-not-found', expires: '2027-01-28' })
  })

  test('bytes of a version whose hash is known must have it', async () => {
    const { fileName, bytes } = sampleInstaller('5.69.9720.1')
    microsoft.offer.files = { [fileName]: bytes }
    const { outputs, stderr } = await build('5.69.9720.1')
    expect(stderr).toContain('Its SHA-256 is known: 0a4c0710')
    expect(outputs.reason).toBe('installer-hash-mismatch')
    expect(await kept()).toEqual([])
  })

  test('a link that leads to a file that is not there is known by its name, and not found', async () => {
    microsoft.offer.stable = 'IntegrationRuntime_5.72.9900.1.msi'
    const { outputs, stderr } = await build('stable')
    expect(outputs.reason).toBe('installer-not-found')
    expect(stderr).toContain('IntegrationRuntime_5.72.9900.1.msi: the server answered 404')
  })

  test('a link that leads to nothing at all leaves stable unknown', async () => {
    microsoft.offer.stable = 'nothing.msi'
    const { outputs, stderr } = await build('stable')
    expect(outputs.reason).toBe('version-lookup-failed')
    expect(stderr).toContain('leads to nothing (404)')
    expect(stderr).toContain('Give an exact version')
  })

  test.each(['http://download.microsoft.com', 'http://127.0.0.1', 'http://localhost'])(
    'a link from https down to %s is not followed',
    async origin => {
      microsoft.offer.stable = `${origin}/IntegrationRuntime_5.70.9748.2.msi`
      const { outputs, stderr } = await build('stable')
      expect(outputs.reason).toBe('download-failed')
      expect(stderr).toContain('redirects to an address that is not https')
      expect(new Set(microsoft.tunnels)).toEqual(new Set(['go.microsoft.com:443']))
    },
  )

  test('what a link’s query holds is not told', async () => {
    microsoft.offer.files = {}
    microsoft.offer.stable = `https://${folder}/nothing.msi?sig=c2lnbmF0dXJl`
    const { stderr, stdout } = await build('stable')
    expect(stderr + stdout).not.toContain('c2lnbmF0dXJl')
  })

  test('bytes of another version than their address promised are not kept', async () => {
    microsoft.offer.files = { [newest.fileName]: older.bytes }
    const { outputs, stderr } = await build('latest')
    expect(outputs.reason).toBe('installer-version-mismatch')
    expect(stderr).toContain('5.69.9720.99, but 5.70.9748.99')
    expect(await kept()).toEqual([])
  })

  test('a page that a firewall puts in place of the file is known for what it is', async () => {
    microsoft.offer.files = { [newest.fileName]: Buffer.from('<!DOCTYPE html><html>Blocked</html>') }
    const { outputs, stderr } = await build('latest')
    expect(outputs.reason).toBe('installer-not-msi')
    expect(stderr).toContain('an HTML page')
    expect(await kept()).toEqual([])
  })

  test('a dry run asks nobody', async () => {
    const { exitCode, stderr } = await build('latest', '--dry-run')
    expect(exitCode).toBe(0)
    expect(stderr).toContain('https://www.microsoft.com/en-us/download/details.aspx?id=39717')
    expect(microsoft.tunnels).toEqual([])
    expect(await kept()).toEqual([])
  })
})
