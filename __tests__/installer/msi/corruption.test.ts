import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { StepError } from '../../../src/contract/reasons.ts'
import { readMsiProperties } from '../../../src/installer/msi/properties.ts'
import { bytesOf, compoundFile } from './compound-file-writer.ts'
import { msiStreams } from './msi-writer.ts'
import { temporaryFolder } from './temporary-folder.ts'

const pathOf = temporaryFolder()
const megabyte = 1 << 20

/** Tables in both kinds of chains, and a payload before them. */
function sound(sectorBytes: 512 | 4096): Buffer {
  const properties = Array.from({ length: 60 }, (_, index) => [`Property${index}`, `value ${index} `.repeat(12)] as const)
  return bytesOf(compoundFile(new Map([['cabinet', Buffer.alloc(20_000)], ...msiStreams(properties)]), { sectorBytes }))
}

/** Positions in the header and in the tables behind the payload are as likely as all others together: there the damage matters. */
function position(size: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.nat(511),
    fc.nat(size - 1),
    fc.nat(8191).map(fromEnd => Math.max(0, size - 1 - fromEnd)),
  )
}

const interestingBytes = fc.oneof(fc.nat(255), fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff))

function damages(size: number): fc.Arbitrary<(bytes: Buffer) => Buffer> {
  const overwritten = fc
    .array(fc.tuple(position(size), interestingBytes), { minLength: 1, maxLength: 12 })
    .map(changes => (bytes: Buffer) => {
      for (const [at, value] of changes) bytes[at] = value
      return bytes
    })
  const relinked = fc.tuple(position(size), fc.oneof(fc.nat(200), fc.nat(0xffffffff))).map(([at, value]) => (bytes: Buffer) => {
    bytes.writeUInt32LE(value, Math.min(at - (at % 4), size - 4))
    return bytes
  })
  const truncated = fc.nat(size - 1).map(length => (bytes: Buffer) => bytes.subarray(0, length))
  return fc.oneof({ weight: 5, arbitrary: overwritten }, { weight: 4, arbitrary: relinked }, { weight: 1, arbitrary: truncated })
}

test.each([512, 4096] as const)(
  '1,000 damaged files with sectors of %d bytes are read or refused, nothing else',
  async sectorBytes => {
    const whole = sound(sectorBytes)
    const path = pathOf('damaged.msi')
    const outcomes = { read: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(damages(whole.length), async damage => {
        await writeFile(path, damage(Buffer.from(whole)))
        try {
          const { bytesRead } = await readMsiProperties(path)
          expect(bytesRead).toBeLessThan(4 * whole.length)
          outcomes.read++
        } catch (error) {
          if (!(error instanceof StepError) || error.code !== 'installer-not-msi') throw error
          outcomes.refused++
        }
        expect(process.memoryUsage().arrayBuffers).toBeLessThan(256 * megabyte)
      }),
      { seed: 20_260_101, numRuns: 1000 },
    )
    expect(outcomes.read).toBeGreaterThan(100)
    expect(outcomes.refused).toBeGreaterThan(100)
  },
)
