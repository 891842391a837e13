import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { download } from '../../../src/installer/download/download.ts'
import { type Answer, ranges, whole } from '../../support/fault-server.ts'
import { describeWhere } from '../../support/program.ts'
import { stepErrorOf } from '../../support/rejection.ts'
import { makeStage, oneByOne, type Stage, servedFile, together } from './stage.ts'

const MiB = 1024 * 1024

/** A disk of 4 MiB; `undefined` where this user may mount none. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'shir-small-disk-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).status === 0) return folder
  rmSync(folder, { recursive: true })
  return undefined
}

const disk = smallDisk()
afterAll(() => {
  if (disk === undefined) return
  spawnSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

describeWhere(disk !== undefined, 'the right to mount a tmpfs (root on Linux)', 'a disk that is too small', () => {
  let stage: Stage
  let folder: string
  beforeEach(async () => {
    stage = await makeStage()
    folder = join(String(disk), 'parts')
    mkdirSync(folder)
  })
  afterEach(async () => {
    await stage.close()
    rmSync(folder, { recursive: true })
    rmSync(join(String(disk), 'other'), { force: true })
  })

  const fetch = (tuning = together) =>
    download({ version: undefined, url: stage.server.url('/a'), shown: 'it' }, join(folder, 'part'), stage.host, tuning)
  const free = () => {
    const { bavail, bsize } = statfsSync(String(disk))
    return bavail * bsize
  }
  /** Someone else takes what is left of the disk. */
  const fill = () => {
    const left = free()
    try {
      if (left > 0) writeFileSync(join(String(disk), 'other'), Buffer.alloc(left))
    } catch (error) {
      // The download wrote meanwhile: full it is.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }

  test.each([
    ['that gives ranges', ranges(servedFile(randomBytes(5 * MiB)))],
    ['that gives one stream', whole(randomBytes(5 * MiB))],
  ])('is found out before anything is written, from a server %s', async (_, answer) => {
    stage.answers['/a'] = [answer]
    const error = await stepErrorOf(fetch())
    expect(error).toMatchObject({ code: 'disk-full', hint: expect.stringContaining('another disk in cacheDir') })
    expect(error.message).toBe(`${folder} has room for 4 MB, but the installer needs 5 MB.`)
    expect(stage.server.requests).toHaveLength(1)
    expect(free()).toBeGreaterThan(3.9 * MiB)
  })

  test('is not too small for what is missing of a part', async () => {
    const file = servedFile(randomBytes(3 * MiB))
    let count = 0
    stage.answers['/a'] = [response => (++count > 60 ? void response.writeHead(403).end() : ranges(file)(response))]
    expect(await stepErrorOf(fetch(oneByOne))).toMatchObject({ code: 'download-failed' })
    stage.answers['/a'] = [ranges(file)]
    expect(await fetch()).toMatchObject({ size: 3 * MiB })
  })

  test.each([
    ['ranges', 3 * MiB, (bytes: Buffer): Answer => ranges(servedFile(bytes))],
    [
      'a body of unknown length',
      5 * MiB,
      (bytes: Buffer): Answer =>
        response =>
          void response.writeHead(200).end(bytes),
    ],
  ])('that becomes full on the way is told as that, and no connection is blamed: %s', async (_, size, give) => {
    const answer = give(randomBytes(size))
    stage.answers['/a'] = [
      answer,
      response => {
        fill()
        answer(response)
      },
      answer,
    ]
    expect(await stepErrorOf(fetch())).toMatchObject({
      code: 'disk-full',
      message: `There is no room left in ${folder} for the installer.`,
      hint: expect.stringContaining('another disk in cacheDir'),
    })
    expect(stage.bench.clock.sleeps).toEqual([])
  })
})
