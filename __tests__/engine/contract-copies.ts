/** The contract of containers that are made to be looked into: create, cp, and a program that the image has not. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Bench, nowhere } from './bench.ts'

const record = '{"shirVersion":"5.70.9748.2","msiSha256":"ab12"}\n'

/** What the image's build.ps1 leaves; a rehearsal's engine knows that of a RUN of it. */
const buildScript = `#!/SHIR/busybox sh
printf '{"shirVersion":"%s","msiSha256":"%s"}\\n' "$SHIR_VERSION" "$MSI_SHA256" > /SHIR/installed.json
`

export function copiesContract(bench: () => Bench): void {
  const create = (name: string, ...argv: readonly string[]) => bench().docker('create', '--name', name, ...bench().label, ...argv)

  test('a created container is there, does not run, and can be started or removed', async () => {
    const { docker, image, newName, inspect } = bench()
    const [name, other] = [newName(), newName()]
    const created = await create(name, '--', image)
    expect(created).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/), stderr: '' })
    const ids = async (...argv: readonly string[]) =>
      (await docker('ps', '-q', '--no-trunc', '--filter', `name=^/?${name}$`, ...argv)).stdout
    expect([await ids(), await ids('-a'), await ids('--filter', 'status=created')]).toEqual(['', created.stdout, created.stdout])
    expect((await inspect(name)).State).toMatchObject({
      Status: 'created',
      Running: false,
      ExitCode: 0,
      StartedAt: '0001-01-01T00:00:00Z',
    })
    expect((await inspect(name)).Config.Labels).toHaveProperty(bench().engine.prefix, '')
    expect(await create(name, '--', image)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error response from daemon: Conflict. The container name "/${name}" is already in use by container "${created.stdout.trim()}". You have to remove (or rename) that container to be able to reuse that name.\n`,
    })
    expect(await docker('start', '--', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })
    expect((await inspect(name)).State.StartedAt).not.toBe('0001-01-01T00:00:00Z')
    await create(other, '--entrypoint', '/SHIR/busybox', '--', image, 'true')
    const [details] = JSON.parse((await docker('container', 'inspect', '--', other)).stdout)
    expect(details).toMatchObject({ Path: '/SHIR/busybox', Args: ['true'], Config: { Cmd: ['true'] } })
    expect(await docker('rm', '--', other)).toEqual({ exitCode: 0, stdout: `${other}\n`, stderr: '' })
    await docker('rm', '-f', '--', name)
  })

  test('create refuses in the engine’s own words', async () => {
    const { docker, build, engine, newName } = bench()
    const file = path.join(engine.folder, 'Empty')
    await writeFile(file, `FROM scratch\nLABEL ${engine.prefix}=\n`)
    await build('-t', `${engine.prefix}:empty`, '-f', file, '--', bench().context)
    expect(await create(newName(), '--', `${engine.prefix}:empty`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Error response from daemon: No command specified\n',
    })
    expect(await create(newName(), '--', `${nowhere}/none:1`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Unable to find image '${nowhere}/none:1' locally\nError response from daemon: Get "http://${nowhere}/v2/": dial tcp ${nowhere}: connect: connection refused\n`,
    })
    expect(await create(newName(), '--', 'Bad')).toMatchObject({
      exitCode: 1,
      stderr: 'invalid reference format: repository name (library/Bad) must be lowercase\n',
    })
    expect(await docker('create')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^docker: 'docker create' requires at least 1 argument\n/),
    })
  })

  test('cp takes what build.ps1 recorded out of a container that never ran', async () => {
    const { docker, build, engine, image, newName } = bench()
    const [folder, name, reference] = [path.join(engine.folder, 'recorded'), newName(), `${engine.prefix}:recorded`]
    await mkdir(path.join(folder, 'taken'), { recursive: true })
    await writeFile(path.join(folder, 'build.ps1'), buildScript, { mode: 0o755 })
    await writeFile(
      path.join(folder, 'Dockerfile'),
      `FROM ${image}\nCOPY build.ps1 /SHIR/\nARG SHIR_VERSION\nARG MSI_SHA256\nRUN ["powershell", "C:/SHIR/build.ps1"]\nLABEL after=\n`,
    )
    const built = await build(
      ...['-t', reference, '--build-arg', 'SHIR_VERSION=5.70.9748.2', '--build-arg', 'MSI_SHA256=ab12', '--', folder],
    )
    expect(built.exitCode).toBe(0)
    const id = (await create(name, '--', reference)).stdout.trim()
    for (const [source, target, file] of [
      [`${id}:/SHIR/installed.json`, 'one.json', 'one.json'],
      [`${name}:SHIR/installed.json`, 'two.json', 'two.json'],
      [`${id.slice(0, 12)}:/SHIR/../SHIR/installed.json`, 'taken', 'taken/installed.json'],
    ] as const) {
      expect(await docker('cp', '--', source, path.join(folder, target))).toEqual({ exitCode: 0, stdout: '', stderr: '' })
      expect(await readFile(path.join(folder, file), 'utf8')).toBe(record)
    }
    await docker('rm', '--', name)
  })

  test('cp of what is not there, to where nothing can be, and from a container that is none', async () => {
    const { docker, engine, image, newName } = bench()
    const [name, target] = [newName(), path.join(engine.folder, 'x.json')]
    const id = (await create(name, '--', image)).stdout.trim()
    const refused = async (...argv: readonly string[]) => {
      const { exitCode, stdout, stderr } = await docker('cp', '--', ...argv)
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
      return stderr
    }
    // On Linux `C:` is a folder like another.
    for (const [container, file] of [
      [id, '/SHIR/none.json'],
      [id, 'C:/SHIR/none.json'],
      [name, '/none/none.json'],
    ])
      expect(await refused(`${container}:${file}`, target)).toBe(
        `Error response from daemon: Could not find the file ${file} in container ${container}\n`,
      )
    expect(await refused(`${name}x:/a`, target)).toBe(`Error response from daemon: No such container: ${name}x\n`)
    expect(await refused(`${id}:/a`, path.join(engine.folder, 'none/x.json'))).toBe(
      `invalid output path: directory "${engine.folder}/none" does not exist\n`,
    )
    expect(await refused('a', target)).toBe('must specify at least one container source\n')
    expect(await refused('ab:/a', 'cd:/b')).toBe('copying between containers is not supported\n')
    expect(await refused('a')).toMatch(/^docker: 'docker cp' requires 2 arguments\n/)
    await docker('rm', '--', name)
  })

  test('a program that the image has not: 127 in the foreground, in the background and at a later start', async () => {
    const { docker, image, label, newName, inspect } = bench()
    const [gone, left] = [newName(), newName()]
    const wanted = ['--entrypoint', 'no-such-program', ...label]
    const why =
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "no-such-program": executable file not found in $PATH: unknown\n'
    expect(await docker('run', '--rm', '--name', gone, ...wanted, '--', image, '-x')).toEqual({
      exitCode: 127,
      stdout: '',
      stderr: `docker: Error response from daemon: ${why}\nRun 'docker run --help' for more information\n`,
    })
    expect((await docker('container', 'inspect', '--', gone)).stderr).toContain('No such container')
    const detached = await docker('run', '-d', '--name', left, ...wanted, '--', image)
    expect(detached).toMatchObject({ exitCode: 127, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/) })
    expect((await inspect(left)).State.Status).toBe('created')
    expect(await docker('start', '--', left)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error response from daemon: ${why}Error: failed to start containers: ${left}\n`,
    })
    await docker('rm', '--', left)
  })

  test('a build on a network, with a limit of memory', async () => {
    const { build, engine, image } = bench()
    const file = path.join(engine.folder, 'Limited')
    await writeFile(file, `FROM ${image}\nRUN ["/SHIR/busybox", "true"]\n`)
    const limited = (...argv: readonly string[]) => build('--no-cache', ...argv, '-f', file, '--', bench().context)
    expect(await limited('--network', 'host', '--memory', '64m', '--isolation', 'default')).toMatchObject({ exitCode: 0 })
    expect(await limited('--network=no-such-network')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/\nnetwork no-such-network not found\n$/),
    })
    expect(await limited('--memory', 'x')).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining(`invalid argument "x" for "-m, --memory" flag: invalid size: 'x'\n\nUsage:  docker build`),
    })
  })
}
