import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { removeFile, renamePatiently } from '../../src/installer/file.ts'
import { microsoft } from '../../src/installer/record.ts'
import { installerStore } from '../../src/installer/store.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { type Bench, makeBench, provenOf } from './bench.ts'

/** Windows' refusals: Linux gives none of them to root. */
jest.mock('node:fs/promises', () => {
  const real = jest.requireActual<typeof fs>('node:fs/promises')
  return { ...real, rename: jest.fn(real.rename), rm: jest.fn(real.rm), link: jest.fn(real.link) }
})

const refusal = (code: string) => Object.assign(new Error(`${code}: refused`), { code })

const calls = { rename: jest.mocked(fs.rename), rm: jest.mocked(fs.rm), link: jest.mocked(fs.link) }

function refuse(call: keyof typeof calls, code: string, times: number): void {
  for (let time = 0; time < times; time++) calls[call].mockRejectedValueOnce(refusal(code))
}

let bench: Bench
beforeEach(async () => {
  bench = await makeBench()
})
afterEach(() => bench.remove())

const onWindows = () => bench.host({ machine: { ...bench.host().machine, platform: 'win32' } })

test.each(['EPERM', 'EACCES', 'EBUSY'])('a rename that Windows refuses three times (%s) is done the fourth time', async code => {
  await fs.writeFile(join(bench.folder, 'a'), 'it')
  refuse('rename', code, 3)
  await renamePatiently(join(bench.folder, 'a'), join(bench.folder, 'b'), onWindows())
  expect(await fs.readFile(join(bench.folder, 'b'), 'utf8')).toBe('it')
  expect(bench.clock.sleeps).toEqual([50, 100, 150])
})

test('a rename that Windows refuses for ever is told as what it is', async () => {
  refuse('rename', 'EPERM', 10)
  await expect(renamePatiently('a', 'b', onWindows())).rejects.toMatchObject({ code: 'EPERM' })
  expect(bench.clock.sleeps).toHaveLength(9)
})

test('a rename that Linux refuses is not tried again', async () => {
  refuse('rename', 'EPERM', 1)
  await expect(renamePatiently('a', 'b', bench.host())).rejects.toMatchObject({ code: 'EPERM' })
  expect(bench.clock.sleeps).toEqual([])
})

test('a file that is read-only, which Windows refuses to remove, is removed', async () => {
  const file = join(bench.folder, 'kept.msi')
  await fs.writeFile(file, 'it')
  await fs.chmod(file, 0o444)
  refuse('rm', 'EPERM', 1)
  await removeFile(file)
  expect(await bench.files()).toEqual([])
})

test('a store on a drive without links takes a file by renaming, as patiently', async () => {
  const sample = sampleInstaller('5.70.9748.2')
  const store = installerStore('cache', onWindows())
  refuse('link', 'EPERM', 1)
  refuse('rename', 'EBUSY', 3)
  await store.keep(await bench.part(sample.bytes), provenOf(sample), microsoft)
  expect((await store.find(sample.version, sample.sha256))?.sha256).toBe(sample.sha256)
  expect((await bench.files()).filter(file => file.endsWith('.part'))).toEqual([])
})
