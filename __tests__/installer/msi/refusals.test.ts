import { writeFile } from 'node:fs/promises'
import { StepError } from '../../../src/contract/reasons.ts'
import { readMsiProperties } from '../../../src/installer/msi/properties.ts'
import { bytesOf, type Content, compoundFile, type WrittenFile, writeSparse } from './compound-file-writer.ts'
import { msiStreams, references, streamNames } from './msi-writer.ts'
import { temporaryFolder } from './temporary-folder.ts'

const pathOf = temporaryFolder()
const megabyte = 1 << 20
const header = { sectorShift: 30, miniShift: 32, fatCount: 44, cutoff: 56, miniFatCount: 64, difatStart: 68, difatCount: 72 }
const entry = { left: 68, right: 72, first: 116, size: 120 }

const properties = [
  ['ProductName', 'Microsoft Integration Runtime'],
  ['ProductVersion', '5.70.9748.2'],
] as const
/** A package whose strings are too large for the mini stream, so that both kinds of chains are there to damage. */
const roomyProperties = [...properties, ['Padding', 'x'.repeat(5000)]] as const
const streams = msiStreams(roomyProperties)
const sound = compoundFile(streams)

async function refusalAt(path: string): Promise<StepError> {
  const error: unknown = await readMsiProperties(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof StepError)) throw new Error(`expected a StepError, not ${String(error)}`)
  return error
}

async function refusalOf(content: Buffer | string): Promise<string> {
  const path = pathOf('hostile.msi')
  await writeFile(path, content)
  const error = await refusalAt(path)
  expect(error.code).toBe('installer-not-msi')
  expect(error.hint).not.toBeUndefined()
  return error.message
}

/** The refusal of `file` after numbers of 32 bits were put at some positions. */
async function refusalWith(
  file: WrittenFile,
  ...patches: readonly (readonly [position: number, value: number])[]
): Promise<string> {
  const bytes = bytesOf(file)
  for (const [position, value] of patches) bytes.writeUInt32LE(value, position)
  return refusalOf(bytes)
}

function changed(name: string, content: Content): WrittenFile {
  return compoundFile(new Map([...streams, [name, content]]))
}

test('the file that all others here are made from is sound', async () => {
  await writeFile(pathOf('sound.msi'), bytesOf(sound))
  expect([...(await readMsiProperties(pathOf('sound.msi'))).values]).toEqual(roomyProperties)
})

describe('what is not there', () => {
  test('a missing file', async () => {
    expect(await refusalAt(pathOf('none.msi'))).toMatchObject({
      code: 'installer-missing',
      message: expect.stringContaining('none.msi'),
    })
  })
  test('a folder', async () => {
    expect(await refusalAt(pathOf('.'))).toMatchObject({
      code: 'installer-missing',
      message: expect.stringContaining('not a file'),
    })
  })
  test('a file where the path has a folder', async () => {
    await writeFile(pathOf('file'), '')
    expect((await refusalAt(pathOf('file/installer.msi'))).code).toBe('installer-missing')
  })
})

describe('other files are named as what they look like', () => {
  test.each([
    ['an empty file', ''],
    ['an HTML page', '\uFEFF\r\n  <!DOCTYPE HTML><title>Sign in</title>'],
    ['an HTML page', '<html lang="en">'],
    ['an XML document', '\uFEFF<?xml version="1.0"?><Error><Code>BlobNotFound</Code></Error>'],
    ['a JSON document', '{"error":{"code":"NotFound"}}'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00'],
    ['a ZIP archive', 'PK\u0003\u0004'],
    ['a Windows program', 'MZ\u0090'],
    ['a cabinet file', 'MSCF\0\0'],
    ['all zeros', '\0'.repeat(4096)],
    ['another format', 'words'],
    ['in the middle of its header', bytesOf(sound).subarray(0, 300)],
  ])('%s', async (expected, content) => {
    expect(await refusalOf(content)).toContain(expected)
  })

  test.each([
    ['no Property table', [streamNames.pool, streamNames.data]],
    ['no _StringPool table', [streamNames.property, streamNames.data]],
    ['no _StringData table', [streamNames.property, streamNames.pool]],
  ] as const)('a compound file with %s', async (expected, names) => {
    expect(await refusalOf(bytesOf(compoundFile(new Map(names.map(name => [name, streams.get(name) ?? 0])))))).toContain(expected)
  })
})

describe('headers', () => {
  test.each([
    ['sector size', header.sectorShift, 10],
    ['sector size', header.sectorShift, 31],
    ['mini sector size', header.miniShift, 7],
    ['cut off', header.cutoff, 0xffffffff],
    ['FAT sectors', header.fatCount, 0xffffffff],
    ['FAT sectors', header.fatCount, 100],
    ['mini FAT sectors', header.miniFatCount, 0x7fffffff],
    ['DIFAT sectors', header.difatCount, 0x7fffffff],
    ['no entry', header.fatCount, 0],
  ])('an absurd %s', async (expected, position, value) => {
    // The sector shift and the mini shift are two halves of one number.
    const halves = position === header.sectorShift ? value | (6 << 16) : value
    expect(await refusalWith(sound, [position, halves])).toContain(expected)
  })
})

describe('truncated files', () => {
  const payload = compoundFile(new Map([...streams, ['cabinet', Buffer.alloc(300_000)]]))

  test.each([0.2, 0.5, 0.9, 0.99])('%d of a file whose tables are at its end', async share => {
    const bytes = bytesOf(payload)
    expect(await refusalOf(bytes.subarray(0, bytes.length * share))).toMatch(/the file ends after|it ends at byte|sectors in all/)
  })

  test('a payload that was cut behind the tables', async () => {
    const file = changed('cabinet', Buffer.alloc(10))
    const message = await refusalWith(file, [file.entryPosition('cabinet') + entry.size, 900_000_000])
    expect(message).toMatch(/is truncated: it has \d+ bytes, but its contents need 9\d{8}/)
  })
})

describe('chains that run in a circle', () => {
  const dataStart = sound.firstUnits.get(streamNames.data) ?? 0
  const directorySector = sound.directoryPosition / 512 - 1

  test('FAT: a table', async () => {
    expect(await refusalWith(sound, [sound.fatEntry(dataStart + 1), dataStart])).toContain('FAT runs in a circle')
  })
  test('FAT: a sector that follows itself', async () => {
    expect(await refusalWith(sound, [sound.fatEntry(dataStart), dataStart])).toContain('FAT runs in a circle')
  })
  test('FAT: the directory', async () => {
    expect(await refusalWith(sound, [sound.fatEntry(directorySector), directorySector])).toContain('FAT runs in a circle')
  })
  test('mini FAT', async () => {
    const small = compoundFile(msiStreams(Array.from({ length: 40 }, (_, index) => [`Name${index}`, `${index}`] as const)))
    const start = small.firstUnits.get(streamNames.property) ?? 0
    expect(await refusalWith(small, [small.miniFatEntry(start + 1), start])).toContain('mini FAT runs in a circle')
  })
  test('DIFAT', async () => {
    const large = compoundFile(new Map([['cabinet', 32 * megabyte], ...streams]))
    const [first = 0, second = 0] = large.difatSectors
    expect(large.difatSectors).toHaveLength(4)
    const link = Buffer.alloc(4)
    link.writeUInt32LE(first)
    const pieces = [...large.pieces, { position: (second + 2) * 512 - 4, bytes: link }]
    await writeSparse(pathOf('difat.msi'), { ...large, pieces })
    expect((await refusalAt(pathOf('difat.msi'))).message).toContain('DIFAT chain runs in a circle')

    link.writeUInt32LE(0xfffffffe)
    await writeSparse(pathOf('difat.msi'), { ...large, pieces })
    expect((await refusalAt(pathOf('difat.msi'))).message).toContain('DIFAT chain ends before')
  })
  test('the tree of the directory', async () => {
    expect(await refusalWith(sound, [sound.entryPosition(streamNames.data) + entry.left, 1])).toContain(
      'directory runs in a circle',
    )
  })
})

describe('chains that lead astray', () => {
  const dataStart = sound.firstUnits.get(streamNames.data) ?? 0

  test('beyond the end of the file', async () => {
    expect(await refusalWith(sound, [sound.fatEntry(dataStart), 5_000_000])).toContain('leads to unit 5000000')
  })
  test('to an end before the stream’s', async () => {
    expect(await refusalWith(sound, [sound.fatEntry(dataStart), 0xfffffffe])).toContain('ends after 1 of')
  })
  test('a directory entry that is not there', async () => {
    expect(await refusalWith(sound, [sound.entryPosition(streamNames.data) + entry.right, 9999])).toContain('names entry 9999')
  })
  test('a FAT sector behind the end', async () => {
    expect(await refusalWith(sound, [76, 0x00ffffff])).toContain('FAT is said to be in sector')
  })
})

describe('hostile sizes', () => {
  test('a table of 4 GB', async () => {
    expect(await refusalWith(sound, [sound.entryPosition(streamNames.data) + entry.size, 0xfffffff0])).toContain('truncated')
  })

  test.each([
    ['Property', streamNames.property, megabyte + 4],
    ['_StringPool', streamNames.pool, 4 * megabyte + 4],
    ['_StringData', streamNames.data, 32 * megabyte + 1],
  ])('a %s beyond its bound', async (_, name, size) => {
    const path = pathOf('large.msi')
    await writeSparse(path, changed(name, size))
    expect((await refusalAt(path)).message).toContain(`of ${size} bytes is larger than the limit`)
  })

  test('a mini stream beyond its bound', async () => {
    const path = pathOf('large.msi')
    const file = changed('cabinet', 64 * megabyte)
    const size = Buffer.alloc(4)
    size.writeUInt32LE(32 * megabyte)
    await writeSparse(path, { ...file, pieces: [...file.pieces, { position: file.directoryPosition + entry.size, bytes: size }] })
    expect((await refusalAt(path)).message).toContain('mini stream of 33554432 bytes')
  })

  test('a directory beyond its bound', async () => {
    const many = new Map(Array.from({ length: 33_000 }, (_, index) => [`stream ${index}`, Buffer.alloc(0)] as const))
    expect(await refusalOf(bytesOf(compoundFile(many)))).toContain('directory is larger than')
  })

  test('a FAT that claims most of a 4 GB file is not loaded', async () => {
    const path = pathOf('large.msi')
    const size = 4096 * megabyte
    const count = Buffer.alloc(4)
    count.writeUInt32LE(size / 512 - 2)
    await writeSparse(path, { ...sound, sizeBytes: size, pieces: [...sound.pieces, { position: header.fatCount, bytes: count }] })
    expect((await refusalAt(path)).message).toContain('DIFAT chain ends before')
  })

  test('many rows that refer to one large string cost it once', async () => {
    const path = pathOf('amplified.msi')
    const rows = 20_000
    const names = Array.from({ length: rows }, (_, index) => [`P${index}`, ''] as const)
    const amplified = msiStreams([...names, ['Large', 'x'.repeat(20 * megabyte)]])
    const ids = names.map((_, index) => 2 * index + 1)
    amplified.set(streamNames.property, references([...ids, ...ids.map(() => 2 * rows + 2)], 2))
    await writeFile(path, bytesOf(compoundFile(amplified)))
    const started = performance.now()
    expect((await readMsiProperties(path)).values.get('P7')).toHaveLength(20 * megabyte)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('tables that contradict each other', () => {
  test.each([6, 7])('a Property table of %d bytes', async size => {
    expect(await refusalOf(bytesOf(changed(streamNames.property, Buffer.alloc(size))))).toContain('not a whole number of rows')
  })
  test('a reference beyond the pool', async () => {
    expect(await refusalOf(bytesOf(changed(streamNames.property, references([1, 60_000], 2))))).toContain(
      'refers to string 60000',
    )
  })
  test('a property twice', async () => {
    expect(await refusalOf(bytesOf(changed(streamNames.property, references([1, 1, 2, 4], 2))))).toContain('twice or not at all')
  })
  test('a property without a name', async () => {
    expect(await refusalOf(bytesOf(changed(streamNames.property, references([0, 2], 2))))).toContain('twice or not at all')
  })
  test.each([0, 3, 5])('a string pool of %d bytes', async size => {
    expect(await refusalOf(bytesOf(changed(streamNames.pool, Buffer.alloc(size))))).toContain('whole number of slots')
  })
  test('a string pool that ends in the middle of a long string', async () => {
    expect(await refusalOf(bytesOf(changed(streamNames.pool, references([65001, 0, 0, 1], 2))))).toContain(
      'middle of a long string',
    )
  })
  test('string data shorter than the pool says', async () => {
    expect(await refusalOf(bytesOf(changed(streamNames.data, Buffer.alloc(20))))).toContain('do not add up')
  })
})
