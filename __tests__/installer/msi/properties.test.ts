import { writeFile } from 'node:fs/promises'
import { type MsiProperties, readMsiProperties } from '../../../src/installer/msi/properties.ts'
import { bytesOf, type CompoundOptions, compoundFile, type WrittenFile, writeSparse } from './compound-file-writer.ts'
import { type MsiOptions, msiStreams, streamNames, type Text } from './msi-writer.ts'
import { temporaryFolder } from './temporary-folder.ts'

const pathOf = temporaryFolder()
const megabyte = 1 << 20

const shir: readonly (readonly [string, string])[] = [
  ['ProductName', 'Microsoft Integration Runtime'],
  ['ProductVersion', '5.70.9748.2'],
  ['Manufacturer', 'Microsoft Corporation'],
]

async function propertiesOf(file: WrittenFile): Promise<MsiProperties> {
  const path = pathOf('installer.msi')
  await writeFile(path, bytesOf(file))
  return readMsiProperties(path)
}

function msi(properties: readonly (readonly [Text, Text])[], options: MsiOptions & CompoundOptions = {}): WrittenFile {
  return compoundFile(msiStreams(properties, options), options)
}

describe('the layouts of a compound file', () => {
  const layouts: readonly (readonly [string, CompoundOptions])[] = [
    ['version 3, sectors of 512 bytes', {}],
    ['version 4, sectors of 4096 bytes and a header of the same size', { sectorBytes: 4096 }],
    ['chains that run backwards', { isScattered: true }],
    ['both', { sectorBytes: 4096, isScattered: true }],
  ]
  test.each(layouts)('%s', async (_, options) => {
    const { values, hasSignature } = await propertiesOf(msi(shir, options))
    expect([...values]).toEqual(shir)
    expect(hasSignature).toBe(false)
  })

  test.each(layouts)('%s: tables too large for the mini stream', async (_, options) => {
    const many = Array.from({ length: 3000 }, (_, index) => [`Property${index}`, `value ${index * 7}`] as const)
    const { values } = await propertiesOf(msi(many, options))
    expect([...values]).toEqual(many)
  })

  test('version 3 leaves garbage in the upper half of a size', async () => {
    const file = msi(shir)
    const bytes = bytesOf(file)
    bytes.writeUInt32LE(0xdeadbeef, file.entryPosition(streamNames.property) + 124)
    await writeFile(pathOf('garbage.msi'), bytes)
    expect((await readMsiProperties(pathOf('garbage.msi'))).values.get('ProductVersion')).toBe('5.70.9748.2')
  })

  test('tables of an inner storage are not those of the package', async () => {
    const streams = new Map([...msiStreams(shir), ['storage', Buffer.alloc(0)], ['inner', Buffer.alloc(10)]])
    const file = compoundFile(streams)
    const bytes = bytesOf(file)
    const [storage, inner] = [file.entryPosition('storage'), file.entryPosition('inner')]
    bytes.writeUInt8(1, storage + 66)
    bytes.writeUInt32LE(0xffffffff, storage + 72)
    bytes.writeUInt32LE(5, storage + 76)
    bytes.copy(bytes, inner, file.entryPosition(streamNames.property), file.entryPosition(streamNames.property) + 66)
    await writeFile(pathOf('inner.msi'), bytes)
    expect([...(await readMsiProperties(pathOf('inner.msi'))).values]).toEqual(shir)
  })
})

describe('the string pool', () => {
  test.each([2, 3])('references of %d bytes', async size => {
    const { values } = await propertiesOf(msi(shir, { hasWideReferences: size === 3 }))
    expect([...values]).toEqual(shir)
  })

  test.each([
    ['length-in-second-slot', 1],
    ['length-in-second-slot', 7],
    ['length-in-first-slot', 1],
    ['length-in-first-slot', 7],
  ] as const)('a string of 200 KB, %s, used %d times', async (longStrings, useCount) => {
    const long = 'long '.repeat(40_000)
    const properties = [['Long', long], ...shir] as const
    const { values } = await propertiesOf(msi(properties, { longStrings, useCount }))
    expect([...values]).toEqual(properties)
  })

  test.each([65_535, 65_536, 65_537])('a string of %d bytes', async length => {
    const properties = [['Long', 'x'.repeat(length)], ...shir] as const
    expect([...(await propertiesOf(msi(properties))).values]).toEqual(properties)
  })

  test('an empty value', async () => {
    expect((await propertiesOf(msi([['Empty', ''], ...shir]))).values.get('Empty')).toBe('')
  })

  test.each([
    [65001, 'e282ac20e284a2', '€ ™'],
    [1252, '80209920ae', '€ ™ ®'],
    [0, '80209920ae', '€ ™ ®'],
    [1250, '8c', 'Ś'],
    [932, '93fa967b', '日本'],
    [936, 'd6d0', '中'],
    [99999, '80', '€'],
  ])('code page %d', async (codePage, hex, expected) => {
    const { values } = await propertiesOf(msi([['ProductName', Buffer.from(hex, 'hex')]], { codePage }))
    expect(values.get('ProductName')).toBe(expected)
  })
})

test('a signature is noticed', async () => {
  const streams = new Map([...msiStreams(shir), [streamNames.signature, Buffer.alloc(9000)]])
  expect((await propertiesOf(compoundFile(streams))).hasSignature).toBe(true)
})

describe('1 GB', () => {
  test('of payload before the tables, with a DIFAT of 130 sectors, is not read', async () => {
    const path = pathOf('payload.msi')
    const file = compoundFile(new Map([['cabinet', 1024 * megabyte], ...msiStreams(shir)]))
    expect(file.difatSectors.length).toBe(130)
    await writeSparse(path, file)

    const memoryBefore = process.memoryUsage().arrayBuffers
    const started = performance.now()
    const { values, bytesRead } = await readMsiProperties(path)
    expect(performance.now() - started).toBeLessThan(1000)
    expect(process.memoryUsage().arrayBuffers - memoryBefore).toBeLessThan(4 * megabyte)
    expect([...values]).toEqual(shir)
    expect(bytesRead).toBeLessThan(megabyte / 4)
  })

  test('behind the last sector is not read', async () => {
    const path = pathOf('extended.msi')
    await writeSparse(path, { ...msi(shir), sizeBytes: 1024 * megabyte })
    const { values, bytesRead } = await readMsiProperties(path)
    expect([...values]).toEqual(shir)
    expect(bytesRead).toBeLessThan(16 << 10)
  })
})
