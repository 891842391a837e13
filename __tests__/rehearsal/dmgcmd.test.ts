import { keys, makeNode } from './nodes.ts'

describe('dmgcmd', () => {
  test.each([
    [[]],
    [['-Unknown']],
    [['-RegisterNewNode']],
    [['-rn', keys.authKey1, 'a', '600', 'more']],
    [['-Start', 'now']],
    [['-EnableRemoteAccessInContainer']],
    [['-cgc', '-Unknown']],
    [['-Key', keys.authKey1]],
  ])('%j prints the usage, fails and does nothing', args => {
    const { shir, service } = makeNode()
    expect(shir.dmgcmd(args)).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^Usage: .*\r\n/), stderr: '' })
    expect(service.nodes()).toEqual([])
  })

  test.each(['-Stop', '-stop', '-t'])('%s ends diahost.exe, for good', option => {
    const { shir } = makeNode()
    expect(shir.dmgcmd([option])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
    expect(shir.state()).toMatchObject({ host: undefined, hostEnded: 'stopped' })
    expect(shir.dmgcmd(['-cgc'])).toMatchObject({ exitCode: 1, stdout: 'Disconnected\r\n' })
  })

  test.each(['-Start', '-s', '-Restart', '-r'])('%s starts diahost.exe that was stopped or killed', option => {
    for (const end of ['stop', 'kill']) {
      const { shir } = makeNode()
      const first = shir.state().host?.processId
      if (end === 'stop') shir.dmgcmd(['-Stop'])
      else shir.kill()
      expect(shir.dmgcmd([option])).toMatchObject({ exitCode: 0 })
      expect(shir.state().host?.processId).not.toBe(first)
      expect(shir.state()).toMatchObject({ host: expect.anything(), hostEnded: undefined })
    }
  })

  test.each([
    ['-Start', false],
    ['-Restart', true],
    ['-DisableLocalFolderPathValidation', true],
    ['-cgc', false],
  ])('%s while diahost.exe runs makes it a new process: %s', (option, isNew) => {
    const { shir } = makeNode()
    const first = shir.state().host?.processId
    shir.dmgcmd([option])
    expect(shir.state().host?.processId !== first).toBe(isNew)
  })

  test('-DisableLocalFolderPathValidation lasts, and starts nothing that does not run', () => {
    const { shir } = makeNode()
    shir.dmgcmd(['-Stop'])
    shir.dmgcmd(['-DisableLocalFolderPathValidation'])
    expect(shir.state()).toMatchObject({ host: undefined, validatesLocalFolders: false })
    shir.containerRestarted()
    expect(shir.state().validatesLocalFolders).toBe(false)
  })

  test('several options may stand in one call', () => {
    const { shir } = makeNode()
    expect(shir.dmgcmd(['-Stop', '-StopUpgradeService', '-TurnOffAutoUpdate'])).toMatchObject({ exitCode: 0, takesMs: 8000 })
    expect(shir.state()).toMatchObject({ host: undefined, upgradeServiceRuns: false })
    shir.dmgcmd(['-sus', '-toffau'])
    expect(shir.state().upgradeServiceRuns).toBe(true)
    shir.dmgcmd(['-tus'])
    expect(shir.state().upgradeServiceRuns).toBe(false)
  })

  test.each([[['-RegisterNewNode', keys.authKey1, 'eu-1']], [['-EnableRemoteAccessInContainer', '8060']]])(
    '%j needs diahost.exe',
    args => {
      const { shir, service } = makeNode()
      shir.kill()
      expect(shir.dmgcmd(args)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not running') })
      expect(service.nodes()).toEqual([])
    },
  )

  test('answers as a test has it say, by long or short form, and then does nothing', () => {
    const { shir } = makeNode()
    shir.set({
      answers: { '-Stop': { exitCode: 3, stderr: 'No.\r\n' }, '-cgc': { stdout: 'Connected\n', hangs: true }, '-x': {} },
    })
    expect(shir.dmgcmd(['-t'])).toEqual({ exitCode: 3, stdout: '', stderr: 'No.\r\n', takesMs: 1000 })
    expect(shir.dmgcmd(['-CGC'])).toMatchObject({ stdout: 'Connected\n', hangs: true })
    expect(shir.dmgcmd(['-x', 'anything'])).toMatchObject({ exitCode: 0 })
    expect(shir.state().host).toBeDefined()
    shir.set({ answers: {} })
    shir.dmgcmd(['-t'])
    expect(shir.state().host).toBeUndefined()
  })

  test.each([
    [1, 'stderr'],
    [0, 'stdout'],
    [0, 'stderr'],
    [7, 'stdout'],
  ] as const)('fails with exit code %i and its text on %s', (failureExitCode, failureStream) => {
    const { shir } = makeNode({ settings: { failureExitCode, failureStream } })
    const { exitCode, stdout, stderr } = shir.dmgcmd(['-rn', 'IR@wrong'])
    expect(exitCode).toBe(failureExitCode)
    expect({ stdout, stderr }[failureStream]).toMatch(/InvalidGatewayKey.*\r\n$/)
    expect(stdout === '' || stderr === '').toBe(true)
  })
})
