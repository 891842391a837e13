import { describeOnEngine } from '../engine/engines.ts'
import { makeReadyBench, msiPath, msiSha256, running, type StepBench } from '../engine/step-bench.ts'
import { play } from '../support/play.ts'
import { openStage, type Stage } from './stage.ts'

/** What the other suites do not drive yet: those of __tests__/bundles, engine and gate have the rest. */
describeOnEngine('faults of the engine', () => {
  let bench: StepBench
  let stage: Stage
  let name: string
  let scenarios = 0
  let wrong = 0
  beforeAll(async () => {
    bench = await makeReadyBench()
  })
  afterAll(async () => {
    process.stdout.write(`engine faults: ${scenarios} scenarios; wrong or missing reason codes: ${wrong}\n`)
    await bench.remove()
  })
  beforeEach(async () => {
    name = bench.newName()
    stage = await openStage(bench, name)
  })
  afterEach(() => stage.remove())

  /** Plays a step whose docker first runs these lines; the verdict and the reason must be these. */
  async function expectReason(reason: string, inputs: Readonly<Record<string, string>>, lines = '') {
    await stage.before(lines)
    const host = await play(bench, { inputs, environment: stage.environment })
    scenarios++
    if (host.outputs.reason !== reason) wrong++
    expect(host.outputs).toMatchObject({ reason, verdict: reason === '' ? 'healthy' : 'failed' })
    return host
  }
  const once = (file: string) => `[ ! -e '${stage.folders.home}/${file}' ] && : > '${stage.folders.home}/${file}'`
  const failure = "{ echo 'Error response from daemon: an odd moment' >&2; exit 1; }"
  const gone = async () => expect(await bench.containers(name)).toEqual([])
  const image = async (...entrypoint: readonly string[]) => {
    const reference = `${name}:1`
    await bench.build(`FROM ${bench.image}\nENTRYPOINT ${JSON.stringify(entrypoint)}\n`, reference)
    return reference
  }

  test('a look at the node that fails once is no verdict', async () => {
    const isStarted = `[ -e '${stage.folders.home}/run' ]`
    const lines = `[ "$1" = run ] && : > '${stage.folders.home}/run'\n[ "$1 $2" = 'container inspect' ] && ${isStarted} && ${once('x')} && ${failure}`
    await expectReason('', running(bench.image, name), lines)
    await bench.engine.docker('rm', '-f', `${name}-1`)
  })

  test('events that break off at once: polling alone is enough', async () => {
    await expectReason('', running(bench.image, name), `[ "$1" = events ] && ${failure}`)
    await bench.engine.docker('rm', '-f', `${name}-1`)
  })

  test('a pull that is denied', async () => {
    const denied = "{ echo 'Error response from daemon: pull access denied for x' >&2; exit 1; }"
    const host = await expectReason('image-missing', running(`${name}-absent:1`, name), `[ "$1" = pull ] && ${denied}`)
    expect(host.annotations.at(-1)?.message).toContain('pull access denied')
    await gone()
  })

  test('a disk that is full in the midst of a build', async () => {
    const full = "{ echo 'Step 2/3 : COPY SHIR C:/SHIR/'; echo 'write /x: no space left on device' >&2; exit 1; }"
    const inputs = { mode: 'build', msiPath, msiSha256, buildContext: 'context', image: `${name}:1` }
    const host = await expectReason('disk-full', inputs, `[ "$1" = build ] && ${full}`)
    expect(host.annotations.at(-1)?.message).toContain('no space left on device')
    expect(await stage.leftovers()).toEqual([])
  })

  test('a node that needs more memory than it may have', async () => {
    const greedy = await image('/SHIR/busybox', 'tail', '/dev/zero')
    const host = await expectReason('exited', { ...running(greedy, name), memory: '16m', restartPolicy: 'no' })
    expect(host.annotations.at(-1)?.message).toMatch(/137|memory/)
    await gone()
  })

  test('a node that floods its log with 100 MB is proven all the same', async () => {
    const flood = 'yes 0123456789012345678901234567890123456789012345678901234567890123456789 | head -c 100000000'
    const loud = await image(
      '/SHIR/busybox',
      'sh',
      '-c',
      `(/SHIR/busybox ${flood.replace('| ', '| /SHIR/busybox ')}) & exec powershell C:/SHIR/setup.ps1`,
    )
    const before = process.memoryUsage().rss
    const host = await expectReason('', running(loud, name))
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6)
    expect(host.lines.length).toBeLessThan(1_000)
    await bench.engine.docker('rm', '-f', `${name}-1`)
  })

  test('a container that the engine has lost while the step tidies up', async () => {
    const inputs = running(bench.image, name, 'rehearsal-bad-key')
    const lines = `[ "$1" = rm ] && ${once('x')} && { "$0" rm -f ${name}-1 >/dev/null; }`
    const host = await expectReason('invalid-key', inputs, lines)
    expect(host.failed).toBe(true)
    await gone()
  })
})
