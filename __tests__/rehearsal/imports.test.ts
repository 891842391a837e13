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

/** From the top down; what the rehearsal's installer is any of them may know. */
const rooms = ['engine', 'node', 'scripts', 'shir', 'installer.ts'] as const
test.each(rooms.slice(0, -1))('%s imports no room above it', room => {
  const mine = files.filter(file => file.startsWith(`${room}/`)).flatMap(file => imports.get(file) ?? [])
  const below = rooms.slice(rooms.indexOf(room))
  expect(mine.length).toBeGreaterThan(3)
  expect(mine.filter(file => !below.some(one => `${file}/`.startsWith(`${one}/`)))).toEqual([])
})
