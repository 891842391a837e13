import { keys, makeNode } from './nodes.ts'

const register = ['-RegisterNewNode', keys.authKey1, 'eu-1'] as const

describe('a registration', () => {
  test('tells the service, and SHIR', () => {
    const { shir, service, clock } = makeNode()
    expect(shir.dmgcmd([...register, '600'])).toMatchObject({ exitCode: 0, stderr: '' })
    expect(service.nodes()).toMatchObject([
      { name: 'eu-1', machine: 'MACHINE', registeredAt: clock.now(), remoteAccess: false, expirySeconds: 600 },
    ])
    expect(shir.registry()).toMatchObject({ HaveRun: 'Mdw' })
    expect(shir.state().nodeName).toBe('eu-1')
  })

  test('without a name takes the computer’s', () => {
    const { shir, statuses } = makeNode()
    shir.dmgcmd(['-rn', keys.authKey2])
    expect(statuses()).toEqual(['MACHINE Initializing'])
  })

  test('that is refused says why and leaves SHIR as it was', () => {
    const { shir, service } = makeNode()
    expect(shir.dmgcmd(['-RegisterNewNode', 'IR@wrong', 'eu-1']).stderr).toContain('with key IR@wrong and')
    expect(shir.registry()).not.toHaveProperty('HaveRun')
    expect(service.nodes()).toEqual([])
  })

  test('has remote access when that was enabled some seconds before', () => {
    const { shir, service, clock } = makeNode()
    shir.dmgcmd(['-EnableRemoteAccessInContainer', '9000'])
    clock.pass(9)
    expect(shir.state().remoteAccess).toBeUndefined()
    clock.pass(1)
    expect(shir.state().remoteAccess).toBe(9000)
    shir.dmgcmd(register)
    expect(service.nodes()).toMatchObject([{ remoteAccess: true }])
  })

  test('of a second machine is forbidden until the first has remote access and has told so', () => {
    const { shir, another, statuses, clock } = makeNode()
    const second = another('OTHER')
    shir.dmgcmd(register)
    second.dmgcmd(['-erac', '8060'])
    clock.pass(60)
    expect(second.dmgcmd(['-rn', keys.authKey1]).stderr).toContain('Registration of new node is forbidden')
    shir.dmgcmd(['-erac', '8060'])
    clock.pass(10)
    expect(second.dmgcmd(['-rn', keys.authKey1])).toMatchObject({ exitCode: 0 })
    expect(statuses()).toEqual(['eu-1 Online', 'OTHER Initializing'])
  })

  test('once more leaves the record of before behind', () => {
    const { shir, statuses, clock } = makeNode()
    shir.dmgcmd(['-erac', '8060'])
    clock.pass(15)
    shir.dmgcmd(register)
    shir.dmgcmd(register)
    clock.pass(90)
    expect(statuses()).toEqual(['eu-1 Offline', 'eu-1_2 Online'])
    expect(shir.state().nodeName).toBe('eu-1_2')
  })

  test.each([['0'], ['65536'], ['http']])('remote access on the port %s is no such thing', port => {
    expect(makeNode().shir.dmgcmd(['-erac', port])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(port) })
  })
})

describe('a registration on a bad network', () => {
  const host = 'example.westeurope.datafactory.azure.net'
  test.each([
    ['no-dns', `The remote name could not be resolved: '${host}'`],
    ['refused', 'Unable to connect to the remote server'],
    ['token-times-out', 'The operation has timed out'],
    ['private-link', 'InvalidGatewayKey, .* Client IP address is not valid private ip'],
  ] as const)('%s fails before the service has heard of it', (network, text) => {
    const { shir, service } = makeNode({ network })
    const { exitCode, stderr } = shir.dmgcmd(register)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(new RegExp(`^Failed to get service token .*${text}\r\n$`))
    expect(service.nodes()).toEqual([])
    expect(shir.registry()).not.toHaveProperty('HaveRun')
  })

  test.each([
    ['reply-lost', 'The operation has timed out'],
    ['reply-lost', 'The underlying connection was closed: The connection was closed unexpectedly.'],
    ['reply-lost-but-registered', 'The operation has timed out'],
  ] as const)('%s fails although the service accepted it: %s', (network, lostReplyText) => {
    const { shir, statuses } = makeNode({ network, settings: { lostReplyText } })
    expect(shir.dmgcmd(register)).toMatchObject({ exitCode: 1, stderr: `${lostReplyText}\r\n`, takesMs: 100_000 })
    expect(statuses()).toEqual(['eu-1 Initializing'])
    expect('HaveRun' in shir.registry()).toBe(network === 'reply-lost-but-registered')
  })

  test.each([
    ['hangs', [], false],
    ['hangs-after-accepted', ['eu-1 Initializing'], false],
    ['hangs-but-registered', ['eu-1 Initializing'], true],
  ] as const)('%s never ends; the service knows %j, SHIR knows: %s', (network, known, isRegistered) => {
    const { shir, statuses } = makeNode({ network })
    expect(shir.dmgcmd(register)).toMatchObject({ hangs: true, stdout: '', stderr: '' })
    expect(statuses()).toEqual(known)
    expect('HaveRun' in shir.registry()).toBe(isRegistered)
  })

  test('a refusal whose reply is lost is not told either', () => {
    const { shir, service } = makeNode({ network: 'reply-lost-but-registered' })
    expect(shir.dmgcmd(['-rn', 'IR@wrong']).stderr).toBe('The operation has timed out\r\n')
    expect(service.nodes()).toEqual([])
    expect(shir.registry()).not.toHaveProperty('HaveRun')
  })

  test('a node whose reply was lost never connects, one that knows of its registration does', () => {
    const lost = makeNode({ network: 'reply-lost' })
    lost.shir.dmgcmd(register)
    lost.clock.pass(90)
    expect(lost.statuses()).toEqual(['eu-1 Offline'])
    expect(lost.shir.state().connection).toBe('Disconnected')
    const known = makeNode({ network: 'reply-lost-but-registered' })
    known.shir.dmgcmd(register)
    known.clock.pass(90)
    expect(known.statuses()).toEqual(['eu-1 Online'])
  })

  test('is met by as many attempts as were asked for', () => {
    const { shir, service } = makeNode()
    shir.setNetwork('no-dns', { next: 2 })
    expect([1, 2, 3].map(() => shir.dmgcmd(register).exitCode)).toEqual([1, 1, 0])
    shir.setNetwork('reply-lost', { next: 1 })
    expect(shir.dmgcmd(['-cgc'])).toMatchObject({ stdout: 'Connecting\r\n' })
    shir.dmgcmd(['-erac', '8060'])
    expect(shir.dmgcmd(register).stderr).toContain('timed out')
    expect(shir.dmgcmd(register).stderr).toContain('forbidden')
    expect(service.nodes()).toHaveLength(1)
  })
})
