import { entryOf, type Key, keys } from '../../src/contract/inputs.ts'
import { type Asked, parseInputs, type Spell } from '../../src/contract/parse.ts'
import { StepError } from '../../src/contract/reasons.ts'
import { kebab } from '../../src/contract/spelling.ts'
import { spellFlag } from '../../src/host/command-line.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

type Raw = Readonly<Record<string, string>>
const camelCase: Spell = key => key

const parse = (raw: Raw, spell = camelCase): Promise<Asked> => parseInputs(raw, spell)

async function refusal(raw: Raw, spell = camelCase): Promise<StepError> {
  const error: unknown = await parse(raw, spell).then(
    () => undefined,
    reason => reason,
  )
  if (!(error instanceof StepError)) throw new Error(`not refused: ${JSON.stringify(raw)}`)
  expect(error.code).toBe('invalid-input')
  return error
}

/** The faults, a line each. */
async function faults(raw: Raw, spell = camelCase): Promise<readonly string[]> {
  const { message } = await refusal(raw, spell)
  const [head = '', ...lines] = message.split('\n')
  if (lines.length === 0) return [message]
  expect(head).toBe(`${lines.length} things are wrong with the inputs:`)
  return lines.map(line => line.replace(/^- /, ''))
}

describe('what is not given', () => {
  test('has its default', async () => {
    const { inputs, given } = await parse({ mode: 'build' })
    for (const key of keys.filter(name => name !== 'mode')) expect([key, inputs[key]]).toEqual([key, entryOf(key).default])
    expect([...given]).toEqual(['mode'])
  })

  test.each(['', ' ', '\n', '\t \r\n'])('%j counts as not given', async text => {
    const { inputs, given } = await parse({ mode: 'gate', soak: text, nodeName: text, unheardOf: text })
    expect(inputs.soak).toBe(30_000)
    expect(given.has('soak')).toBe(false)
  })

  test('is told where it is required', async () => {
    expect(await faults({})).toEqual(['mode is missing; allowed is build, run, gate or remove.'])
    expect(await faults({ mode: ' ' })).toEqual(['mode is missing; allowed is build, run, gate or remove.'])
  })
})

test('what is given is parsed, white space around it taken off', async () => {
  const { inputs, given } = await parse({
    mode: ' run\n',
    authKey: ` ${syntheticKey}\n`,
    enableHa: 'True',
    nodeCount: ' 2 ',
    healthTimeout: '90s',
    image: '\nregistry.example/shir:5.70\n',
    labels: 'a=1\nb="2"',
  })
  expect(inputs).toMatchObject({
    mode: 'run',
    enableHa: true,
    nodeCount: 2,
    healthTimeout: 90_000,
    image: ['registry.example/shir:5.70'],
    labels: [
      { name: 'a', value: '1' },
      { name: 'b', value: '"2"' },
    ],
  })
  expect(inputs.authKey?.reveal()).toBe(syntheticKey)
  expect(given.has('haPort')).toBe(false)
  expect(given.has('nodeCount')).toBe(true)
})

test('everything that is wrong is told together, rules included', async () => {
  const told = await faults({
    mode: 'run',
    dryRun: 'yes',
    aeTime: '599',
    image: '--help',
    nodeCount: '2',
    unheardOf: 'x',
    msiUrl: 'https://files.example/a.msi',
    msiPath: 'a.msi',
  })
  expect(told).toEqual([
    'dryRun: "yes" is not allowed; allowed is true or false.',
    'image: "--help" is not allowed (line 1 is malformed); allowed is an image reference a line, such as registry.example/shir:5.70.',
    'aeTime: "599" is not allowed; allowed is a whole number from 600 to 999999999 (seconds).',
    'msiUrl and msiPath exclude each other; name one installer.',
    'authKey is missing; mode run needs the key of the integration runtime.',
    'nodeCount 2 needs enableHa true: without it the service takes one node only.',
  ])
})

test('a rule is not run on what did not parse', async () => {
  expect(await faults({ mode: 'run', authKey: syntheticKey, nodeCount: '2', enableHa: 'yes' })).toEqual([
    'enableHa: "yes" is not allowed; allowed is true or false.',
  ])
  expect(await faults({ mode: 'runn', nodeCount: '1' })).toEqual([
    'mode: "runn" is not allowed; allowed is build, run, gate or remove. Did you mean run?',
  ])
})

test('one fault is the whole message, and the hint says that nothing was done', async () => {
  const { message, hint } = await refusal({ mode: 'build', dryRun: 'yes' })
  expect(message).toBe('dryRun: "yes" is not allowed; allowed is true or false.')
  expect(hint).toBe('Correct the inputs and run the step again; nothing was done yet.')
})

describe('each host’s spelling', () => {
  const wrong = {
    mode: 'run',
    nodeName: '-a',
    nodeCount: '2',
    msiUrl: 'https://a.example/b',
    msiPath: 'b',
    containerNam: 'x',
    aeTim: '1',
  }
  test.each<[string, Spell, RegExp]>([
    ['GitHub', kebab, /\b(?:nodeName|nodeCount|msiUrl|enableHa|authKey|containerName)\b/],
    ['Azure Pipelines', camelCase, /\b(?:node-name|node-count|msi-url|enable-ha|auth-key)\b/],
    ['a terminal', spellFlag, /(?<!-)\b(?:nodeName|nodeCount|msiUrl|enableHa|authKey|node-name|node-count|msi-url|auth-key)\b/],
  ])('%s', async (_, spell, otherSpelling) => {
    const told = (await faults(wrong, spell)).join('\n')
    const spelled: readonly Key[] = [
      'nodeName',
      'nodeCount',
      'enableHa',
      'msiUrl',
      'msiPath',
      'authKey',
      'containerName',
      'aeTime',
    ]
    for (const key of spelled) expect(told).toContain(spell(key))
    expect(told).not.toMatch(otherSpelling)
  })
})

describe('a name that is no input', () => {
  test.each([
    ['nodeNmae', 'nodeNmae is no input; did you mean nodeName?'],
    ['node-name', 'node-name is no input; did you mean nodeName?'],
    ['AuthKey', 'AuthKey is no input; did you mean authKey?'],
  ])('%s, nearly an input, is a fault', async (name, told) => {
    expect(
      await faults(
        Object.fromEntries([
          ['mode', 'build'],
          [name, 'hidden value'],
        ]),
      ),
    ).toEqual([told])
  })
})

test.each(['registryPassword', 'constructor', '__proto__'])(
  '%s, which nobody typed for us, is passed over and told',
  async name => {
    const raw = Object.fromEntries([
      ['mode', 'build'],
      [name, 'hidden value'],
    ])
    const { warnings } = await parseInputs(raw, key => key)
    expect(warnings).toEqual([`${name} is no input and is not used.`])
  },
)

describe('what was given is shown', () => {
  test('as JSON, so that what is invisible can be seen', async () => {
    expect(await faults({ mode: 'gate', containerName: 'a\tb"c' })).toEqual([
      expect.stringMatching(/^containerName: "a\\tb\\"c" is not allowed/),
    ])
    expect(await faults({ mode: 'gate', containerName: 'a\nb' })).toEqual([
      expect.stringContaining('containerName: "a\\nb" is not allowed (it holds a line break)'),
    ])
  })
  test('up to 80 characters', async () => {
    const [told = ''] = await faults({ mode: 'gate', containerName: 'x'.repeat(5_000) })
    expect(told).toContain(`"${'x'.repeat(80)}…"`)
    expect(told.length).toBeLessThan(300)
  })
})

describe('a secret is never shown', () => {
  test.each([
    ['with quotes', `"${syntheticKey}"`, 'it holds a quote'],
    ['with a line break', syntheticKey.replace('@factory', '@\nfactory'), 'it holds a line break'],
    ['with a blank', syntheticKey.replace('@factory', '@ factory'), 'it holds white space'],
    ['without its beginning', syntheticKey.slice(3), 'it has not the five parts IR@…@…@…@… of a key'],
  ])('a key %s', async (_, authKey, why) => {
    expect(await faults({ mode: 'run', authKey })).toEqual([
      `authKey: what was given is not allowed (${why}); allowed is the key as the portal shows it, on one line and without quotes.`,
    ])
  })

  describe.each(keys.filter(key => key !== 'authKey'))('the key in the box of %s', key => {
    const told = `${key} holds an authentication key, which belongs to authKey alone.`
    test.each([
      syntheticKey,
      `"${syntheticKey}"`,
      `A=${syntheticKey}`,
      `a\n${syntheticKey}\n${syntheticKey}`,
      `x/${syntheticKey.slice(0, 80)}`,
    ])('is refused: %j', async text => expect(await faults({ mode: 'build', [key]: text })).toEqual([told]))
    test('is refused where it is no proper key, but stands in its own box as well', async () => {
      const authKey = `${'0123456789'.repeat(8)}-the-rest-of-it`
      const all = await faults({ mode: 'run', authKey, [key]: `-${authKey}` })
      expect(all).toContain(told)
      expect(all.join()).not.toContain('0123456789')
    })
  })
  test('a word in the box of the key makes no secret of the same word elsewhere', async () => {
    expect(await faults({ mode: 'build', authKey: 'stable', shirVersion: 'stable' })).toEqual([
      expect.stringMatching(/^authKey:/),
    ])
  })

  test.each<[Key, string]>([
    ['msiUrl', 'http://me:password-1@files.example/a.msi?sig=password-1'],
    ['buildArgs', 'password-1'],
    ['jdkUrl', 'https://me:password-1@files.example/jdk.msi?sig=password-1'],
    ['containerEnv', 'A=1\npassword-1\npassword-1'],
  ])('%s may hold one', async (key, text) => {
    const [told = '', ...more] = await faults({ mode: 'run', authKey: syntheticKey, [key]: text })
    expect(told).toContain(`${key}: what was given is not allowed`)
    expect([told, ...more].join('\n')).not.toContain('password-1')
  })
})

describe('a macro that Azure left as it was written', () => {
  test.each(keys.filter(key => key !== 'mode'))('%s', async key => {
    const told = await faults({ mode: 'build', [key]: '$(Not.Defined)' })
    expect(told).toContain(`${key} is the unresolved text of a pipeline variable: that variable is not defined.`)
    expect(told.join()).not.toContain('Not.Defined')
  })
  test('is no macro amid other text', async () => {
    expect(await faults({ mode: 'gate', containerName: '$(a)-1' })).toEqual([expect.stringContaining('"$(a)-1" is not allowed')])
  })
})

test('a mode that is misspelt is met with the nearest', async () => {
  expect(await faults({ mode: 'biuld' })).toEqual([expect.stringMatching(/Did you mean build\?$/)])
  expect(await faults({ mode: 'Run' })).toEqual([expect.stringMatching(/Did you mean run\?$/)])
  expect(await faults({ mode: 'destroy' })).toEqual(['mode: "destroy" is not allowed; allowed is build, run, gate or remove.'])
})

test('zod’s own words are not told', async () => {
  const raw = Object.fromEntries(keys.map(key => [key, '\u0001']))
  for (const told of await faults({ ...raw, mode: 'build' })) expect(told).not.toMatch(/invalid|expected|string|zod|pattern/i)
})
