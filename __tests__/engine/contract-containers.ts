/** The contract of the commands on containers and networks. */
import { powerShell } from '../../src/engine/inside.ts'
import { resolveScript } from '../../src/target/docker/peers.ts'
import { type Bench, lines, nowhere } from './bench.ts'

export function containersContract(bench: () => Bench): void {
  test('--health-* changes parts of the image’s check; --no-healthcheck takes it away', async () => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const [changed, without] = [newName(), newName()]
    await run('rehearsal', changed, '--health-retries', '9', '--health-start-period=7m', '--', image)
    await run('rehearsal', without, '--no-healthcheck', '--', image)
    expect((await inspect(changed)).Config).toMatchObject({
      Healthcheck: {
        Test: ['CMD', 'powershell', 'C:/SHIR/health-check.ps1'],
        Retries: 9,
        StartPeriod: 420e9,
        Interval: 12e9 / engine.contextSpeed,
      },
    })
    expect((await inspect(without)).State).not.toHaveProperty('Health')
    const refused = await run('rehearsal', newName(), '--health-start-interval', '5s', '--', image)
    expect(refused).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: '"--health-start-interval" requires API version 1.44, but the Docker daemon API version is 1.41\n',
    })
    await docker('rm', '-f', '--', changed, without)
  })

  test('a name in use, a missing image, and options behind -- that are none', async () => {
    const { docker, image, newName, run } = bench()
    const name = newName()
    const { stdout } = await run('rehearsal', name, '--', image)
    const conflict = await run('rehearsal', name, '--', image)
    expect(conflict).toMatchObject({ exitCode: 125, stdout: '' })
    expect(conflict.stderr).toContain(
      `docker: Error response from daemon: Conflict. The container name "/${name}" is already in use by container "${stdout.trim()}". You have to remove (or rename) that container to be able to reuse that name.\n`,
    )
    const missing = await run('rehearsal', newName(), '--', `${nowhere}/none:1`)
    expect(missing).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining(`Unable to find image '${nowhere}/none:1' locally\n`),
    })
    expect(await run('rehearsal', newName(), '--', '--help')).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining('docker: invalid reference format\n'),
    })
    expect(await run('rehearsal', newName(), '--isolation=hyperv', '--', image)).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining('Invalid isolation: "hyperv" - linux only supports \'default\''),
    })
    expect(await run('rehearsal', newName(), '--bogus', '--', image)).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining('unknown flag: --bogus\n'),
    })
    await docker('rm', '-f', '--', name)
  })

  test('variables: by name from the client, with blanks and signs untouched; unset ones do not reach the process', async () => {
    const { docker, engine, image, newName, inspect, label } = bench()
    const name = newName()
    await engine.docker.with({ GIVEN: 'a=b "c" $d' })(
      'run',
      '-d',
      '--name',
      name,
      ...label,
      '--env',
      'GIVEN',
      '-e',
      'UNSET',
      '--env=PLAIN=x=y',
      '--',
      image,
    )
    const { Env } = (await inspect(name)).Config
    expect(Env).toEqual(expect.arrayContaining(['GIVEN=a=b "c" $d', 'PLAIN=x=y', 'SHIR_WINDOWS_CONTAINER_ENV=True']))
    expect(Env.filter(entry => entry.startsWith('UNSET='))).toEqual([])
    expect(Env).toContain('UNSET')
    await docker('rm', '-f', '--', name)
  })

  test('logs: since, tail, timestamps, and of a container that is not there', async () => {
    const { docker, engine, image, newName, run } = bench()
    const name = newName()
    await run(undefined, name, '--', image)
    await engine.docker.event(name, 'die')
    const stamped = await docker('logs', '--timestamps', '--', name)
    expect(lines(stamped.stdout)[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d+Z \[/)
    const [moment = ''] = (lines(stamped.stdout).at(-1) ?? '').split(' ')
    expect((await docker('logs', '--since', moment, '--', name)).stdout).toBe('SHIR-EVENT {"code":"missing-key"}\n')
    const tail = await docker('logs', '--tail', '2', '--', name)
    expect(lines(tail.stdout)).toHaveLength(2)
    expect(await docker('logs', '--since', '2999-01-01T00:00:00Z', '--', name)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect((await docker('logs', '--tail=0', '--', name)).stdout).toBe('')
    expect(await docker('logs', '--', `${name}x`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error response from daemon: No such container: ${name}x\n`,
    })
    await docker('rm', '--', name)
  })

  test('ps filters by name, label and id; newest first', async () => {
    const { docker, engine, image, newName, run } = bench()
    const [one, two] = [newName(), newName()]
    const first = (await run(undefined, one, '--label', 'colour=red', '--', image)).stdout
    await engine.docker.event(one, 'die')
    const second = (await run('rehearsal', two, '--label=colour=blue', '--', image)).stdout
    const ps = async (...argv: readonly string[]) =>
      (await docker('ps', '-q', '--no-trunc', '--filter', `label=${engine.prefix}`, ...argv)).stdout
    expect(await ps('-a')).toBe(second + first)
    expect(await ps()).toBe(second)
    expect(await ps('-a', '--filter', `name=^/?${one}$`)).toBe(first)
    expect(await ps('-a', '--filter', 'label=colour=blue')).toBe(second)
    expect(await ps('-aq', '--filter=label=colour')).toBe(second + first)
    expect(await ps('-a', '--filter', `id=${first.slice(0, 12)}`)).toBe(first)
    expect(await ps('-a', '--filter', 'name=no-such')).toBe('')
    expect(await docker('ps', '--filter', 'bogus=1')).toMatchObject({
      exitCode: 1,
      stderr: "Error response from daemon: Invalid filter 'bogus'\n",
    })
    await docker('rm', '-f', '--', one, two)
  })

  test('rm: not of running ones, by force of running and of missing ones', async () => {
    const { docker, engine, image, newName, run } = bench()
    const name = newName()
    const id = (await run('rehearsal', name, '--', image)).stdout.trim()
    expect(await docker('rm', '--', name)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error response from daemon: You cannot remove a running container ${id}. Stop the container before attempting removal or force remove\n`,
    })
    expect(await docker('rm', '-f', '-v', '--', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })
    const missing = `Error response from daemon: No such container: ${name}\n`
    expect(await docker('rm', '-f', '-v', '--', name)).toEqual({ exitCode: 0, stdout: '', stderr: missing })
    expect(await docker('rm', '--', name)).toEqual({ exitCode: 1, stdout: '', stderr: missing })
    expect(await docker('stop', '--', name)).toEqual({ exitCode: 1, stdout: '', stderr: missing })
    expect(await docker('start', '--', name)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${missing}Error: failed to start containers: ${name}\n`,
    })
    expect(await docker('update', '--restart=no', '--', name)).toEqual({ exitCode: 1, stdout: '', stderr: missing })
    expect(await docker('container', 'inspect', '--', name)).toEqual({ exitCode: 1, stdout: '[]\n', stderr: missing })
    expect((await engine.docker.event(id, 'destroy')).Actor.ID).toBe(id)
  })

  test('kill is final even for always; rename works while running', async () => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const [name, renamed] = [newName(), newName()]
    const id = (await run('rehearsal', name, '--restart', 'always', '--', image)).stdout.trim()
    expect(await docker('rename', name, renamed)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(await docker('rename', name, renamed)).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: No such container: ${name}\nError: failed to rename container named ${name}\n`,
    })
    expect(await docker('kill', '--', renamed)).toMatchObject({ exitCode: 0, stdout: `${renamed}\n` })
    await engine.docker.event(renamed, 'die')
    expect((await inspect(renamed)).State).toMatchObject({ Status: 'exited', ExitCode: 137 })
    expect(await docker('kill', '--', renamed)).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: Cannot kill container: ${renamed}: Container ${id} is not running\n`,
    })
    expect(await docker('exec', renamed, 'x')).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: Container ${id} is not running\n`,
    })
    await docker('rm', '--', renamed)
  })

  test('networks: create, alias, in use, remove; a missing one leaves a created container', async () => {
    const { docker, engine, image, label, newName, run, inspect } = bench()
    const [network, name, lost] = [newName(), newName(), newName()]
    const id = (await docker('network', 'create', ...label, '--', network)).stdout.trim()
    expect(id).toMatch(/^[0-9a-f]{64}$/)
    expect(await docker('network', 'create', network)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error response from daemon: network with name ${network} already exists\n`,
    })
    expect((await docker('network', 'ls', '-q', '--no-trunc', '--filter', `label=${engine.prefix}`)).stdout).toBe(`${id}\n`)
    const called = async (pattern: string) =>
      (await docker('network', 'ls', '-q', '--no-trunc', '--filter', `name=${pattern}`)).stdout
    expect([await called(`^${network}$`), await called(network.slice(1))]).toEqual([`${id}\n`, `${id}\n`])
    expect(await called(`^${network.slice(1)}$`)).toBe('')
    await run('rehearsal', name, '--network', network, '--network-alias', 'node-1', '--', image)
    const [details] = JSON.parse((await docker('container', 'inspect', '--', name)).stdout)
    expect(details.NetworkSettings.Networks[network]).toMatchObject({
      NetworkID: id,
      Aliases: expect.arrayContaining(['node-1']),
      IPAddress: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
    })
    // From inside a name is known as long as its container runs, under its alias too.
    const asked = ['exec', name, ...powerShell(resolveScript(['node-1', 'no-such-node']))]
    expect(JSON.parse((await docker(...asked)).stdout)).toEqual({ resolved: ['node-1'], unresolved: ['no-such-node'] })
    const [inspected] = JSON.parse((await docker('network', 'inspect', '--', network)).stdout)
    expect(inspected).toMatchObject({
      Name: network,
      Id: id,
      Labels: { [engine.prefix]: '' },
      Containers: { [details.Id]: { Name: name } },
    })
    expect(await docker('network', 'rm', '--', network)).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: error while removing network: network ${network} id ${id} has active endpoints\nexit status 1\n`,
    })
    // A container that has ended is on its network no more, and would need it to start again.
    await docker('stop', '-t', '1', '--', name)
    expect(JSON.parse((await docker('network', 'inspect', '--', network)).stdout)[0].Containers).toEqual({})
    const on = ['ps', '--all', '--quiet', '--no-trunc', '--filter', `network=${id}`]
    expect((await docker(...on)).stdout).toBe(`${details.Id}\n`)
    await docker('rm', '-f', '--', name)
    expect((await docker(...on)).stdout).toBe('')
    expect(await docker('network', 'rm', '--', network)).toEqual({ exitCode: 0, stdout: `${network}\n`, stderr: '' })
    expect(await docker('network', 'inspect', '--', network)).toEqual({
      exitCode: 1,
      stdout: '[]\n',
      stderr: `Error response from daemon: network ${network} not found\n`,
    })
    expect(await run('rehearsal', lost, '--network', network, '--', image)).toMatchObject({
      exitCode: 125,
      stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/),
      stderr: expect.stringContaining(`network ${network} not found`),
    })
    expect((await inspect(lost)).State.Status).toBe('created')
    expect(await run('rehearsal', newName(), '--network-alias', 'x', '--', image)).toMatchObject({
      exitCode: 125,
      stderr: expect.stringContaining('network-scoped aliases are only supported for user-defined networks'),
    })
    await docker('rm', '-f', '--', lost)
  })
}
