/** The rehearsal's entry point does what the image's scripts do: every story is told to both, and must come out the same. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from '../../rehearsal/scripts/exit-codes.ts'
import type { Network } from '../../rehearsal/shir/dmgcmd.ts'
import type { Environment, Side, Told } from '../rehearsal/counterpart.ts'
import { agree, anotherKey, arranged, neighbours, type Story, startedAgain, starts, stopped } from '../rehearsal/story.ts'
import { describeWith } from '../support/program.ts'
import { environmentKey, servicesKey } from './registry.ts'
import { containerFolder } from './world.ts'

const minutes = 60
const exits = (told: readonly Told[]) => told.map(({ exitCode }) => exitCode)
const withoutShir = arranged(side => side.shir.kill(), starts([{}]))

test('the exit codes are those of setup.ps1', () => {
  const setup = readFileSync(join(containerFolder, 'SHIR/setup.ps1'), 'utf8')
  const table = [...setup.matchAll(/^ {4}'([a-z-]+)'\s*= (\d+)/gm)].map(([, code, exitCode]) => [code, Number(exitCode)])
  expect(Object.fromEntries(table)).toEqual(exitCodes)
})

describeWith('pwsh', 'setup.ps1 and the rehearsal’s entry point agree on', () => {
  describe('a new node', () => {
    test('with a time zone and variables of its own, over restarts', async () => {
      const story: Story = side => {
        const secret = side.key.split('@').at(-1) ?? ''
        const left = { Path: '/x', TEMP: 'y', OS: 'z', JAVA_HOME: 'C:\\jdk', PART: `x${encodeURIComponent(secret)}` }
        const environment = { ...left, odbc: 'new', b_c: '1', B: '2', TZ: 'w. europe standard time' }
        return starts([environment, 30], [environment, 30], [{ ...environment, B: '3' }, 30])(side)
      }
      const arrange = ({ windows: { registry } }: Side) => {
        registry.set(`${servicesKey}\\DIAHostService`, 'Environment', ['ODBC=old', 'KEPT=yes'])
        registry.set(environmentKey, 'JAVA_HOME', 'C:\\jdk')
      }
      await agree(arranged(arrange, story))
    })

    test.each(['Europe/Berlin', 'Middle Earth Standard Time', 'utc', 'Pacific Standard Time'])(
      'in the time zone %s',
      async TZ => {
        await agree(arranged(side => side.windows.setVirtualTimeZones(TZ !== 'Pacific Standard Time'), starts([{ TZ }, 20])))
      },
    )

    test('with local folders, where SHIR takes its time', async () => {
      const told = await agree(starts([{ LOCAL_FOLDERS: 'true' }, 2 * minutes]), { hostAppearsAfterMs: 20_000 })
      expect(exits(told)).toEqual([99])
    })

    test.each([
      ['local folders', '-DisableLocalFolderPathValidation', { exitCode: 1, stdout: 'No.\r\n' }],
      ['remote access', '-EnableRemoteAccessInContainer', { exitCode: 2, stderr: 'In use' }],
      ['remote access', '-EnableRemoteAccessInContainer', { stdout: 'Unable to connect to the remote server' }],
    ])('without %s: %s says %j', async (_, option, answer) => {
      await agree(starts([{ LOCAL_FOLDERS: 'true', ENABLE_HA: 'true' }]), { answers: { [option]: answer } })
    })

    test('whose SHIR cannot be started', async () => {
      expect(exits(await agree(withoutShir, { answers: { '-Start': { exitCode: 1, stderr: 'No.\r\n\r\n' } } }))).toEqual([20])
    })
  })

  test.each<Environment>([
    {},
    { ENABLE_HA: 'yes' },
    { ENABLE_HA: 'True', HA_PORT: '09000', ENABLE_AE: 'TRUE', AE_TIME: '601', NODE_NAME: ' eu-1 ' },
    { ENABLE_AE: 'true', HA_PORT: '9000', Https_Proxy: 'x', all_proxy: 'y', no_proxy: 'z' },
    { AE_TIME: '700', NODE_NAME: '', ENABLE_HA: '' },
    { ENABLE_HA: 'yes', HA_PORT: '0', NODE_NAME: '-k\n', AE_TIME: '99999999999', TZ: 'x'.repeat(99), LOCAL_FOLDERS: '1' },
    { NODE_NAME: 'IR@a@b@c@d', TZ: 'ir@1@2@3' },
    { AUTH_KEY: '' },
    { AUTH_KEY: ' IR@a@b@c "d"@e ' },
    { AUTH_KEY: 'IR@a@b c@d@e', NODE_NAME: 'e' },
    { AUTH_KEY_FILE: '/etc/hostname' },
    { AUTH_KEY: '', AUTH_KEY_FILE: '/etc/no-such-file' },
    { AUTH_KEY: '', AUTH_KEY_FILE: '/dev/null' },
    { AUTH_KEY: '', AUTH_KEY_FILE: __filename },
    { AUTH_KEY: '', AUTH_KEY_FILE: 'IR@a@b@c@d' },
    { AUTH_KEY: 'IR@here@there@somewhere@AAAABBBBCCCCDDDD' },
  ])('what the user wrote: %j', async environment => {
    await agree(starts([environment, 400]))
  })

  describe('a refusal:', () => {
    const asked = { ENABLE_HA: 'true', ENABLE_AE: 'true' }

    test.each([
      ['no remote access', 12, neighbours(1, false)],
      ['four nodes', 13, neighbours(4, true)],
      ['another expiry', 14, neighbours(1, true, 900)],
    ])('%s, and once more by the next start', async (_, exitCode, arrange) => {
      expect(exits(await agree(arranged(arrange, starts([asked], [asked]))))).toEqual([exitCode, exitCode])
    })

    test.each([
      ['on standard error with exit code 1', { failureExitCode: 1, failureStream: 'stderr' }],
      ['on standard output with exit code 0', { failureExitCode: 0, failureStream: 'stdout' }],
    ] as const)('another key, %s', async (_, settings) => {
      expect(exits(await agree(side => starts([{ AUTH_KEY: anotherKey(side) }])(side), settings))).toEqual([11])
    })

    test('in other words, with the key in them', async () => {
      const arrange = (side: Side) => {
        const secret = side.key.split('@').at(-1) ?? ''
        const stdout = `Key ${side.key}!\r\n  \r\nSecret ${secret}\tand ErrorCode is: 4711\r\nSHIR-EVENT {"code":"healthy"}\r\n`
        side.shir.set({ answers: { '-RegisterNewNode': { stdout, stderr: `Cut: ${secret.replace(/=+$/, '')}` } } })
      }
      expect(exits(await agree(arranged(arrange, starts([{}]))))).toEqual([16])
    })
  })

  describe('a bad network:', () => {
    const on = (network: Network, next: number, story: Story) => arranged(side => side.shir.setNetwork(network, { next }), story)

    test.each(['no-dns', 'refused', 'token-times-out', 'private-link'] as const)('%s twice, then up', async network => {
      expect(exits(await agree(on(network, 2, starts([{}, 6 * minutes]))))).toEqual([99])
    })

    test('unreachable for good, and up at the next start', async () => {
      const story: Story = async side => {
        const first = await side.start()
        side.restart()
        side.shir.setNetwork('up')
        return [first, await side.start({}, 2 * minutes)]
      }
      expect(exits(await agree(on('no-dns', Number.POSITIVE_INFINITY, story)))).toEqual([15, 99])
    })

    test.each(['reply-lost', 'reply-lost-but-registered', 'hangs', 'hangs-after-accepted', 'hangs-but-registered'] as const)(
      '%s, and the next start',
      async network => {
        await agree(on(network, 1, starts([{}, 11 * minutes], [{ ENABLE_HA: 'true' }, 11 * minutes])))
      },
    )

    test('a container that is killed while its answer is awaited, and connects later', async () => {
      await agree(on('hangs-but-registered', 1, starts([{}, 100], [{}, 2 * minutes], [{}, 2 * minutes])))
    })
  })

  describe('a start after a registration', () => {
    const forget = (side: Side) => side.service.remove('MACHINE')
    const forgottenTwice = async (side: Side) => {
      await startedAgain(() => [forget(side), side.at(395, () => forget(side))])(side)
      side.restart()
    }
    const withoutAccess = (side: Side) => side.shir.set({ answers: { '-EnableRemoteAccessInContainer': { exitCode: 2 } } })
    const byUpstream = (side: Side) => side.shir.dmgcmd(['-RegisterNewNode', side.key, 'MACHINE'])
    const cutOff = (side: Side) => {
      side.shir.setNetwork('no-dns')
      side.at(6 * minutes + 3, () => side.shir.setNetwork('up'))
    }

    test.each([
      ['as before, with high availability', startedAgain(() => {}, { ENABLE_HA: 'true' })],
      ['with high availability that fails now', startedAgain(withoutAccess, { ENABLE_HA: 'true' })],
      ['cut off, for long', startedAgain(cutOff)],
      ['forgotten, and forgotten again before it connects', arranged(forgottenTwice, starts([{}, 11 * minutes]))],
      ['by upstream’s scripts, without a key', arranged(byUpstream, starts([{ AUTH_KEY: '' }, 2 * minutes]))],
    ])('%s', async (_, story) => {
      expect(exits(await agree(story)).at(-1)).toBe(99)
    })

    test.each([
      { word: 'Disconnected', dropsRegistration: false },
      { word: 'NotRegistered', dropsRegistration: false },
      { word: 'Connecting', dropsRegistration: true },
    ] as const)('that the service has forgotten: %j', async whenForgotten => {
      await agree(startedAgain(forget), { whenForgotten })
    })

    test('that the service has forgotten, and refuses now', async () => {
      const story = startedAgain(side => [forget(side), neighbours(1, false)(side)])
      expect(exits(await agree(story))).toEqual([99, 12])
    })
  })

  describe('watching:', () => {
    test('a diahost that is killed comes back once, and then does not', async () => {
      const arrange = (side: Side) => {
        side.at(61, () => side.shir.kill())
        side.at(121, () => side.shir.dmgcmd(['-Start']))
        side.at(241, () => side.shir.kill())
      }
      expect(exits(await agree(arranged(arrange, starts([{}]))))).toEqual([20])
    })

    test('a connection that goes and comes', async () => {
      const arrange = (side: Side) => {
        side.at(121, () => side.shir.setNetwork('no-dns'))
        side.at(241, () => side.shir.setNetwork('up'))
      }
      await agree(arranged(arrange, starts([{}, 7 * minutes])))
    })

    test.each([
      { hangs: true, stdout: 'Connected\n' },
      { takesMs: 25_000, stdout: 'Connected\n' },
      { takesMs: 20_000, stdout: 'Banner\r\nCONNECTED\r\n' },
      { exitCode: 3 },
      { stdout: 'Banner\r\nNotRegistered \r\n', stderr: 'Odd.\r\n' },
    ])('a question that is answered with %j, also by the health check', async answer => {
      const story: Story = async side => {
        side.at(61, () => side.shir.set({ answers: { '-cgc': answer } }))
        return [await side.checkHealth(), await side.start({}, 4 * minutes), await side.checkHealth()]
      }
      await agree(story)
    })
  })

  describe('stop.ps1', () => {
    const answering = (answer: object) =>
      arranged(side => side.at(62, () => side.shir.set({ answers: { '-Stop': answer } })), starts([{}]))

    test.each([
      ['while the node runs', 123, starts([{}])],
      ['while SHIR is started', 3, starts([{}])],
      ['while it is awaited', 20, withoutShir],
      ['while it registers', 6, starts([{}])],
      ['while remote access is awaited', 13, starts([{ ENABLE_HA: 'true' }])],
      ['after a refusal', 61, (side => starts([{ AUTH_KEY: anotherKey(side) }])(side)) as Story],
      ['between two attempts', 61, arranged(side => side.shir.setNetwork('no-dns'), starts([{}]))],
      ['where SHIR does not end', 123, answering({ exitCode: 1 })],
      ['where dmgcmd hangs', 123, answering({ hangs: true })],
    ])('%s', async (name, seconds, story) => {
      const settings = name === 'while it is awaited' ? { answers: { '-Start': { exitCode: 1 } } } : {}
      const told = await agree(stopped(seconds, story), settings)
      expect(told).toHaveLength(2)
      expect(told[0]?.exitCode).toBe(0)
    })

    test('and the start after it', async () => {
      const story: Story = async side => {
        const told = await stopped(123, starts([{}]))(side)
        side.restart()
        return [...told, await side.start({}, 2 * minutes)]
      }
      expect(exits(await agree(story))).toEqual([0, 0, 99])
    })

    test('where nothing runs any more', async () => {
      const story = arranged(
        side => side.shir.kill(),
        async side => [await side.stop()],
      )
      expect(exits(await agree(story))).toEqual([0])
    })
  })
})
