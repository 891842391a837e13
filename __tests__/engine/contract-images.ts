/** The contract of version, info, build, image inspect, pull and push. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Bench, nowhere } from './bench.ts'

export function imagesContract(bench: () => Bench): void {
  test('version and info are JSON with what a preflight reads', async () => {
    const { docker } = bench()
    const version = await docker('version', '--format', '{{json .}}')
    const { Client, Server } = JSON.parse(version.stdout)
    expect(Client).toMatchObject({ Version: expect.any(String), ApiVersion: '1.41', Os: 'linux' })
    expect(Server).toMatchObject({
      Version: expect.stringMatching(/^20\.10\./),
      ApiVersion: '1.41',
      MinAPIVersion: expect.any(String),
      Os: 'linux',
      Arch: 'amd64',
      KernelVersion: expect.any(String),
    })
    expect(Server.Components[0]).toMatchObject({ Name: 'Engine', Details: { Os: 'linux' } })
    const info = await docker('info', '--format', '{{json .}}')
    const text = expect.any(String)
    expect(JSON.parse(info.stdout)).toMatchObject({
      OSType: 'linux',
      OSVersion: text,
      OperatingSystem: text,
      Isolation: '',
      ServerVersion: Server.Version,
      Architecture: 'x86_64',
      NCPU: expect.any(Number),
      MemTotal: expect.any(Number),
      DockerRootDir: text,
      Name: text,
    })
  })

  test('without an engine every command says so, version with its client on stdout', async () => {
    const { engine, image } = bench()
    const lost = engine.docker.with({ DOCKER_HOST: `tcp://${nowhere}` })
    const text = `Cannot connect to the Docker daemon at tcp://${nowhere}. Is the docker daemon running?\n`
    const version = await lost('version', '--format', '{{json .}}')
    expect(version).toMatchObject({ exitCode: 1, stderr: text })
    expect(JSON.parse(version.stdout)).toMatchObject({ Client: { Version: expect.any(String) }, Server: null })
    expect(await lost('info', '--format', '{{json .}}')).toMatchObject({ exitCode: 1, stderr: text })
    expect(await lost('container', 'inspect', '--', 'x')).toEqual({ exitCode: 1, stdout: '[]\n', stderr: text })
    expect(await lost('ps', '-a', '-q')).toEqual({ exitCode: 1, stdout: '', stderr: text })
    expect(await lost('run', '-d', '--', image)).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining(`docker: ${text}`),
    })
  })

  test('a build tells its steps, writes the id and tags', async () => {
    const { engine, image, built } = bench()
    expect(built).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('DEPRECATED: The legacy builder') })
    const id = await readFile(path.join(engine.folder, 'iid'), 'utf8')
    expect(id).toMatch(/^sha256:[0-9a-f]{64}$/)
    const steps = built.stdout.split('\n').filter(line => line.startsWith('Step '))
    expect(steps[0]).toBe('Step 1/11 : ARG BASE_IMAGE=scratch')
    expect(steps[1]).toMatch(/^Step 2\/11 : FROM \$\{BASE_IMAGE\}$/)
    expect(steps[10]).toBe(`Step 11/11 : LABEL ${engine.prefix}=`)
    expect(built.stdout).toMatch(/^Sending build context to Docker daemon {1,8}[\d.]+[kM]B\r\r\n/)
    expect(built.stdout).toMatch(/ ---> Running in [0-9a-f]{12}\n/)
    expect(built.stdout).toMatch(/\nRemoving intermediate container [0-9a-f]{12}\n ---> [0-9a-f]{12}\n/)
    expect(built.stdout).toMatch(
      new RegExp(
        `\\nSuccessfully built ${id.slice(7, 19)}\\nSuccessfully tagged ${image}\\nSuccessfully tagged ${engine.prefix}:2\\n$`,
      ),
    )
  })

  test('an unchanged build comes from the cache; unused build arguments are warned of', async () => {
    const { engine, context, build } = bench()
    const again = await build(
      '--iidfile',
      path.join(engine.folder, 'iid2'),
      '--build-arg',
      'INSTALL_JDK=true',
      '--build-arg=ZED=1',
      '--build-arg',
      'NOPE=1',
      '--',
      context,
    )
    expect(again.stdout).toContain(' ---> Using cache\n')
    expect(again.stdout).not.toContain(' ---> Running in')
    expect(again.stdout).toMatch(/\n\[Warning\] One or more build-args \[(NOPE ZED|ZED NOPE)\] were not consumed\n/)
    expect(await readFile(path.join(engine.folder, 'iid2'), 'utf8')).toBe(await readFile(path.join(engine.folder, 'iid'), 'utf8'))
  })

  test.each([
    [
      'a failing step ends with its code',
      'RUN ["/SHIR/busybox", "sh", "-c", "echo fail-rehearsal; exit 7"]',
      7,
      "The command '/SHIR/busybox sh -c echo fail-rehearsal; exit 7' returned a non-zero code: 7\n",
    ],
    [
      'a missing source',
      'COPY NOPE /x',
      1,
      'COPY failed: file not found in build context or excluded by .dockerignore: stat NOPE: file does not exist\n',
    ],
    ['a pattern that fits nothing', 'COPY SHIR/*.cer /x/', 1, 'COPY failed: no source files were specified\n'],
    ['a source outside', 'COPY ../x /x', 1, 'COPY failed: forbidden path outside the build context: ../x ()\n'],
    [
      'an unknown instruction',
      'BLAH x',
      1,
      'Error response from daemon: dockerfile parse error line 6: unknown instruction: BLAH\n',
    ],
    [
      'a BuildKit option',
      'RUN --mount=type=cache echo',
      1,
      'the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/',
    ],
  ])('%s', async (_, instruction, exitCode, text) => {
    const { engine, context, build } = bench()
    const file = path.join(engine.folder, 'Broken')
    await writeFile(path.join(engine.folder, 'none'), 'of an earlier build')
    await writeFile(file, `FROM scratch\nLABEL ${engine.prefix}=\nCOPY SHIR/bin \\\n  /bin/\nCOPY SHIR /SHIR/\n${instruction}\n`)
    const broken = await build('-f', file, '--iidfile', path.join(engine.folder, 'none'), '--', context)
    expect(broken).toMatchObject({ exitCode, stderr: expect.stringContaining(text) })
    await expect(readFile(path.join(engine.folder, 'none'))).rejects.toThrow()
  })

  test('every image by its id, those of a build’s steps with --all', async () => {
    const { docker, engine } = bench()
    const id = await readFile(path.join(engine.folder, 'iid'), 'utf8')
    const [top, all] = [
      await docker('image', 'ls', '-q', '--no-trunc'),
      await docker('image', 'ls', '--all', '--quiet', '--no-trunc'),
    ]
    expect([top, all]).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }])
    for (const { stdout } of [top, all]) expect(stdout.split('\n')).toContain(id)
    expect(new Set(all.stdout.split('\n')).size).toBeGreaterThan(new Set(top.stdout.split('\n')).size)
    expect(all.stdout).toMatch(/^(?:sha256:[0-9a-f]{64}\n)+$/)
  })

  test('a pattern may fit nothing beside a source that is there', async () => {
    const { engine, context, build } = bench()
    const file = path.join(engine.folder, 'Mixed')
    await writeFile(file, `FROM scratch\nLABEL ${engine.prefix}=\nCOPY SHIR/stop.ps1 SHIR/*.[cC][eE][rR] /x/\n`)
    expect(await build('-f', file, '--', context)).toMatchObject({ exitCode: 0 })
  })

  test('a Dockerfile, a context or a base that is missing', async () => {
    const { context, build } = bench()
    expect(await build('-f', path.join(context, 'None'), '--', context)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`lstat ${context}/None: no such file or directory\n`),
    })
    expect(await build('--', 'no-such-folder')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('unable to prepare context: path "no-such-folder" not found\n'),
    })
    expect(await build('--', '--help')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('path "--help" not found') })
    expect(await build('--build-arg', `BASE_IMAGE=${nowhere}/none:1`, '--', context)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`dial tcp ${nowhere}: connect: connection refused`),
    })
    expect(await build('--isolation', 'hyperv', '--', context)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Unsupported isolation: "hyperv"'),
    })
  })

  test('image inspect tells what the Dockerfile said', async () => {
    const { docker, engine, image } = bench()
    const { stdout, exitCode } = await docker('image', 'inspect', '--', image)
    expect(exitCode).toBe(0)
    const factor = engine.contextSpeed
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        Id: await readFile(path.join(engine.folder, 'iid'), 'utf8'),
        RepoTags: [image, `${engine.prefix}:2`],
        RepoDigests: [],
        Os: 'linux',
        Architecture: 'amd64',
        Created: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        Size: expect.any(Number),
        Config: expect.objectContaining({
          Env: expect.arrayContaining(['SHIR_WINDOWS_CONTAINER_ENV=True']),
          Labels: { [engine.prefix]: '' },
          Entrypoint: ['powershell', 'C:/SHIR/setup.ps1'],
          Cmd: null,
          Healthcheck: {
            Test: ['CMD', 'powershell', 'C:/SHIR/health-check.ps1'],
            Interval: 12e9 / factor,
            Timeout: factor === 1 ? 30e9 : 10e9,
            StartPeriod: 76e9 / factor,
            Retries: 3,
          },
        }),
      }),
    ])
  })

  test('image inspect of several, one missing', async () => {
    const { docker, engine, image } = bench()
    const both = await docker('image', 'inspect', '--', image, `${engine.prefix}:none`)
    expect(both).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: no such image: ${engine.prefix}:none: No such image: ${engine.prefix}:none\n`,
    })
    expect(JSON.parse(both.stdout)).toHaveLength(1)
    expect(await docker('image', 'inspect', '--', `${engine.prefix}:none`)).toMatchObject({ exitCode: 1, stdout: '[]\n' })
    expect(await docker('inspect', '--', engine.prefix)).toEqual({
      exitCode: 1,
      stdout: '[]\n',
      stderr: `Error: No such object: ${engine.prefix}\n`,
    })
  })

  test('pull and push without a registry fail', async () => {
    const { docker, engine, context, build } = bench()
    const refused = `Get "http://${nowhere}/v2/": dial tcp ${nowhere}: connect: connection refused\n`
    expect(await docker('pull', '--', `${nowhere}/none:1`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error response from daemon: ${refused}`,
    })
    expect(await docker('push', '--', `${nowhere}/none:1`)).toEqual({
      exitCode: 1,
      stdout: `The push refers to repository [${nowhere}/none]\n`,
      stderr: `An image does not exist locally with the tag: ${nowhere}/none\n`,
    })
    await build('-t', `${nowhere}/${engine.prefix}:1`, '--build-arg', 'INSTALL_JDK=true', '--', context)
    expect(await docker('push', '--', `${nowhere}/${engine.prefix}:1`)).toMatchObject({ exitCode: 1, stderr: refused })
  })

  test('an unknown command', async () => {
    const { docker } = bench()
    expect(await docker('bogus')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('docker: unknown command: docker bogus'),
    })
  })
}
