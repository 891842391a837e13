import { describeWith } from '../support/program.ts'
import { realEngineAnswers } from './engines.ts'
import { makeStepBench, msiPath, msiSha256, running, type StepBench } from './step-bench.ts'

describeWith(
  realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers',
  'run twice, on the real engine',
  () => {
    let bench: StepBench
    const building = () => ({
      ...{ msiPath, msiSha256, buildContext: 'context', image: bench.image, labels: `${bench.engine.prefix}=step` },
    })
    beforeAll(async () => {
      bench = await makeStepBench()
      expect((await bench.play({ mode: 'build', ...building() })).annotations).toEqual([])
    })
    afterAll(() => bench.remove())

    const docker = (...args: readonly string[]) => bench.engine.docker(...args)
    const remove = (...names: readonly string[]) => docker('rm', '-f', '--', ...names)
    const idsOf = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }): readonly string[] =>
      JSON.parse(outputs.nodes ?? '').map(({ id }: { readonly id: string }) => id)
    const pair = { enableHa: 'true', nodeCount: '2' }

    test('a build of what is there makes nothing new, and changes nothing', async () => {
      const again = await bench.play({ mode: 'build', ...building() })
      expect(again.outputs).toMatchObject({ built: 'false', changed: 'false' })
    })

    test('a healthy node of the same image and configuration is kept, built again or not', async () => {
      const name = bench.newName()
      const inputs = { ...running(bench.image, name), containerEnv: 'PASSWORD=weak-word' }
      const first = await bench.play(inputs)
      expect(first.outputs).toMatchObject({ verdict: 'healthy', changed: 'true' })
      for (const more of [{}, building(), { soak: '5m' }]) {
        const again = await bench.play({ ...inputs, ...more })
        expect(again.annotations).toEqual([])
        expect(again.outputs).toMatchObject({ verdict: 'healthy', changed: 'false', nodes: first.outputs.nodes })
      }
      const [facts] = JSON.parse((await docker('container', 'inspect', '--', `${name}-1`)).stdout)
      expect(facts.Config.Labels['io.github.shir-container.config']).toMatch(/^[0-9a-f]{64}$/)
      expect(JSON.stringify(facts.Config.Labels)).not.toContain('weak-word')
      await remove(`${name}-1`)
    })

    test('another configuration, another image, and a stopped node are refused with what differs; all stays', async () => {
      const name = bench.newName()
      const inputs = running(bench.image, name)
      const [id] = idsOf(await bench.play(inputs))
      const other = `${bench.image}-other`
      await bench.build(`FROM ${bench.image}\nENV OTHER=1\n`, other)
      const refusal = async (more: Readonly<Record<string, string>>) => {
        const host = await bench.play({ ...inputs, ...more })
        expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'already-exists', changed: 'false', nodes: '[]' })
        return host.annotations[0]?.message
      }
      expect(await refusal({ memory: '64m' })).toContain(`${name}-1 (running, another configuration).`)
      expect(await refusal({ image: other })).toContain(`${name}-1 (running, another image).`)
      await docker('stop', '-t', '1', '--', `${name}-1`)
      expect(await refusal({})).toMatch(/\(exited\)\.\n.*mode remove/)
      expect(await bench.containers(name)).toEqual([id?.slice(0, 12)])
      await remove(`${name}-1`)
    })

    test('of a set only what is missing is started; it finds the others, from inside', async () => {
      const name = bench.newName()
      const inputs = { ...running(bench.image, name), ...pair }
      const first = await bench.play(inputs)
      expect(first.lines.join('\n')).toMatch(new RegExp(`${name}-2: finds ${name}-1 \\(shir-`))
      const third = await bench.play({ ...inputs, nodeCount: '3' })
      expect(third.annotations).toEqual([])
      expect(idsOf(third).slice(0, 2)).toEqual(idsOf(first))
      await remove(`${name}-1`)
      const again = await bench.play({ ...inputs, nodeCount: '3' })
      expect(again.outputs).toMatchObject({ verdict: 'healthy', changed: 'true' })
      expect(idsOf(again).slice(1)).toEqual(idsOf(third).slice(1))
      expect(again.lines.join('\n')).toMatch(new RegExp(`${name}-1: finds ${name}-2 \\(.*${name}-3 \\(`))
      await remove(`${name}-1`, `${name}-2`, `${name}-3`)
      await docker('network', 'rm', `${name}-network`)
    })

    test('a set made smaller keeps what it has, and says what is beyond it', async () => {
      const name = bench.newName()
      const inputs = { ...running(bench.image, name), ...pair, cleanup: 'always' }
      await bench.play(inputs)
      await remove(`${name}-1`)
      const again = await bench.play({ ...inputs, nodeCount: '1' })
      expect(again.annotations).toEqual([
        {
          level: 'warning',
          title: 'SHIR Container: node-surplus',
          message: expect.stringContaining(`${name}-2 is of this set too`),
        },
      ])
      const [facts] = JSON.parse((await docker('container', 'inspect', '--', `${name}-2`)).stdout)
      expect(facts.Config.Labels['io.github.shir-container.ends-with']).toBe('memory')
      await remove(`${name}-1`, `${name}-2`)
      await docker('network', 'rm', `${name}-network`)
    })

    test('the third’s name is taken: nothing is started; once it is free the next run starts the third alone', async () => {
      const name = bench.newName()
      const inputs = { ...running(bench.image, name), ...pair, nodeCount: '3' }
      const first = await bench.play({ ...inputs, nodeCount: '2' })
      const { stdout } = await docker('run', '-d', '--name', `${name}-3`, '--', bench.image)
      expect((await bench.play(inputs)).outputs.reason).toBe('already-exists')
      await remove(stdout.trim())
      const third = await bench.play(inputs)
      expect(third.outputs).toMatchObject({ verdict: 'healthy', changed: 'true' })
      expect(idsOf(third).slice(0, 2)).toEqual(idsOf(first))
      await remove(`${name}-1`, `${name}-2`, `${name}-3`)
      await docker('network', 'rm', `${name}-network`)
    })

    test('a second node that is refused goes, the first stays, and the next run keeps it', async () => {
      const name = bench.newName()
      const inputs = { ...running(bench.image, name, 'rehearsal-second-refused'), ...pair }
      const first = await bench.play(inputs)
      expect(first.outputs).toMatchObject({ verdict: 'failed', reason: 'node-limit', changed: 'true' })
      expect(first.annotations[0]?.message).toContain(`; ${name}-1 stays as it is.`)
      const again = await bench.play(inputs)
      expect(again.outputs).toMatchObject({ verdict: 'failed', reason: 'node-limit', changed: 'false' })
      expect(idsOf(again)[0]).toBe(idsOf(first)[0])
      await remove(`${name}-1`)
      await docker('network', 'rm', `${name}-network`)
    })

    test('a network that does not resolve the others’ hostnames fails the second node', async () => {
      const name = bench.newName()
      const host = await bench.play({ ...running(bench.image, name), ...pair, network: 'bridge' })
      expect(host.outputs).toMatchObject({ verdict: 'failed', reason: 'peer-unresolved' })
      expect(await bench.containers(name)).toHaveLength(1)
      await remove(`${name}-1`)
    })

    test('an image without PowerShell has no means to ask: said in one line, and no failure', async () => {
      const bare = `${bench.image}-no-powershell`
      const move = ['/SHIR/busybox', 'sh', '-c', '/SHIR/busybox mv /bin/powershell /bin/shell']
      const check = 'HEALTHCHECK --interval=200ms CMD ["shell", "C:/SHIR/health-check.ps1"]'
      await bench.build(
        `FROM ${bench.image}\nRUN ${JSON.stringify(move)}\n${check}\nENTRYPOINT ["shell", "C:/SHIR/setup.ps1"]\n`,
        bare,
      )
      const name = bench.newName()
      const host = await bench.play({ ...running(bare, name), ...pair })
      expect(host.annotations).toEqual([])
      expect(host.lines.filter(line => line.includes('could not be asked inside the container'))).toEqual([
        expect.stringMatching(/executable file not found/),
      ])
      await remove(`${name}-1`, `${name}-2`)
      await docker('network', 'rm', `${name}-network`)
    })
  },
)
