import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parseAllDocuments } from 'yaml'
import { entryOf, type Key, keys } from '../../src/contract/inputs.ts'
import { outputNames } from '../../src/contract/outputs.ts'
import { parseInputs, type Spell } from '../../src/contract/parse.ts'
import { camel, kebab } from '../../src/contract/spelling.ts'
import { readText, repository } from '../support/repository.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

/** One use of the action or the task in a piece of YAML that people paste. */
interface Sample {
  readonly title: string
  readonly host: 'github' | 'azure'
  readonly with: Readonly<Record<string, unknown>>
  /** What its outputs are called by. */
  readonly id: string | undefined
  /** The YAML around it. */
  readonly text: string
}

interface Piece {
  readonly title: string
  readonly text: string
}

/** Fenced YAML of Markdown files, and YAML files, of README, docs/ and examples/. */
function pieces(): readonly Piece[] {
  const files = [
    'README.md',
    ...['docs', 'examples', 'task'].flatMap(folder =>
      existsSync(path.join(repository, folder))
        ? readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' }).map(file => path.join(folder, file))
        : [],
    ),
  ].map(file => file.replaceAll('\\', '/'))
  return files.flatMap((file): readonly Piece[] => {
    if (/\.ya?ml$/.test(file)) return [{ title: file, text: readText(file) }]
    if (!file.endsWith('.md')) return []
    const text = readText(file)
    return [...text.matchAll(/^( *)(`{3,}|~{3,})ya?ml\b[^\n]*\n([\s\S]*?)^\1\2/gm)].map(
      ({ index, 1: indent = '', 3: body = '' }) => ({
        title: `${file}:${text.slice(0, index).split('\n').length}`,
        text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      }),
    )
  })
}

function samplesIn({ title, text }: Piece): readonly Sample[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) throw new Error(`${title} is no YAML: ${document.errors[0]?.message}`)
    return usesIn(document.toJS() as unknown).map(use => ({ ...use, title, text }))
  })
}

function usesIn(value: unknown): readonly Pick<Sample, 'host' | 'with' | 'id'>[] {
  if (Array.isArray(value)) return value.flatMap(usesIn)
  if (typeof value !== 'object' || value === null) return []
  const { uses, with: given, id, task, inputs, name } = value as Record<string, unknown>
  if (typeof uses === 'string' && /(?:^|\/)shir-container(?:@|$)/.test(uses))
    return [{ host: 'github', with: (given ?? {}) as Sample['with'], id: id as string | undefined }]
  if (typeof task === 'string' && /(?:^|\.)ShirContainer@/.test(task))
    return [{ host: 'azure', with: (inputs ?? {}) as Sample['with'], id: name as string | undefined }]
  return Object.values(value).flatMap(usesIn)
}

/** Expressions of GitHub, template expressions and macros of Azure Pipelines. */
const expression = /\$\{\{[^}]*\}\}|\$\([^()]*\)|\$\[[^\]]*\]/g
const isExpression = (text: string) => text.trim().replace(expression, '') === ''

/** Something that a pipeline may well put in an expression's place. */
function plausible(key: Key, text: string): string {
  if (!isExpression(text)) return text.replace(expression, '1')
  if (key === 'authKey') return syntheticKey
  const { editor } = entryOf(key).kind
  const tried = [
    editor === 'boolean' ? 'true' : 'x',
    '5.70.9748.2',
    'a'.repeat(64),
    'https://files.example/shir.msi',
    'NAME=value',
    'xx',
    '700',
    '1',
    '10m',
    '8g',
  ]
  return tried.find(candidate => entryOf(key).kind.schema.safeParse(candidate).success) ?? 'x'
}

/** The inputs as the host hands them over, with expressions filled in. */
function rawInputs(sample: Sample): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(sample.with).map(([name, value]) => {
      const key = sample.host === 'github' ? camel(name.toLowerCase()) : name
      const text = String(value ?? '')
      return [key, keys.includes(key as Key) && expression.test(text) ? plausible(key as Key, text) : text]
    }),
  )
}

const samples = pieces().flatMap(samplesIn)
const spellings: Readonly<Record<Sample['host'], Spell>> = { github: kebab, azure: key => key }
const allSamples = samples.length > 0 ? samples : [undefined]

describe.each(allSamples.map(sample => [sample?.title ?? 'no sample yet', sample] as const))('the sample at %s', (_, sample) => {
  if (sample === undefined) return void test.todo('parses')
  test('parses through the real parser, without a warning', async () => {
    const { warnings } = await parseInputs(rawInputs(sample), spellings[sample.host])
    expect(warnings).toEqual([])
  })
  test('spells inputs as its host does', () => {
    const known = keys.filter(key => entryOf(key).hosts?.includes(sample.host) !== false).map(spellings[sample.host])
    expect(Object.keys(sample.with).filter(name => !known.includes(name))).toEqual([])
  })
  test('holds no key', () => {
    const key = sample.with[sample.host === 'github' ? 'auth-key' : 'authKey']
    if (key !== undefined) expect([key, isExpression(String(key))]).toEqual([key, true])
    expect(sample.text).not.toMatch(/IR@/)
  })
  test('reads outputs that exist', () => {
    if (sample.id === undefined) return
    const pattern =
      sample.host === 'github'
        ? new RegExp(`steps\\.${sample.id}\\.outputs\\.([\\w-]+)`, 'g')
        : new RegExp(`(?:\\$\\(|\\b)${sample.id}\\.([A-Za-z]\\w*)`, 'g')
    const known: readonly string[] = outputNames.map(name => (sample.host === 'github' ? kebab(name) : name))
    const read = [...sample.text.matchAll(pattern)].map(([, name = '']) => name)
    expect(read.filter(name => !known.includes(name))).toEqual([])
  })
})

describe('Cache@2', () => {
  const caches = pieces().flatMap(({ title, text }) =>
    parseAllDocuments(text).flatMap(document => stepsWithCache(document.toJS() as unknown).map(found => ({ title, ...found }))),
  )

  test('stands in samples', () => expect(caches.length).toBeGreaterThan(2))

  test('has a key whose segments with a dot are quoted: others are taken for the paths of files', () => {
    const segments = caches.flatMap(({ title, key }) => key.split('|').map(segment => `${title}: ${segment.trim()}`))
    expect(
      segments.filter(segment => /[.*]|parameters|\$\(/.test(segment.replace(/^.*?: /, '')) && !/: "[^"]*"$/.test(segment)),
    ).toEqual([])
  })

  test('keeps the folder that the step uses', () => {
    expect(caches.filter(({ path: folder, cacheDir }) => folder !== cacheDir)).toEqual([])
  })
})

/** Each `Cache@2` with the folder of the task that stands in the same steps. */
function stepsWithCache(value: unknown): readonly { readonly key: string; readonly path: string; readonly cacheDir: string }[] {
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value)) return Object.values(value).flatMap(stepsWithCache)
  const inputsOf = (task: RegExp) => {
    const found = (
      value as readonly ({ readonly task?: unknown; readonly inputs?: Readonly<Record<string, unknown>> } | null)[]
    ).find(step => task.test(String(step?.task)))
    return found?.inputs
  }
  const cache = inputsOf(/^Cache@2$/)
  if (cache === undefined) return value.flatMap(stepsWithCache)
  return [{ key: String(cache.key), path: String(cache.path), cacheDir: String(inputsOf(/^ShirContainer@/)?.cacheDir) }]
}

test.each(['github', 'azure'] as const)('README.md has a sample for %s that can be pasted', host => {
  const own = samples.filter(sample => sample.host === host && sample.title.startsWith('README.md'))
  expect(own.length).toBeGreaterThan(0)
})

test('samples of the task name the version that task.json has', () => {
  const { version } = JSON.parse(readText('task/ShirContainer/task.json')) as { readonly version: { readonly Major: number } }
  const named = pieces().flatMap(({ text }) => [...text.matchAll(/ShirContainer@(\w+)/g)].map(([, major]) => major))
  expect(named.filter(major => major !== String(version.Major))).toEqual([])
})

describe('the reader of samples', () => {
  const github = `
on: push
jobs:
  node:
    runs-on: windows-latest
    steps:
      - uses: actions/checkout@v4
      - id: shir
        uses: example/shir-container@v0
        with: { mode: run, auth-key: '\${{ secrets.KEY }}', node-count: 2, enable-ha: true, image: 'registry.example/shir:\${{ github.sha }}' }
`
  const azure = `
steps:
  - task: ShirContainer@0
    name: shir
    inputs:
      mode: run
      authKey: $(KEY)
      nodeCount: \${{ parameters.nodes }}
      enableHa: true
`
  test('finds both hosts’ steps and fills expressions in', async () => {
    const found = [github, azure].flatMap(text => samplesIn({ title: 'here', text }))
    expect(found.map(({ host, id }) => [host, id])).toEqual([
      ['github', 'shir'],
      ['azure', 'shir'],
    ])
    expect(found.map(rawInputs)).toEqual([
      { mode: 'run', authKey: syntheticKey, nodeCount: '2', enableHa: 'true', image: 'registry.example/shir:1' },
      { mode: 'run', authKey: syntheticKey, nodeCount: '1', enableHa: 'true' },
    ])
    for (const sample of found) await expect(parseInputs(rawInputs(sample), spellings[sample.host])).resolves.toBeDefined()
  })
  test('a sample with a misspelt input is refused', async () => {
    const [sample] = samplesIn({ title: 'here', text: github.replace('node-count', 'node-cuont') })
    await expect(sample && parseInputs(rawInputs(sample), kebab)).rejects.toThrow('did you mean node-count?')
  })
})
