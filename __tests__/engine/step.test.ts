import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { everything } from '../support/machine.ts'
import { describeWith } from '../support/program.ts'
import { realEngineAnswers } from './engines.ts'
import { makeStepBench, msiPath, msiSha256, running, type StepBench } from './step-bench.ts'

describeWith(realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers', 'nodes, on the real engine', () => {
  let bench: StepBench
  let keyPrinter: string
  let patient: string
  beforeAll(async () => {
    bench = await makeStepBench()
    const inputs = {
      mode: 'build',
      msiPath,
      msiSha256,
      buildContext: 'context',
      image: bench.image,
      labels: `${bench.engine.prefix}=step`,
    }
    expect((await bench.play(inputs)).annotations).toEqual([])
    keyPrinter = `${bench.image}-prints`
    // As upstream's image does (fact sheet: targets-and-gate §0.8), and then it is over within a millisecond.
    const printing = [
      '/SHIR/busybox',
      'sh',
      '-c',
      'echo "Registering SHIR node with the node key: $AUTH_KEY"; echo Invalid AUTH_KEY Value >&2',
    ]
    await bench.build(`FROM ${bench.image}\nENTRYPOINT ${JSON.stringify(printing)}\n`, keyPrinter)
    patient = `${bench.image}-patient`
    await bench.build(
      `FROM ${bench.image}\nHEALTHCHECK --interval=200ms --start-period=1h CMD ["powershell", "C:/SHIR/health-check.ps1"]\n`,
      patient,
    )
  })
  afterAll(() => bench.remove())

  const docker = (...args: readonly string[]) => bench.engine.docker(...args)
  const remove = (...names: readonly string[]) => docker('rm', '-f', '--', ...names)
  const nodesOf = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) => JSON.parse(outputs.nodes ?? '')

  test('one node becomes healthy, and stays', async () => {
    const name = bench.newName()
    const host = await bench.play({ ...running(bench.image, name), nodeName: 'eu-1', memory: '64m', cpus: '0.5', soak: '1s' })
    expect(host.annotations).toEqual([])
    const [facts] = JSON.parse((await docker('container', 'inspect', '--', `${name}-1`)).stdout)
    expect(nodesOf(host)).toEqual([
      { name: 'eu-1', container: `${name}-1`, id: facts.Id, health: 'healthy', status: 'running', version: '5.70.9748.2' },
    ])
    expect(facts.Config.Env).toEqual(expect.arrayContaining([`AUTH_KEY=${rehearsalKey()}`, 'NODE_NAME=eu-1']))
    expect(facts.HostConfig).toMatchObject({
      Memory: 67_108_864,
      NanoCpus: 500_000_000,
      RestartPolicy: { Name: 'unless-stopped' },
    })
    expect(everything(host)).not.toContain(rehearsalKey().split('@').at(-1))
    await remove(`${name}-1`)
  })

  test('two nodes of a set: on a network of their own, from which each finds the other by its hostname', async () => {
    const name = bench.newName()
    const host = await bench.play({ ...running(bench.image, name), enableHa: 'true', nodeCount: '2' })
    expect(host.annotations).toEqual([])
    const hostnames: readonly string[] = nodesOf(host).map((node: { readonly name: string }) => node.name)
    for (const [index, other] of [...hostnames].reverse().entries()) {
      const found = await docker('exec', `${name}-${index + 1}`, '/SHIR/busybox', 'ping', '-c', '1', '-W', '5', other)
      expect(found).toMatchObject({ exitCode: 0 })
    }
    await remove(`${name}-1`, `${name}-2`)
    expect((await docker('network', 'rm', '--', `${name}-network`)).exitCode).toBe(0)
  })

  test('three runs of one name at once: no network stays that no node uses, and the next run finds its way', async () => {
    const name = bench.newName()
    const inputs = { ...running(bench.image, name), enableHa: 'true', nodeCount: '2' }
    await Promise.all([1, 2, 3].map(() => bench.play(inputs)))
    const ids = async () =>
      (await docker('network', 'ls', '-q', '--filter', `name=^${name}-network$`)).stdout.split('\n').filter(id => id !== '')
    for (const id of await ids()) {
      const [network] = JSON.parse((await docker('network', 'inspect', '--', id)).stdout)
      expect(Object.keys(network.Containers)).not.toEqual([])
    }
    await remove(`${name}-1`, `${name}-2`)
    expect((await bench.play(inputs)).annotations).toEqual([])
    await remove(`${name}-1`, `${name}-2`)
    for (const id of await ids()) await docker('network', 'rm', id)
  })

  test('the first of a set fails: no second, no container, no network', async () => {
    const name = bench.newName()
    const host = await bench.play({ ...running(bench.image, name, 'rehearsal-bad-key'), enableHa: 'true', nodeCount: '2' })
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'invalid-key' })
    expect(await bench.containers(name)).toEqual([])
    expect((await docker('network', 'inspect', '--', `${name}-network`)).exitCode).toBe(1)
  })

  test.each([
    ['rehearsal-bad-key', {}, 'invalid-key', 'InvalidGatewayKey'],
    ['rehearsal-forbidden', {}, 'registration-forbidden', 'Registration of new node is forbidden'],
    ['rehearsal-exits', { restartPolicy: 'no' }, 'exited', 'SHIR could not be started'],
    ['rehearsal-restart-loop', {}, 'restart-loop', 'Stop the node connection'],
    ['rehearsal-never-healthy', {}, 'unhealthy', 'exit 1: Connecting'],
    ['rehearsal-flaps', { soak: '10s' }, 'unhealthy', 'Connection: Connecting'],
  ])('a node of %s (%j) fails with %s, tells its last words, and goes', async (factory, more, reason, words) => {
    const name = bench.newName()
    const host = await bench.play({ ...running(bench.image, name, factory), ...more })
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason })
    expect(host.lines.some(line => line.startsWith('│ ') && line.includes(words))).toBe(true)
    expect(host.page).toContain(words)
    expect(await bench.containers(name)).toEqual([])
  })

  test('a node that is still starting when its time is up fails, and goes', async () => {
    const name = bench.newName()
    const host = await bench.play({ ...running(patient, name, 'rehearsal-never-healthy'), healthTimeout: '1s' })
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'timeout' })
    expect(await bench.containers(name)).toEqual([])
  })

  test('a container that ends at once is told by what it said, however quick it was, and not a word of the key', async () => {
    for (let times = 0; times < 3; times++) {
      const name = bench.newName()
      const host = await bench.play({ ...running(keyPrinter, name), restartPolicy: 'no' })
      expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'missing-key' })
      expect(host.lines).toContain('│ Registering SHIR node with the node key: ***')
      expect(everything(host)).not.toContain(rehearsalKey().split('@').at(-1))
    }
  })

  test('an image without a health check is refused before a container is made', async () => {
    const reference = `${bench.image}-bare`
    await bench.build(`FROM ${bench.image}\nHEALTHCHECK NONE\n`, reference)
    const name = bench.newName()
    const host = await bench.play(running(reference, name))
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'no-health-check', changed: 'false' })
    expect(await bench.containers(name)).toEqual([])
  })

  test('a name in use stays with whom it belongs to', async () => {
    const name = bench.newName()
    const { stdout } = await docker('run', '-d', '--name', `${name}-1`, '--', bench.image)
    const host = await bench.play(running(bench.image, name))
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'already-exists' })
    expect(host.annotations[0]?.message).toContain(`docker rm -f ${name}-1`)
    expect(await bench.containers(name)).toEqual([stdout.slice(0, 12)])
    await remove(`${name}-1`)
  })

  test('a container that the engine cannot start: its words, and nothing is left', async () => {
    const name = bench.newName()
    const host = await bench.play({ ...running(bench.image, name), network: `${name}-missing` })
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'start-failed' })
    expect(host.annotations[0]?.message).toContain(`network ${name}-missing not found`)
    expect(await bench.containers(name)).toEqual([])
  })

  describe('gate', () => {
    const gating = { mode: 'gate', healthTimeout: '20s', soak: '0s' }
    const start = (name: string, ...args: readonly string[]) =>
      bench.engine.docker.with({ AUTH_KEY: rehearsalKey() })('run', '-d', '--name', name, '-e', 'AUTH_KEY', ...args)

    test('finds containers by their name and by their node’s, and changes nothing', async () => {
      const name = bench.newName()
      const ids = [
        (await start(`${name}-1`, '-e', `NODE_NAME=${name}-eu-1`, '--', bench.image)).stdout.trim(),
        (await start(`${name}-2`, '--hostname', `${name}-eu-2`, '--', bench.image)).stdout.trim(),
      ]
      for (const inputs of [
        { containerName: name },
        { nodeName: `${name}-eu` },
        { containerName: name, nodeName: `${name}-eu` },
      ]) {
        const host = await bench.play({ ...gating, ...inputs })
        expect(host.outputs).toMatchObject({ verdict: 'healthy', changed: 'false' })
        expect(nodesOf(host).map(({ id }: { readonly id: string }) => id)).toEqual(ids)
      }
      await remove(`${name}-1`, `${name}-2`)
    })

    test.each([
      ['printed its key', () => [keyPrinter], 'missing-key'],
      ['has no health check', () => ['--no-healthcheck', bench.image], 'no-health-check'],
    ])('a container of someone else’s that %s stays, and its key is not told', async (_, image, reason) => {
      const name = bench.newName()
      const args = image()
      await start(name, ...args.slice(0, -1), '--', String(args.at(-1)))
      const host = await bench.play({ ...gating, containerName: name })
      expect(host.outputs).toMatchObject({ verdict: 'failed', reason })
      expect(host.masks).toContain(rehearsalKey())
      expect(everything(host)).not.toContain(rehearsalKey().split('@').at(-1))
      expect(await bench.containers(name)).toHaveLength(1)
      await remove(name)
    })

    test('a container that is removed while it is watched is gone', async () => {
      const name = bench.newName()
      await start(name, '--', bench.image)
      const playing = bench.play({ ...gating, containerName: name, soak: '10s' })
      await bench.engine.docker.event(name, 'health_status')
      await remove(name)
      expect((await playing).outputs).toMatchObject({ verdict: 'failed', reason: 'gone' })
    })
  })

  test('a cancel while a node is watched leaves nothing', async () => {
    const name = bench.newName()
    const host = await bench.play(running(bench.image, name, 'rehearsal-never-healthy'), { cancelAt: /running, starting/ })
    expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'cancelled' })
    expect(host.lines).toContain(`Removed ${name}-1, which never passed its gate.`)
    expect(await bench.containers(name)).toEqual([])
  })
})
