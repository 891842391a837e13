import { mkdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newPart } from '../../src/installer/parts.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { type Bench, makeBench } from './bench.ts'

const nowMs = Date.UTC(2026, 10, 22, 12)
const hourMs = 60 * 60 * 1_000

let bench: Bench
let parts: string
beforeEach(async () => {
  bench = await makeBench()
  parts = join(bench.folder, 'parts')
  await mkdir(parts)
})
afterEach(() => bench.remove())

const make = () => newPart(bench.folder, bench.host({ clock: fakeClock(nowMs) }))

async function leave(name: string, ageMs: number): Promise<void> {
  const file = join(parts, name)
  await writeFile(file, 'half an installer')
  await utimes(file, new Date(nowMs - ageMs), new Date(nowMs - ageMs))
}

test('what lies there for more than a day is swept, what another job may be writing is not', async () => {
  await leave('old.part', 24 * hourMs + 1_000)
  await leave('ancient.part', 1_000 * hourMs)
  await leave('young.part', 24 * hourMs - 1_000)
  await leave('of tomorrow.part', -24 * hourMs)
  await make()
  expect(await bench.files(parts)).toEqual(['of tomorrow.part', 'young.part'])
})

test('a folder is nobody’s part, and hinders nothing', async () => {
  await mkdir(join(parts, 'folder'))
  await utimes(join(parts, 'folder'), new Date(0), new Date(0))
  await leave('old.part', 48 * hourMs)
  await make()
  expect((await stat(join(parts, 'folder'))).isDirectory()).toBe(true)
  expect(await bench.files(parts)).toEqual([])
})

test('two sweeps at once do not mind each other', async () => {
  for (let part = 0; part < 20; part++) await leave(`${part}.part`, 48 * hourMs)
  await Promise.all([make(), make(), make()])
  expect(await bench.files(parts)).toEqual([])
})
