import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Pair } from '../../src/contract/kinds.ts'
import { buildArguments } from '../../src/engine/arguments.ts'
import { type Docker, openDocker } from '../../src/engine/docker.ts'
import { examineEngine } from '../../src/engine/preflight.ts'
import type { Host } from '../../src/host/host.ts'
import { systemClock } from '../../src/host/process-parts.ts'
import { deliveryAddress } from '../../src/image/delivery/address.ts'
import { installStep } from '../../src/image/delivery/install-step.ts'
import { type Offer, offerInstaller } from '../../src/image/delivery/offer.ts'
import { lacksInstaller, watchDelivery } from '../../src/image/delivery/watch.ts'
import { fill } from '../image/folders.ts'
import { handClock } from '../support/hand-clock.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { describeOnEngine, type EngineUnderTest, realEngine } from './engines.ts'

describeOnEngine('the installer, delivered to a build of the real engine', () => {
  const marker = `stands in the installer alone ${randomBytes(16).toString('hex')}`
  let bench: TestMachine
  let engine: EngineUnderTest
  let docker: Docker
  let host: Host
  let installer: { file: string; size: number; sha256: string }
  const offers: Offer[] = []

  beforeAll(async () => {
    bench = await testMachine()
    engine = await realEngine()
    host = bench.host({ environment: engine.docker.environment })
    docker = await openDocker(host)
    const file = path.join(bench.folder, 'installer.msi')
    // Too much for what the sockets hold, and nothing that could be compressed away.
    const bytes = Buffer.concat([randomBytes(12_000_000), Buffer.from(marker), randomBytes(12_000_000)])
    await writeFile(file, bytes)
    installer = { file, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  afterEach(() => Promise.all(offers.splice(0).map(offer => offer.close())))
  afterAll(async () => {
    await engine.close()
    await bench.remove()
  })

  async function offered(): Promise<Offer> {
    const offer = await offerInstaller({ ...installer, address: '127.0.0.1', name: 'installer.msi' }, host)
    offers.push(offer)
    return offer
  }

  let count = 0
  async function context(lines: readonly string[], files: Readonly<Record<string, string>> = {}) {
    const folder = path.join(bench.folder, `context-${++count}`)
    // The label comes first: what a failed build leaves, and its containers, are known by it.
    const text = ['FROM scratch', `LABEL ${engine.prefix}=delivery`, 'COPY busybox /bin/sh', ...lines, ''].join('\n')
    await fill(folder, { Dockerfile: text, ...files })
    await copyFile('/bin/busybox', path.join(folder, 'busybox'))
    return { folder, text }
  }

  /** Fetches, checks, uses and deletes in one RUN, as a context should. */
  const fetching = [
    'ARG INSTALLER_URL',
    'ARG MSI_SHA256',
    'RUN wget -O /i.msi "$INSTALLER_URL" && echo "$MSI_SHA256  /i.msi" | sha256sum -c && wc -c < /i.msi > /installed && rm /i.msi',
  ]

  interface Building {
    readonly args: readonly Pair[]
    readonly network?: string
    readonly onLine?: (line: string) => void
    readonly signal?: AbortSignal
  }
  async function build(folder: string, { args, network, onLine, signal }: Building) {
    const [order, idFile] = [{ context: folder, dockerfile: path.join(folder, 'Dockerfile') }, path.join(bench.folder, 'id')]
    const lines: string[] = []
    const { code } = await docker.run(buildArguments({ ...order, args, labels: [], idFile, network }), {
      onLine: line => {
        lines.push(line)
        onLine?.(line)
      },
      ...(signal && { signal }),
    })
    return { code, reference: code === 0 ? await readFile(idFile, 'utf8') : '', text: lines.join('\n') }
  }

  const argsOf = (url: string, sha256 = installer.sha256) => [
    { name: 'INSTALLER_URL', value: url },
    { name: 'MSI_SHA256', value: sha256 },
  ]

  /** How often the installer's own bytes are in what makes up an image. */
  async function copiesIn(reference: string): Promise<number> {
    const file = path.join(bench.folder, 'saved.tar')
    await promisify(execFile)('docker', ['save', '--output', file, reference], { env: engine.docker.environment })
    return (await readFile(file)).toString('latin1').split(marker).length - 1
  }

  test('is found on this machine, arrives whole and proven, and leaves no byte in any layer nor in the context', async () => {
    const place = await deliveryAddress(docker, await examineEngine(docker, host))
    expect(place).toEqual({ address: '127.0.0.1', network: 'host' })
    const offer = await offered()
    const { folder } = await context(fetching)
    const { code, reference, text } = await build(folder, { args: argsOf(offer.url), network: 'host' })
    expect([code, text]).toEqual([0, expect.stringContaining('/i.msi: OK')])
    expect([offer.requested(), offer.delivered()]).toEqual([1, 1])
    const said = await engine.docker('run', '--rm', '--label', engine.prefix, '--', reference, 'sh', '-c', 'cat /installed; ls /')
    expect(said.stdout.split('\n')).toEqual(expect.arrayContaining([String(installer.size), 'installed']))
    expect(said.stdout).not.toContain('i.msi')
    expect(await copiesIn(reference)).toBe(0)
    // Nothing but busybox and the Dockerfile went to the engine.
    expect(text).toMatch(/Sending build context to Docker daemon +[\d.]+(?:k|M)B/)
    expect(Number(/daemon +([\d.]+)MB/.exec(text)?.[1] ?? 0)).toBeLessThan(4)
  })

  test('would be found in a layer that holds it', async () => {
    const { folder } = await context(['COPY installer.msi /i.msi', 'RUN wc -c < /i.msi > /installed && rm /i.msi'])
    await copyFile(installer.file, path.join(folder, 'installer.msi'))
    const { code, reference } = await build(folder, { args: [] })
    expect(code).toBe(0)
    expect(await copiesIn(reference)).toBe(1)
  })

  test('whose hash is another inside: the build fails, and the delivery is not to blame', async () => {
    const offer = await offered()
    const { folder, text: dockerfile } = await context(fetching)
    const watch = watchDelivery(offer, installStep(dockerfile), host, () => undefined)
    const { code, text } = await build(folder, {
      ...{ args: argsOf(offer.url, '0'.repeat(64)), network: 'host' },
      onLine: watch.see,
    })
    watch.end()
    expect([code, text]).toEqual([1, expect.stringContaining('/i.msi: FAILED')])
    expect(watch.hasBegun()).toBe(true)
    expect(lacksInstaller(offer, watch)).toBe(false)
  })

  test.each<[string, string, (offer: Offer) => unknown]>([
    ['that was closed before', 'host', offer => offer.close()],
    ['on a network that does not lead here', 'bridge', () => undefined],
  ])('offered at an address %s: the build fails for want of it', async (_, network, change) => {
    const offer = await offered()
    await change(offer)
    const { folder, text: dockerfile } = await context(fetching)
    const watch = watchDelivery(offer, installStep(dockerfile), host, () => undefined)
    const { code, text } = await build(folder, { args: argsOf(offer.url), network, onLine: watch.see })
    watch.end()
    expect([code, text]).toEqual([1, expect.stringMatching(/refused|unreachable/)])
    expect(lacksInstaller(offer, watch)).toBe(true)
  })

  test('whose server ends midway: the build fails for want of it', async () => {
    const offer = await offered()
    // It stops reading until the offer has ended: what the sockets do not hold by then never comes.
    const { folder, text: dockerfile } = await context([
      'ARG INSTALLER_URL',
      'ARG MSI_SHA256',
      'RUN wget -q -O - "$INSTALLER_URL" | { dd bs=1 count=1 of=/i.msi; echo begun; while wget -O - "$INSTALLER_URL.x" 2>&1 | grep -q 404; do sleep 0.1; done; cat >> /i.msi; } && echo "$MSI_SHA256  /i.msi" | sha256sum -c',
    ])
    const watch = watchDelivery(offer, installStep(dockerfile), host, () => undefined)
    const { code, text } = await build(folder, {
      ...{ args: argsOf(offer.url), network: 'host' },
      onLine: line => {
        watch.see(line)
        if (line.endsWith('begun')) void offer.close()
      },
    })
    watch.end()
    expect([code, text]).toEqual([1, expect.stringContaining('/i.msi: FAILED')])
    expect([offer.requested(), offer.delivered()]).toEqual([1, 0])
    expect(lacksInstaller(offer, watch)).toBe(true)
  })

  test('that a firewall swallows: the watch says so, and the build is ended in the engine too', async () => {
    const clock = handClock()
    const offer = await offered()
    const { folder, text: dockerfile } = await context([
      'ARG INSTALLER_URL',
      'RUN echo "There is no installer in SHIR: downloading it from INSTALLER_URL." && sleep 600',
    ])
    const stop = new AbortController()
    const silences: string[] = []
    const watch = watchDelivery(offer, installStep(dockerfile), { clock, signal: host.signal }, why => {
      silences.push(why)
      stop.abort()
    })
    const { code } = await build(folder, {
      args: argsOf(offer.url).slice(0, 1),
      onLine: line => {
        watch.see(line)
        if (line.startsWith('There is no installer')) void clock.advance(10_000)
      },
      signal: stop.signal,
    })
    watch.end()
    expect(code).not.toBe(0)
    expect(silences).toEqual(['nothing asked for it within 10 s of the download'])
    expect(lacksInstaller(offer, watch)).toBe(true)
    await untilGone(`label=${engine.prefix}=delivery`)
  })

  /** The engine ends the step's container a moment after its client. */
  async function untilGone(filter: string) {
    while ((await engine.docker('ps', '--quiet', '--filter', filter)).stdout !== '') await systemClock.sleep(20)
  }
})
