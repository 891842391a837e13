import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationKey, type ShirSettings } from '../../rehearsal/shir/shir.ts'
import { describeWith } from '../support/program.ts'
import { expectNoKey } from './secrecy.ts'
import { makeWorld, type World } from './world.ts'

describeWith('pwsh', 'health-check.ps1', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const check = (environment: Readonly<Record<string, string>> = {}) => world.run('health-check.ps1', environment)
  const answer = (words: ShirSettings['answers'][string]) => world.shir.set({ answers: { '-cgc': { ...words } } })
  const root = () => join(world.scripts, '..')

  /** Every file and folder of the container, with when it was last written. What comes and goes leaves its trace in its folder. */
  const files = () =>
    readdirSync(root(), { recursive: true, encoding: 'utf8' })
      .sort()
      // .NET itself has something come and go there.
      .map(name => (name === 'temporary' ? name : `${name} ${statSync(join(root(), name)).mtimeMs}`))

  test('follows a node from its registration to its death', async () => {
    expect(await check()).toMatchObject({ exitCode: 1, lines: ['Disconnected'] })
    world.shir.dmgcmd(['-RegisterNewNode', world.key])
    expect(await check()).toMatchObject({ exitCode: 1, lines: ['Connecting'], dmgcmd: [['-cgc']] })
    await world.command('Start-Sleep -Seconds 60')
    expect(await check()).toMatchObject({ exitCode: 0, lines: ['Connected'], dmgcmd: [['-cgc']] })
    world.shir.kill()
    expect(await check()).toMatchObject({ exitCode: 1, lines: ['Disconnected'] })
  })

  test.each([
    ['Connected', 0],
    ['CONNECTED', 0],
    ['connected\r\n', 0],
    ['Some banner\r\nConnected\r\n', 0],
    ['\r\n\r\nConnected\r\n\r\n', 0],
    ['Connecting', 1],
    ['NotRegistered', 1],
    ['Not Connected', 1],
    ['Connected.', 1],
    ['Disconnected\r\nwas Connected\r\n', 1],
  ])('%j ends with exit code %i and is printed', async (stdout, exitCode) => {
    answer({ stdout })
    const ended = await check()
    expect(ended).toMatchObject({ exitCode, lines: stdout.split('\r\n').filter(Boolean), dmgcmd: [['-cgc']] })
  })

  test('the word decides, not dmgcmd’s own exit code, nor where it is said', async () => {
    answer({ stderr: 'Connected\n', exitCode: 5 })
    expect(await check()).toMatchObject({ exitCode: 0, lines: ['Connected'] })
    answer({ stdout: 'Connecting\n', exitCode: 0 })
    expect((await check()).exitCode).toBe(1)
  })

  test('an answer without a word is unhealthy and says so', async () => {
    answer({ exitCode: 5 })
    expect(await check()).toMatchObject({ exitCode: 1, lines: ['dmgcmd -cgc said nothing and ended with exit code 5.'] })
  })

  test('a dmgcmd that hangs is ended after 20 seconds, even when it has said "Connected"', async () => {
    answer({ stdout: 'Connected\n', hangs: true })
    const ended = await check()
    expect(ended).toMatchObject({ exitCode: 1, lines: ['Connected', 'dmgcmd -cgc gave no answer within 20 seconds.'] })
    expect(ended.calls.find(call => call.command === 'Wait-Process')?.args).toEqual({ Timeout: 20 })
    expect(world.clock.seconds()).toBe(20)
  })

  // Docker's 30 s less the 20 s of the test above; in real time, since no world can tell who holds a pipe.
  test('what a dmgcmd leaves behind does not hold the check until Docker ends it', async () => {
    writeFileSync(world.dmgcmd, '#!/bin/sh\nsleep 12 &\necho Connected\n')
    const load = ['log', 'dmgcmd'].map(part => `. '${join(world.scripts, `parts/${part}.ps1`)}'`)
    const ask = `$watch = [System.Diagnostics.Stopwatch]::StartNew(); $null = Invoke-Dmgcmd '${world.dmgcmd}' @('-cgc') 20`
    const ended = await world.command([...load, ask, '"$($watch.Elapsed.TotalSeconds -lt 8)"'].join('\n'))
    expect(ended.lines).toEqual(['True'])
  })

  test('a dmgcmd that is slow is waited for', async () => {
    answer({ stdout: 'Connected\n', takesMs: 19_000 })
    expect(await check()).toMatchObject({ exitCode: 0, lines: ['Connected'] })
  })

  test('two at once do not meet', async () => {
    answer({ stdout: 'Connected\n', hangs: true })
    let second: Promise<unknown> = Promise.resolve()
    world.at(5, () => {
      answer({ stdout: 'Connected\n', takesMs: 10_000 })
      second = check()
    })
    expect(await check()).toMatchObject({ exitCode: 1, dmgcmd: [['-cgc']] })
    expect(await second).toMatchObject({ exitCode: 0, lines: ['Connected'], dmgcmd: [['-cgc']] })
    const both = await Promise.all([check(), check()])
    expect(both.map(({ exitCode, output }) => [exitCode, output])).toEqual(Array(2).fill([0, 'Connected\n']))
  })

  test('nothing is written, neither to disk nor to the registry', async () => {
    const temporary = join(root(), 'temporary')
    const keyFile = join(root(), 'key')
    mkdirSync(temporary)
    writeFileSync(keyFile, world.key)
    const [before, values] = [files(), world.windows.registry.values(configurationKey)]
    for (const words of [{ stdout: 'Connected\n' }, { stderr: 'No.\n' }, { hangs: true }]) {
      answer(words)
      const ended = await check({ TMPDIR: temporary, AUTH_KEY_FILE: keyFile })
      expect(ended.calls.map(call => call.command).sort()).toEqual(['Get-ItemProperty', 'Wait-Process', 'dmgcmd'])
    }
    expect(files()).toEqual(before)
    expect(world.windows.registry.values(configurationKey)).toEqual(values)
  })

  describe('the key', () => {
    const secret = () => world.key.split('@').at(-1) as string

    test.each([
      ['AUTH_KEY', () => world.key],
      [
        'AUTH_KEY_FILE',
        () => {
          writeFileSync(join(root(), 'key'), `${world.key}\r\n`)
          return join(root(), 'key')
        },
      ],
    ])('is neither printed nor passed on: %s', async (name, value) => {
      answer({ stdout: `${world.key}\n${secret()}\nConnected\n`, stderr: `x${secret().replace(/=+$/, '')}` })
      const ended = await check({ [name]: value(), ANOTHER_NAME: `x${secret()}` })
      expect(ended).toMatchObject({ exitCode: 0, lines: ['***', '***', 'Connected', 'x***'] })
      expectNoKey(ended, world.key)
    })

    test('is not printed where dmgcmd has no answer', async () => {
      answer({ stdout: `Registering ${world.key}\n`, hangs: true })
      const ended = await check({ AUTH_KEY: world.key })
      expect(ended.exitCode).toBe(1)
      expectNoKey(ended, world.key)
    })

    test.each([
      ['a file that is gone', { AUTH_KEY_FILE: '/no/such/file' }],
      ['too many', { AUTH_KEY_FILE: '/no/such/file', AUTH_KEY: 'x' }],
      ['one that cannot be one', { AUTH_KEY: 'none' }],
    ])('does not matter to a node that is connected: %s', async (_, environment) => {
      answer({ stdout: 'Connected\n' })
      const ended = await check(environment)
      expect(ended).toMatchObject({ exitCode: 0, lines: ['Connected'] })
      expectNoKey(ended, world.key)
    })
  })

  test('an image without SHIR is unhealthy and says so', async () => {
    rmSync(world.programFiles, { recursive: true })
    const ended = await check()
    expect(ended.exitCode).toBe(1)
    expect(ended.lines).toEqual([expect.stringContaining('The health check failed: dmgcmd.exe was not found')])
  })

  test('dmgcmd is found under Program Files where the registry does not name it', async () => {
    world.shir.writeRegistry('DiacmdPath', undefined)
    answer({ stdout: 'Connected\n' })
    expect(await check()).toMatchObject({ exitCode: 0, lines: ['Connected'] })
  })
})
