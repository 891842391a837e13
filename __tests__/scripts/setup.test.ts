import { describeWith } from '../support/program.ts'
import { configurationKey, type Ended, type Fakes, hostServiceKey, makeKey, World } from './world.ts'

const registeredValue = { [`${configurationKey}\\HaveRun`]: 'Mdw' }

describeWith('pwsh', 'setup.ps1', () => {
  let world: World
  let key: string

  beforeEach(() => {
    world = new World()
    world.installDmgcmd()
    key = makeKey()
  })

  afterEach(() => world.remove())

  /** Starts the container; the key and its secret must be nowhere but in the registration's own argument list. */
  async function start(environment: Readonly<Record<string, string>> = {}, fakes: Fakes = {}): Promise<Ended> {
    const given = { AUTH_KEY: key, ...environment }
    const ended = await world.run('setup.ps1', given, fakes)
    const secret = key.split('@').at(-1) as string
    const elsewhere = ended.calls.filter(call => call.args[0] !== '-RegisterNewNode')
    for (const form of [key, secret, secret.replace(/=+$/, '')]) {
      expect(ended.output).not.toContain(form)
      expect(JSON.stringify(elsewhere)).not.toContain(form)
    }
    expect(ended.calls.filter(call => call.inheritsKey)).toEqual([])
    return ended
  }

  const restarted = (more: Fakes = {}): Fakes => ({ ...more, registry: { ...world.installed, ...registeredValue } })
  const sleeps = (ended: Ended) => ended.calls.filter(call => call.command === 'Start-Sleep').map(call => call.args.Seconds)

  test('a new node is started, registered under the computer’s name and then watched', async () => {
    const ended = await start({}, { diahost: '11' })
    expect(ended.dmgcmd).toEqual([['-Start'], ['-RegisterNewNode', key, 'MACHINE']])
    expect(ended.lines.filter(line => line.includes('is registered'))).toHaveLength(1)
    expect(sleeps(ended)).toEqual(Array(8).fill(60))
    expect(ended).toMatchObject({ exitCode: 20, events: ['exited'] })
  })

  test('every line has a UTC time or is the event, which is the last', async () => {
    const ended = await start()
    expect(ended.lines.at(-1)).toBe('SHIR-EVENT {"code":"exited"}')
    for (const line of ended.lines.slice(0, -1)) expect(line).toMatch(/^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] \S/)
  })

  describe('what the user wrote', () => {
    test('without a key nothing is started', async () => {
      const ended = await start({ AUTH_KEY: '' })
      expect(ended).toMatchObject({ exitCode: 10, events: ['missing-key'], dmgcmd: [] })
    })

    test.each([
      ['in quotes', (k: string) => `"${k}"`],
      ['in single quotes', (k: string) => `'${k}'`],
      ['with a line break', (k: string) => `${k}\n`],
      ['with a blank', (k: string) => k.replace('@example', '@exam ple')],
      ['that is something else', (k: string) => k.replace('IR@', 'SharedAccessSignature@')],
    ])('a key %s never reaches dmgcmd', async (_, change) => {
      const ended = await start({ AUTH_KEY: change(key) })
      expect(ended).toMatchObject({ exitCode: 11, events: ['invalid-key'], dmgcmd: [] })
    })

    test.each([
      ['ENABLE_HA', 'yes'],
      ['ENABLE_AE', '1'],
      ['HA_PORT', '0'],
      ['HA_PORT', '65536'],
      ['HA_PORT', '80a'],
      ['HA_PORT', '99999999999'],
      ['AE_TIME', '599'],
      ['AE_TIME', '10m'],
      ['AE_TIME', '600\n'],
      ['NODE_NAME', '-k'],
      ['NODE_NAME', 'two words'],
      ['NODE_NAME', 'n'.repeat(151)],
    ])('%s=%j is refused', async (name, value) => {
      const ended = await start({ [name]: value })
      expect(ended).toMatchObject({ exitCode: 17, events: ['invalid-input'], dmgcmd: [] })
      expect(ended.output).toContain(`${name} must be`)
    })

    test('a value cannot start a line of its own, and a key in the wrong variable is not shown', async () => {
      const ended = await start({ NODE_NAME: `${key}\nSHIR-EVENT {"code":"healthy"}` })
      expect(ended.events).toEqual(['invalid-input'])
      expect(ended.output).toContain('***')
    })

    test('a variable that is empty counts as absent', async () => {
      const ended = await start({ NODE_NAME: '', ENABLE_HA: '', HA_PORT: '', ENABLE_AE: '', AE_TIME: '', TZ: '' })
      expect(ended.dmgcmd).toEqual([['-Start'], ['-RegisterNewNode', key, 'MACHINE']])
    })

    test('offline expiry without high availability gets a warning', async () => {
      const ended = await start({ ENABLE_AE: 'true' })
      expect(ended.output).toContain('WARNING: ENABLE_AE')
      expect(ended.dmgcmd.at(-1)).toEqual(['-RegisterNewNode', key, 'MACHINE', '600'])
    })
  })

  describe('registration', () => {
    test.each(['true', 'True', 'TRUE'])('with ENABLE_HA=%s remote access comes first', async flag => {
      const ended = await start({ ENABLE_HA: flag, NODE_NAME: 'eu-1' })
      expect(ended.dmgcmd).toEqual([['-Start'], ['-EnableRemoteAccessInContainer', '8060'], ['-RegisterNewNode', key, 'eu-1']])
      const order = ended.calls.map(call => call.args.Seconds ?? call.args[0]).filter(Boolean)
      expect(order.slice(0, 5)).toEqual(['-Start', '-EnableRemoteAccessInContainer', 15, '-RegisterNewNode', 60])
    })

    test('port and offline expiry are passed on', async () => {
      const ended = await start({ ENABLE_HA: 'true', HA_PORT: '9000', ENABLE_AE: 'TRUE', AE_TIME: '601' })
      expect(ended.dmgcmd.slice(1)).toEqual([
        ['-EnableRemoteAccessInContainer', '9000'],
        ['-RegisterNewNode', key, 'MACHINE', '601'],
      ])
      expect(ended.output).not.toContain('WARNING')
    })

    test('switched off in any letter case, port and expiry are left out', async () => {
      const ended = await start({ ENABLE_HA: 'False', HA_PORT: '9000', ENABLE_AE: 'FALSE', AE_TIME: '601' })
      expect(ended.dmgcmd).toEqual([['-Start'], ['-RegisterNewNode', key, 'MACHINE']])
    })

    const token = 'Failed to get service token from ADF service with key {key} and time cost is: 0.1 seconds'
    const failures: readonly (readonly [string, number, string])[] = [
      ['invalid-key', 11, `${token}, the error code is: InvalidGatewayKey, activityId is: X`],
      ['invalid-key', 11, token],
      ['registration-forbidden', 12, 'Registration of new node is forbidden when Remote Access is disabled on another node.'],
      ['node-limit', 13, 'ErrorCode: 1500, there are four nodes'],
      ['ae-mismatch', 14, 'ErrorCode: 1847, OfflineNodeAutoDeletionTimeInSeconds'],
      ['service-unreachable', 15, `${token}: The remote name could not be resolved: 'example.westeurope.datafactory.azure.net'`],
      ['service-unreachable', 15, `${token}, the error code is: InvalidGatewayKey: Client IP address is not valid private ip`],
      ['service-unreachable', 15, 'Unable to connect to the remote server'],
      ['service-unreachable', 15, 'Could not establish trust relationship for the SSL/TLS secure channel'],
      ['registration-failed', 16, 'ErrorCode: 4711'],
    ]
    test.each(failures)('%s (exit code %i) is recognised whatever dmgcmd’s exit code: %s', async (code, exitCode, text) => {
      for (const answer of [{ out: text.toUpperCase() }, { err: text, exitCode: 1 }]) {
        const ended = await start({}, { diahost: '11', dmgcmd: { '-RegisterNewNode': answer } })
        expect(ended).toMatchObject({ exitCode, events: [code] })
        expect(sleeps(ended)).toEqual([])
      }
    })

    test('an exit code without a known text is a failure too', async () => {
      const ended = await start({}, { dmgcmd: { '-RegisterNewNode': { out: 'Something else.', exitCode: 3 } }, diahost: '1' })
      expect(ended).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
      expect(ended.output).toContain('exit code 3')
    })

    test('a call that never answers is ended', async () => {
      const ended = await start(
        {},
        { dmgcmd: { '-RegisterNewNode': { out: 'One moment', hangs: true } }, hangs: true, diahost: '1' },
      )
      expect(ended).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
      expect(ended.output).toContain('dmgcmd: One moment')
      expect(ended.output).toContain('dmgcmd -RegisterNewNode gave no answer and was ended.')
    })

    test('texts that only look like failures are none', async () => {
      const out = 'ErrorCode: 0\nPort 1500 and 1847 are free. Registered 15 jobs.'
      const ended = await start({}, { dmgcmd: { '-RegisterNewNode': { out } }, diahost: '1' })
      expect(ended.output).toContain('is registered')
    })

    test('what dmgcmd says is shown without the key, and cannot start a line', async () => {
      const out = 'Key {key}!\r\nSecret {secret}.\r\n\r\nSHIR-EVENT {"code":"healthy"}\r\n'
      const ended = await start({}, { dmgcmd: { '-RegisterNewNode': { out, err: 'Warned: {secret}' } } })
      expect(ended.output).toContain('dmgcmd: Key ***!\n')
      expect(ended.output).toContain('dmgcmd: Secret ***.\n')
      expect(ended.output).toContain('dmgcmd: Warned: ***')
      expect(ended.events).toEqual(['exited'])
    })

    test('a secret without its padding is hidden as well', async () => {
      const bare = (key.split('@').at(-1) as string).replace(/=+$/, '')
      const ended = await start({}, { dmgcmd: { '-RegisterNewNode': { out: `cut: ${bare}` } } })
      expect(ended.output).toContain('cut: ***')
    })

    test('without remote access nothing is registered', async () => {
      const ended = await start(
        { ENABLE_HA: 'true' },
        { dmgcmd: { '-EnableRemoteAccessInContainer': { exitCode: 2, err: 'In use' } } },
      )
      expect(ended).toMatchObject({ exitCode: 16, events: ['registration-failed'] })
      expect(ended.dmgcmd.map(args => args[0])).toEqual(['-Start', '-EnableRemoteAccessInContainer'])
    })

    test('a start that fails counts only when SHIR does not run', async () => {
      const dmgcmd = { '-Start': { exitCode: 1, err: 'It runs already.' } }
      expect((await start({}, { dmgcmd, diahost: '1' })).dmgcmd).toHaveLength(2)
      const ended = await start({}, { dmgcmd, diahost: '0' })
      expect(ended).toMatchObject({ exitCode: 20, events: ['exited'], dmgcmd: [['-Start']] })
      expect(ended.output).toContain('could not be started')
    })
  })

  describe('a container that starts again', () => {
    test.each(['', 'not a key'])('is not registered again and needs no key (AUTH_KEY=%j)', async given => {
      const ended = await start({ AUTH_KEY: given }, restarted())
      expect(ended.dmgcmd).toEqual([['-Start']])
      expect(ended.events).toEqual(['exited'])
    })

    test('gets its remote access again', async () => {
      const ended = await start({ ENABLE_HA: 'true', HA_PORT: '9000' }, restarted())
      expect(ended.dmgcmd).toEqual([['-EnableRemoteAccessInContainer', '9000'], ['-Start']])
    })

    test('only "Mdw" means registered', async () => {
      const ended = await start({}, { registry: { ...world.installed, [`${configurationKey}\\HaveRun`]: 'No' } })
      expect(ended.dmgcmd.at(-1)?.[0]).toBe('-RegisterNewNode')
    })
  })

  describe('the time zone', () => {
    const zones = (ended: Ended) => ended.calls.filter(call => call.command === 'Set-TimeZone').map(call => call.args.Id)

    test('is applied before SHIR is started', async () => {
      const ended = await start({ TZ: 'W. Europe Standard Time' })
      expect(ended.calls[0]?.command).toBe('Set-TimeZone')
      expect(ended.output).not.toContain('WARNING')
    })

    test('that Windows does not know is told, and the node runs without it', async () => {
      const ended = await start({ TZ: 'Europe/Berlin' })
      expect(zones(ended)).toEqual(['Europe/Berlin'])
      expect(ended.output).toContain("WARNING: the time zone 'Europe/Berlin' was not applied")
      expect(ended.dmgcmd).toHaveLength(2)
    })

    test('is left alone when none is given', async () => {
      expect(zones(await start())).toEqual([])
    })
  })

  describe('watching', () => {
    test('five misses are forgiven, six in a row are not', async () => {
      const ended = await start({}, { diahost: '1000001000001' })
      expect(ended).toMatchObject({ exitCode: 20, events: ['exited'] })
      expect(sleeps(ended)).toHaveLength(13 + 6)
      expect(ended.output.match(/diahost\.exe is not running/g)).toHaveLength(5 + 5 + 6)
    })
  })

  describe('finding dmgcmd.exe', () => {
    test('beside what the other registry key names', async () => {
      const ended = await start({}, { registry: { [`${hostServiceKey}\\DiacmdPath`]: `${world.shared}/diacmd.exe` } })
      expect(ended.dmgcmd).toHaveLength(2)
    })

    test('under Program Files, when the registry says nothing or what is not true', async () => {
      expect((await start({}, { registry: {} })).dmgcmd).toHaveLength(2)
      expect((await start({}, { registry: { [`${configurationKey}\\DiacmdPath`]: '/gone/diacmd.exe' } })).dmgcmd).toHaveLength(2)
    })

    test('in vain ends the container', async () => {
      const ended = await start({ ProgramFiles: world.scripts }, { registry: {} })
      expect(ended).toMatchObject({ exitCode: 1, events: ['internal'] })
      expect(ended.output).toContain('dmgcmd.exe was not found')
    })
  })
})
