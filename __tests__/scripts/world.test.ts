import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '../support/program.ts'
import { startPowerShell } from './powershell.ts'
import { type Ended, makeWorld, type World } from './world.ts'

const dmgcmdWith = (limit: number, ...args: readonly string[]) => `
  $start = New-Object System.Diagnostics.ProcessStartInfo
  $start.FileName = $Env:DMGCMD
  $start.Arguments = '${args.join(' ')}'
  $start.RedirectStandardOutput = $true
  $process = [System.Diagnostics.Process]::Start($start)
  $said = $process.StandardOutput.ReadToEndAsync()
  Wait-Process -InputObject $process -Timeout ${limit} -ErrorAction SilentlyContinue
  $timedOut = -not $process.HasExited
  if ($timedOut) { $process.Kill() }
  "timed out: $timedOut; $($said.Result.Trim())"`

describeWith('pwsh', 'the world of the image’s scripts', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const command = (code: string, environment: Readonly<Record<string, string>> = {}, until?: number) =>
    world.command(code, { DMGCMD: world.dmgcmd, ...environment }, until === undefined ? {} : { until })
  const moments = (ended: Ended, name: string) => ended.calls.filter(call => call.command === name).map(call => call.at)

  describe('a script', () => {
    test('ends with its exit code, and has called nothing when it did not', async () => {
      expect(await command("'hello'; exit 7")).toEqual({
        exitCode: 7,
        stillRunning: false,
        output: 'hello\n',
        lines: ['hello'],
        events: [],
        calls: [],
        dmgcmd: [],
      })
    })

    test('sees a container’s variables, and none of this machine’s or of the world’s own', async () => {
      const ended = await command('Get-ChildItem Env: | ForEach-Object { $_.Name }; $Env:TZ', { TZ: 'W. Europe Standard Time' })
      expect(ended.lines).toEqual(
        'COMPUTERNAME,DMGCMD,PATH,ProgramData,ProgramFiles,PSModulePath,SystemRoot,TZ,W. Europe Standard Time'.split(','),
      )
    })

    test('lies in a folder with a blank in its path, and tells by SHIR-EVENT lines', async () => {
      expect(world.scripts).toContain(' ')
      const ended = await world.run('setup.ps1')
      expect(ended).toMatchObject({ exitCode: 10, events: ['missing-key'] })
    })

    test.each([
      ['a parameter that no fake has', 'Get-Process -Name diahost -IncludeUserName', 'Get-Process -IncludeUserName'],
      ['an argument by position', "Get-ItemProperty 'HKLM:\\SOFTWARE'", 'Get-ItemProperty HKLM:\\SOFTWARE'],
      ['a command that no fake is for', 'Get-Service -Name DIAHostService', 'Get-Service'],
      ['a command in lower case that no fake is for', 'get-service', 'get-service'],
      ['a program that is not there', 'netsh.exe winhttp show proxy', 'netsh.exe'],
      ['the network, past the world', 'Invoke-RestMethod -Uri https://example.com', 'Invoke-RestMethod -Uri https://example.com'],
      ['another process', 'Get-Process -Name explorer', 'Get-Process -Name explorer'],
      ['another program', 'Start-Process -FilePath setup.exe -Wait', 'Start-Process setup.exe'],
      ['a registry path where only files are known', "Get-Item -Path 'HKLM:\\SOFTWARE'", 'Get-Item HKLM:\\SOFTWARE'],
    ])('that asks for %s fails the test, whatever it makes of the error', async (_, code, told) => {
      await expect(command(`try { ${code} } catch { }; exit 0`)).rejects.toThrow(
        `The world was asked for what it does not have:\n${told}\n`,
      )
    })
  })

  describe('a script of the image, whose process has played others before,', () => {
    const write = (name: string, code: string) => writeFileSync(join(world.scripts, name), `${code}\n`)
    const who = 'Write-Host "$PID [$global:Left] [$Env:LEFT] [$Env:GIVEN]"'

    beforeEach(() => write('who.ps1', who))

    test('finds nothing that they left', async () => {
      write(
        'leaves.ps1',
        `$global:Left = $Env:LEFT = 'left'; function global:Write-Host { }; ${'Microsoft.PowerShell.Utility\\'}${who}; exit 300`,
      )
      const first = await world.run('leaves.ps1', { GIVEN: 'given' })
      const second = await world.run('who.ps1')
      const [, process] = /^(\d+) \[left\] \[left\] \[given\]$/.exec(first.lines.join()) ?? []
      expect(second.lines).toEqual([`${process} [] [] []`])
      expect([first.exitCode, second.exitCode]).toEqual([300 % 256, 0])
    })

    test('does nothing more once it is killed, not even what it would do at its end', async () => {
      write(
        'sleeps.ps1',
        "try { 'begun'; Start-Sleep -Seconds 60 } catch { 'caught' } finally { 'ended'; Start-Sleep -Seconds 1 }; 'after'",
      )
      const killed = await world.run('sleeps.ps1', {}, { until: 30 })
      expect(killed).toMatchObject({ exitCode: 99, stillRunning: true, lines: ['begun'] })
      expect(killed.calls).toHaveLength(1)
      expect((await world.run('who.ps1')).lines).toEqual([expect.stringMatching(/^\d+ \[\] \[\] \[\]$/)])
    })

    test('fails as by itself', async () => {
      write('fails.ps1', "throw 'No.'")
      expect(await world.run('fails.ps1')).toMatchObject({ exitCode: 1, output: expect.stringContaining('No.') })
    })

    test.each<[string, () => Readonly<Record<string, string>>]>([
      [
        'where stop.ps1 left its markers',
        () => {
          mkdirSync(join(world.scripts, '../ProgramData/shir-container/stop'), { recursive: true })
          return {}
        },
      ],
      ['where a variable names a proxy', () => ({ HTTPS_PROXY: 'http://proxy' })],
    ])('has a process of its own %s', async (_, arrange) => {
      const [other] = (await world.run('who.ps1')).lines
      const [own] = (await world.run('who.ps1', arrange())).lines
      expect(own?.split(' ')[0]).not.toBe(other?.split(' ')[0])
    })
  })

  describe('time', () => {
    test('passes in sleeps alone, and at once', async () => {
      const began = world.clock.now()
      const ended = await command(
        "Start-Sleep -Seconds 3600; Start-Sleep -Milliseconds 500; (Get-Date).Kind; Get-Date -Format 'HH:mm:ss'; (Get-Date).ToUniversalTime().ToString('o')",
      )
      expect(ended.lines).toEqual(['Local', '01:00:00', '2026-01-01T01:00:00.5000000Z'])
      expect(world.clock.now() - began).toBe(3_600_500)
      expect(moments(ended, 'Start-Sleep')).toEqual([0, 3600])
    })

    test('goes on when what was to happen at a moment has happened', async () => {
      const seen: (string | number)[] = []
      world.at(90, () => seen.push('at', world.clock.seconds()))
      world.at(30, async () => {
        await new Promise(resolve => setTimeout(resolve, 50))
        seen.push('slowly at', world.clock.seconds())
      })
      world.at(600, () => seen.push('never'))
      await command('foreach ($i in 1..3) { Start-Sleep -Seconds 40 }')
      expect(seen).toEqual(['slowly at', 30, 'at', 90])
      expect(world.clock.seconds()).toBe(120)
    })

    test('is one for two scripts that run at once', async () => {
      const script = (seconds: number) =>
        command(`foreach ($i in 1..3) { Start-Sleep -Seconds ${seconds}; Set-TimeZone -Id UTC }`)
      const [quick, slow] = await Promise.all([script(20), script(50)])
      expect(moments(quick, 'Set-TimeZone')).toEqual([20, 40, 60])
      expect(moments(slow, 'Set-TimeZone')).toEqual([50, 100, 150])
      expect(world.calls.filter(call => call.command === 'Set-TimeZone').map(call => call.at)).toEqual([20, 40, 50, 60, 100, 150])
    })

    test('goes on for both when a script starts while another sleeps', async () => {
      let inner: Ended | undefined
      world.at(10, async () => {
        inner = await command('Start-Sleep -Seconds 100')
      })
      const outer = await command('foreach ($i in 1..4) { Start-Sleep -Seconds 30 }')
      expect(moments(outer, 'Start-Sleep')).toEqual([0, 30, 60, 90])
      expect(moments(inner as Ended, 'Start-Sleep')).toEqual([10])
      expect(inner?.calls[0]?.run).not.toBe(outer.calls[0]?.run)
      expect(world.clock.seconds()).toBe(120)
    })

    test('ends a script that still runs when it is up', async () => {
      const ended = await command("'begun'; while ($true) { Start-Sleep -Seconds 60 }", {}, 150)
      expect(ended).toMatchObject({ exitCode: 99, stillRunning: true, output: 'begun\n' })
      expect(moments(ended, 'Start-Sleep')).toEqual([0, 60, 120])
      expect(world.clock.seconds()).toBe(150)
    })

    test('fails the test where something that was to happen could not', async () => {
      world.at(5, () => Promise.reject(new Error('not now')))
      await expect(command('Start-Sleep -Seconds 10')).rejects.toThrow('at 5 s: Error: not now')
    })

    test('waits for whoever takes part from outside, until they leave', async () => {
      const guest = world.enter()
      const other = command('Start-Sleep -Seconds 10')
      const { ended } = startPowerShell(['-Command', `. '${__dirname}/windows.ps1'; Start-Sleep -Seconds 5; $Env:WORLD`], {
        WORLD: guest.address,
      })
      expect(await ended).toEqual({ exitCode: 0, output: `${guest.address}\n` })
      guest.leave()
      await other
      expect(guest.calls).toMatchObject([{ command: 'Start-Sleep', args: { Seconds: 5 } }])
    })
  })

  describe('dmgcmd.exe', () => {
    test('is the SHIR of the test', async () => {
      const ended = await command(
        '& $Env:DMGCMD -rn $Env:KEY eu-1 600; Start-Sleep -Seconds 60; & $Env:DMGCMD -cgc; & $Env:DMGCMD -nothing; exit $LASTEXITCODE',
        { KEY: world.key },
      )
      expect(ended.exitCode).toBe(1)
      expect(ended.lines.slice(0, 3)).toEqual([
        'The node is registered successfully.',
        'Connected',
        expect.stringContaining('Usage'),
      ])
      expect(ended.dmgcmd).toEqual([['-rn', world.key, 'eu-1', '600'], ['-cgc'], ['-nothing']])
      expect(world.service.nodes()).toMatchObject([{ name: 'eu-1', status: 'Online', expirySeconds: 600 }])
    })

    test('gets its arguments as they were, and the journal has them', async () => {
      const given = ['', 'two words', 'say "hi"', 'ends in\\', '$HOME', '&|<>^%PATH%', 'tab\there', 'größer']
      const code = '& $Env:DMGCMD @($Env:GIVEN | ConvertFrom-Json); $LASTEXITCODE'
      world.shir.set({ answers: { '': { exitCode: 5, stderr: 'No.\n' } } })
      const ended = await command(code, { GIVEN: JSON.stringify(given) })
      expect(ended.dmgcmd).toEqual([given])
      expect(ended.output).toBe('5\nNo.\n')
    })

    test.each([
      ['nothing of it', '', false],
      ['AUTH_KEY, even an empty one', '[Environment]::SetEnvironmentVariable("AUTH_KEY", "")', true],
      ['it under another name', '$Env:OTHER = "x $Env:KEY x"', true],
      ['its secret part', '$Env:OTHER = $Env:KEY.Split("@")[-1]', true],
    ])('inherits of the key: %s', async (_, code, inheritsKey) => {
      const ended = await command(
        `${code}; [Environment]::SetEnvironmentVariable('KEY', [NullString]::Value); $Env:AUTH_KEY_FILE = 'C:/key'; $null = & $Env:DMGCMD -cgc`,
        { KEY: world.key },
      )
      expect(ended.calls).toMatchObject([{ command: 'dmgcmd', args: ['-cgc'], inheritsKey, keyFile: 'C:/key' }])
    })

    test('that hangs is out of time as soon as it does, and the clock tells the time-out', async () => {
      world.shir.set({ answers: { '-cgc': { stdout: 'Connected\n', hangs: true } } })
      const ended = await command(dmgcmdWith(20, '-cgc'))
      expect(ended.lines).toEqual(['timed out: True; Connected'])
      expect(ended.calls.find(call => call.command === 'Wait-Process')?.args).toEqual({ Timeout: 20 })
      expect(world.clock.seconds()).toBe(20)
    })

    test.each([
      [50, 'timed out: True; ', 50],
      [70, 'timed out: False; Done.', 60],
    ])('that takes a minute, with %i s of patience: %s', async (limit, line, seconds) => {
      world.shir.set({ answers: { '-Stop': { stdout: 'Done.\n', takesMs: 60_000 } } })
      const ended = await command(dmgcmdWith(limit, '-Stop'))
      expect(ended.lines).toEqual([line])
      expect(world.clock.seconds()).toBe(seconds)
    })

    test('that hangs without anyone’s patience lasts until the script is ended', async () => {
      world.shir.setNetwork('hangs-after-accepted')
      const ended = await command('& $Env:DMGCMD -rn $Env:KEY', { KEY: world.key }, 900)
      expect(ended).toMatchObject({ exitCode: 99, stillRunning: true })
      expect(world.service.nodes()).toMatchObject([{ name: 'MACHINE', status: 'Offline' }])
    })

    test('belongs to the script that started it', async () => {
      const [one, other] = await Promise.all([command('& $Env:DMGCMD -cgc'), command('Start-Sleep 1', {}).catch(String)])
      expect([one.dmgcmd, other]).toEqual([[['-cgc']], expect.stringContaining('Start-Sleep 1')])
    })
  })

  describe('a restart of the container', () => {
    test('ends what runs, starts SHIR, and leaves files and registry as they were', async () => {
      world.at(60, () => world.restart())
      const killed = await command(
        `
        Set-Content -LiteralPath (Join-Path $Env:ProgramFiles 'kept') -Value 'yes'
        & $Env:DMGCMD -rn $Env:KEY; & $Env:DMGCMD -Stop
        while ($true) { Start-Sleep -Seconds 5 }`,
        { KEY: world.key },
      )
      expect(killed).toMatchObject({ exitCode: 99, stillRunning: true })
      const after = await command(`
        Get-Content -LiteralPath (Join-Path $Env:ProgramFiles 'kept'); (Get-Process -Name diahost).ProcessName
        $key = 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\ConfigurationManager'
        (Get-ItemProperty -Path $key -Name HaveRun).HaveRun`)
      expect(after.lines).toEqual(['yes', 'diahost', 'Mdw'])
    })
  })
})
