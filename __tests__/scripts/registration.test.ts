import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Network } from '../../rehearsal/shir/dmgcmd.ts'
import { describeWith } from '../support/program.ts'
import { deeds, startContainer } from './secrecy.ts'
import { makeKey, makeWorld, type World } from './world.ts'

const minutes = 60

describeWith('pwsh', 'registration', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const start = (environment: Readonly<Record<string, string>> = {}, until?: number) => startContainer(world, environment, until)
  const names = () => world.service.nodes().map(node => node.name)
  const attempts = (dmgcmd: readonly (readonly string[])[]) => dmgcmd.filter(([option]) => option === '-RegisterNewNode').length
  const neighbour = (remoteAccess: boolean, expirySeconds?: number) => (name: string) =>
    world.service.register({ key: world.key, name, machine: name, remoteAccess, expirySeconds })

  /** What makes the service refuse, and how the container must end. */
  const refusals: readonly (readonly [string, number, () => Readonly<Record<string, string>>])[] = [
    ['invalid-key', 11, () => ({ AUTH_KEY: makeKey() })],
    [
      'registration-forbidden',
      12,
      () => {
        neighbour(false)('old')
        return { ENABLE_HA: 'true' }
      },
    ],
    [
      'node-limit',
      13,
      () => {
        for (const name of ['a', 'b', 'c', 'd']) neighbour(true)(name)
        return { ENABLE_HA: 'true' }
      },
    ],
    [
      'ae-mismatch',
      14,
      () => {
        neighbour(true, 900)('other')
        return { ENABLE_HA: 'true', ENABLE_AE: 'true' }
      },
    ],
  ]

  describe.each(refusals)('%s', (code, exitCode, arrange) => {
    test.each([
      ['with exit code 1 on stderr', { failureExitCode: 1, failureStream: 'stderr' }],
      ['with exit code 0 on stdout', { failureExitCode: 0, failureStream: 'stdout' }],
    ] as const)('said %s: one attempt, the event at once, five minutes, exit code', async (_, settings) => {
      world.shir.set(settings)
      const before = arrange()
      const others = names()
      const ended = await start(before)
      expect(ended).toMatchObject({ exitCode, events: [code], stillRunning: false })
      expect(attempts(ended.dmgcmd)).toBe(1)
      expect(names()).toEqual(others)
      const asked = ended.calls.find(call => call.command === 'dmgcmd' && call.args[0] === '-RegisterNewNode')?.at ?? 0
      expect(world.clock.seconds() - asked).toBeGreaterThanOrEqual(5 * minutes)
      expect(world.clock.seconds() - asked).toBeLessThan(6 * minutes)
      expect(ended.lines.indexOf(`SHIR-EVENT {"code":"${code}"}`)).toBe(ended.lines.length - 2)
    })

    test('is tried again by the next start of the container: nothing was registered', async () => {
      await start(arrange())
      world.restart()
      const again = await start({ AUTH_KEY: makeKey(), ENABLE_HA: 'true' })
      expect(attempts(again.dmgcmd)).toBe(1)
    })
  })

  describe('a service that was not reached', () => {
    test.each(['no-dns', 'refused', 'token-times-out', 'private-link'] as const)(
      '(%s) certainly registered nothing: tried again until it is',
      async network => {
        world.shir.setNetwork(network, { next: 2 })
        const ended = await start({}, 15 * minutes)
        expect(attempts(ended.dmgcmd)).toBe(3)
        expect(names()).toEqual(['MACHINE'])
        expect(world.service.nodes()).toMatchObject([{ status: 'Online' }])
        expect(ended.events).toEqual([])
      },
    )

    test('for too long ends the container, after six attempts with growing pauses', async () => {
      world.shir.setNetwork('no-dns')
      const ended = await start()
      expect(ended).toMatchObject({ exitCode: 15, events: ['service-unreachable'] })
      const moments = ended.calls.flatMap(call => (call.args[0] === '-RegisterNewNode' ? [call.at] : []))
      expect(moments).toHaveLength(6)
      const pauses = moments.slice(1).map((at, index) => at - (moments[index] ?? 0))
      for (const [index, least] of [10, 20, 40, 60, 60].entries()) expect(pauses[index]).toBeGreaterThanOrEqual(least)
      expect(names()).toEqual([])
    })

    test('is tried again by the next start of the container', async () => {
      world.shir.setNetwork('no-dns')
      await start()
      world.restart()
      world.shir.setNetwork('up')
      await start({}, 5 * minutes)
      expect(names()).toEqual(['MACHINE'])
    })
  })

  describe('an attempt without an answer', () => {
    const lost: readonly Network[] = ['reply-lost', 'hangs', 'hangs-after-accepted']

    test.each(lost)('(%s) is not made again: there may be a record', async network => {
      world.shir.setNetwork(network)
      const ended = await start()
      expect(attempts(ended.dmgcmd)).toBe(1)
      expect(ended).toMatchObject({ stillRunning: false, exitCode: network === 'reply-lost' ? 15 : 16 })
      expect(ended.output).toContain('cannot be told from here')
      expect(names().length).toBe(network === 'hangs' ? 0 : 1)
    })

    test.each(lost)('(%s) is not made again by the next start of the container either', async network => {
      world.shir.setNetwork(network)
      await start()
      const records = names()
      world.restart()
      world.shir.setNetwork('up')
      const again = await start()
      expect(attempts(again.dmgcmd)).toBe(0)
      expect(names()).toEqual(records)
      expect(again).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
      expect(again.output).toContain('Remove the node MACHINE from the integration runtime if it is there')
    })

    test.each(['reply-lost-but-registered', 'hangs-but-registered'] as const)(
      '(%s) counts when SHIR says that it is registered',
      async network => {
        world.shir.setNetwork(network)
        const ended = await start({}, 20 * minutes)
        expect(attempts(ended.dmgcmd)).toBe(1)
        expect(ended).toMatchObject({ stillRunning: true, events: [] })
        expect(world.service.nodes()).toMatchObject([{ name: 'MACHINE', status: 'Online' }])
      },
    )

    test.each(['The underlying connection was closed: The connection was closed unexpectedly.', 'The operation has timed out'])(
      'is what "%s" means where it is not about the token',
      async text => {
        world.shir.set({ answers: { '-RegisterNewNode': { exitCode: 1, stderr: text } } })
        const ended = await start()
        expect(attempts(ended.dmgcmd)).toBe(1)
        expect(ended).toMatchObject({ exitCode: 15, events: ['service-unreachable'] })
      },
    )

    test('is what a container means that was killed meanwhile', async () => {
      world.shir.setNetwork('hangs-after-accepted')
      const killed = await start({}, 100)
      expect(killed).toMatchObject({ stillRunning: true })
      world.restart()
      world.shir.setNetwork('up')
      const again = await start()
      expect(attempts(again.dmgcmd)).toBe(0)
      expect(names()).toEqual(['MACHINE'])
    })

    test('is what a container means that was killed while it wrote that down', async () => {
      mkdirSync(path.join(world.scripts, '../ProgramData/shir-container'), { recursive: true })
      writeFileSync(path.join(world.scripts, '../ProgramData/shir-container/registration'), '')
      const ended = await start()
      expect(attempts(ended.dmgcmd)).toBe(0)
      expect(ended).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
    })

    test('is settled by a connection: from then on the container is registered', async () => {
      world.shir.setNetwork('hangs-but-registered')
      await start({}, 100)
      world.restart()
      world.shir.setNetwork('up')
      const again = await start({}, 20 * minutes)
      expect(deeds(again)).toEqual(['-Start'])
      expect(again).toMatchObject({ stillRunning: true, events: [] })
      world.restart()
      expect((await start({}, 20 * minutes)).output).toContain('is registered already')
    })
  })

  describe('what dmgcmd says', () => {
    const token = 'Failed to get service token from ADF service with key IR@x and time cost is: 0.1 seconds'

    test.each([
      ['ErrorCode: 4711', 'registration-failed', 16],
      [token, 'invalid-key', 11],
      ['Could not establish trust relationship for the SSL/TLS secure channel', 'service-unreachable', 15],
      ['REGISTRATION OF NEW NODE IS FORBIDDEN', 'registration-forbidden', 12],
    ])('%j is %s whatever the exit code', async (text, code, exitCode) => {
      for (const answer of [
        { stdout: text, exitCode: 0 },
        { stderr: text, exitCode: 1 },
      ]) {
        const other = await makeWorld({ settings: { answers: { '-RegisterNewNode': answer } } })
        expect(await startContainer(other)).toMatchObject({ exitCode, events: [code] })
        await other.close()
      }
    })

    test('of an unknown kind with an exit code is registration-failed, and not tried again', async () => {
      world.shir.set({ answers: { '-RegisterNewNode': { stdout: 'Something else.', exitCode: 3 } } })
      const ended = await start()
      expect(ended).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
      expect(ended.output).toContain('exit code 3')
      expect(attempts(ended.dmgcmd)).toBe(1)
    })

    test('of a first try is not the end of it where SHIR’s own flag says that a later one came through', async () => {
      world.shir.set({
        answers: { '-RegisterNewNode': { stdout: `${token}: Unable to connect to the remote server\r\nRegistered.` } },
      })
      world.at(4.5, () => world.shir.writeRegistry('HaveRun', 'Mdw')) // in the middle of the call
      const ended = await start({}, 3 * minutes)
      expect(attempts(ended.dmgcmd)).toBe(1)
      expect(ended.output).toContain('The node MACHINE is registered.')
    })

    test('that only looks like a failure is none', async () => {
      const stdout = 'ErrorCode: 0\nPort 1500 and 1847 are free. Registered 15 jobs.'
      world.shir.set({ answers: { '-RegisterNewNode': { stdout } } })
      expect((await start({}, 60)).output).toContain('The node MACHINE is registered.')
    })
  })

  test('every code has an exit code of its own, and docs/image.md lists it', () => {
    const setup = readFileSync(path.join(world.scripts, 'setup.ps1'), 'utf8')
    const table = [...setup.matchAll(/^ {4}'([a-z-]+)'\s*= (\d+)/gm)].map(([, code, exitCode]) => ({ code, exitCode }))
    expect(table).toHaveLength(10)
    expect(new Set(table.map(({ exitCode }) => exitCode)).size).toBe(10)
    const docs = readFileSync(path.resolve(__dirname, '../../docs/image.md'), 'utf8')
    for (const { code, exitCode } of table) expect(docs).toContain(`| ${exitCode} | \`${code}\` |`)
  })
})
