import * as fs from 'node:fs/promises'
import { resumptionFile } from '../../../src/installer/download/resumption.ts'
import { type Answer, ranges, type ServedFile, status, whole } from '../../support/fault-server.ts'
import { stepErrorOf } from '../../support/rejection.ts'
import { makeStage, oneByOne, type Stage, servedFile, sha256Of } from './stage.ts'

/** Windows' refusals of files that a virus scanner holds: Linux gives none of them. */
jest.mock('node:fs/promises', () => {
  const real = jest.requireActual<typeof fs>('node:fs/promises')
  return { ...real, rename: jest.fn(real.rename), rm: jest.fn(real.rm), open: jest.fn(real.open) }
})

const held = (code: string) => Object.assign(new Error(`${code}: refused`), { code })

let stage: Stage
let file: ServedFile
beforeEach(async () => {
  stage = await makeStage()
  file = servedFile()
  stage.host = stage.bench.host({ machine: { ...stage.host.machine, platform: 'win32' } })
})
afterEach(() => stage.close())

test.each(['EPERM', 'EACCES', 'EBUSY'])('a resumption that is held (%s) is replaced when it is let go', async code => {
  stage.answers['/a'] = [ranges(file), ranges(file), status(403)]
  for (let time = 0; time < 3; time++) jest.mocked(fs.rename).mockRejectedValueOnce(held(code))
  await stepErrorOf(stage.fetch())
  expect(JSON.parse(await fs.readFile(resumptionFile(stage.part), 'utf8'))).toMatchObject({
    done: [{ from: 0, to: 2 * oneByOne.pieceBytes.most }],
  })
  expect(stage.bench.clock.sleeps).toEqual([50, 100, 150])
})

describe('a part that is begun anew', () => {
  const ways: readonly (readonly [string, () => Answer])[] = [
    ['over ranges', () => ranges(file)],
    ['as one stream', () => whole(file.bytes)],
  ]
  test.each(ways)('%s is no file that a process, taken for dead, still writes into', async (_, answer) => {
    await fs.writeFile(stage.part, 'what it fetched')
    const old = await fs.open(stage.part, 'r+')
    stage.answers['/a'] = [answer()]
    const done = await stage.fetch()
    await old.write('late')
    await old.close()
    expect(sha256Of(await stage.onDisk())).toBe(done.sha256)
  })

  test('waits until nobody holds the old one', async () => {
    await fs.writeFile(stage.part, 'what it fetched')
    stage.answers['/a'] = [whole(file.bytes)]
    // Windows keeps the name of a file that is removed until the last one has closed it.
    jest.mocked(fs.open).mockRejectedValueOnce(held('EPERM'))
    expect(await stage.fetch()).toMatchObject({ sha256: sha256Of(file.bytes) })
    expect(stage.bench.clock.sleeps).toEqual([50])
  })
})

describe('what the file system refuses is nothing that the server is asked again for', () => {
  beforeEach(() => {
    stage.answers['/a'] = [whole(file.bytes)]
  })
  afterEach(() => {
    const real = jest.requireActual<typeof fs>('node:fs/promises')
    jest.mocked(fs.rm).mockImplementation(real.rm)
    jest.mocked(fs.open).mockImplementation(real.open)
  })

  test('a resumption that cannot be removed', async () => {
    jest.mocked(fs.rm).mockRejectedValue(held('EBUSY'))
    expect(await stepErrorOf(stage.fetch())).toMatchObject({ code: 'io-failed', message: expect.stringContaining('EBUSY') })
    expect(stage.server.requests).toHaveLength(1)
  })

  test('a part that cannot be read', async () => {
    const real = jest.requireActual<typeof fs>('node:fs/promises')
    jest
      .mocked(fs.open)
      .mockImplementation((path, flags, mode) => (flags === 'r' ? Promise.reject(held('EIO')) : real.open(path, flags, mode)))
    expect(await stepErrorOf(stage.fetch())).toMatchObject({ code: 'io-failed', message: expect.stringContaining('EIO') })
    expect(stage.server.requests).toHaveLength(1)
  })
})
