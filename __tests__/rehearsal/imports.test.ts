import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(__dirname, '../../rehearsal')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))

/** By file, the files that it imports, types included. */
const imports = new Map(
  files.map(file => {
    const found = readFileSync(path.join(root, file), 'utf8').matchAll(/ from '(\.[^']+)'/g)
    return [file, [...found].map(([, to = '']) => path.join(path.dirname(file), to))] as const
  }),
)

function circleFrom(file: string, way: readonly string[] = []): readonly string[] | undefined {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
  for (const next of imports.get(file) ?? []) {
    const circle = circleFrom(next, [...way, file])
    if (circle) return circle
  }
  return undefined
}

test.each(files)('%s imports nothing that imports it', file => {
  expect(circleFrom(file)).toBeUndefined()
})

test('the node knows nothing of the engine that it runs in', () => {
  const all = files.filter(file => file.startsWith('node/')).flatMap(file => imports.get(file) ?? [])
  expect(all.length).toBeGreaterThan(20)
  expect(all.filter(file => !file.startsWith('node/'))).toEqual([])
})
