import { configurationKey, type ShirSettings } from '../../rehearsal/shir/shir.ts'
import { keys, makeNode } from './nodes.ts'

const register = ['-RegisterNewNode', keys.authKey1, 'eu-1'] as const

test('a container that starts for the first time runs SHIR, which is not registered', () => {
  const { shir } = makeNode()
  expect(shir.state()).toEqual({
    host: { processId: expect.any(Number), startedAt: expect.any(Number) },
    hostEnded: undefined,
    connection: 'Disconnected',
    nodeName: undefined,
    remoteAccess: undefined,
    validatesLocalFolders: true,
    upgradeServiceRuns: true,
  })
  expect(configurationKey).toMatch(/^HKLM:\\SOFTWARE\\/)
  expect(shir.registry()).toEqual({
    DiacmdPath: 'C:\\Program Files\\Microsoft Integration Runtime\\5.0\\Shared\\diacmd.exe',
  })
})

describe('the connection', () => {
  const makeConnected = (settings: Partial<ShirSettings> = {}) => {
    const node = makeNode({ settings })
    node.shir.dmgcmd(register)
    node.clock.pass(30)
    const word = () => node.shir.dmgcmd(['-cgc']).stdout.trim()
    return { ...node, word }
  }

  test('comes 30 seconds after the registration, or when it is set to come', () => {
    for (const connectsAfterMs of [30_000, 5000]) {
      const { shir, clock, statuses } = makeNode({ settings: { connectsAfterMs } })
      clock.pass(100)
      shir.dmgcmd(register)
      clock.pass(connectsAfterMs / 1000 - 1)
      expect(shir.dmgcmd(['-cgc'])).toMatchObject({ exitCode: 0, stdout: 'Connecting\r\n' })
      expect(statuses()).toEqual(['eu-1 Initializing'])
      clock.pass(1)
      expect(shir.dmgcmd(['-cgc'])).toMatchObject({ exitCode: 0, stdout: 'Connected\r\n' })
      expect(statuses()).toEqual(['eu-1 Online'])
    }
  })

  test.each([
    ['-Restart', 'Connecting'],
    ['-Stop', 'Disconnected'],
  ])('after %s is %s', (option, expected) => {
    const { shir, word, statuses, clock } = makeConnected()
    shir.dmgcmd([option])
    expect(word()).toBe(expected)
    expect(statuses()).toEqual(['eu-1 Offline'])
    shir.dmgcmd(['-Start'])
    clock.pass(30)
    expect(word()).toBe('Connected')
    expect(statuses()).toEqual(['eu-1 Online'])
  })

  test('of a killed SHIR ends without a word to the service, which notices later', () => {
    const { shir, word, statuses, clock } = makeConnected()
    shir.kill()
    expect(word()).toBe('Disconnected')
    clock.pass(60)
    expect(statuses()).toEqual(['eu-1 Online'])
    clock.pass(1)
    expect(statuses()).toEqual(['eu-1 Offline'])
    expect(shir.state()).toMatchObject({ host: undefined, hostEnded: 'killed' })
  })

  test('has no word where SHIR gives none while it does not run', () => {
    const { shir } = makeConnected({ whenStopped: { word: '', exitCode: 5 } })
    shir.kill()
    expect(shir.dmgcmd(['-cgc'])).toMatchObject({ exitCode: 5, stdout: '', stderr: '' })
  })

  test.each(['no-dns', 'refused', 'token-times-out', 'private-link'] as const)(
    'goes with the network (%s) and comes back',
    network => {
      const { shir, word, statuses, clock } = makeConnected()
      shir.setNetwork(network)
      expect(word()).toBe('Connecting')
      clock.pass(61)
      expect(statuses()).toEqual(['eu-1 Offline'])
      shir.setNetwork('up')
      clock.pass(29)
      expect(word()).toBe('Connecting')
      clock.pass(1)
      expect(word()).toBe('Connected')
      expect(statuses()).toEqual(['eu-1 Online'])
    },
  )

  test('stays when only registrations fail', () => {
    const { shir, word } = makeConnected()
    shir.setNetwork('reply-lost')
    expect(word()).toBe('Connected')
  })

  test.each([
    ['Disconnected', false],
    ['Connecting', true],
    ['NotRegistered', false],
    ['NotRegistered', true],
  ] as const)('of a node whose record was removed is %s, and its registration goes: %s', (expected, dropsRegistration) => {
    const { shir, word, service, clock } = makeConnected({ whenForgotten: { word: expected, dropsRegistration } })
    expect(word()).toBe('Connected')
    service.remove('eu-1')
    expect(word()).toBe(expected)
    expect('HaveRun' in shir.registry()).toBe(!dropsRegistration)
    shir.containerRestarted()
    clock.pass(30)
    expect(word()).toBe(expected)
    expect(shir.dmgcmd(register)).toMatchObject({ exitCode: 0 })
    clock.pass(30)
    expect(word()).toBe('Connected')
    expect(shir.registry()).toMatchObject({ HaveRun: 'Mdw' })
  })

  test('of a node whose record was removed while it was away breaks only once it tries', () => {
    const { shir, word, service, clock } = makeConnected({ whenForgotten: { word: 'NotRegistered', dropsRegistration: true } })
    shir.dmgcmd(['-Stop'])
    service.remove('eu-1')
    shir.dmgcmd(['-Start'])
    clock.pass(29)
    expect([word(), shir.registry().HaveRun]).toEqual(['Connecting', 'Mdw'])
    clock.pass(1)
    expect([word(), shir.registry().HaveRun]).toEqual(['NotRegistered', undefined])
  })

  test('of a SHIR that never registered has the word that is set', () => {
    const { shir } = makeNode({ settings: { whenUnregistered: 'Connecting' } })
    expect(shir.dmgcmd(['-cgc'])).toMatchObject({ exitCode: 0, stdout: 'Connecting\r\n' })
  })
})

test('diahost.exe may take its time, and nothing can be registered before it is there', () => {
  const { shir, clock } = makeNode({ settings: { hostAppearsAfterMs: 20_000 } })
  clock.pass(19)
  expect(shir.state()).toMatchObject({ host: undefined, hostEnded: undefined })
  expect(shir.dmgcmd(register)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not running') })
  expect(shir.dmgcmd(['-Start'])).toMatchObject({ exitCode: 0 })
  clock.pass(1)
  expect(shir.state().host).toBeDefined()
  shir.dmgcmd(register)
  shir.dmgcmd(['-Restart'])
  clock.pass(49)
  expect(shir.state()).toMatchObject({ host: expect.anything(), connection: 'Connecting' })
  clock.pass(1)
  expect(shir.state().connection).toBe('Connected')
})

describe('a container that is started again', () => {
  test('runs SHIR by itself, registered as before, and without remote access', () => {
    const { shir, clock, statuses, service } = makeNode()
    shir.dmgcmd(['-erac', '8060'])
    clock.pass(15)
    shir.dmgcmd(register)
    shir.dmgcmd(['-Stop', '-StopUpgradeService'])
    shir.containerRestarted()
    expect(shir.state()).toMatchObject({ host: expect.anything(), remoteAccess: undefined, upgradeServiceRuns: true })
    expect(shir.registry()).toMatchObject({ HaveRun: 'Mdw' })
    clock.pass(30)
    expect(statuses()).toEqual(['eu-1 Online'])
    expect(service.nodes()).toMatchObject([{ remoteAccess: false }])
    shir.dmgcmd(['-erac', '8060'])
    clock.pass(10)
    expect(service.nodes()).toMatchObject([{ remoteAccess: true }])
  })

  test('has the registry that it had, whoever wrote it', () => {
    const { shir } = makeNode()
    shir.dmgcmd(register)
    shir.writeRegistry('haverun', undefined)
    shir.writeRegistry('Other', 'kept')
    shir.containerRestarted()
    expect(shir.registry()).toEqual({ DiacmdPath: expect.any(String), Other: 'kept' })
  })
})
