import { describeWith } from '../support/program.ts'
import { deeds, startContainer } from './secrecy.ts'
import { makeWorld, type World } from './world.ts'

const minutes = 60

describeWith('pwsh', 'a container that starts again', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const names = () => world.service.nodes().map(node => node.name)

  /** A container that registered, ran for a while, and was started again. */
  async function registered(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    await startContainer(world, environment, 3 * minutes)
    expect(world.service.nodes()).toMatchObject([{ status: 'Online' }])
    world.restart()
  }

  const again = (environment: Readonly<Record<string, string>> = {}, until = 8 * minutes) =>
    startContainer(world, environment, until)

  test.each(['', 'not a key'])('is not registered again and needs no key (AUTH_KEY=%j)', async given => {
    await registered()
    const ended = await again({ AUTH_KEY: given })
    expect(deeds(ended)).toEqual(['-Start'])
    expect(ended).toMatchObject({ stillRunning: true, events: [] })
    expect(world.service.nodes()).toMatchObject([{ name: 'MACHINE', status: 'Online' }])
  })

  test('gets its remote access again, before it is started', async () => {
    await registered({ ENABLE_HA: 'true', HA_PORT: '9000' })
    expect(world.shir.state().remoteAccess).toBeUndefined()
    const ended = await again({ ENABLE_HA: 'true', HA_PORT: '9000' })
    expect(deeds(ended)).toEqual(['-EnableRemoteAccessInContainer', '-Start'])
    expect(world.shir.state().remoteAccess).toBe(9000)
  })

  test('that cannot get its remote access at once gets it after the start, and is started in any case', async () => {
    await registered({ ENABLE_HA: 'true' })
    world.shir.set({ answers: { '-EnableRemoteAccessInContainer': { exitCode: 1, stderr: 'Not yet.' } } })
    const ended = await again({ ENABLE_HA: 'true' })
    expect(deeds(ended)).toEqual(['-EnableRemoteAccessInContainer', '-Start', '-EnableRemoteAccessInContainer'])
    expect(ended.output).toContain('WARNING: remote access could not be enabled')
    expect(ended).toMatchObject({ stillRunning: true, events: [] })
  })

  test('that upstream’s scripts registered is taken as registered: SHIR’s own flag counts', async () => {
    world.shir.dmgcmd(['-RegisterNewNode', world.key, 'MACHINE'])
    expect(deeds(await again())).toEqual(['-Start'])
    expect(names()).toEqual(['MACHINE'])
  })

  test('only "Mdw" means registered', async () => {
    world.shir.writeRegistry('HaveRun', 'No')
    expect(deeds(await again({}, 3 * minutes))).toEqual(['-Start', '-RegisterNewNode'])
  })

  describe('and whose record the service has lost', () => {
    test.each(['Limited', 'There was no endpoint listening at net.pipe'])('is not taken for lost because of %j', async word => {
      await registered()
      world.shir.set({ answers: { '-cgc': { stdout: word } } })
      expect(deeds(await again({}, 12 * minutes))).toEqual(['-Start'])
    })

    test('is not taken for lost because SHIR has stopped trying while the service cannot be reached', async () => {
      await registered()
      world.shir.setNetwork('no-dns')
      world.shir.set({ answers: { '-cgc': { stdout: 'Disconnected' } } })
      expect(deeds(await again({}, 12 * minutes))).toEqual(['-Start'])
    })

    test('is registered again once until it has been connected, however often the container starts', async () => {
      await registered({ ENABLE_HA: 'true' })
      world.shir.set({ answers: { '-cgc': { stdout: 'Disconnected' } } })
      const starts = []
      for (let count = 0; count < 3; count++) {
        starts.push(deeds(await again({ ENABLE_HA: 'true' }, 10 * minutes)))
        world.restart()
      }
      expect(starts.map(all => all.filter(deed => deed === '-RegisterNewNode').length)).toEqual([1, 0, 0])
    })

    test.each([
      ['SHIR has stopped trying', { word: 'Disconnected', dropsRegistration: false }],
      ['SHIR says so', { word: 'NotRegistered', dropsRegistration: false }],
      ['SHIR drops its flag', { word: 'Connecting', dropsRegistration: true }],
    ] as const)('is registered again, exactly once (%s)', async (_, whenForgotten) => {
      world.shir.set({ whenForgotten })
      await registered()
      world.service.remove('MACHINE')
      const ended = await again({}, 18 * minutes)
      expect(deeds(ended)).toEqual(['-Start', '-RegisterNewNode'])
      expect(ended.output).toContain('The service no longer knows this node: registering it again, once.')
      expect(world.service.nodes()).toMatchObject([{ name: 'MACHINE', status: 'Online' }])
      expect(ended).toMatchObject({ stillRunning: true, events: [] })
    })

    test('is registered again whatever else is said beside the word', async () => {
      await registered()
      world.service.remove('MACHINE')
      world.shir.set({ answers: { '-cgc': { stdout: 'NotRegistered', stderr: 'A warning of .NET, in several words.' } } })
      expect(deeds(await again({}, 8 * minutes))).toEqual(['-Start', '-RegisterNewNode'])
    })

    test('waits five minutes for the connection first', async () => {
      await registered()
      world.service.remove('MACHINE')
      const began = world.clock.seconds()
      const ended = await again()
      const asked = ended.calls.find(call => call.args[0] === '-RegisterNewNode')?.at ?? 0
      expect(asked - began).toBeGreaterThanOrEqual(5 * minutes)
      expect(asked - began).toBeLessThan(7 * minutes)
    })

    test('ends where it is forgotten once more: once is once', async () => {
      await registered()
      world.service.remove('MACHINE')
      world.at(9 * minutes, () => world.service.remove('MACHINE'))
      const ended = await again({}, 18 * minutes)
      expect(deeds(ended)).toEqual(['-Start', '-RegisterNewNode'])
      expect(names()).toEqual([])
    })

    test('ends as a first registration would where it is refused', async () => {
      await registered()
      world.service.remove('MACHINE')
      world.service.regenerateKey('authKey1')
      const ended = await again({}, 18 * minutes)
      expect(ended).toMatchObject({ exitCode: 11, events: ['invalid-key'], stillRunning: false })
      expect(ended.dmgcmd.filter(([option]) => option === '-RegisterNewNode')).toHaveLength(1)
    })

    test('ends with missing-key where it has none', async () => {
      world.shir.set({ whenForgotten: { word: 'NotRegistered', dropsRegistration: true } })
      await registered()
      world.service.remove('MACHINE')
      const ended = await again({ AUTH_KEY: '' })
      expect(ended).toMatchObject({ exitCode: 10, events: ['missing-key'] })
    })

    test('does not register a third time after a lost answer', async () => {
      await registered()
      world.service.remove('MACHINE')
      world.shir.setNetwork('reply-lost')
      expect(await again({}, 18 * minutes)).toMatchObject({ exitCode: 15 })
      world.restart()
      world.shir.setNetwork('up')
      const third = await again({}, 18 * minutes)
      expect(third).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
      expect(deeds(third)).toEqual(['-Start', '-Stop'])
      expect(names()).toEqual(['MACHINE'])
    })
  })

  describe('and is only cut off', () => {
    test('is not registered again, however long that takes, and connects when it can', async () => {
      await registered()
      world.shir.setNetwork('no-dns')
      world.at(12 * minutes, () => world.shir.setNetwork('up'))
      const ended = await again({}, 18 * minutes)
      expect(deeds(ended)).toEqual(['-Start'])
      expect(ended.output).toContain('it is not registered again')
      expect(world.service.nodes()).toMatchObject([{ name: 'MACHINE', status: 'Online' }])
    })

    test('is not registered again where it connects in time', async () => {
      world.shir.set({ connectsAfterMs: 4 * minutes * 1000 })
      await startContainer(world, {}, 10 * minutes)
      world.restart()
      expect(deeds(await again({}, 18 * minutes))).toEqual(['-Start'])
    })
  })

  test('a node that loses its record while it runs is left alone: somebody removed it', async () => {
    world.at(5 * minutes, () => world.service.remove('MACHINE'))
    const ended = await startContainer(world, {}, 15 * minutes)
    expect(deeds(ended)).toEqual(['-Start', '-RegisterNewNode'])
    expect(names()).toEqual([])
    expect(ended.output).toContain('Connection: Disconnected')
  })
})
