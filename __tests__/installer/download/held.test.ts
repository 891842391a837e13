import * as fs from 'node:fs/promises'
import { recordFile } from '../../../src/installer/download/record.ts'
import { ranges, type ServedFile, status } from '../../support/fault-server.ts'
import { stepErrorOf } from '../../support/rejection.ts'
import { makeStage, oneByOne, type Stage, servedFile } from './stage.ts'

/** Windows' refusals of files that a virus scanner holds: Linux gives none of them. */
jest.mock('node:fs/promises', () => {
  const real = jest.requireActual<typeof fs>('node:fs/promises')
  return { ...real, rename: jest.fn(real.rename) }
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

test.each(['EPERM', 'EACCES', 'EBUSY'])('a record that is held (%s) is replaced when it is let go', async code => {
  stage.answers['/a'] = [ranges(file), ranges(file), status(403)]
  for (let time = 0; time < 3; time++) jest.mocked(fs.rename).mockRejectedValueOnce(held(code))
  await stepErrorOf(stage.fetch())
  expect(JSON.parse(await fs.readFile(recordFile(stage.part), 'utf8'))).toMatchObject({
    done: [{ from: 0, to: 2 * oneByOne.pieceBytes.most }],
  })
  expect(stage.bench.clock.sleeps).toEqual([50, 100, 150])
})
