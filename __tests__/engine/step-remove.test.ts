import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { describeWith } from '../support/program.ts'
import { realEngineAnswers } from './engines.ts'
import { makeStepBench, msiPath, msiSha256, running, type StepBench } from './step-bench.ts'

describeWith(realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers', 'remove, on the real engine', () => {
  let bench: StepBench
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
  })
  afterAll(() => bench.remove())

  const docker = (...args: readonly string[]) => bench.engine.docker(...args)
  const removing = (containerName: string) => ({ mode: 'remove', containerName })
  const nodesOf = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) => JSON.parse(outputs.nodes ?? '')
  const networks = async (name: string) => (await docker('network', 'ls', '-q', '--filter', `name=^${name}-network$`)).stdout
  /** A container as a step starts it, in whatever state it then is brought into. */
  const start = (name: string, ...more: readonly string[]) =>
    bench.engine.docker.with({ AUTH_KEY: rehearsalKey() })(
      ...['run', '-d', '--name', `${name}-1`, '--label', `io.github.shir-container.name=${name}`, '-e', 'AUTH_KEY', ...more],
    )

  test('a set: SHIR takes its leave in each node, then they go, and their network with the last; twice is once', async () => {
    const name = bench.newName()
    const started = await bench.play({ ...running(bench.image, name), enableHa: 'true', nodeCount: '2', nodeName: `${name}-eu` })
    const host = await bench.play(removing(name))
    expect(host.outputs).toMatchObject({ verdict: 'skipped', reason: '', changed: 'true' })
    expect(nodesOf(host)).toEqual(nodesOf(started).map((node: object) => ({ ...node, status: 'removed', health: 'none' })))
    for (const number of [1, 2]) expect(host.lines).toContain(`${name}-${number}: SHIR was ended (SHIR/stop.ps1)`)
    expect(host.annotations).toMatchObject(
      [1, 2].map(number => ({
        ...{ level: 'warning', title: 'SHIR Container: node-record-left' },
        message: expect.stringContaining(`node ${name}-eu-${number} `),
      })),
    )
    expect([await bench.containers(name), await networks(name)]).toEqual([[], ''])
    const again = await bench.play(removing(name))
    expect(again.annotations).toEqual([])
    expect(again.outputs).toMatchObject({ verdict: 'skipped', changed: 'false', nodes: '[]' })
    expect(again.lines).toContain(`There is no container called ${name} on this engine: nothing to remove.`)
  })

  test('one of a set: the network stays for the other, and goes with it', async () => {
    const name = bench.newName()
    await bench.play({ ...running(bench.image, name), enableHa: 'true', nodeCount: '2' })
    expect((await bench.play(removing(`${name}-1`))).outputs).toMatchObject({ changed: 'true' })
    expect([(await bench.containers(name)).length, (await networks(name)) === '']).toEqual([1, false])
    await bench.play(removing(`${name}-2`))
    expect([await bench.containers(name), await networks(name)]).toEqual([[], ''])
  })

  const always = ['--restart', 'always']
  const states: readonly (readonly [string, (name: string) => Promise<unknown>, string, boolean])[] = [
    ['running', name => start(name, ...always, '--', bench.image), 'SHIR was ended (SHIR/stop.ps1)', true],
    [
      'paused',
      async name => {
        await start(name, ...always, '--', bench.image)
        await docker('pause', `${name}-1`)
      },
      'SHIR was ended (SHIR/stop.ps1)',
      true,
    ],
    [
      'exited',
      async name => {
        await start(name, '--', bench.image)
        await docker('kill', `${name}-1`)
        await docker('wait', `${name}-1`)
      },
      'is exited, so that there is no SHIR to end',
      true,
    ],
    [
      'restarting',
      async name => {
        await start(name, ...always, '--entrypoint', '/SHIR/busybox', '--', bench.image, 'false')
        await bench.engine.docker.event(`${name}-1`, 'die', 5)
      },
      'is restarting, so that there is no SHIR to end',
      true,
    ],
    [
      'created',
      name => docker('create', '--name', `${name}-1`, '--label', `io.github.shir-container.name=${name}`, '--', bench.image),
      'was never started',
      false,
    ],
  ]
  test.each(states)('a container that is %s goes; what could be told is said', async (state, bring, words, wasStarted) => {
    const name = bench.newName()
    await bring(name)
    const [facts] = JSON.parse((await docker('container', 'inspect', '--', `${name}-1`)).stdout)
    expect(facts.State.Status).toBe(state)
    const host = await bench.play(removing(name))
    expect(host.lines).toContain(`${name}-1: ${words}`)
    expect(host.annotations.map(({ title }) => title)).toEqual(wasStarted ? ['SHIR Container: node-record-left'] : [])
    expect(host.outputs).toMatchObject({ verdict: 'skipped', changed: 'true' })
    expect(await bench.containers(name)).toEqual([])
  })

  test.each([
    ['without stop.ps1, with dmgcmd', 'rm /SHIR/stop.ps1; echo kill -TERM 1 > /SHIR/dmgcmd', 'SHIR was ended (dmgcmd -Stop)'],
    [
      'with neither',
      'rm /SHIR/stop.ps1',
      'is stopped without ending SHIR before: its image has neither SHIR/stop.ps1 nor dmgcmd.exe',
    ],
    [
      'whose stop.ps1 fails',
      'echo exit 3 > /SHIR/stop.ps1',
      'is stopped without ending SHIR before: SHIR/stop.ps1 ended with exit code 3',
    ],
  ])('an image %s', async (_, change, words) => {
    const name = bench.newName()
    const reference = `${bench.image}-${name.slice(-2)}`
    await bench.build(`FROM ${bench.image}\nRUN ${JSON.stringify(['/SHIR/busybox', 'sh', '-c', change])}\n`, reference)
    await start(name, ...always, '--', reference)
    const host = await bench.play(removing(name))
    expect(host.lines).toContain(`${name}-1: ${words}`)
    expect(await bench.containers(name)).toEqual([])
  })

  test('a container of someone else’s that goes by itself when it ends', async () => {
    const name = bench.newName()
    await bench.engine.docker.with({ AUTH_KEY: rehearsalKey() })(
      'run',
      '-d',
      '--rm',
      '--name',
      name,
      '-e',
      'AUTH_KEY',
      '--',
      bench.image,
    )
    const host = await bench.play(removing(name))
    expect(host.outputs).toMatchObject({ verdict: 'skipped', reason: '', changed: 'true' })
    expect(nodesOf(host)).toMatchObject([{ container: name, status: 'removed' }])
    expect(await bench.containers(name)).toEqual([])
  })

  test('an image without PowerShell is stopped all the same', async () => {
    const name = bench.newName()
    const patient = 'trap "exit 0" TERM; /SHIR/busybox sleep 600 & wait'
    const bare = ['--entrypoint', '/SHIR/busybox', '--env', 'PATH=/nowhere', '--', bench.image, 'sh', '-c', patient]
    await start(name, ...always, ...bare)
    const host = await bench.play(removing(name))
    expect(host.lines.join('\n')).toContain('is stopped without ending SHIR before: PowerShell did not run in it: ')
    expect(await bench.containers(name)).toEqual([])
  })

  test('what no step started goes only by the name of its container, and by that it does', async () => {
    const name = bench.newName()
    await docker('run', '-d', '--name', `${name}-1`, '-e', `NODE_NAME=${name}-node`, '--', bench.image)
    const spared = await bench.play({ mode: 'remove', nodeName: `${name}-node` })
    expect(spared.outputs).toMatchObject({ verdict: 'skipped', changed: 'false', nodes: '[]' })
    expect(spared.lines).toContain(
      `${name}-1 stays: no step started it. With containerName ${name}-1 it is removed all the same.`,
    )
    const host = await bench.play({ mode: 'remove', containerName: name, nodeName: `${name}-node` })
    expect(nodesOf(host)).toMatchObject([{ container: `${name}-1`, name: `${name}-node` }])
    expect(await bench.containers(name)).toEqual([])
  })

  test('two jobs at once: both end well, each container is told as removed once, and nothing is left', async () => {
    const name = bench.newName()
    await bench.play({ ...running(bench.image, name), enableHa: 'true', nodeCount: '2' })
    const both = await Promise.all([bench.play(removing(name)), bench.play(removing(name))])
    for (const host of both) expect(host.outputs).toMatchObject({ verdict: 'skipped', reason: '' })
    const removed = both.flatMap(host => nodesOf(host).map(({ container }: { readonly container: string }) => container))
    expect([...removed].sort()).toEqual([`${name}-1`, `${name}-2`])
    expect([await bench.containers(name), await networks(name)]).toEqual([[], ''])
  })
})
