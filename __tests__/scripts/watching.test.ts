import { renameSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { deeds, expectNoKey, startContainer } from './secrecy.ts'
import { type Ended, makeWorld, type World } from './world.ts'

const minutes = 60

describeWith('pwsh', 'watching over a node', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const start = (environment: Readonly<Record<string, string>> = {}, until?: number) => startContainer(world, environment, until)

  test('a killed diahost ends the container with an exit code of its own, after three minutes', async () => {
    world.at(10 * minutes, () => world.shir.kill())
    const ended = await start()
    expect(ended).toMatchObject({ exitCode: 20, events: ['exited'], stillRunning: false })
    expect(world.clock.seconds()).toBeGreaterThanOrEqual(13 * minutes)
    expect(world.clock.seconds()).toBeLessThan(14 * minutes)
    expect(deeds(ended)).toEqual(['-Start', '-RegisterNewNode'])
  })

  test('a diahost that comes back in time is forgiven, again and again', async () => {
    for (const at of [3, 7, 11]) {
      world.at(at * minutes, () => world.shir.kill())
      world.at((at + 2) * minutes, () => world.shir.dmgcmd(['-Start']))
    }
    const ended = await start({}, 15 * minutes)
    expect(ended).toMatchObject({ stillRunning: true, events: [] })
    expect(ended.output.match(/SHIR does not run/g)).toHaveLength(3)
    expect(ended.output.match(/SHIR runs again/g)).toHaveLength(3)
  })

  test('a question that cannot even be asked is no reason to end', async () => {
    world.at(5 * minutes, () => renameSync(world.dmgcmd, `${world.dmgcmd}.away`))
    world.at(10 * minutes, () => renameSync(`${world.dmgcmd}.away`, world.dmgcmd))
    const ended = await start({}, 20 * minutes)
    expect(ended).toMatchObject({ stillRunning: true, events: [] })
    expect(ended.output).toContain('Connection: no answer')
  })

  test('a lost connection is told once, and is no reason to end', async () => {
    world.at(10 * minutes, () => world.shir.setNetwork('no-dns'))
    world.at(15 * minutes, () => world.shir.setNetwork('up'))
    const ended = await start()
    const told = ended.lines.flatMap(line => /Connection: (.*)$/.exec(line)?.[1] ?? [])
    expect(told).toEqual(['Connecting', 'Connected', 'Connecting', 'Connected'])
    expect(ended).toMatchObject({ stillRunning: true, events: [] })
  })

  test('a question that never gets an answer does not keep it from watching', async () => {
    world.at(5 * minutes, () => world.shir.set({ answers: { '-cgc': { hangs: true } } }))
    world.at(10 * minutes, () => world.shir.kill())
    const ended = await start()
    expect(ended.output).toContain('Connection: no answer')
    expect(ended).toMatchObject({ exitCode: 20, events: ['exited'] })
  })
})

describeWith('pwsh', 'stop.ps1', () => {
  let world: World
  let stopped: Ended | undefined

  beforeEach(async () => {
    world = await makeWorld()
    stopped = undefined
  })

  afterEach(() => world.close())

  const stopAt = (seconds: number) =>
    world.at(seconds, async () => {
      stopped = await world.run('stop.ps1', { AUTH_KEY: world.key })
    })

  async function startAndStop(seconds: number, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    stopAt(seconds)
    const ended = await startContainer(world, environment)
    expect(stopped).toBeDefined()
    if (stopped) expectNoKey(stopped, world.key)
    return ended
  }

  test('ends the node: SHIR takes its leave, and the entry point ends with 0, which is no crash', async () => {
    const ended = await startAndStop(10 * minutes)
    expect(stopped).toMatchObject({ exitCode: 0, events: [], dmgcmd: [['-Stop']] })
    expect(ended).toMatchObject({ exitCode: 0, events: [], stillRunning: false })
    expect(world.shir.state().hostEnded).toBe('stopped')
    expect(world.service.nodes()).toMatchObject([{ status: 'Offline' }])
    expect(world.clock.seconds()).toBeLessThan(10 * minutes + 20)
    expect(ended.output).not.toContain('ERROR')
  })

  test('is not forgotten by a container that was just getting under way', async () => {
    await world.run('stop.ps1')
    for (const marker of ['stop', 'stopped']) {
      const file = join(world.scripts, '../ProgramData/shir-container', marker)
      const later = Date.now() / 1000 + 60
      utimesSync(file, later, later)
    }
    const ended = await startContainer(world)
    expect(ended).toMatchObject({ exitCode: 0, events: [], stillRunning: false })
    expect(world.service.nodes()).toEqual([])
  })

  test('ends a container whose registration gets no answer without an event: being stopped is no crash', async () => {
    world.shir.setNetwork('hangs')
    const ended = await startAndStop(60)
    expect(ended).toMatchObject({ exitCode: 0, events: [], stillRunning: false })
  })

  test('has told how it went before the container ends: the end of the entry point ends everything in it', async () => {
    let ofStop = 0
    world.at(10 * minutes, async () => {
      await world.run('stop.ps1')
      ofStop = world.clock.seconds()
    })
    await startContainer(world)
    expect(world.clock.seconds()).toBeGreaterThan(ofStop)
  })

  test('ends a container that waits after a refusal', async () => {
    const ended = await startAndStop(60, { AUTH_KEY: world.key.replace(/.{10}$/, 'AAAAAAAAA=') })
    expect(ended).toMatchObject({ exitCode: 0, events: ['invalid-key'] })
    expect(world.clock.seconds()).toBeLessThan(90)
  })

  test('ends a container that waits between two attempts', async () => {
    world.shir.setNetwork('no-dns')
    const ended = await startAndStop(60)
    expect(ended).toMatchObject({ exitCode: 0, events: [] })
    expect(world.service.nodes()).toEqual([])
  })

  test.each([1, 5, 9])('ends a container that is just starting, %i s into it: what was registered takes its leave', async at => {
    const ended = await startAndStop(at)
    expect(stopped).toMatchObject({ exitCode: 0 })
    expect(ended).toMatchObject({ exitCode: 0, events: [], stillRunning: false })
    expect(world.shir.state().hostEnded).toBe('stopped')
  })

  test.each([1, 5])('ends a container that is just starting again, %i s into it', async at => {
    await startContainer(world, {}, 3 * minutes)
    world.restart()
    const ended = await startAndStop(at)
    expect(stopped).toMatchObject({ exitCode: 0 })
    expect(ended).toMatchObject({ exitCode: 0, events: [] })
    expect(world.service.nodes()).toMatchObject([{ status: 'Offline' }])
  })

  test('gives a failure where SHIR does not end, and the container ends all the same', async () => {
    world.at(5 * minutes, () => world.shir.set({ answers: { '-Stop': { exitCode: 1, stderr: 'No.' } } }))
    const ended = await startAndStop(10 * minutes)
    expect(stopped).toMatchObject({ exitCode: 1 })
    expect(stopped?.output).toContain('ERROR: SHIR still runs.')
    expect(ended).toMatchObject({ exitCode: 0, stillRunning: false })
  })

  test('gives up on a dmgcmd that hangs, within the minute that Docker gives', async () => {
    world.at(5 * minutes, () => world.shir.set({ answers: { '-Stop': { hangs: true } } }))
    const began = 10 * minutes
    const ended = await startAndStop(began)
    expect(stopped).toMatchObject({ exitCode: 1 })
    expect(ended).toMatchObject({ exitCode: 0, stillRunning: false })
    const moments = stopped?.calls.map(call => call.at) ?? []
    expect(Math.max(...moments) - began).toBeLessThan(60)
  })

  test('is forgotten by the next start: a container that was stopped can be started again', async () => {
    await startAndStop(5 * minutes)
    world.restart()
    const again = await startContainer(world, {}, 10 * minutes)
    expect(again).toMatchObject({ stillRunning: true, events: [] })
    expect(world.service.nodes()).toMatchObject([{ status: 'Online' }])
  })

  test('works where nothing runs any more', async () => {
    world.shir.kill()
    expect(await world.run('stop.ps1')).toMatchObject({ exitCode: 0 })
  })

  test('in an image without SHIR fails and says so', async () => {
    const ended = await world.run('stop.ps1', { ProgramFiles: world.scripts })
    expect(ended.exitCode).toBe(0)
    world.shir.writeRegistry('DiacmdPath', undefined)
    const without = await world.run('stop.ps1', { ProgramFiles: world.scripts })
    expect(without.exitCode).toBe(1)
    expect(without.output).toContain('dmgcmd.exe was not found')
  })
})
