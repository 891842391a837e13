import { describeWith } from '../support/program.ts'
import { environmentKey, servicesKey } from './registry.ts'
import { deeds, startContainer } from './secrecy.ts'
import { makeWorld, type World } from './world.ts'

const serviceKey = `${servicesKey}\\DIAHostService`

describeWith('pwsh', 'what a container is given besides', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const start = (environment: Readonly<Record<string, string>> = {}, until = 120) => startContainer(world, environment, until)
  const given = () => world.windows.registry.get(serviceKey, 'Environment')

  describe('further variables', () => {
    test('reach SHIR’s service, which is restarted to read them', async () => {
      const ended = await start({ JAVA_TOOL_OPTIONS: '-Xmx2g -Da=b', ODBC: 'x;y', Path: '/somewhere' })
      expect(given()).toEqual(['JAVA_TOOL_OPTIONS=-Xmx2g -Da=b', 'ODBC=x;y'])
      expect(deeds(ended)).toEqual(['-Restart', '-RegisterNewNode'])
      expect(ended.output).toContain('Variables for SHIR: JAVA_TOOL_OPTIONS, ODBC.')
      expect(ended.output).not.toContain('Xmx2g')
    })

    test('that there are none of change nothing', async () => {
      const ended = await start({ ENABLE_HA: 'true', SHIR_WINDOWS_CONTAINER_ENV: 'True', USERNAME: 'ContainerAdministrator' })
      expect(given()).toBeUndefined()
      expect(deeds(ended)[0]).toBe('-Start')
    })

    test('that the machine has already are left to it, unless they differ', async () => {
      world.windows.registry.set(environmentKey, 'JAVA_HOME', 'C:\\Program Files\\OpenJDK')
      await start({ JAVA_HOME: 'C:\\Program Files\\OpenJDK' })
      expect(given()).toBeUndefined()
      world.restart()
      await start({ JAVA_HOME: 'D:\\jdk' })
      expect(given()).toEqual(['JAVA_HOME=D:\\jdk'])
    })

    test('are written anew by each start, beside what stands there', async () => {
      world.windows.registry.set(serviceKey, 'Environment', ['ODBC=old', 'KEPT=yes'])
      await start({ ODBC: 'new' })
      expect(given()).toEqual(['KEPT=yes', 'ODBC=new'])
      world.restart()
      expect(deeds(await start({ ODBC: 'new' }))).toEqual(['-Start'])
    })

    test('never hold any key: one under a wrong name is no node’s key, and stays out of the registry', async () => {
      const ended = await start({ AUTH_KEY: '', SHIR_AUTH_KEY: world.key })
      expect(ended).toMatchObject({ exitCode: 10, events: ['missing-key'] })
      expect(given()).toBeUndefined()
    })

    test('never hold the key, whatever they are called', async () => {
      const secret = world.key.split('@').at(-1) as string
      const ended = await start({ MY_KEY: world.key, PART: `x${secret}`, FINE: 'yes' })
      expect(given()).toEqual(['FINE=yes'])
      expect(ended.output.match(/WARNING: .* holds an authentication key/g)).toHaveLength(2)
    })
  })

  describe('the time zone', () => {
    test('is applied before SHIR starts, which is restarted for it', async () => {
      const ended = await start({ TZ: 'W. Europe Standard Time' })
      expect(world.windows.timeZone()).toBe('W. Europe Standard Time')
      expect(deeds(ended)[0]).toBe('-Restart')
      const commands = ended.calls.map(call => call.command)
      expect(commands.indexOf('Set-TimeZone')).toBeLessThan(commands.indexOf('dmgcmd'))
      expect(ended.output).not.toContain('WARNING')
    })

    test.each([
      ['an IANA name', 'Europe/Berlin', 'TZ: Europe/Berlin is an IANA name, Windows will not know it'],
      ['one that Windows does not know', 'Middle Earth Standard Time', 'TZ: Middle Earth Standard Time was not applied'],
    ])('%s is told, and the node runs without it', async (_, zone, text) => {
      const ended = await start({ TZ: zone })
      expect(ended.output).toContain(`WARNING: ${text}`)
      expect(ended.output).toContain('such as W. Europe Standard Time')
      expect(world.windows.timeZone()).toBe('UTC')
      expect(world.service.nodes()).toHaveLength(1)
    })

    test('that a container of this machine cannot have is told', async () => {
      world.windows.setVirtualTimeZones(false)
      const ended = await start({ TZ: 'W. Europe Standard Time' })
      expect(ended.output).toContain('WARNING: TZ: W. Europe Standard Time was not applied: this machine')
      expect(deeds(ended)[0]).toBe('-Start')
    })

    test('is left alone when none is given, or when it is the one already', async () => {
      expect((await start()).calls.filter(call => call.command === 'Set-TimeZone')).toEqual([])
      world.restart()
      expect((await start({ TZ: 'UTC' })).calls.filter(call => call.command === 'Set-TimeZone')).toEqual([])
    })
  })
})
