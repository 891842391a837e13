import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(__dirname, '../../src')

/** The house from its roof to its ground: imports only point down, never up and never sideways. */
const floors: readonly (readonly string[])[] = [
  ['entry'],
  ['step', 'undo'],
  ['release'],
  ['target', 'image', 'installer'],
  ['gate'],
  ['target.ts'],
  ['engine'],
  ['process', 'net', 'journal'],
  ['report'],
  ['host.ts'],
  ['contract'],
]

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'))
  .sort()

/** The room of a file, by its path below src/. The two ports are rooms of their own; host implementations are the room `hosts`. */
function roomOf(file: string): string {
  if (file === 'target/target.ts') return 'target.ts'
  if (file === 'host/host.ts') return 'host.ts'
  const [first = '', ...rest] = file.split('/')
  if (rest.length === 0) return first.replace(/\.ts$/, '')
  return first === 'host' ? 'hosts' : first
}

/** What a source imports, as it is written: static, type-only, re-exported and dynamic ones. */
function importsOf(source: string): readonly string[] {
  const code = withoutComments(source)
  const patterns = [
    /^\s*import\s+(?:type\s+)?(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm,
    /^\s*export\s+(?:type\s+)?[*{][^;'"]*?\sfrom\s+['"]([^'"]+)['"]/gm,
    /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
    /\brequire\s*\(\s*['"]([^'"]+)['"]/g,
  ]
  return patterns.flatMap(pattern => [...code.matchAll(pattern)].map(([, specifier = '']) => specifier))
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

interface Import {
  readonly from: string
  readonly to: string
}

const sources = new Map(files.map(file => [file, readFileSync(path.join(root, file), 'utf8')]))
const specifiers = [...sources].flatMap(([from, source]) => importsOf(source).map(to => ({ from, to })))
/** Imports from file to file, both below src/. */
const inner: readonly Import[] = specifiers
  .filter(({ to }) => to.startsWith('.'))
  .map(({ from, to }) => ({ from, to: path.posix.join(path.posix.dirname(from), to) }))
  .filter(({ to }) => !to.startsWith('..'))

const told = ({ from, to }: Import) => `src/${from} → ${to}`

test('the reader of imports sees every form', () => {
  const source = `
    import path from 'node:path'
    import type { A } from './a.ts'
    import { type B, b } from './b.ts'
    import {
      c,
    } from './c.ts'
    import * as d from './d.ts'
    import './e.ts'
    export { f } from './f.ts'
    export type { G } from './g.ts'
    export * from './h.ts'
    const i = await import('./i.ts')
    type J = import('./j.ts').J
    // import k from './k.ts'
    /* import l from './l.ts' */
    export const m = 'from "./m.ts"'
  `
  expect([...importsOf(source)].sort()).toEqual(['node:path', ...'abcdefghij'.split('').map(name => `./${name}.ts`)].sort())
})

test('the house was found, with imports in it', () => {
  expect(files.length).toBeGreaterThan(50)
  expect(inner.length).toBeGreaterThan(100)
})

test('every file belongs to a room of the list', () => {
  const known = new Set([...floors.flat(), 'hosts'])
  expect(files.filter(file => !known.has(roomOf(file)))).toEqual([])
})

test('every import leads to a file that exists, with its ending', () => {
  const isThere = (to: string) => sources.has(to) || (to.endsWith('.json') && existsSync(path.join(root, to)))
  expect(inner.filter(({ to }) => !isThere(to)).map(told)).toEqual([])
})

test('imports form no circle, type imports included', () => {
  const next = new Map(files.map(file => [file, inner.filter(({ from }) => from === file).map(({ to }) => to)]))
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, way: readonly string[]) => {
    if (way.includes(file)) {
      circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
      return
    }
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...way, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('imports only point down the list of rooms, never up and never at a sibling', () => {
  const floorOf = (room: string) => floors.findIndex(floor => floor.includes(room))
  const wrong = inner.filter(({ from, to }) => {
    const [here, there] = [roomOf(from), roomOf(to)]
    if (here === 'hosts' || there === 'hosts' || here === there) return false // the next tests' matter
    return floorOf(here) >= floorOf(there)
  })
  expect(wrong.map(told)).toEqual([])
})

test('targets never import each other', () => {
  const targetOf = (file: string) => /^target\/([^/]+)\//.exec(file)?.[1]
  const wrong = inner.filter(({ from, to }) => targetOf(from) && targetOf(to) && targetOf(from) !== targetOf(to))
  expect(wrong.map(told)).toEqual([])
})

test('step and undo do not import each other, and no entry imports another', () => {
  const sideways = ['step', 'undo', 'entry']
  expect(inner.filter(({ from, to }) => [from, to].every(file => sideways.slice(0, 2).includes(roomOf(file)))).map(told)).toEqual(
    [],
  )
  expect(inner.filter(({ from, to }) => [from, to].every(file => roomOf(file) === 'entry')).map(told)).toEqual([])
})

test('host implementations are imported by entries and by each other alone', () => {
  const wrong = inner.filter(({ from, to }) => roomOf(to) === 'hosts' && !['hosts', 'entry'].includes(roomOf(from)))
  expect(wrong.map(told)).toEqual([])
})

test('host implementations import the port, each other and the contract only', () => {
  const wrong = inner.filter(({ from, to }) => roomOf(from) === 'hosts' && !['hosts', 'host.ts', 'contract'].includes(roomOf(to)))
  expect(wrong.map(told)).toEqual([])
})

test('the journal imports the host’s port and Node only', () => {
  const wrong = specifiers.filter(
    ({ from, to }) => roomOf(from) === 'journal' && !/^(?:node:|\.\/)/.test(to) && to !== '../host/host.ts',
  )
  expect(wrong.map(told)).toEqual([])
})

test('only host/ and entry/ know the pipelines’ packages', () => {
  const foreign = specifiers.filter(({ to }) => /^(?:@actions\/|azure-pipelines-)/.test(to))
  expect(foreign.length).toBeGreaterThan(0)
  expect(foreign.filter(({ from }) => !/^(?:host|entry)\//.test(from)).map(told)).toEqual([])
})

test('there are no barrel files', () => {
  expect(files.filter(file => path.posix.basename(file) === 'index.ts')).toEqual([])
})

test.each([
  ['the environment', /\bprocess\s*\.\s*env\b|\benv\b[^;\n]*=\s*process\b/],
  ['the time', /\bDate\s*\.\s*now\b|\bnew Date\(\s*\)|\bperformance\s*\.\s*now\b|\bhrtime\b/],
  // A socket's own limit on silence is no timer of ours; and `setImmediate` reads none: it lets what is due already have its turn.
  ['a timer', /(?<!\bsocket\.)\bset(?:Timeout|Interval)\b|timers\/promises|AbortSignal\s*\.\s*timeout\b/],
])('only host/ and entry/ read %s', (_, pattern) => {
  const wrong = [...sources].flatMap(([file, source]) =>
    /^(?:host|entry)\//.test(file)
      ? []
      : withoutComments(source)
          .split('\n')
          .filter(line => pattern.test(line))
          .map(line => `src/${file}: ${line.trim()}`),
  )
  expect(wrong).toEqual([])
})
