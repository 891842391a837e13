import { copyFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fill, fingerprint } from '../image/folders.ts'
import { play } from '../support/play.ts'
import { describeWith } from '../support/program.ts'
import { realEngineAnswers } from './engines.ts'
import { startRegistry } from './registry.ts'
import { makeStepBench, msiPath, msiSha256, running, type StepBench } from './step-bench.ts'

describeWith(realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers', 'images, on the real engine', () => {
  let bench: StepBench
  beforeAll(async () => {
    bench = await makeStepBench()
  })
  afterAll(() => bench.remove())

  const inspect = async (reference: string) =>
    JSON.parse((await bench.engine.docker('image', 'inspect', '--', reference)).stdout)[0]
  const building = () => ({
    mode: 'build',
    msiPath,
    msiSha256,
    buildContext: 'context',
    image: bench.image,
    labels: `${bench.engine.prefix}=step`,
  })

  test('a context laid out as upstream’s becomes an image; the user’s folder and the machine are as they were', async () => {
    const before = await fingerprint(bench.machine.workspace)
    const host = await bench.play({ ...building(), buildArgs: 'INSTALL_JDK=true' })
    expect(host.annotations).toEqual([])
    const facts = await inspect(bench.image)
    expect(host.outputs).toMatchObject({
      image: bench.image,
      imageId: facts.Id,
      built: 'true',
      digest: '',
      shirVersion: '5.70.9748.2',
    })
    expect(facts.Config.Labels).toMatchObject({
      'io.github.shir-container.shir-version': '5.70.9748.2',
      [bench.engine.prefix]: 'step',
    })
    expect(host.lines.join('\n')).toContain('│ Self-hosted Integration Runtime is installed')
    expect(await fingerprint(bench.machine.workspace)).toEqual(before)
    expect(await readdir(bench.machine.temp)).toEqual([])
  })

  test('the installer is in the image under its canonical name, whatever .dockerignore says; what else that leaves out stays out', async () => {
    const { context } = bench
    await copyFile(msiPath, path.join(context, 'SHIR', 'IntegrationRuntime (1).msi'))
    const files = [path.join(context, '.dockerignore'), path.join(context, 'SHIR', 'secret.txt')] as const
    await writeFile(files[0], '*\n!SHIR/bin\n!SHIR/busybox\n!SHIR/installed.json\n!SHIR/*.ps1\nSHIR/secret.txt\n**/*.msi\n')
    await writeFile(files[1], 'secret')
    const { msiPath: _, ...inputs } = { ...building(), image: `${bench.image}-ignored` }
    const host = await bench.play(inputs)
    expect(host.annotations).toEqual([])
    const { stdout } = await bench.engine.docker(
      'run',
      '--rm',
      '--entrypoint',
      '/SHIR/busybox',
      '--',
      `${bench.image}-ignored`,
      'ls',
      '/SHIR',
    )
    const names = stdout.split('\n')
    expect(names).toContain('IntegrationRuntime_5.70.9748.2.msi')
    expect(names.filter(name => /secret|\(1\)/.test(name))).toEqual([])
    for (const file of [...files, path.join(context, 'SHIR', 'IntegrationRuntime (1).msi')]) await rm(file)
  })

  describe('what is added', () => {
    const busybox = async (reference: string, ...argv: readonly string[]) =>
      (await bench.engine.docker('run', '--rm', '--entrypoint', '/SHIR/busybox', '--', reference, ...argv)).stdout.split('\n')
    const dockerfile = () => `FROM ${bench.image}\nARG INSTALL_CERT=false\nENV TRUST=\${INSTALL_CERT}\nCOPY SHIR /added/\n`
    beforeAll(() =>
      fill(bench.machine.workspace, {
        ...{ 'certificates/root.CER': '', 'certificates/Ours [2] (a+b).cer': '' },
        ...{ 'more/extra.ps1': '', 'more/drivers/odbc.msi': '' },
      }),
    )

    test('certificates are in the image, whatever .dockerignore says, and what else that leaves out stays out', async () => {
      const reference = `${bench.image}-trusts`
      await fill(path.join(bench.machine.workspace, 'trusting'), {
        ...{ Dockerfile: dockerfile(), '.dockerignore': '*\n**/*.cer\n', 'SHIR/secret.cer': '' },
      })
      const inputs = { ...building(), image: reference, buildContext: 'trusting', certificates: 'certificates' }
      const host = await bench.play(inputs)
      expect(host.annotations).toEqual([])
      const names = ['IntegrationRuntime_5.70.9748.2.msi', 'Ours [2] (a+b).cer', 'root.cer']
      expect((await busybox(reference, 'ls', '/added')).sort()).toEqual(['', ...names])
      expect((await inspect(reference)).Config.Env).toContain('TRUST=true')
    })

    test('extras are, whole, beside the built-in scripts', async () => {
      const reference = `${bench.image}-extras`
      await fill(bench.machine.workspace, { Dockerfile: dockerfile() })
      const { buildContext: _, ...inputs } = building()
      const host = await bench.play({ ...inputs, image: reference, dockerfile: 'Dockerfile', extras: 'more' })
      expect(host.annotations).toEqual([])
      const names = ['/added/setup.ps1', '/added/extras/extra.ps1', '/added/extras/drivers/odbc.msi']
      expect(await busybox(reference, 'find', '/added', '-type', 'f')).toEqual(expect.arrayContaining(names))
    })
  })

  test('a step that fails: its words, its number, no container, no image', async () => {
    const reference = `${bench.image}-fails`
    const host = await bench.build(
      `FROM ${bench.image}\nRUN ["/SHIR/busybox", "sh", "-c", "echo the reason >&2; exit 3"]\n`,
      reference,
    )
    expect(host.outputs).toMatchObject({ reason: 'build-failed', built: 'false', imageId: '', verdict: 'failed' })
    expect(host.annotations[0]?.message).toMatch(/docker build failed at Step 2\/\d+ : RUN .*returned a non-zero code: 3/)
    expect(host.annotations[0]?.message).toContain('the reason')
    expect((await bench.engine.docker('image', 'inspect', '--', reference)).exitCode).toBe(1)
    expect(await readdir(bench.machine.temp)).toEqual([])
  })

  test('lines of the build that try to command the runner are words', async () => {
    const evil =
      'echo "##vso[task.complete]"; echo "::error::x"; printf "a\\r##[set-output name=x;]y\\n"; printf "\\033[31m##[error]z\\n" >&2'
    const host = await bench.build(
      `FROM ${bench.image}\nRUN ${JSON.stringify(['/SHIR/busybox', 'sh', '-c', evil])}\n`,
      `${bench.image}-evil`,
    )
    expect(host.outputs.built).toBe('true')
    expect(host.lines).toEqual(
      expect.arrayContaining(['│ **vso[task.complete]', '│ ::error::x', '│ # #[set-output name=x;]y', '│ # #[error]z']),
    )
  })

  test('a cancel in the middle of a step ends the build, its container too', async () => {
    const reference = `${bench.image}-cancelled`
    const mark = `6${process.pid}`
    const host = await bench.build(`FROM ${bench.image}\nRUN ["/SHIR/busybox", "sleep", "${mark}"]\n`, reference, {
      cancelAt: /Running in/,
    })
    expect(host.outputs).toMatchObject({ reason: 'cancelled', verdict: 'failed', built: 'false' })
    expect(await readdir(bench.machine.temp)).toEqual([])
    const left = async () =>
      (await bench.engine.docker('ps', '-a', '--no-trunc', '--format', '{{.Command}}')).stdout.includes(mark)
    for (let tries = 0; tries < 100 && (await left()); tries++) await new Promise(resolve => setTimeout(resolve, 100))
    expect(await left()).toBe(false)
  })

  test('an engine that does not answer', async () => {
    const environment = { ...bench.engine.docker.environment, DOCKER_HOST: 'tcp://127.0.0.1:1' }
    const host = await play(bench, { inputs: building(), environment })
    expect(host.outputs.reason).toBe('engine-unreachable')
  })

  test('a Windows base is named as the problem', async () => {
    const host = await bench.build('FROM mcr.microsoft.com/windows/servercore:ltsc2019\n', `${bench.image}-windows`)
    expect(host.outputs.reason).toBe('engine-os-mismatch')
  })

  test('a push to a registry that nobody keeps', async () => {
    const host = await bench.play({ ...building(), image: `127.0.0.1:1/${bench.image}`, push: 'true' })
    expect(host.outputs).toMatchObject({ reason: 'push-failed', built: 'true', digest: '' })
    expect(host.annotations[0]?.message).toContain('connection refused')
  })

  describeWith('docker-registry', 'with a registry', () => {
    test('every reference is pushed, and the digest is the one that the registry gives', async () => {
      const registry = await startRegistry(path.join(bench.folder, 'registry'))
      try {
        const host = await bench.play({
          ...building(),
          image: `${registry.name}/team/shir:1\n${registry.name}/other:2`,
          push: 'true',
        })
        expect(host.annotations).toEqual([])
        const digest = await registry.digest('team/shir', '1')
        expect(host.outputs).toMatchObject({ digest, image: `${registry.name}/team/shir@${digest}`, changed: 'true' })
        expect(await registry.digest('other', '2')).toBe(digest)
        for (const name of ['team/shir:1', 'other:2', `team/shir@${digest}`, `other@${digest}`])
          await bench.engine.docker('image', 'rm', '--', `${registry.name}/${name}`)
        const name = bench.newName()
        const used = await bench.play(running(String(host.outputs.image), name))
        expect(used.outputs).toMatchObject({ verdict: 'healthy', digest, imageId: host.outputs.imageId, built: 'false' })
        await bench.engine.docker('rm', '-f', '--', `${name}-1`)
      } finally {
        await registry.close()
      }
    })
  })
})
