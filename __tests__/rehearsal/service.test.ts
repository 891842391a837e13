import { type Registration, registrationForbiddenText } from '../../rehearsal/shir/service.ts'
import { keys, makeRuntime } from './nodes.ts'

describe('a registration', () => {
  test.each<[string, Partial<Registration>]>([
    ['is taken with the first key', { key: keys.authKey1 }],
    ['is taken with the second key', { key: keys.authKey2 }],
    ['is taken without remote access where there is no other node', { remoteAccess: false }],
  ])('%s', (_, more) => {
    const { service, register, clock } = makeRuntime()
    expect(register('eu-1', more)).toMatchObject({ isAccepted: true, name: 'eu-1' })
    expect(service.nodes()).toEqual([
      {
        name: 'eu-1',
        machine: 'EU-1',
        registeredAt: clock.now(),
        lastConnectAt: undefined,
        remoteAccess: more.remoteAccess ?? true,
        expirySeconds: undefined,
        status: 'Initializing',
      },
    ])
  })

  test('with a key that is none is refused, and the answer prints that key', () => {
    const { service, register } = makeRuntime()
    expect(register('eu-1', { key: 'IR@wrong' })).toMatchObject({
      reason: 'invalid-key',
      text: expect.stringMatching(
        /^Failed to get service token from ADF service with key IR@wrong and time cost is: 0\.1 seconds, the error code is: InvalidGatewayKey, activityId is: [0-9a-f-]{36} /,
      ),
    })
    expect(service.nodes()).toEqual([])
  })

  test('with a key that was made anew in the meantime is refused, with the new and with the other it is taken', () => {
    const { service, register } = makeRuntime()
    const fresh = service.regenerateKey('authKey1')
    expect(register('eu-1', { key: keys.authKey1 })).toMatchObject({ reason: 'invalid-key' })
    expect(register('eu-1', { key: keys.authKey2 })).toMatchObject({ isAccepted: true })
    expect(register('eu-2', { key: fresh })).toMatchObject({ isAccepted: true })
    expect(service.keys()).toEqual({ authKey1: fresh, authKey2: keys.authKey2 })
    expect(fresh).toMatch(/^IR@00000000-1111-2222-3333-444444444444@example@ServiceEndpoint=[^@]+@[A-Za-z0-9+/]{43}=$/)
  })

  test('of a fifth node is refused', () => {
    const { register } = makeRuntime()
    for (const name of ['a', 'b', 'c', 'd']) expect(register(name)).toMatchObject({ isAccepted: true })
    expect(register('e')).toMatchObject({
      reason: 'node-limit',
      text: expect.stringMatching(/^A service error occurred \(StatusCode: 400; ErrorCode: 1500; ActivityId: [0-9a-f-]{36}; /),
    })
  })

  test.each<[string, Partial<Registration>, Partial<Registration>]>([
    ['another node was registered without it', { remoteAccess: false }, {}],
    ['the new node has none', {}, { remoteAccess: false }],
    ['neither has it', { remoteAccess: false }, { remoteAccess: false }],
  ])('where remote access is missing is forbidden: %s', (_, first, second) => {
    const { service, register, clock } = makeRuntime()
    register('dead', first)
    clock.pass(24 * 3600)
    expect(service.nodes()).toMatchObject([{ status: 'Offline' }])
    expect(register('new', second)).toMatchObject({ reason: 'registration-forbidden', text: registrationForbiddenText })
  })

  test('is allowed once the node without remote access is deleted, or has told that it has it now', () => {
    const deleted = makeRuntime()
    deleted.register('old', { remoteAccess: false })
    expect(deleted.service.remove('OLD')).toBe(true)
    expect(deleted.register('new')).toMatchObject({ isAccepted: true })

    const enabled = makeRuntime()
    const old = enabled.register('old', { remoteAccess: false })
    if (old.isAccepted) enabled.service.heartbeat(old.identity, { remoteAccess: true })
    expect(enabled.register('new')).toMatchObject({ isAccepted: true })
  })

  test.each([
    [600, 601, 600],
    [600, undefined, 600],
    [undefined, 600, 0],
  ])('must have the expiry of the others: %s and then %s', (first, second, told) => {
    const { register } = makeRuntime()
    register('a', { expirySeconds: first })
    expect(register('b', { expirySeconds: second })).toMatchObject({
      reason: 'ae-mismatch',
      text: expect.stringContaining(
        `ErrorMessage: OfflineNodeAutoDeletionTimeInSeconds should be same among the SHIR nodes and it should be ${told}.`,
      ),
    })
    expect(register('b', { expirySeconds: first })).toMatchObject({ isAccepted: true })
  })

  test('under a taken name gets another one', () => {
    const { register } = makeRuntime()
    const names = ['eu', 'EU', 'eu'].map(name => register(name)).map(answer => answer.isAccepted && answer.name)
    expect(names).toEqual(['eu', 'EU_2', 'eu_3'])
  })

  test('removes nodes that were offline for longer than their expiry, and with them what forbade it', () => {
    const { register, statuses, clock } = makeRuntime()
    register('old', { expirySeconds: 600, remoteAccess: false })
    clock.pass(600)
    expect(register('new', { expirySeconds: 600 })).toMatchObject({ reason: 'registration-forbidden' })
    clock.pass(1)
    expect(statuses()).toEqual(['old Offline'])
    expect(register('new', { expirySeconds: 600 })).toMatchObject({ isAccepted: true })
    expect(statuses()).toEqual(['new Initializing'])
  })

  test('that is refused for its key removes nothing', () => {
    const { register, statuses, clock } = makeRuntime()
    register('old', { expirySeconds: 600 })
    clock.pass(10_000)
    register('new', { key: 'IR@wrong', expirySeconds: 600 })
    expect(statuses()).toEqual(['old Offline'])
  })
})

describe('a node', () => {
  const makeNode = () => {
    const runtime = makeRuntime()
    const answer = runtime.register('eu')
    if (!answer.isAccepted) throw new Error(answer.text)
    const hear = () => runtime.service.heartbeat(answer.identity, { remoteAccess: true })
    return { ...runtime, ...answer, hear }
  }

  test('is initializing, online while it is heard, offline after a minute of silence, and online again', () => {
    const { hear, statuses, clock, service } = makeNode()
    expect(statuses()).toEqual(['eu Initializing'])
    clock.pass(30)
    expect(hear()).toBe('known')
    const heardAt = clock.now()
    clock.pass(60)
    expect(service.nodes()).toMatchObject([{ status: 'Online', lastConnectAt: heardAt }])
    clock.pass(1)
    expect(service.nodes()).toMatchObject([{ status: 'Offline', lastConnectAt: heardAt }])
    hear()
    expect(statuses()).toEqual(['eu Online'])
  })

  test('that never connects is offline after a minute', () => {
    const { statuses, clock } = makeNode()
    clock.pass(61)
    expect(statuses()).toEqual(['eu Offline'])
  })

  test('that says goodbye is offline at once', () => {
    const { hear, service, identity, statuses } = makeNode()
    hear()
    service.goodbye(identity)
    expect(statuses()).toEqual(['eu Offline'])
  })

  test('that was removed is not known any more, and its name is free', () => {
    const { hear, service, register, identity } = makeNode()
    expect(service.remove('eu')).toBe(true)
    expect(service.remove('eu')).toBe(false)
    expect(hear()).toBe('unknown')
    service.goodbye(identity)
    expect(service.nodes()).toEqual([])
    expect(register('eu')).toMatchObject({ name: 'eu' })
  })

  test('is limited as long as the service says so', () => {
    const { hear, service, statuses } = makeNode()
    hear()
    service.limit('eu')
    expect(statuses()).toEqual(['eu Limited'])
    service.limit('eu', false)
    expect(statuses()).toEqual(['eu Online'])
  })

  test('may let itself be heard just before the service looks', () => {
    const { hear, service, statuses, clock } = makeNode()
    service.attend(hear)
    clock.pass(1000)
    expect(statuses()).toEqual(['eu Online'])
  })
})

test.each([
  ['NeedRegistration', []],
  ['Online', ['online', 'online']],
  ['Limited', ['online', 'dead']],
  ['Limited', ['online', 'limited']],
  ['Limited', ['limited']],
  ['Offline', ['dead', 'dead']],
])('the integration runtime is %s with the nodes %j', (state, names) => {
  const { service, register } = makeRuntime()
  for (const name of names) {
    const answer = register(name)
    if (!answer.isAccepted) throw new Error(answer.text)
    if (name === 'dead') service.goodbye(answer.identity)
    else service.heartbeat(answer.identity, { remoteAccess: true })
    if (name === 'limited') service.limit(answer.name)
  }
  expect(service.state()).toBe(state)
})
