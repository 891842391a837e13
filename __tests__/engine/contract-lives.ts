/** The contract of health, exits and restarts: how the lives of rehearsal/node look from outside. */
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { powerShell } from '../../src/engine/inside.ts'
import { stopScript } from '../../src/target/docker/farewell.ts'
import { type Bench, lines } from './bench.ts'

export function livesContract(bench: () => Bench): void {
  test('a healthy node: starting, then healthy by one probe, told by one event', async () => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const name = newName()
    const started = await run(
      'rehearsal',
      name,
      '--hostname',
      'node-1',
      '--restart=unless-stopped',
      '--memory',
      '64m',
      '--cpus',
      '1',
      '-e',
      'NODE_NAME=eu-1',
      '--',
      image,
    )
    expect(started).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/), stderr: '' })
    const before = await inspect(name)
    expect(before.State).toMatchObject({
      Status: 'running',
      Running: true,
      ExitCode: 0,
      FinishedAt: '0001-01-01T00:00:00Z',
      Health: { Status: 'starting', FailingStreak: 0 },
    })
    expect(before.HostConfig).toMatchObject({
      RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 },
      Memory: 67108864,
      NanoCpus: 1e9,
    })
    const event = await engine.docker.event(name, 'health_status')
    expect(event).toMatchObject({
      Action: 'health_status: healthy',
      Type: 'container',
      Actor: { ID: before.Id, Attributes: { name, image, [engine.prefix]: '' } },
    })
    const { Health, StartedAt } = (await inspect(name)).State
    expect(Health).toMatchObject({ Status: 'healthy', FailingStreak: 0 })
    const last = Health?.Log.at(-1)
    expect(last).toMatchObject({ ExitCode: 0, Output: 'Connected\n' })
    expect(Health?.Log[0]).toMatchObject({ ExitCode: 1, Output: 'Connecting\n' })
    expect(Date.parse(last?.Start ?? '')).toBeGreaterThan(Date.parse(StartedAt))
    expect(Date.parse(last?.End ?? '')).toBeGreaterThanOrEqual(Date.parse(last?.Start ?? ''))

    const logs = await docker('logs', '--', name)
    expect(logs.stdout).toMatch(/\[\d{4}-\d\d-\d\dT[\d:]{8}Z\] Registering the node eu-1\.\n/)
    expect(logs.stdout + logs.stderr).not.toContain(rehearsalKey().split('@')[4])
    expect(await docker('exec', name, 'powershell', 'C:/SHIR/health-check.ps1')).toEqual({
      exitCode: 0,
      stdout: 'Connected\n',
      stderr: '',
    })
    expect(await docker('exec', name, 'nope')).toMatchObject({
      exitCode: 126,
      stdout: expect.stringContaining('exec: "nope": executable file not found in $PATH'),
    })
    expect(await docker('update', '--restart=no', '--', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })

    expect(await docker('exec', name, 'powershell', 'C:/SHIR/stop.ps1')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('SHIR has stopped.\n'),
    })
    expect((await engine.docker.event(name, 'die')).Actor.Attributes.exitCode).toBe('0')
    const stopped = (await inspect(name)).State
    expect(stopped).toMatchObject({ Status: 'exited', Running: false, ExitCode: 0, Health: { Status: 'unhealthy' } })
    expect((await docker('logs', '--', name)).stdout).toContain('SHIR was asked to stop: this container ends.\n')
    expect(await docker('stop', '--', name)).toMatchObject({ exitCode: 0 })
    // A start keeps the old probes, and begins with `starting` again.
    expect(await docker('start', '--', name)).toMatchObject({ exitCode: 0, stdout: `${name}\n` })
    const restarted = (await inspect(name)).State
    expect(restarted).toMatchObject({ Running: true, Health: { Status: 'starting', FailingStreak: 0 } })
    expect(restarted.Health?.Log.some(probe => Date.parse(probe.Start) < Date.parse(restarted.StartedAt))).toBe(true)
    await engine.docker.event(name, 'health_status: healthy', 2)
    expect((await docker('logs', '--', name)).stdout).toContain(
      'This container is registered already: starting its node again.\n',
    )

    expect(await docker('stop', '-t', '20', '--', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })
    const ended = (await inspect(name)).State
    expect(ended).toMatchObject({ Status: 'exited', Running: false, ExitCode: 143, Health: { Status: 'unhealthy' } })
    await docker('rm', '--', name)
  })

  test('one that never connects becomes unhealthy after its start period, one that flaps after its health', async () => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const [name, flaps] = [newName(), newName()]
    await run('rehearsal-never-healthy', name, '--', image)
    await run('rehearsal-flaps', flaps, '--', image)
    expect(await engine.docker.event(flaps, 'health_status')).toMatchObject({ Action: 'health_status: healthy' })
    expect(await engine.docker.event(name, 'health_status')).toMatchObject({ Action: 'health_status: unhealthy' })
    const { Health, StartedAt } = (await inspect(name)).State
    expect(Health).toMatchObject({ Status: 'unhealthy' })
    expect(Health?.FailingStreak).toBeGreaterThanOrEqual(3)
    expect(Health?.Log).toHaveLength(5)
    expect(Health?.Log.at(-1)).toMatchObject({ ExitCode: 1, Output: 'Connecting\n' })
    expect(Date.parse(Health?.Log.at(-1)?.Start ?? '') - Date.parse(StartedAt)).toBeGreaterThan(76_000 / 50)
    expect(await engine.docker.event(flaps, 'health_status', 2)).toMatchObject({ Action: 'health_status: unhealthy' })
    await docker('rm', '-f', '--', name, flaps)
  })

  test.each([
    ['rehearsal-exits', 20, '{"code":"exited"}', 'SHIR could not be started'],
    [undefined, 10, '{"code":"missing-key"}', 'AUTH_KEY is missing'],
  ])('a node that ends (%s)', async (factory, exitCode, event, text) => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const name = newName()
    await run(factory, name, '--restart', 'on-failure:0', '--restart', 'no', '--', image)
    expect(await engine.docker.event(name, 'die')).toMatchObject({
      Action: 'die',
      Actor: { Attributes: { exitCode: String(exitCode), name } },
    })
    const { State, RestartCount, Config } = await inspect(name)
    expect(State).toMatchObject({ Status: 'exited', Running: false, ExitCode: exitCode, Health: { Status: 'unhealthy' } })
    expect(RestartCount).toBe(0)
    expect(Config.Env.some(entry => entry.startsWith('AUTH_KEY='))).toBe(factory !== undefined)
    const logs = await docker('logs', '--', name)
    expect(logs.stdout).toContain(text)
    expect(lines(logs.stdout)).toContain(`SHIR-EVENT ${event}`)
    // Going unhealthy by ending is told by no event.
    const past = await docker(
      'events',
      '--since',
      String(Date.parse(State.StartedAt) / 1000 - 5),
      '--until',
      String(Date.now() / 1000),
      '--filter',
      `container=${name}`,
      '--filter',
      'event=health_status',
      '--format',
      '{{json .}}',
    )
    expect(past.stdout).toBe('')
    await docker('rm', '--', name)
  })

  test('nodes that are refused say so at once, go on for a while, and end; a first node is not refused where a second is', async () => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const [first, second, forbidden, bad] = [newName(), newName(), newName(), newName()]
    const ha = ['-e', 'ENABLE_HA=True', '-e', 'HA_PORT=8061', '--', image]
    await run('rehearsal-second-refused', first, '-e', 'NODE_NAME=shir-1', ...ha)
    expect(await engine.docker.event(first, 'health_status')).toMatchObject({ Action: 'health_status: healthy' })
    await run('rehearsal-second-refused', second, '-e', 'NODE_NAME=shir-2', ...ha)
    await run('rehearsal-forbidden', forbidden, ...ha)
    await run('rehearsal-bad-key', bad, '--', image)
    const refused = [
      [second, '13', 'node-limit', 'ErrorCode: 1500'],
      [forbidden, '12', 'registration-forbidden', 'Enabling remote access on port 8061 for high availability.'],
      [
        forbidden,
        '12',
        'registration-forbidden',
        'Registration of new node is forbidden when Remote Access is disabled on another node',
      ],
      [bad, '11', 'invalid-key', 'InvalidGatewayKey'],
    ] as const
    for (const [name, , code, text] of refused) {
      expect(await engine.docker.event(name, 'health_status')).toMatchObject({ Action: 'health_status: unhealthy' })
      const { stdout } = await docker('logs', '--', name)
      expect(stdout).toContain(text)
      expect(lines(stdout)).toContain(`SHIR-EVENT {"code":"${code}"}`)
      expect((await inspect(name)).State.Running).toBe(true)
    }
    for (const [name, exitCode] of refused)
      expect((await engine.docker.event(name, 'die')).Actor.Attributes.exitCode).toBe(exitCode)
    await docker('rm', '-f', '--', first, second, forbidden, bad)
  })

  test('a paused node is known and runs no further program; it goes on, or is stopped as it is', async () => {
    const { docker, image, newName, run, inspect } = bench()
    const name = newName()
    const id = (await run('rehearsal', name, '--', image)).stdout.trim()
    expect(await docker('pause', '--', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })
    expect((await inspect(name)).State).toMatchObject({ Status: 'paused', Running: true, Paused: true })
    expect(await docker('pause', '--', name)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is already paused') })
    expect(await docker('exec', name, 'x')).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: Container ${name} is paused, unpause the container before exec\n`,
    })
    expect(await docker('rm', '--', name)).toMatchObject({
      exitCode: 1,
      stderr: `Error response from daemon: You cannot remove a paused container ${id}. Unpause and then stop the container before attempting removal or force remove\n`,
    })
    expect(await docker('update', '--restart=no', '--', name)).toMatchObject({ exitCode: 0 })
    expect(await docker('unpause', '--', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })
    expect(await docker('unpause', '--', name)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not paused') })
    expect((await inspect(name)).State).toMatchObject({ Status: 'running', Paused: false })
    await docker('rm', '-f', '--', name)
  })

  test('SHIR is ended from outside as the product does: told by what first, and the container ends with it', async () => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const name = newName()
    await run('rehearsal', name, '--restart', 'unless-stopped', '--', image)
    await engine.docker.event(name, 'health_status')
    await docker('update', '--restart=no', '--', name)
    const ended = await docker('exec', name, ...powerShell(stopScript))
    expect(ended).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\{"by":"SHIR\/stop\.ps1"\}\n[\s\S]*SHIR has stopped\./),
    })
    await engine.docker.event(name, 'die')
    expect((await inspect(name)).State).toMatchObject({ Status: 'exited', ExitCode: 0 })
    expect(await docker('stop', '-t', '60', '--', name)).toMatchObject({ exitCode: 0 })
    expect(await docker('rm', '--volumes', '--', name)).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' })
  })

  test('a restart loop: the count grows, die and start alternate, stop ends it', async () => {
    const { docker, engine, image, newName, run, inspect } = bench()
    const name = newName()
    await run('rehearsal-restart-loop', name, '--restart', 'unless-stopped', '--', image)
    await engine.docker.event(name, 'start', 3)
    const { RestartCount, State } = await inspect(name)
    expect(RestartCount).toBeGreaterThanOrEqual(2)
    expect(State).toMatchObject({ Running: true, ExitCode: 0 })
    expect(['running', 'restarting']).toContain(State.Status)
    expect((await engine.docker.event(name, 'die')).Actor.Attributes.exitCode).toBe('0')
    await docker('stop', '-t', '10', '--', name)
    expect((await inspect(name)).State).toMatchObject({ Status: 'exited', Running: false })
    await docker('rm', '--', name)
  })

  test('without a health check State.Health is absent', async () => {
    const { docker, bareImage, newName, run, inspect } = bench()
    const name = newName()
    await run('rehearsal', name, '--', bareImage)
    expect((await inspect(name)).State).not.toHaveProperty('Health')
    await docker('rm', '-f', '--', name)
  })
}
