import { describeWith } from '../support/program.ts'
import { type Fakes, makeKey, World } from './world.ts'

describeWith('pwsh', 'health-check.ps1', () => {
  let world: World

  beforeEach(() => {
    world = new World()
    world.installDmgcmd()
  })

  afterEach(() => world.remove())

  const check = (answer: NonNullable<Fakes['dmgcmd']>[string], environment = {}, fakes: Fakes = {}) =>
    world.run('health-check.ps1', environment, { dmgcmd: { '-cgc': answer }, ...fakes })

  test.each([
    ['Connected', 0],
    ['CONNECTED', 0],
    ['connected\r\n', 0],
    ['Some banner\r\nConnected\r\n', 0],
    ['Connecting', 1],
    ['Disconnected', 1],
    ['Not Connected', 1],
    ['Connected.', 1],
  ])('%j ends with exit code %i and is printed', async (out, exitCode) => {
    const ended = await check({ out })
    expect(ended).toMatchObject({ exitCode, lines: out.split('\r\n').filter(Boolean), dmgcmd: [['-cgc']] })
  })

  test('the word decides, not dmgcmd’s own exit code', async () => {
    expect((await check({ out: 'Connected', exitCode: 5 })).exitCode).toBe(0)
  })

  test('an answer without a word is unhealthy and says so', async () => {
    const ended = await check({ exitCode: 5 })
    expect(ended.exitCode).toBe(1)
    expect(ended.lines).toEqual(['dmgcmd -cgc said nothing and ended with exit code 5.'])
  })

  test('a dmgcmd that hangs is ended after 20 seconds, even when it has said "Connected"', async () => {
    const ended = await check({ out: 'Connected\n', hangs: true }, {}, { hangs: true })
    expect(ended.exitCode).toBe(1)
    expect(ended.lines).toEqual(['Connected', 'dmgcmd -cgc gave no answer within 20 seconds.'])
    expect(ended.calls).toContainEqual({ command: 'Wait-Process', args: { Timeout: 20 } })
  })

  test('the key is neither printed nor passed on', async () => {
    const key = makeKey()
    const secret = key.split('@').at(-1) as string
    const ended = await check({ out: `${key}\n${secret}\n`, err: secret }, { AUTH_KEY: key })
    expect(ended.lines).toEqual(['***', '***', '***'])
    expect(ended.calls.filter(call => call.inheritsKey)).toEqual([])
  })

  test('an image without SHIR is unhealthy and says so', async () => {
    const ended = await world.run('health-check.ps1', { ProgramFiles: world.scripts }, { registry: {} })
    expect(ended.exitCode).toBe(1)
    expect(ended.output).toContain('The health check failed: dmgcmd.exe was not found')
  })
})
