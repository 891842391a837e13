import { nodeInputs } from '../../src/contract/inputs/node.ts'
import type { Kind } from '../../src/contract/kinds.ts'
import { checkRules } from '../../src/contract/rules.ts'
import { describeWith } from '../support/program.ts'
import { makeWorld, type World } from './world.ts'

/** The inputs that a container sees as a variable, by that variable; the key has a test of its own. */
const inputs = new Map(
  Object.values(nodeInputs).flatMap(entry => ('env' in entry && entry.env !== 'AUTH_KEY' ? [[entry.env, entry] as const] : [])),
)

/** Windows consoles show no ellipsis. */
const onConsole = (text: string) => text.replaceAll('…', '...')

const samples = [
  ...['true', 'True', 'FALSE', 'yes', '1', 'on'],
  ...['0', '1', '01', '8060', '08060', '65535', '65536', '80a', '-1', '1.5', '599', '600', '999999999', '1000000000', '10m'],
  ...['99999999999999999999', '٣'],
  ...['eu-1', 'EU_1', '-eu', '_eu', 'two words', 'ü', 'K', 'n'.repeat(150), 'n'.repeat(151), '$(nodeName)', '"eu"'],
  ...['UTC', 'W. Europe Standard Time', 'Europe/Berlin', 'UTC+12', 'UTC-11', 'a'.repeat(65), 'time;zone', 'a\nb'],
  ...['IR@a@b@c@d', ' true ', 'eu-1\n', 'a'.repeat(200)],
]

describeWith('pwsh', 'the variables of a container', () => {
  let world: World

  beforeEach(async () => {
    world = await makeWorld()
  })

  afterEach(() => world.close())

  const parts = (...names: readonly string[]) => names.map(name => `. '${world.scripts}/parts/${name}.ps1'`).join('; ')

  async function ask(code: string, given: unknown): Promise<unknown> {
    const setUp = `${parts('log', 'key', 'settings')}; $given = $Env:GIVEN | ConvertFrom-Json`
    const ended = await world.command(`${setUp}; ConvertTo-Json -Compress -InputObject @(${code})`, {
      GIVEN: JSON.stringify(given),
    })
    expect(ended.exitCode).toBe(0)
    return JSON.parse(ended.output)
  }

  test('are those of the contract: names, defaults, and the words for what is allowed', async () => {
    const rules = await ask('$SettingRules | ForEach-Object { [pscustomobject] $_ | Select-Object Name, Default, Allowed }', [])
    expect(rules).toEqual(
      [...inputs].map(([Name, entry]) => ({
        Name,
        // Without a default of its own the contract says in words what counts; a name cannot be known before.
        Default: String(entry.default ?? ('otherwise' in entry && entry.otherwise === 'UTC' ? entry.otherwise : '')),
        Allowed: entry.kind.allowed,
      })),
    )
  })

  test('are taken and refused as the contract takes and refuses them, value by value', async () => {
    const told = await ask(
      '$SettingRules | ForEach-Object { foreach ($sample in $given) { Find-SettingFault $_ $sample.Trim() } }',
      samples,
    )
    const expected = [...inputs].flatMap(([name, entry]) =>
      samples.map(sample => {
        const text = sample.trim()
        if (/IR@/.test(text)) return `${name} holds an authentication key, which belongs to AUTH_KEY alone.`
        if ((entry.kind as Kind<unknown>).schema.safeParse(text).success) return ''
        const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
        return onConsole(`${name}: "${shown}" is not allowed; allowed is ${entry.kind.allowed}.`)
      }),
    )
    expect(told).toEqual(expected)
  })

  test('mean what the contract means', async () => {
    const read = async (environment: Record<string, string>) => {
      const ended = await world.command(`${parts('log', 'settings')}; Read-Settings | ConvertTo-Json -Compress`, environment)
      return JSON.parse(ended.output)
    }
    expect(await read({})).toEqual({
      NodeName: 'MACHINE',
      EnableHa: false,
      HaPort: 8060,
      EnableAe: false,
      AeTime: 600,
      TimeZone: 'UTC',
      LocalFolders: false,
    })
    const given = { NODE_NAME: ' eu-1 ', ENABLE_HA: 'TRUE', HA_PORT: '09000', ENABLE_AE: 'True', AE_TIME: '601' }
    expect(await read({ ...given, LOCAL_FOLDERS: 'true' })).toEqual({
      NodeName: 'eu-1',
      EnableHa: true,
      HaPort: 9000,
      EnableAe: true,
      AeTime: 601,
      TimeZone: 'UTC',
      LocalFolders: true,
    })
  })

  test('are warned of in the contract’s words', async () => {
    const spell = (key: string) =>
      ({ enableAe: 'ENABLE_AE', enableHa: 'ENABLE_HA', aeTime: 'AE_TIME', haPort: 'HA_PORT' })[key] ?? key
    const { warnings } = await checkRules({
      inputs: { ...defaults(), mode: 'run', enableAe: true, haPort: 9000, verifySignature: true } as never,
      given: new Set(['enableAe', 'haPort', 'authKey'] as const),
      unparsed: new Set(),
      spell,
    })
    const ended = await world.run('setup.ps1', { AUTH_KEY: world.key, ENABLE_AE: 'true', HA_PORT: '9000' }, { until: 60 })
    const told = ended.lines.flatMap(line => /WARNING: (.*)$/.exec(line)?.[1] ?? [])
    expect(told.sort()).toEqual([...warnings].sort())
    expect(told).toHaveLength(2)
  })

  test('a proxy is warned of', async () => {
    const ended = await world.run('setup.ps1', { AUTH_KEY: world.key, https_proxy: 'http://proxy:3128' }, { until: 60 })
    expect(ended.output).toContain(
      'WARNING: https_proxy is set: Microsoft does not support an HTTP proxy for SHIR in containers.',
    )
  })

  test.each([
    ['in quotes', (key: string) => `"${key}"`],
    ['in single quotes', (key: string) => `'${key}'`],
    ['in backquotes', (key: string) => `\`${key}\``],
    ['with a line break', (key: string) => key.replace('@example', '@exam\nple')],
    ['with a blank', (key: string) => key.replace('@example', '@exam ple')],
    ['that is something else', (key: string) => key.replace('IR@', 'SharedAccessSignature@')],
    ['without its last part', (key: string) => key.replace(/@[^@]*$/, '')],
  ])('a key %s is refused as the contract refuses it, and nothing is started', async (_, change) => {
    const given = change(world.key)
    const result = nodeInputs.authKey.kind.schema.safeParse(given)
    const why = result.error?.issues.map(issue => issue.message).join('; ')
    const ended = await world.run('setup.ps1', { AUTH_KEY: given })
    expect(ended).toMatchObject({ exitCode: 11, events: ['invalid-key'], dmgcmd: [], stillRunning: false })
    const allowed = nodeInputs.authKey.kind.allowed
    expect(ended.output).toContain(onConsole(`AUTH_KEY: what was given is not allowed (${why}); allowed is ${allowed}.`))
    expect(ended.output).not.toContain(world.key.split('@').at(-1))
    expect(world.clock.seconds()).toBe(0)
  })

  test('blanks around a key do not count, as in the contract', async () => {
    const ended = await world.run('setup.ps1', { AUTH_KEY: ` ${world.key}\n` }, { until: 60 })
    expect(ended.dmgcmd[1]?.[1]).toBe(world.key)
  })
})

function defaults(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(nodeInputs).map(([key, entry]) => [key, entry.default]))
}
