/** Where a part of the image's scripts judges a text, the rehearsal judges it alike, text by text. */

import { isUsualKey, keyFaultOf } from '../../rehearsal/scripts/parts/key.ts'
import { createSecrets } from '../../rehearsal/scripts/parts/log.ts'
import { outcomeOf } from '../../rehearsal/scripts/parts/registration.ts'
import type { Script } from '../../rehearsal/scripts/parts/script.ts'
import { settingFault, settingRules } from '../../rehearsal/scripts/parts/settings.ts'
import { makeWorld, type World } from '../scripts/world.ts'
import { describeWith } from '../support/program.ts'

const key =
  'IR@00000000-1111-2222-3333-444444444444@example@ServiceEndpoint=a.b@AAAABBBB+CCCDDDDEEEE/FFFGGGGHHHHIIIIJJJJKKKKLLLLMMM='

const values = [
  ...[
    'true',
    'True',
    'FALSE',
    'yes',
    '1',
    '0',
    '01',
    '65535',
    '65536',
    '80a',
    '-1',
    '1.5',
    '599',
    '600',
    '999999999',
    '1000000000',
  ],
  ...['99999999999999999999', '٣', 'eu-1', 'EU_1', '-eu', '_eu', 'two words', 'ü', 'K', 'n'.repeat(150), 'n'.repeat(151), '"eu"'],
  ...[
    'W. Europe Standard Time',
    'Europe/Berlin',
    'UTC+12',
    'a'.repeat(65),
    'time;zone',
    'a\nb',
    'eu-1\n',
    'xIR@a@b@c',
    '.IR@a@b@c',
  ],
]

const keys = [
  ...[
    key,
    key.toLowerCase(),
    key.replace('=', ''),
    key.replace('0000', '00G0'),
    'IR@a@b@c@d',
    'ir@a@b@c@d',
    'IR@a@b@c',
    'IR@a@b@@d',
  ],
  ...['IR@a@b@c@d@e', '"IR@a@b@c@d"', 'IR@a@b\u00a0@c@d', 'IR@a@b\u0007@c@d', 'IR@a\r@b@c@d', "IR@a'@b@c@d", ''],
]

const token = 'Failed to get service token from ADF service with key x'
const answers = [
  ...['', 'ErrorCode: 0', 'errorcode: 4711', 'Error Code is 1500', 'error code is: 1847.', 'ErrorCode 15001', 'ErrorCode:\n1500'],
  ...[token, `${token}: InvalidGatewayKey`, `${token}\nUnable to connect to the remote server`, 'The operation has timed out'],
  ...[`${token} Client IP address is not valid private ip`, 'InvalidGatewayKey Client IP address is not valid private ip'],
  ...['REGISTRATION OF NEW NODE IS FORBIDDEN', 'Could not establish secure channel', 'Could not establish a trust relationship'],
  ...[
    'No such host is known',
    'Proxy Authentication Required',
    'was actively refused',
    'ErrorCode: 1500 Registration of new node is forbidden',
  ],
].flatMap(text => [0, 1, undefined].map(exitCode => ({ text, exitCode })))

describeWith('pwsh', 'the parts of the scripts and of the rehearsal agree on', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
  })
  afterAll(() => world.close())

  async function ask(code: string, given: unknown): Promise<unknown> {
    const parts = ['log', 'dmgcmd', 'key', 'node', 'settings', 'registration'].map(
      part => `. '${world.scripts}/parts/${part}.ps1'`,
    )
    const { output } = await world.command(
      `${parts.join('; ')}; $given = $Env:GIVEN | ConvertFrom-Json; ConvertTo-Json -Compress -InputObject @(${code})`,
      { GIVEN: JSON.stringify(given) },
    )
    return JSON.parse(output)
  }
  const log = createSecrets()

  test('the values of variables', async () => {
    const told = await ask(
      'foreach ($rule in $SettingRules) { foreach ($one in $given) { Find-SettingFault $rule $one } }',
      values,
    )
    const script = { log } as Partial<Script> as Script
    expect(Object.values(settingRules).flatMap(rule => values.map(one => settingFault(script, rule, one) ?? ''))).toEqual(told)
  })

  test('keys', async () => {
    const fault = '$fault = Find-KeyFault (New-Key $one); if ($null -eq $fault) { "" } else { $fault.Problem }'
    const told = await ask(`foreach ($one in $given) { ${fault}; Test-UsualKey $one }`, keys)
    const mine = keys.flatMap(value => [keyFaultOf({ value, fault: undefined })?.problem ?? '', isUsualKey(value)])
    expect(mine).toEqual(told)
  })

  test('what dmgcmd says', async () => {
    const result = '[pscustomobject]@{ Text = $_.text; ExitCode = $_.exitCode; TimedOut = $null -eq $_.exitCode }'
    const given = answers.map(({ text, exitCode = null }) => ({ text, exitCode }))
    const told = await ask(`$given | ForEach-Object { $out = Get-Outcome (${result}); "$($out.Code) $($out.IsCertain)" }`, given)
    expect(answers.map(outcomeOf).map(({ code = '', isCertain }) => `${code} ${isCertain ? 'True' : 'False'}`)).toEqual(told)
  })

  test('what is hidden', async () => {
    const json = (text: string, plus: string) => text.replaceAll('+', plus)
    const secret = key.split('@').at(-1) ?? ''
    const addresses = [key, secret]
      .map(encodeURIComponent)
      .flatMap(text => [text, text.replace(/%../g, hex => hex.toLowerCase())])
    const texts = [
      `with key ${key}.`,
      secret,
      key.slice(0, -1),
      'IR@',
      'AAAA',
      ...addresses,
      json(key, '\\u002B'),
      json(secret, '\\u002b'),
    ].concat(json(secret, '\\u002b').replace('=', '\\u003d'), secret.replaceAll('/', '\\/'))
    const told = await ask(`Add-Secret '${key}'; Add-Secret 'abc'; foreach ($one in $given) { Hide-Secret $one }`, texts)
    log.addSecret(key)
    log.addSecret('abc')
    expect(texts.map(log.hide)).toEqual(told)
  })
})
