import { entryOf, type Key, keys } from '../../src/contract/inputs.ts'
import { parseInputs } from '../../src/contract/parse.ts'
import { StepError } from '../../src/contract/reasons.ts'
import { kebab } from '../../src/contract/spelling.ts'
import { helpText, readCommandLine, spellFlag } from '../../src/host/command-line.ts'
import { syntheticKey, syntheticSecret } from '../support/synthetic-key.ts'

type Environment = Readonly<Record<string, string | undefined>>

function typed(words: string | readonly string[], environment: Environment = {}): Readonly<Record<string, string>> {
  const asked = readCommandLine(typeof words === 'string' ? words.split(' ') : words, environment)
  if (asked.kind !== 'step') throw new Error(`asked for ${asked.kind}`)
  return asked.inputs
}

function refusal(...words: readonly string[]): string {
  try {
    readCommandLine(words, {})
  } catch (error) {
    if (error instanceof StepError && error.code === 'invalid-input') return `${error.message} ${error.hint}`
    throw error
  }
  throw new Error(`not refused: ${words.join(' ')}`)
}

const flagKeys = keys.filter(key => !['mode', 'authKey', 'summary', 'cleanup'].includes(key))

describe('flags', () => {
  test('the mode is the first word, wherever it stands', () => {
    expect(typed('build')).toEqual({ mode: 'build' })
    expect(typed('--soak 10s gate')).toEqual({ mode: 'gate', soak: '10s' })
    expect(typed([])).toEqual({})
  })

  test.each(flagKeys)('%s', key => {
    expect(typed(['run', `--${kebab(key)}=value`])).toEqual({ mode: 'run', [key]: 'value' })
    if (entryOf(key).kind.editor !== 'boolean')
      expect(typed(['run', `--${kebab(key)}`, 'value'])).toEqual({ mode: 'run', [key]: 'value' })
    expect(spellFlag(key)).toBe(`--${kebab(key)}`)
  })

  test('a value keeps its blanks, its equals signs and its dashes', () => {
    expect(typed(['run', '--timezone', 'W. Europe Standard Time', '--build-args', 'A=b=c', '--labels=a=--x'])).toEqual({
      mode: 'run',
      timezone: 'W. Europe Standard Time',
      buildArgs: 'A=b=c',
      labels: 'a=--x',
    })
  })

  test('a flag given several times joins as lines', async () => {
    const inputs = typed('build --image a:1 --labels x=1 --image b:2 --labels y=2 --image=c:3')
    expect(inputs).toEqual({ mode: 'build', image: 'a:1\nb:2\nc:3', labels: 'x=1\ny=2' })
    expect((await parseInputs(inputs, spellFlag)).inputs.image).toEqual(['a:1', 'b:2', 'c:3'])
  })

  test('a flag that takes no lines and is given twice is refused by the parser', async () => {
    const inputs = typed('gate --container-name one --container-name two')
    await expect(parseInputs(inputs, spellFlag)).rejects.toThrow(
      '--container-name: "one\\ntwo" is not allowed (it holds a line break)',
    )
  })
})

describe('a boolean flag', () => {
  test.each([
    ['build --dry-run', { mode: 'build', dryRun: 'true' }],
    ['--dry-run build', { mode: 'build', dryRun: 'true' }],
    ['build --dry-run --push', { mode: 'build', dryRun: 'true', push: 'true' }],
    ['build --dry-run --soak 1s', { mode: 'build', dryRun: 'true', soak: '1s' }],
    ['build --dry-run false', { mode: 'build', dryRun: 'false' }],
    ['build --dry-run=false', { mode: 'build', dryRun: 'false' }],
    ['build --dry-run True', { mode: 'build', dryRun: 'True' }],
    ['build --dry-run=yes', { mode: 'build', dryRun: 'yes' }],
  ])('%s', (words, inputs) => expect(typed(words)).toEqual(inputs))
})

describe('what does not exist is refused', () => {
  test('with the flag that was probably meant', () => {
    expect(refusal('run', '--node-nmae', 'x')).toBe(
      '--node-nmae is no flag; did you mean --node-name? shir-container --help lists them.',
    )
    expect(refusal('run', '--nodeName', 'x')).toContain('did you mean --node-name?')
    expect(refusal('run', '--msi_path=x')).toContain('did you mean --msi-path?')
  })
  test('or without', () => {
    expect(refusal('run', '--kubernetes')).toBe('--kubernetes is no flag. shir-container --help lists them.')
    expect(refusal('run', '--summary')).toContain('--summary is no flag')
    expect(refusal('run', '-x')).toMatch(/^-x is no flag/)
    expect(refusal('run', '--constructor')).toContain('--constructor is no flag')
  })
  test('a flag without its value', () => {
    expect(refusal('run', '--node-name')).toBe('--node-name has no value. Write --node-name <value>.')
  })
  test('a second word', () => {
    expect(refusal('run', 'node-1')).toBe(
      '"node-1" is one word too many. The first word is the mode; values belong to flags, as in --node-name node-1.',
    )
  })
  test('the mode as a flag', () =>
    expect(refusal('--mode', 'run')).toBe(
      '--mode is no flag. The mode is the first word: shir-container build | run | gate | remove.',
    ))
})

describe('the key', () => {
  const hint = 'Put the key into the variable AUTH_KEY, or pass --auth-key-stdin and write it to standard input.'

  test.each([[`--auth-key=${syntheticKey}`], ['--auth-key', syntheticKey], ['--authKey', syntheticKey], [syntheticKey]])(
    'has no flag, and is not repeated: %s',
    (...words) => {
      const told = refusal('run', ...words)
      expect(told).toContain(hint)
      expect(told).not.toContain(syntheticSecret)
    },
  )
  test('as the first word is not repeated either', () => {
    expect(refusal(syntheticKey)).toBe(`A key has no place here, since the process list would show the key. ${hint}`)
  })
  test('comes from the variable AUTH_KEY', () => {
    expect(typed('run', { AUTH_KEY: syntheticKey })).toEqual({ mode: 'run', authKey: syntheticKey })
    expect(typed('run', { AUTH_KEY: '' })).toEqual({ mode: 'run' })
    expect(typed('run', { auth_key: 'x', INPUT_AUTHKEY: 'x' })).toEqual({ mode: 'run' })
  })
  test('or from standard input, which wins', () => {
    expect(readCommandLine(['run', '--auth-key-stdin'], { AUTH_KEY: syntheticKey })).toEqual({
      kind: 'step',
      inputs: { mode: 'run' },
      keyFromStdin: true,
    })
    expect(readCommandLine(['run'], {})).toMatchObject({ keyFromStdin: false })
  })
  test('is called by its variable in errors', () => expect(spellFlag('authKey')).toBe('AUTH_KEY'))
})

describe('an address that holds a token', () => {
  const SHIR_MSI_URL = 'https://files.example/shir.msi?sig=abcdef'

  test('comes from the variable SHIR_MSI_URL, which the process list does not show', () => {
    expect(typed('build', { SHIR_MSI_URL })).toEqual({ mode: 'build', msiUrl: SHIR_MSI_URL })
    expect(typed('build', { SHIR_MSI_URL: '' })).toEqual({ mode: 'build' })
  })
  test('that is typed goes before the variable', () => {
    const msiUrl = 'https://files.example/other.msi'
    expect(typed(`build --msi-url ${msiUrl}`, { SHIR_MSI_URL })).toEqual({ mode: 'build', msiUrl })
  })
  test('is nothing to a mode that does not use it', () => expect(typed('gate', { SHIR_MSI_URL })).toEqual({ mode: 'gate' }))
  test('is called by its flag in errors', () => expect(spellFlag('msiUrl')).toBe('--msi-url'))
})

test.each([
  [['--help'], 'help'],
  [['-h'], 'help'],
  [['run', '--soak', '1s', '--help'], 'help'],
  [['--version'], 'version'],
])('%j asks for %s', (words, kind) => expect(readCommandLine(words, {})).toEqual({ kind }))

describe('--help', () => {
  const help = helpText()
  test.each(flagKeys)('names the flag of %s, what is allowed and the default', key => {
    expect(help).toMatch(new RegExp(`^ {2}--${kebab(key)} +\\S`, 'm'))
    expect(help).toContain(`Allowed: ${entryOf(key).kind.allowed}.`)
  })
  test('names every flag that is taken, and no other', () => {
    const named = [...help.matchAll(/^ {2}(--[a-z0-9-]+)/gm)].map(([, name = '']) => name)
    expect(named.sort()).toEqual([...flagKeys.map(spellFlag), '--help', '--version'].sort())
  })
  test('says how the key is given, and offers no flag for it', () => {
    expect(help).toContain('AUTH_KEY')
    expect(help).toContain('--auth-key-stdin')
    expect(help).not.toMatch(/--auth-key(?!-stdin)/)
  })
  test('says how an address with a token is given', () => expect(help).toMatch(/^ {2}SHIR_MSI_URL \(variable\) +\S/m))
  test('is plain text', () => expect(help).not.toMatch(/`|undefined/))
  test('begins with the modes', () => expect(help).toMatch(/^Usage: shir-container <build\|run\|gate\|remove> \[flags\]\n/))
})

test('the terminal’s flags are those of the inputs that it takes', () => {
  const taken = keys.filter((key: Key) => entryOf(key).hosts?.includes('terminal') !== false)
  expect(taken).not.toContain('summary')
  expect(flagKeys).toEqual(taken.filter(key => key !== 'mode' && !entryOf(key).secret))
})
