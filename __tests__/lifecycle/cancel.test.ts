import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { realEngineAnswers } from '../engine/engines.ts'
import { makeReadyBench, msiPath, msiSha256, type StepBench } from '../engine/step-bench.ts'
import { fill } from '../image/folders.ts'
import { type FaultServer, faultServer } from '../support/fault-server.ts'
import { describeWith } from '../support/program.ts'
import { bundleTerminal, type TerminalBundle } from '../support/terminal-bundle.ts'
import { type HeldRegistry, holdRegistry } from './held-registry.ts'
import { type Ended, journalsBelow, openStage, runTerminal, type Stage } from './stage.ts'

/** After 7.5 s the runners become rude. */
const limitMs = 7_000
/** Ignores what it is asked, as a docker does whose engine hangs. */
const deaf = "trap '' INT; exec sleep 60"

describeWith(
  realEngineAnswers() ? 'busybox' : 'a docker engine that runs Linux containers',
  'a cancel, on the real engine',
  () => {
    let bench: StepBench
    let product: TerminalBundle
    let server: FaultServer
    let registry: HeldRegistry
    let stage: Stage
    let name: string
    let worst: { ms: number; what: string } = { ms: 0, what: '' }
    let cancels = 0
    let left = 0

    beforeAll(async () => {
      bench = await makeReadyBench()
      product = await bundleTerminal()
      server = await faultServer({
        '/IntegrationRuntime_5.70.9748.2.msi': [response => void response.writeHead(200, { 'content-length': 1e6 }).write('x')],
      })
      registry = await holdRegistry()
    })
    afterAll(async () => {
      process.stdout.write(
        `cancel: ${cancels} cancels, worst time to exit ${(worst.ms / 1_000).toFixed(2)} s (${worst.what}), leftovers ${left}\n`,
      )
      registry.close()
      await Promise.all([server.close(), product.remove()])
      await bench.remove()
    })
    beforeEach(async () => {
      name = bench.newName()
      stage = await openStage(bench, name)
      await fill(path.join(stage.folders.workspace, 'slow'), {
        Dockerfile: `FROM ${bench.image}\nARG ONE=${name}\nRUN ["/SHIR/busybox", "sleep", "60"]\n`,
      })
    })
    afterEach(() => stage.remove())

    const label = () => `${bench.engine.prefix}=step`
    const build = () => ['build', '--build-context', 'slow', '--labels', label(), '--image', `${name}:1`]
    const run = () => ['run', '--container-name', name, '--health-timeout', '30s', '--soak', '0s']
    const local = ['--msi-path', msiPath, '--msi-sha256', msiSha256]

    /** Cancels a step where it stands, and expects of it what every cancel comes to. */
    async function cancel(what: string, args: readonly string[], at: RegExp, signal: NodeJS.Signals, on = stage): Promise<Ended> {
      const ended = await runTerminal(product.script, args, on, { at, name: signal })
      if (Number.isNaN(ended.tookMs)) throw new Error(`No line was like ${at}:\n${ended.said}`)
      const leftovers = await stage.leftovers()
      note(`${what}, ${signal}`, ended.tookMs, leftovers)
      expect({ said: ended.said, leftovers }).toMatchObject({ said: expect.stringContaining('reason=cancelled'), leftovers: [] })
      expect(ended.code).toBe(1)
      return ended
    }

    function note(what: string, ms: number, leftovers: readonly string[]): void {
      cancels++
      left += leftovers.length
      if (ms > worst.ms) worst = { ms, what }
      expect(ms).toBeLessThan(limitMs)
    }

    /** The stage, with a key whose node never becomes healthy. */
    const never = (): Stage => ({
      ...stage,
      environment: { ...stage.environment, AUTH_KEY: rehearsalKey('rehearsal-never-healthy') },
    })

    describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', signal => {
      test.each([
        ['build', build],
        ['run', () => [...run(), ...build().slice(1)]],
      ] as const)('mode %s, while the installer is fetched', async (mode, args) => {
        await cancel(
          `${mode}: download`,
          [...args(), '--msi-url', server.url('/IntegrationRuntime_5.70.9748.2.msi')],
          /Fetching/,
          signal,
        )
      })

      test.each([
        ['build', build],
        ['run', () => [...run(), ...build().slice(1)]],
      ] as const)('mode %s, in the midst of a build step: it ends in the engine too', async (mode, args) => {
        await cancel(`${mode}: build`, [...args(), ...local], /Running in/, signal)
        const ids = async () =>
          (await bench.engine.docker('ps', '-q', '--filter', `label=${label()}`, '--filter', 'status=running')).stdout
        for (let tries = 0; tries < 50 && (await ids()) !== ''; tries++) await new Promise(resolve => setTimeout(resolve, 100))
        expect(await ids()).toBe('')
      })

      test('mode build, while it pushes', async () => {
        await fill(path.join(stage.folders.workspace, 'slow'), { Dockerfile: `FROM ${bench.image}\n` })
        const image = ['--image', `${registry.name}/${name}:1`, '--push', 'true']
        await cancel(
          'build: push',
          ['build', '--build-context', 'slow', '--labels', label(), ...local, ...image],
          /Pushing/,
          signal,
        )
      })

      test('mode remove, while SHIR takes its leave: the next removal finishes it', async () => {
        const { stdout } = await bench.engine.docker.with({ AUTH_KEY: rehearsalKey() })(
          'run',
          '-d',
          '--name',
          `${name}-1`,
          '-e',
          'AUTH_KEY',
          '--',
          bench.image,
        )
        expect(stdout).not.toBe('')
        const mark = path.join(stage.folders.home, 'signalled')
        await stage.before(`[ "$1" = exec ] && [ ! -e '${mark}' ] && : > '${mark}' && kill -s ${signal.slice(3)} $PPID`)
        const ended = await runTerminal(product.script, ['remove', '--container-name', name], stage)
        expect(ended.said).toContain('reason=cancelled')
        note(`remove, ${signal}`, Date.now() - (await stat(mark)).mtimeMs, [])
        expect((await runTerminal(product.script, ['remove', '--container-name', name], stage)).code).toBe(0)
        expect(await stage.leftovers()).toEqual([])
      })

      test('mode run, while its container is made: none is left, and the next run makes sure of it', async () => {
        const mark = path.join(stage.folders.home, 'signalled')
        await stage.before(`[ "$1" = run ] && [ ! -e '${mark}' ] && : > '${mark}' && kill -s ${signal.slice(3)} $PPID`)
        const args = [...run(), '--image', bench.image]
        const ended = await runTerminal(product.script, args, stage)
        const tookMs = Date.now() - (await stat(mark)).mtimeMs
        expect(ended.said).toContain('reason=cancelled')
        note(`run: start, ${signal}`, tookMs, await bench.containers(name))
        expect(await bench.containers(name)).toEqual([])
        expect((await runTerminal(product.script, args, stage)).said).toContain('verdict=healthy')
        await bench.engine.docker('rm', '-f', `${name}-1`)
        expect(await stage.leftovers()).toEqual([])
      })

      test('mode run, while its node is watched', async () => {
        await cancel('run: gate', [...run(), '--image', bench.image], /running, starting/, signal, never())
      })

      test('mode gate, while a node of someone else’s is watched: that one stays', async () => {
        const { stdout } = await bench.engine.docker.with({ AUTH_KEY: rehearsalKey('rehearsal-never-healthy') })(
          'run',
          '-d',
          '--name',
          `${name}-1`,
          '-e',
          'AUTH_KEY',
          '--',
          bench.image,
        )
        const ended = await runTerminal(product.script, ['gate', '--container-name', name], stage, {
          at: /running, /,
          name: signal,
        })
        expect(ended.said).toContain('reason=cancelled')
        expect(ended.tookMs).toBeLessThan(limitMs)
        expect(await stage.leftovers()).toEqual([`container ${stdout.slice(0, 12)}`])
        await bench.engine.docker('rm', '-f', `${name}-1`)
      })
    })

    test('a docker that ignores it while the step tidies up: the step ends in time, and says what it still owes', async () => {
      await stage.before(`[ "$1" = rm ] && { ${deaf}; }`)
      const ended = await runTerminal(product.script, [...run(), '--image', bench.image], never(), {
        at: /running, starting/,
        name: 'SIGINT',
      })
      if (ended.tookMs > worst.ms) worst = { ms: ended.tookMs, what: 'a docker that ignores it' }
      cancels++
      expect(ended.tookMs).toBeLessThan(limitMs)
      expect(ended.said).toContain('Could not take back the container')
      expect(await journalsBelow(stage)).toHaveLength(1)
      // The next run finishes it, and says so.
      await stage.before('')
      const next = await runTerminal(product.script, [...run(), '--image', bench.image], stage)
      expect(next.said).toContain('What earlier runs left')
      expect(next.said).toContain(`Removed ${name}-1, which never passed its gate.`)
      expect(next.said).toContain('verdict=healthy')
      await bench.engine.docker('rm', '-f', `${name}-1`)
      expect(await stage.leftovers()).toEqual([])
    })

    describeWith('script', 'a terminal', () => {
      test('that is closed cancels the step, which takes back a node and its network though nobody hears it', async () => {
        const ended = path.join(stage.folders.home, 'ended')
        const args = [...run(), '--image', bench.image, '--node-count', '2', '--enable-ha', 'true']
        // The shell has the terminal too, and outlasts the step.
        const command = `trap : HUP; '${process.execPath}' '${product.script}' ${args.join(' ')}; : > '${ended}'`
        const terminal = spawn('script', ['--quiet', '--command', command, '/dev/null'], {
          cwd: stage.folders.workspace,
          env: { ...never().environment, SHELL: '/bin/sh' },
          stdio: ['pipe', 'pipe', 'ignore'],
        })
        let said = ''
        for await (const chunk of terminal.stdout) {
          said += chunk
          if (said.includes('running, starting')) break
        }
        expect(said).toContain('running, starting')
        const end = new Promise<void>(resolve => {
          const watcher = watch(stage.folders.home, (_, file) => {
            if (file !== 'ended') return
            watcher.close()
            resolve()
          })
        })
        const beganMs = performance.now()
        terminal.kill('SIGKILL')
        await end
        const tookMs = performance.now() - beganMs
        const networks = (await bench.engine.docker('network', 'ls', '-q', '--filter', `name=${name}`)).stdout
        expect({ networks, leftovers: await stage.leftovers() }).toEqual({ networks: '', leftovers: [] })
        note('run: gate, a closed terminal', tookMs, [])
      })
    })

    test('a second signal ends the step at once; the journal keeps what is owed', async () => {
      await stage.before(`[ "$1" = rm ] && kill -s TERM $PPID && sleep 0.5`)
      const ended = await runTerminal(product.script, [...run(), '--image', bench.image], never(), {
        at: /running, starting/,
        name: 'SIGINT',
      })
      expect(ended.code).toBe(130)
      expect(await journalsBelow(stage)).toHaveLength(1)
      await stage.before('')
      const next = await runTerminal(product.script, [...run(), '--image', bench.image], stage)
      expect(next.said).toContain('verdict=healthy')
      await bench.engine.docker('rm', '-f', `${name}-1`)
      expect(await stage.leftovers()).toEqual([])
    })
  },
)
