/** The built-in Dockerfile and its scripts in a real engine, whose base image plays Windows (`windows-base.ts`). */
import { execFileSync } from 'node:child_process'
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createOutsideTime } from '../scripts/outside-time.ts'
import type { WireRun } from '../scripts/wire.ts'
import { containerFolder, makeKey, makeWorld, type World } from '../scripts/world.ts'
import { everything, type TestMachine, testMachine } from '../support/machine.ts'
import { play } from '../support/play.ts'
import { describeWith } from '../support/program.ts'
import { type EngineUnderTest, realEngine, realEngineAnswers } from './engines.ts'
import { msiPath, msiSha256 } from './step-bench.ts'
import { makeWindowsBase } from './windows-base.ts'

const title = 'the image’s own files, on the real engine'
const microsoft = { status: 'Valid', subject: 'CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US' }

describeWith(realEngineAnswers() ? 'pwsh' : 'a docker engine that runs Linux containers', title, () => {
  const time = createOutsideTime(20)
  let machine: TestMachine
  let engine: EngineUnderTest
  let world: World
  let line: WireRun
  let base: string

  beforeAll(async () => {
    machine = await testMachine()
    engine = await realEngine()
    const [bridge] = JSON.parse((await docker('network', 'inspect', 'bridge')).stdout)
    // The engine's own address there: containers reach this machine by it.
    const reachedAt = bridge.IPAM.Config[0].Subnet.replace(/\d+\/\d+$/, '1')
    world = await makeWorld({ isInstalled: false, settings: { connectsAfterMs: 10_000 }, time, reachedAt })
    line = world.enter()
    base = `${engine.prefix}-windows:1`
    const folder = path.join(engine.folder, 'base')
    await makeWindowsBase(engine.docker, folder, { reference: base, world: line.address, label: engine.prefix })
  }, 120_000)

  afterAll(async () => {
    expect(line.faults).toEqual([])
    await engine.close()
    await world.close()
    time.close()
    await machine.remove()
  }, 60_000)

  const docker = (...args: readonly string[]) => engine.docker(...args)
  const run = (inputs: Readonly<Record<string, string>>) =>
    play(machine, {
      environment: engine.docker.environment,
      inputs: { mode: 'run', labels: `${engine.prefix}=`, healthTimeout: '3m', soak: '0s', ...inputs },
    })
  const inside = async (container: string, script: string) =>
    docker('exec', container, 'powershell', '-File', `C:/SHIR/${script}`)
  const built = () => `${engine.prefix}-shir:1`

  test('an installer, a JDK, a certificate and extras become an image, and that a proven node', async () => {
    const { workspace } = machine.machine
    for (const folder of ['certificates', 'extras']) await mkdir(path.join(workspace, folder))
    execFileSync('openssl', rootCertificate(path.join(workspace, 'certificates', 'company.cer')), { stdio: 'ignore' })
    await writeFile(
      path.join(workspace, 'extras', 'extra.ps1'),
      "'a driver is installed'; 'driver' | Set-Content /drive/driver.txt\n",
    )
    const jdk = 'a package of a JDK'
    world.windows.setDownload('https://jdk.example/jdk.msi', { bytes: jdk })
    const host = await run({
      ...{ msiPath, msiSha256, baseImage: base, image: built(), installJdk: 'true', jdkUrl: 'https://jdk.example/jdk.msi' },
      ...{ jdkSha256: sha256(jdk), certificates: 'certificates', extras: 'extras', containerName: `${engine.prefix}-a` },
      ...{ authKey: world.key, nodeName: 'eu-1', timezone: 'W. Europe Standard Time', containerEnv: 'DRIVER_MODE=fast' },
    })
    expect(host.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(host.outputs).toMatchObject({ verdict: 'healthy', shirVersion: '5.70.9748.2' })
    expect(world.service.nodes()).toMatchObject([{ name: 'eu-1', status: 'Online' }])
    expect(world.windows.certificates).toMatchObject([{ store: 'Cert:\\LocalMachine\\Root' }])
    expect(world.windows.timeZone()).toBe('W. Europe Standard Time')
    expect(world.windows.registry.get('HKLM:\\SYSTEM\\CurrentControlSet\\Services\\DIAHostService', 'Environment')).toEqual(
      expect.arrayContaining(['DRIVER_MODE=fast']),
    )
    expect(host.lines.join('\n')).toContain('a driver is installed')
    // The entry point of the build took it from this machine, over HTTP.
    expect(host.lines.join('\n')).toMatch(
      /at 127\.0\.0\.1; no layer will hold it[\s\S]*SHIR 5\.70\.9748\.2 is installed in the image/,
    )
    const left = await docker(
      'exec',
      `${engine.prefix}-a-1`,
      '/bin/busybox',
      'find',
      '/drive/SHIR',
      '/drive/driver.txt',
      '-type',
      'f',
    )
    expect(left.stdout).toContain('/drive/driver.txt')
    expect(left.stdout).toContain('installed.json')
    expect(left.stdout).not.toMatch(/\.msi|\.cer|extras/)
    await expectNoKey(host)
  }, 300_000)

  async function expectNoKey(host: Parameters<typeof everything>[0]): Promise<void> {
    const secret = world.key.split('@').at(-1) as string
    expect(everything(host)).not.toContain(secret)
    const container = `${engine.prefix}-a-1`
    const logs = await docker('logs', '--', container)
    const health = await docker('inspect', '--format', '{{json .State.Health}}', '--', container)
    const image = await docker('image', 'inspect', '--', built())
    const history = await docker('history', '--no-trunc', '--', built())
    for (const text of [logs.stdout, logs.stderr, health.stdout, image.stdout, history.stdout]) expect(text).not.toContain(secret)
    expect(health.stdout).toContain('Connected')
  }

  test('the health check prints SHIR’s own word, two at once as well', async () => {
    const both = await Promise.all([1, 2].map(() => inside(`${engine.prefix}-a-1`, 'health-check.ps1')))
    for (const one of both) expect(one).toMatchObject({ exitCode: 0, stdout: 'Connected\n' })
  })

  test('a container that is started again connects, and is not registered a second time', async () => {
    const container = `${engine.prefix}-a-1`
    await docker('stop', '-t', '1', '--', container)
    world.windows.containerRestarted()
    await docker('start', '--', container)
    const since = async () => (await docker('logs', '--', container)).stdout.split('registered already')[1] ?? ''
    await until(async () => (await since()).includes('Connection: Connected'))
    expect(world.service.nodes()).toMatchObject([{ name: 'eu-1', status: 'Online' }])
    expect(world.calls.filter(call => call.args[0] === '-RegisterNewNode')).toHaveLength(1)
  })

  test('stop.ps1 ends it with 0', async () => {
    const container = `${engine.prefix}-a-1`
    await docker('update', '--restart=no', container)
    const stopped = await inside(container, 'stop.ps1')
    // With SHIR its container ends, and whatever runs in it: on a busy machine before the script has said its last word.
    expect(stopped.stdout).toContain(stopped.exitCode === 0 ? 'SHIR has stopped.' : 'dmgcmd -Stop ended with exit code 0.')
    expect([0, 137]).toContain(stopped.exitCode)
    expect((await docker('wait', container)).stdout.trim()).toBe('0')
    expect(world.service.nodes()).toMatchObject([{ status: 'Offline' }])
    await docker('rm', '--', container)
    world.service.remove('eu-1')
    world.shir.writeRegistry('HaveRun', undefined)
    world.windows.containerRestarted()
  })

  test('a refused key fails the gate at once, by the container’s own word, and the container goes', async () => {
    const host = await run({ image: built(), containerName: `${engine.prefix}-b`, authKey: makeKey() })
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'invalid-key' })
    expect((await docker('ps', '-aq', '--filter', `name=${engine.prefix}-b`)).stdout).toBe('')
    expect(world.service.nodes()).toEqual([])
  })

  test('by hand, without an installer: Microsoft’s is downloaded, and must be signed', async () => {
    const context = path.join(engine.folder, 'by-hand')
    await cp(containerFolder, context, { recursive: true })
    const build = () => docker('build', '--build-arg', `BASE_IMAGE=${base}`, '--label', `${engine.prefix}=`, '--', context)
    const address = 'https://go.microsoft.com/fwlink/?linkid=839822&clcid=0x409'
    world.windows.setDownload(address, { bytes: 'an unsigned installer' })
    const refused = await build()
    expect(refused.exitCode).toBe(1)
    expect(refused.stdout).toContain('The downloaded installer cannot be trusted. It has no valid signature: NotSigned.')
    world.windows.setDownload(address, { bytes: 'a signed installer', signature: microsoft })
    const made = await build()
    expect(made.exitCode).toBe(0)
    expect(made.stdout).toContain('SHIR 5.70.9748.2 is installed.')
  }, 120_000)

  test('a new installer does not pay for the JDK again, and a broken one makes no image', async () => {
    const context = path.join(engine.folder, 'cheap')
    await cp(containerFolder, context, { recursive: true })
    const installer = path.join(context, 'SHIR', 'IntegrationRuntime_5.70.9748.2.msi')
    const build = (...more: readonly string[]) =>
      docker('build', '--build-arg', `BASE_IMAGE=${base}`, '--label', `${engine.prefix}=`, ...more, '--', context)
    await copyFile(msiPath, installer)
    expect((await build()).exitCode).toBe(0)
    await writeFile(installer, Buffer.concat([await readFile(msiPath), Buffer.alloc(1)]))
    const again = await build()
    expect(again.stdout).toMatch(/prepare\.ps1"\]\n ---> Using cache\n/)
    expect(again.stdout).not.toMatch(/build\.ps1"\]\n ---> Using cache\n/)
    world.windows.setInstaller('shir', { exitCode: 1603, log: 'Error 1920. Service failed to start.\r\n' })
    const broken = await build('--no-cache')
    expect(broken.exitCode).toBe(1603 % 256)
    expect(broken.stdout).toContain('msiexec: Error 1920. Service failed to start.')
    world.windows.setInstaller('shir', { exitCode: 0 })
  }, 120_000)
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('It did not come true within half a minute.')
}

function sha256(text: string): string {
  return execFileSync('sha256sum', { input: text, encoding: 'utf8' }).slice(0, 64)
}

function rootCertificate(file: string): readonly string[] {
  const subject = ['-subj', '/O=Example/CN=Example Root', '-addext', 'basicConstraints=critical,CA:TRUE']
  return ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${file}.key`, '-out', file, '-days', '30', ...subject]
}
